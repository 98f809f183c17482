"""What an audit is computed from: past slates, what happened on the way to them, and what people said of themselves."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Candidate
from recruiter.learning.fairness.types import Step
from recruiter.learning.types import PastSlate
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy, StageChange
from recruiter.ranking import queries, rules
from recruiter.ranking.bias_audit.answer_file import QUESTIONS
from recruiter.ranking.bias_audit.protected import ProtectedAnswer
from recruiter.ranking.training import training_set
from recruiter.requisitions.models import Requisition, Stage, StageKind

WAY = (
    (StageKind.SCREEN, "Came to a screen"),
    (StageKind.INTERVIEW, "Came to an interview"),
    (StageKind.FINAL, "Came to the final round"),
    (StageKind.OFFER, "Came to an offer"),
)
Further = Mapping[str, tuple[str, Mapping[int, bool]]]
ORDER = [StageKind.APPLIED, *(kind for kind, _ in WAY), StageKind.HIRED]


@dataclass
class Gathered:
    """Slates, steps, and question -> application -> category; keys are application numbers as text."""

    slates: list[PastSlate]
    steps: list[Step]
    slate_of: dict[str, str]
    person_of: dict[str, str]
    answers: dict[str, dict[str, str]]
    withdrawn: int
    decided: list[dt.datetime] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """SHA-256 over everything that the audit saw, whatever the order of rows."""
        steps = [[one.name, sorted(one.outcome.items()), one.left_out] for one in self.steps]
        said = sorted((name, sorted(given.items())) for name, given in self.answers.items())
        body = json.dumps([training_set.digest_of(self.slates), steps, said], separators=(",", ":"))
        return hashlib.sha256(body.encode()).hexdigest()


@dataclass(frozen=True)
class _Came:
    """One application: its slate, how far it came, and whether it may still come further."""

    number: int
    home: str
    reached: int
    status: ApplicationStatus
    ended_by: EndedBy | None


def gather(session: Session, *, further: Further | None = None) -> Gathered:
    """Read it all, with `further` outcomes that rooms above tell of: name -> title, application -> whether it happened.

    Whoever withdrew before an offer is taken off the slates: he was neither chosen nor refused.
    """
    decisions = queries.decisions(session)
    gone = {
        str(grade.application_id)
        for one in decisions
        for grade in one.grades
        if grade.outcome == ApplicationStatus.WITHDRAWN.value and grade.grade < rules.LATER_OFFER
    }
    slates = [_without(slate, gone) for slate in training_set.past_slates(session, decisions)]
    rows = session.execute(select(Application.id, Application.candidate_id)).all()
    person = {number: candidate for number, candidate in rows}  # noqa: C416  # rows are not pairs to mypy
    came, kinds = _came(session)
    held = [slate for slate in slates if slate.grades]
    return Gathered(
        slates=held,
        steps=[*_steps(came, kinds), *_told(further or {})],
        slate_of={str(one.number): one.home for one in came},
        person_of={str(number): str(candidate) for number, candidate in person.items()},
        answers=_answers(session, person),
        withdrawn=len(gone),
        decided=[one.decided_at for one in decisions if one.order_number is None],
    )


def _told(further: Further) -> list[Step]:
    return [
        Step(name, title, {str(number): happened for number, happened in outcome.items()})
        for name, (title, outcome) in further.items()
        if outcome
    ]


def _without(slate: PastSlate, gone: set[str]) -> PastSlate:
    if not gone & set(slate.grades):
        return slate
    grades = {item: grade for item, grade in slate.grades.items() if item not in gone}
    return replace(slate, grades=grades, cards=[card for card in slate.cards if card.item not in gone])


def _answers(session: Session, person: dict[int, int]) -> dict[str, dict[str, str]]:
    """Question -> application -> category, each answer of a person standing for each of his applications.

    Answers stay with the record on which they were given. Somebody entered twice and merged is known by those of
    the record that was kept, else by those of the other.
    """
    said: dict[str, dict[int, str]] = {}
    rows = select(
        ProtectedAnswer.question, ProtectedAnswer.candidate_id, ProtectedAnswer.category, Candidate.merged_into_id
    ).join(Candidate, Candidate.id == ProtectedAnswer.candidate_id)
    for question, candidate, category, kept in session.execute(rows.order_by(Candidate.merged_into_id.is_not(None))):
        said.setdefault(question, {}).setdefault(kept or candidate, category)
    return {
        question: {str(number): given[candidate] for number, candidate in person.items() if candidate in given}
        for question, given in sorted(said.items(), key=lambda one: QUESTIONS.index(one[0]))
    }


def _came(session: Session) -> tuple[list[_Came], dict[str, set[int]]]:
    """How far each application of this company's own searches came, and which steps each search has."""
    furthest: dict[int, int] = {}
    moves = select(StageChange.application_id, Stage.kind).join(Stage, Stage.id == StageChange.to_stage_id).distinct()
    for number, kind in session.execute(moves):
        furthest[number] = max(furthest.get(number, 0), ORDER.index(kind))
    rows = select(Application.id, Requisition.key, Application.status, Application.ended_by).join(
        Requisition, Requisition.id == Application.requisition_id
    )
    own = rows.where(Requisition.imported.is_(False)).order_by(Application.id)
    found = [
        _Came(number, key, furthest.get(number, 0), status, ended_by)
        for number, key, status, ended_by in session.execute(own)
    ]
    kinds: dict[str, set[int]] = {}
    stages = select(Requisition.key, Stage.kind).join(Stage, Stage.requisition_id == Requisition.id)
    for key, kind in session.execute(stages):
        kinds.setdefault(key, set()).add(ORDER.index(kind))
    return found, kinds


def _steps(came: Sequence[_Came], kinds: dict[str, set[int]]) -> list[Step]:
    """For each stage: of those who stood before it and on whom it was decided, who came to it.

    Those still waiting are not decided; those who withdrew before it are left out, and counted.
    """
    steps = []
    for kind, title in WAY:
        place = ORDER.index(kind)
        outcome: dict[str, bool] = {}
        left = 0
        for one in came:
            here = kinds.get(one.home, set())
            before = max((other for other in here if other < place), default=0)
            if place not in here or one.reached < before:
                continue
            if one.reached >= place:
                outcome[str(one.number)] = True
            elif one.ended_by == EndedBy.CANDIDATE:
                left += 1
            elif one.status != ApplicationStatus.ACTIVE:
                outcome[str(one.number)] = False
        steps.append(Step(f"stage_{kind.value}", title, outcome, left_out=left))
    return steps

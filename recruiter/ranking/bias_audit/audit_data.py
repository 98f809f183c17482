"""What an audit is computed from: past slates, what happened on the way to them, and what people said of themselves."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Row, select
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

FUNNEL = (
    (StageKind.SCREEN, "Came to a screen"),
    (StageKind.INTERVIEW, "Came to an interview"),
    (StageKind.FINAL, "Came to the final round"),
    (StageKind.OFFER, "Came to an offer"),
)
ExtraOutcomes = Mapping[str, tuple[str, Mapping[int, bool]]]
ORDER = [StageKind.APPLIED, *(kind for kind, _ in FUNNEL), StageKind.HIRED]


@dataclass
class AuditData:
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
        steps = [[step.name, sorted(step.outcome.items()), step.left_out] for step in self.steps]
        answers = sorted((name, sorted(categories.items())) for name, categories in self.answers.items())
        body = json.dumps([training_set.digest_of(self.slates), steps, answers], separators=(",", ":"))
        return hashlib.sha256(body.encode()).hexdigest()


def collect(session: Session, *, further: ExtraOutcomes | None = None) -> AuditData:
    """Read it all, with `further` outcomes that rooms above tell of: name -> title, application -> whether it happened.

    Whoever withdrew before an offer is taken off the slates: they were neither chosen nor refused.
    """
    decisions = queries.decisions(session)
    withdrawn_ids = {
        str(grade.application_id)
        for decision in decisions
        for grade in decision.grades
        if grade.outcome == ApplicationStatus.WITHDRAWN.value and grade.grade < rules.LATER_OFFER
    }
    slates = [_without(slate, withdrawn_ids) for slate in training_set.past_slates(session, decisions)]
    rows = session.execute(select(Application.id, Application.candidate_id)).all()
    candidate_of = {number: candidate for number, candidate in rows}  # noqa: C416  # rows are not pairs to mypy
    own = session.execute(
        select(Application.id, Requisition.key, Application.status, Application.ended_by)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(Requisition.imported.is_(False))
        .order_by(Application.id)
    ).all()
    extra_steps = [
        Step(name, title, {str(number): happened for number, happened in outcome.items()})
        for name, (title, outcome) in (further or {}).items()
        if outcome
    ]
    return AuditData(
        slates=[slate for slate in slates if slate.grades],
        steps=[*_steps(session, own), *extra_steps],
        slate_of={str(application.id): application.key for application in own},
        person_of={str(number): str(candidate) for number, candidate in candidate_of.items()},
        answers=_answers(session, candidate_of),
        withdrawn=len(withdrawn_ids),
        decided=[decision.decided_at for decision in decisions if decision.order_number is None],
    )


def _without(slate: PastSlate, withdrawn_ids: set[str]) -> PastSlate:
    if not withdrawn_ids & set(slate.grades):
        return slate
    grades = {item: grade for item, grade in slate.grades.items() if item not in withdrawn_ids}
    return replace(slate, grades=grades, cards=[card for card in slate.cards if card.item not in withdrawn_ids])


def _answers(session: Session, candidate_of: dict[int, int]) -> dict[str, dict[str, str]]:
    """Question -> application -> category, each answer of a person standing for each of their applications.

    Answers stay with the record on which they were given. Somebody entered twice and merged is known by those of
    the record that was kept, else by those of the other.
    """
    answers: dict[str, dict[int, str]] = {}
    rows = select(
        ProtectedAnswer.question, ProtectedAnswer.candidate_id, ProtectedAnswer.category, Candidate.merged_into_id
    ).join(Candidate, Candidate.id == ProtectedAnswer.candidate_id)
    for question, candidate, category, merged_into in session.execute(
        rows.order_by(Candidate.merged_into_id.is_not(None))
    ):
        answers.setdefault(question, {}).setdefault(merged_into or candidate, category)
    return {
        question: {str(number): given[candidate] for number, candidate in candidate_of.items() if candidate in given}
        for question, given in sorted(answers.items(), key=lambda item: QUESTIONS.index(item[0]))
    }


def _steps(session: Session, applications: Sequence[Row[int, str, ApplicationStatus, EndedBy | None]]) -> list[Step]:
    """For each stage: of those who stood before it and on whom it was decided, who came to it.

    Those still waiting are not decided; those who withdrew before it are left out, and counted.
    """
    furthest: dict[int, int] = defaultdict(int)
    moves = select(StageChange.application_id, Stage.kind).join(Stage, Stage.id == StageChange.to_stage_id).distinct()
    for number, kind in session.execute(moves):
        furthest[number] = max(furthest[number], ORDER.index(kind))
    places: dict[str, set[int]] = defaultdict(set)
    stages = select(Requisition.key, Stage.kind).join(Stage, Stage.requisition_id == Requisition.id)
    for key, kind in session.execute(stages):
        places[key].add(ORDER.index(kind))
    steps = []
    for kind, title in FUNNEL:
        place = ORDER.index(kind)
        outcome: dict[str, bool] = {}
        withdrawn = 0
        for application in applications:
            here, reached = places[application.key], furthest[application.id]
            before = max((other for other in here if other < place), default=0)
            if place not in here or reached < before:
                continue
            if reached >= place:
                outcome[str(application.id)] = True
            elif application.ended_by == EndedBy.CANDIDATE:
                withdrawn += 1
            elif application.status != ApplicationStatus.ACTIVE:
                outcome[str(application.id)] = False
        steps.append(Step(f"stage_{kind.value}", title, outcome, left_out=withdrawn))
    return steps

"""What a debrief looks at: who rated what, where they differ, whose card is missing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.debriefs import rules
from recruiter.debriefs.models import DebriefRecord
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Requisition, Stage
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import rules as blindness
from recruiter.scorecards.models import CardState, Scorecard, ScorecardVersion
from recruiter.scorecards.queries import Counts, Waiting


@dataclass(frozen=True)
class Column:
    """One card in the matrix: whose it is, and of which interview."""

    card_id: int
    user: User
    interview: str


@dataclass(frozen=True)
class Cell:
    """One rating as it was before its author saw others'; `later` is what it was amended to afterwards."""

    column: Column
    rating: float | None
    evidence: str = ""
    later: float | None = None


@dataclass(frozen=True)
class Row:
    """One attribute over all cards."""

    attribute: str
    mean: float | None
    spread: float | None
    cells: list[Cell]


@dataclass(frozen=True)
class Record:
    """What was decided, and the name of whom it is about, None for the whole slate; who was chosen and who was ahead, by name."""

    entry: DebriefRecord
    about: str | None
    chosen: str | None = None
    ahead: str | None = None


@dataclass(frozen=True)
class Speaker:
    """Somebody at the round table, and the question that stands on his card."""

    user: User
    decides: bool
    questions: list[str]


@dataclass(frozen=True)
class Table:
    """The cards of one application. The rows are empty while they are hidden from the viewer or the debrief is not open."""

    application: Application
    waiting: list[Waiting]
    opened_early: bool
    hidden: bool
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    overall: Row | None = None
    unassessed: list[str] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)

    @property
    def open(self) -> bool:
        """Every expected card is in, or somebody opened it early."""
        return not self.waiting or self.opened_early


def records_of(session: Session, requisition: Requisition) -> list[Record]:
    """What was decided on a requisition, latest first."""
    wanted: Select[Any] = select(DebriefRecord).where(DebriefRecord.requisition_id == requisition.id)
    for number in (DebriefRecord.application_id, DebriefRecord.chosen_id, DebriefRecord.leader_id):
        one, person = aliased(Application), aliased(Candidate)
        wanted = (
            wanted.outerjoin(one, one.id == number)
            .outerjoin(person, person.id == one.candidate_id)
            .add_columns(person.name)
        )
    rows = session.execute(wanted.order_by(DebriefRecord.id.desc()).options(joinedload(DebriefRecord.by)))
    return [Record(*row) for row in rows]


def applications_of(session: Session, requisition: Requisition) -> list[Application]:
    """The applications that a debrief talks about: those in the running or hired, from the interview stage on.

    By their place in the order of offers, then the furthest first.
    """
    wanted = (
        select(Application)
        .join(Stage, Stage.id == Application.stage_id)
        .outerjoin(Finalist, Finalist.application_id == Application.id)
        .where(
            Application.requisition_id == requisition.id,
            Application.status.in_((ApplicationStatus.ACTIVE, ApplicationStatus.HIRED)),
            Stage.kind.in_(rules.STAGES),
        )
        .order_by(Finalist.position.is_(None), Finalist.position, Stage.position.desc(), Application.id)
        .options(joinedload(Application.candidate), joinedload(Application.stage))
    )
    return list(session.scalars(wanted))


def opened_early(session: Session, requisition: Requisition) -> set[int | None]:
    """The applications on which somebody went on before all cards were in; None among them stands for the whole slate."""
    wanted = select(DebriefRecord.application_id).where(
        DebriefRecord.requisition_id == requisition.id, DebriefRecord.opened_early
    )
    return set(session.scalars(wanted))


def missing_on(session: Session, applications: Sequence[Application]) -> dict[int, list[Waiting]]:
    """Who owes a card on each of these applications, the longest due first."""
    out: dict[int, list[Waiting]] = {one.id: [] for one in applications}
    for one in scorecards.waiting_for(session, list(out)):
        out[one.interview.application_id].append(one)
    return out


def _cards(session: Session, *, viewer: User, application_ids: Sequence[int], owes: bool) -> dict[int, list[Scorecard]]:
    wanted = (
        select(Scorecard)
        .where(Scorecard.application_id.in_(application_ids), Scorecard.state != CardState.DRAFT)
        .order_by(Scorecard.submitted_at, Scorecard.id)
        .options(
            selectinload(Scorecard.ratings),
            selectinload(Scorecard.versions),
            joinedload(Scorecard.author),
            joinedload(Scorecard.interview),
        )
    )
    out: dict[int, list[Scorecard]] = defaultdict(list)
    for card in session.scalars(wanted):
        if blindness.may_see(viewer_id=viewer.id, author_id=card.author_id, submitted=True, owes_card=owes):
            out[card.application_id].append(card)
    return out


def hides(session: Session, *, requisition: Requisition, viewer: User) -> bool:
    """Whether ratings and decisions are hidden from somebody, since he owes a card on this requisition."""
    return scorecards.owes_on(session, viewer=viewer, requisition=requisition)


def tables(session: Session, *, requisition: Requisition, viewer: User, now: dt.datetime) -> list[Table]:
    """The matrix of every application of a debrief, in a fixed number of statements.

    Whoever owes a card on the requisition sees nobody's ratings; for all others they show once the debrief is open.
    """
    applications = applications_of(session, requisition)
    early = opened_early(session, requisition)
    missing = missing_on(session, applications)
    hidden = hides(session, requisition=requisition, viewer=viewer)
    if hidden:  # the order of offers would tell him the places
        applications = sorted(applications, key=lambda one: (one.candidate.name_key, one.id))
    counts = scorecards.counts(session, list(missing), now=now)
    cards = {} if hidden else _cards(session, viewer=viewer, application_ids=list(missing), owes=hidden)
    experience = _experience(session, {card.author_id for found in cards.values() for card in found})
    out = []
    for one in applications:
        opened = bool(early & {one.id, None})
        shown = cards.get(one.id, [])
        rated = {mark.attribute for card in shown for mark in card.ratings if mark.rating is not None}
        unassessed = [] if hidden else [a.name for a in requisition.attributes if a.name not in rated]
        base = Table(one, missing[one.id], opened, hidden, unassessed=unassessed, counts=counts[one.id])
        out.append(_filled(base, shown, requisition, experience) if base.open and not hidden else base)
    return out


def _before_reveal(card: Scorecard) -> tuple[dict[str, tuple[float | None, str]], float | None]:
    independent: list[ScorecardVersion] = [one for one in card.versions if not one.after_reveal]
    if not independent:
        return {one.attribute: (one.rating, one.evidence) for one in card.ratings}, card.overall
    version = independent[-1]
    return {one["attribute"]: (one["rating"], one["evidence"]) for one in version.ratings}, version.overall


def _row(attribute: str, cells: list[Cell]) -> Row:
    scores = [one.rating for one in cells if one.rating is not None]
    return Row(attribute, rules.mean(scores), rules.spread(scores), cells)


def _experience(session: Session, user_ids: set[int]) -> dict[int, int]:
    """How many cards each of some people has sent so far, in one statement."""
    wanted = (
        select(Scorecard.author_id, func.count())
        .where(Scorecard.author_id.in_(user_ids), Scorecard.state != CardState.DRAFT)
        .group_by(Scorecard.author_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def _filled(base: Table, cards: list[Scorecard], requisition: Requisition, experience: dict[int, int]) -> Table:
    people = {card.author_id: card.author for card in cards}
    order = rules.speaking(
        {number: experience.get(number, 0) for number in people}, decides=requisition.hiring_manager_id
    )
    ordered = sorted(cards, key=lambda card: order.index(card.author_id))
    speakers = [
        Speaker(
            people[number],
            number == requisition.hiring_manager_id,
            [card.question for card in cards if card.author_id == number and card.question],
        )
        for number in order
    ]
    if requisition.hiring_manager_id not in people:  # he sent no card, and decides all the same
        speakers.append(Speaker(requisition.hiring_manager, True, []))  # noqa: FBT003
    marks: dict[str, list[Cell]] = {one.name: [] for one in requisition.attributes}
    overall: list[Cell] = []
    columns = []
    for card in ordered:
        column = Column(card.id, card.author, card.interview.name)
        columns.append(column)
        before, recommended = _before_reveal(card)
        today = {one.attribute: one.rating for one in card.ratings}
        for attribute in {**marks, **before}:
            rating, evidence = before.get(attribute, (None, ""))
            later = today.get(attribute)
            cell = Cell(column, rating, evidence, later if later != rating else None)
            marks.setdefault(attribute, []).append(cell)
        overall.append(Cell(column, recommended, card.summary, card.overall if card.overall != recommended else None))
    rows = [_row(attribute, cells) for attribute, cells in marks.items() if any(c.rating is not None for c in cells)]
    rows.sort(key=lambda row: rules.disagreement([c.rating for c in row.cells if c.rating is not None]))
    return replace(base, columns=columns, rows=rows, overall=_row("overall", overall), speakers=speakers)

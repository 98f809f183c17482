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
from recruiter.scorecards.queries import CardCounts, MissingCard


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
    amended_to: float | None = None


@dataclass(frozen=True)
class AttributeRow:
    """One attribute over all cards."""

    attribute: str
    mean: float | None
    spread: float | None
    cells: list[Cell]


@dataclass(frozen=True)
class DebriefEntry:
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
class DebriefTable:
    """The cards of one application. The rows are empty while they are hidden from the viewer or the debrief is not open."""

    application: Application
    waiting: list[MissingCard]
    opened_early: bool
    hidden: bool
    columns: list[Column] = field(default_factory=list)
    rows: list[AttributeRow] = field(default_factory=list)
    overall: AttributeRow | None = None
    unassessed: list[str] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    counts: CardCounts = field(default_factory=CardCounts)

    @property
    def open(self) -> bool:
        """Every expected card is in, or somebody opened it early."""
        return not self.waiting or self.opened_early


def records_of(session: Session, requisition: Requisition) -> list[DebriefEntry]:
    """What was decided on a requisition, latest first."""
    query: Select[Any] = select(DebriefRecord).where(DebriefRecord.requisition_id == requisition.id)
    for application_id in (DebriefRecord.application_id, DebriefRecord.chosen_id, DebriefRecord.leader_id):
        application, person = aliased(Application), aliased(Candidate)
        query = (
            query.outerjoin(application, application.id == application_id)
            .outerjoin(person, person.id == application.candidate_id)
            .add_columns(person.name)
        )
    rows = session.execute(query.order_by(DebriefRecord.id.desc()).options(joinedload(DebriefRecord.by)))
    return [DebriefEntry(*row) for row in rows]


def candidates_discussed(session: Session, requisition: Requisition) -> list[Application]:
    """The applications that a debrief talks about: those in the running or hired, from the interview stage on.

    By their place in the order of offers, then the furthest first.
    """
    query = (
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
    return list(session.scalars(query))


def opened_early_on(session: Session, requisition: Requisition) -> set[int | None]:
    """The applications on which somebody went on before all cards were in; None among them stands for the whole slate."""
    query = select(DebriefRecord.application_id).where(
        DebriefRecord.requisition_id == requisition.id, DebriefRecord.opened_early
    )
    return set(session.scalars(query))


def missing_cards_of(session: Session, applications: Sequence[Application]) -> dict[int, list[MissingCard]]:
    """Who owes a card on each of these applications, the longest due first."""
    by_application: dict[int, list[MissingCard]] = {application.id: [] for application in applications}
    for missing in scorecards.missing_cards(session, list(by_application)):
        by_application[missing.interview.application_id].append(missing)
    return by_application


def _cards(session: Session, *, viewer: User, application_ids: Sequence[int], owes: bool) -> dict[int, list[Scorecard]]:
    query = (
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
    by_application: dict[int, list[Scorecard]] = defaultdict(list)
    for card in session.scalars(query):
        if blindness.may_see(viewer_id=viewer.id, author_id=card.author_id, submitted=True, owes_card=owes):
            by_application[card.application_id].append(card)
    return by_application


def is_hidden_from(session: Session, *, requisition: Requisition, viewer: User) -> bool:
    """Whether ratings and decisions are hidden from somebody, since he owes a card on this requisition."""
    return scorecards.owes_on(session, viewer=viewer, requisition=requisition)


def tables_of(session: Session, *, requisition: Requisition, viewer: User, now: dt.datetime) -> list[DebriefTable]:
    """The matrix of every application of a debrief, in a fixed number of statements.

    Whoever owes a card on the requisition sees nobody's ratings; for all others they show once the debrief is open.
    """
    applications = candidates_discussed(session, requisition)
    early = opened_early_on(session, requisition)
    missing_cards = missing_cards_of(session, applications)
    hidden = is_hidden_from(session, requisition=requisition, viewer=viewer)
    if hidden:  # the order of offers would tell him the places
        applications = sorted(applications, key=lambda application: (application.candidate.name_key, application.id))
    counts = scorecards.card_counts(session, list(missing_cards), now=now)
    cards = {} if hidden else _cards(session, viewer=viewer, application_ids=list(missing_cards), owes=hidden)
    experience = _experience(
        session, {card.author_id for cards_of_application in cards.values() for card in cards_of_application}
    )
    debrief_tables = []
    for application in applications:
        opened = bool(early & {application.id, None})
        visible_cards = cards.get(application.id, [])
        rated_attributes = {
            mark.attribute for card in visible_cards for mark in card.ratings if mark.rating is not None
        }
        unassessed = (
            []
            if hidden
            else [attribute.name for attribute in requisition.attributes if attribute.name not in rated_attributes]
        )
        base = DebriefTable(
            application,
            missing_cards[application.id],
            opened,
            hidden,
            unassessed=unassessed,
            counts=counts[application.id],
        )
        debrief_tables.append(
            _filled(base, visible_cards, requisition, experience) if base.open and not hidden else base
        )
    return debrief_tables


def _before_reveal(card: Scorecard) -> tuple[dict[str, tuple[float | None, str]], float | None]:
    independent: list[ScorecardVersion] = [version for version in card.versions if not version.after_reveal]
    if not independent:
        return {rating.attribute: (rating.rating, rating.evidence) for rating in card.ratings}, card.overall
    version = independent[-1]
    return {mark["attribute"]: (mark["rating"], mark["evidence"]) for mark in version.ratings}, version.overall


def _row(attribute: str, cells: list[Cell]) -> AttributeRow:
    scores = [cell.rating for cell in cells if cell.rating is not None]
    return AttributeRow(attribute, rules.mean(scores), rules.spread(scores), cells)


def _experience(session: Session, user_ids: set[int]) -> dict[int, int]:
    """How many cards each of some people has sent so far, in one statement."""
    query = (
        select(Scorecard.author_id, func.count())
        .where(Scorecard.author_id.in_(user_ids), Scorecard.state != CardState.DRAFT)
        .group_by(Scorecard.author_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _filled(
    base: DebriefTable, cards: list[Scorecard], requisition: Requisition, experience: dict[int, int]
) -> DebriefTable:
    people = {card.author_id: card.author for card in cards}
    order = rules.speaking_order(
        {user_id: experience.get(user_id, 0) for user_id in people}, decides=requisition.hiring_manager_id
    )
    ordered = sorted(cards, key=lambda card: order.index(card.author_id))
    speakers = [
        Speaker(
            people[user_id],
            user_id == requisition.hiring_manager_id,
            [card.question for card in cards if card.author_id == user_id and card.question],
        )
        for user_id in order
    ]
    if requisition.hiring_manager_id not in people:  # he sent no card, and decides all the same
        speakers.append(Speaker(requisition.hiring_manager, True, []))  # noqa: FBT003
    marks: dict[str, list[Cell]] = {attribute.name: [] for attribute in requisition.attributes}
    overall: list[Cell] = []
    columns = []
    for card in ordered:
        column = Column(card.id, card.author, card.interview.name)
        columns.append(column)
        ratings_before, recommended = _before_reveal(card)
        current_ratings = {rating.attribute: rating.rating for rating in card.ratings}
        for attribute in {**marks, **ratings_before}:
            rating, evidence = ratings_before.get(attribute, (None, ""))
            later = current_ratings.get(attribute)
            cell = Cell(column, rating, evidence, later if later != rating else None)
            marks.setdefault(attribute, []).append(cell)
        overall.append(Cell(column, recommended, card.summary, card.overall if card.overall != recommended else None))
    rows = [
        _row(attribute, cells) for attribute, cells in marks.items() if any(cell.rating is not None for cell in cells)
    ]
    rows.sort(key=lambda row: rules.disagreement([cell.rating for cell in row.cells if cell.rating is not None]))
    return replace(base, columns=columns, rows=rows, overall=_row("overall", overall), speakers=speakers)

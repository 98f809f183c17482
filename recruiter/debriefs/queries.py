"""What a debrief looks at: who rated what, where they differ, whose card is missing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.debriefs import rules
from recruiter.debriefs.models import DebriefRecord
from recruiter.foundation.act import Actor
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Requisition, Stage
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import readings
from recruiter.scorecards.models import Scorecard
from recruiter.scorecards.queries import CardCounts, MissingCard

DISCUSSED = (ApplicationStatus.ACTIVE, ApplicationStatus.HIRED)


@dataclass(frozen=True)
class Cell:
    """One rating of one card as it was before its author saw others'; `amended_to` is what it became afterwards.

    Where they had seen them before they sent it, `after_reveal`, it is shown and counts in neither mean nor spread.
    """

    card: Scorecard
    rating: float | None
    evidence: str = ""
    amended_to: float | None = None

    @property
    def after_reveal(self) -> bool:
        """Whether its card was sent when its author had seen others'."""
        return self.card.after_reveal


@dataclass(frozen=True)
class AttributeRow:
    """One attribute over all cards."""

    attribute: str
    mean: float | None
    spread: float | None
    cells: list[Cell]

    @property
    def independent_scores(self) -> list[float]:
        """The ratings that were given without having seen others'."""
        return [cell.rating for cell in self.cells if cell.rating is not None and not cell.after_reveal]


@dataclass(frozen=True)
class Speaker:
    """Somebody at the round table, and the question that stands on their card."""

    user: User
    decides: bool
    questions: list[str]


@dataclass
class DebriefTable:
    """The cards of one application. The rows are empty while they are hidden from the viewer or the debrief is not open."""

    application: Application
    waiting: list[MissingCard]
    opened_early: bool
    counts: CardCounts
    unassessed: list[str] = field(default_factory=list)
    cards: list[Scorecard] = field(default_factory=list)
    rows: list[AttributeRow] = field(default_factory=list)
    overall: AttributeRow | None = None
    speakers: list[Speaker] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Every expected card is in, or somebody opened it early."""
        return not self.waiting or self.opened_early


def records_of(session: Session, requisition: Requisition) -> list[DebriefRecord]:
    """What was decided on a requisition, latest first, with whom it is about, who was chosen and who was ahead."""
    query = select(DebriefRecord).where(DebriefRecord.requisition_id == requisition.id)
    applications = (DebriefRecord.application, DebriefRecord.chosen, DebriefRecord.leader)
    people = [joinedload(application).joinedload(Application.candidate) for application in applications]
    latest_first = query.order_by(DebriefRecord.id.desc()).options(joinedload(DebriefRecord.by), *people)
    return list(session.scalars(latest_first))


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
            Application.status.in_(DISCUSSED),
            Stage.kind.in_(rules.STAGES),
        )
        .order_by(Finalist.position.is_(None), Finalist.position, Stage.position.desc(), Application.id)
        .options(joinedload(Application.candidate), joinedload(Application.stage))
    )
    return list(session.scalars(query))


def _debrief_members() -> Select[int]:
    """Requisitions joined with the applications that their debriefs contain: who is talked about, the slate, whom a record names."""
    discussed = and_(Application.status.in_(DISCUSSED), Stage.kind.in_(rules.STAGES))
    in_records = [
        Application.id.in_(select(column).where(column.is_not(None)))
        for column in (DebriefRecord.application_id, DebriefRecord.chosen_id, DebriefRecord.leader_id)
    ]
    contained = or_(discussed, Application.id.in_(select(Finalist.application_id)), *in_records)
    return select(Application.requisition_id).join(Stage, Stage.id == Application.stage_id).where(contained)


def is_in_debrief(session: Session, application: Application) -> bool:
    """Whether the debrief of its requisition contains an application."""
    return session.scalar(_debrief_members().where(Application.id == application.id)) is not None


def debriefs_owed_by(viewer: Actor) -> Select[int]:
    """Ids of the requisitions whose debrief contains an application on which somebody owes a card: it stays hidden from them."""
    return _debrief_members().where(Application.id.in_(scorecards.owed_by(viewer)))


def owes_on_debrief(session: Session, *, viewer: Actor, requisition: Requisition) -> bool:
    """Whether somebody owes a card on an application that the debrief of a requisition contains."""
    owed = debriefs_owed_by(viewer).where(Application.requisition_id == requisition.id)
    return session.scalar(owed.limit(1)) is not None


def opened_early_on(session: Session, requisition: Requisition) -> set[int | None]:
    """The applications on which somebody went on before all cards were in; None among them stands for the whole slate."""
    query = select(DebriefRecord.application_id).where(DebriefRecord.requisition_id == requisition.id)
    return set(session.scalars(query.where(DebriefRecord.opened_early)))


def missing_cards_of(session: Session, applications: Sequence[Application]) -> dict[int, list[MissingCard]]:
    """Who owes a card on each of these applications, the longest due first."""
    by_application: dict[int, list[MissingCard]] = {application.id: [] for application in applications}
    for missing in scorecards.missing_cards(session, list(by_application)):
        by_application[missing.interview.application_id].append(missing)
    return by_application


def is_open(session: Session, application: Application) -> bool:
    """Whether every card that is expected on an application is in, or somebody opened its debrief early."""
    missing = missing_cards_of(session, [application])[application.id]
    return not missing or bool(opened_early_on(session, application.requisition) & {application.id, None})


def tables_of(session: Session, *, requisition: Requisition, viewer: User, now: dt.datetime) -> list[DebriefTable]:
    """The matrix of every application of a debrief, in a fixed number of statements.

    Whoever owes a card on one of them sees nobody's ratings; for all others they show once the debrief is open.
    """
    applications = candidates_discussed(session, requisition)
    early = opened_early_on(session, requisition)
    waiting = missing_cards_of(session, applications)
    counts = scorecards.card_counts(session, list(waiting), now=now)
    hidden = owes_on_debrief(session, viewer=viewer, requisition=requisition)
    if hidden:  # the order of offers would tell the viewer the places
        applications.sort(key=lambda application: (application.candidate.name_key, application.id))
    cards: dict[int, list[Scorecard]] = defaultdict(list)
    if not hidden:
        for card in scorecards.cards_for(session, viewer=viewer, application_ids=list(waiting), owes_card=hidden):
            if card.sent:
                cards[card.application_id].append(card)
    experience = _experience(session, {card.author_id for own in cards.values() for card in own})
    tables: list[DebriefTable] = []
    for application in applications:
        number, opened = application.id, bool(early & {application.id, None})
        table = DebriefTable(application, waiting[number], opened, counts[number])
        if not hidden:
            rated = {mark.attribute for card in cards[number] for mark in card.ratings if mark.rating is not None}
            table.unassessed = [name for name in requisition.attribute_names if name not in rated]
            if table.open:
                _fill(table, cards[number], experience)
        tables.append(table)
    with_cards = [table.application.id for table in tables if table.cards]
    readings.note(session, viewer=viewer, application_ids=with_cards)
    return tables


def _row(attribute: str, cells: list[Cell]) -> AttributeRow:
    scores = AttributeRow(attribute, None, None, cells).independent_scores
    return AttributeRow(attribute, rules.mean(scores), rules.spread(scores), cells)


def _experience(session: Session, user_ids: set[int]) -> dict[int, int]:
    """How many cards each of some people has sent so far, in one statement."""
    query = select(Scorecard.author_id, func.count()).where(Scorecard.author_id.in_(user_ids), Scorecard.sent)
    return dict(session.execute(query.group_by(Scorecard.author_id)).all())


def _fill(table: DebriefTable, cards: list[Scorecard], experience: dict[int, int]) -> None:
    """Lay the cards on the table: in the order of speaking, the widest disagreement first."""
    requisition = table.application.requisition
    people = {card.author_id: card.author for card in cards}
    manager_id = requisition.hiring_manager_id
    order = rules.speaking_order({user_id: experience.get(user_id, 0) for user_id in people}, decides=manager_id)
    for user_id in order:
        questions = [card.question for card in cards if card.author_id == user_id and card.question]
        table.speakers.append(Speaker(people[user_id], user_id == manager_id, questions))
    if manager_id not in people:  # they sent no card, and decide all the same
        table.speakers.append(Speaker(requisition.hiring_manager, decides=True, questions=[]))
    table.cards = sorted(cards, key=lambda card: order.index(card.author_id))
    marks: dict[str, list[Cell]] = {name: [] for name in requisition.attribute_names}
    overall: list[Cell] = []
    for card in table.cards:
        before = card.independent
        now = {rating.attribute: rating.rating for rating in card.ratings}
        rated = {rating.attribute: (rating.rating, rating.evidence) for rating in card.ratings}
        recommended = card.overall
        if before:
            rated = {mark["attribute"]: (mark["rating"], mark["evidence"]) for mark in before.ratings}
            recommended = before.overall
        for attribute in {**marks, **rated}:
            rating, evidence = rated.get(attribute, (None, ""))
            later = now.get(attribute)
            cell = Cell(card, rating, evidence, later if later != rating else None)
            marks.setdefault(attribute, []).append(cell)
        amended = card.overall if card.overall != recommended else None
        overall.append(Cell(card, recommended, card.summary, amended))
    rows = [_row(attribute, cells) for attribute, cells in marks.items()]
    table.rows = [row for row in rows if any(cell.rating is not None for cell in row.cells)]
    table.rows.sort(key=lambda row: rules.disagreement(row.independent_scores))
    table.overall = _row("overall", overall)

"""The only way to read scorecards, and figures made from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.accounts.models import User
from recruiter.foundation.act import Actor
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.interviews.rules import card_due
from recruiter.pipeline.models import Application, Finalist
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import readings, rules
from recruiter.scorecards.models import CardRules, CardState, Scorecard, ScorecardVersion

Columns = TypeVarTuple("Columns")
OVERALL = "overall"  # the recommendation, among the attributes of a card


@dataclass(frozen=True)
class VisibleCards:
    """What one viewer may see of the cards of an application: those cards, and how many there are to come."""

    cards: list[Scorecard]
    submitted: int
    expected: int
    hidden: bool


@dataclass(frozen=True)
class MissingCard:
    """Somebody whose card is not in, and since when it is due."""

    user: User
    interview: Interview

    @property
    def due_at(self) -> dt.datetime:
        """Since when, or by when, it is wanted."""
        return card_due(self.interview.ends_at)


@dataclass(frozen=True)
class SubmittedRating:
    """One rating of a submitted card, as it was before its author saw others'. `attribute` may be `overall`."""

    application_id: int
    author_id: int
    author_name: str
    attribute: str
    score: float
    scale_min: float | None
    scale_max: float | None
    submitted_at: dt.datetime

    @property
    def on_five(self) -> float:
        """The rating on 1 to 5. A native recommendation o (1 to 4) is 1 + (o - 1) x 4/3; other scales are mapped linearly."""
        if self.scale_min is not None and self.scale_max is not None and self.scale_max > self.scale_min:
            return 1 + (self.score - self.scale_min) * 4 / (self.scale_max - self.scale_min)
        return 1 + (self.score - 1) * 4 / 3 if self.attribute == OVERALL else self.score


@dataclass(frozen=True)
class CardCounts:
    """How many cards of an application are in, how many are expected, how many of those are late."""

    submitted: int = 0
    expected: int = 0
    late: int = 0


def card_of(session: Session, *, interview: Interview, author: Actor) -> Scorecard | None:
    """The card of one panelist on one interview."""
    query = select(Scorecard).where(Scorecard.interview_id == interview.id, Scorecard.author_id == author.id)
    return session.scalars(query.options(selectinload(Scorecard.ratings))).first()


def evidence_for_all(session: Session, requisition_id: int) -> bool:
    """Whether a requisition asks for evidence on every rating, not on the extremes alone."""
    query = select(CardRules.evidence_for_all).where(CardRules.requisition_id == requisition_id)
    return bool(session.scalar(query))


def own_states(session: Session, *, author: User, interview_ids: Sequence[int]) -> dict[int, CardState]:
    """How somebody's own cards on some interviews stand, in one statement; those not begun are left out."""
    query = select(Scorecard.interview_id, Scorecard.state).where(Scorecard.interview_id.in_(interview_ids))
    return dict(session.execute(query.where(Scorecard.author_id == author.id)).all())


def over_seats(query: Select[*Columns]) -> Select[*Columns]:
    """A query over the seats on the panels of all interviews that ask for scorecards and are not called off, each with the card that was sent for it.

    The seat of somebody whose account has ended counts only where their card is in: nobody waits for it.
    """
    card = and_(Scorecard.interview_id == Interview.id, Scorecard.author_id == Panelist.user_id, Scorecard.sent)
    seats = query.select_from(Interview).join(Panelist, Panelist.interview_id == Interview.id)
    departed = select(User.id).where(User.active.is_(False))
    is_expected = or_(Scorecard.id.is_not(None), Panelist.user_id.not_in(departed))
    return seats.outerjoin(Scorecard, card).where(
        Interview.status == InterviewStatus.PLANNED, Interview.scored, is_expected
    )


def owed_by(viewer: Actor) -> Select[int]:
    """Ids of the applications on which somebody owes a card: what is made from others' cards on them stays hidden from them."""
    return over_seats(select(Interview.application_id)).where(Panelist.user_id == viewer.id, Scorecard.id.is_(None))


def owed_application_ids(session: Session, *, viewer: Actor, application_ids: Iterable[int]) -> set[int]:
    """The applications among these for which somebody owes a card: on a panel, not cancelled, nothing sent."""
    return set(session.scalars(owed_by(viewer).where(Interview.application_id.in_(list(application_ids)))))


def owes_on_application(session: Session, *, viewer: Actor, application_id: int) -> bool:
    """Whether somebody owes a card on one application, so that its cards stay hidden from them."""
    return bool(owed_application_ids(session, viewer=viewer, application_ids=[application_id]))


def opens_at(session: Session, *, viewer: Actor, application_ids: Select[int], now: dt.datetime) -> dt.datetime | None:
    """When the first of the cards opens that somebody owes on some applications; None where one is open already, or none is owed."""
    owed = over_seats(select(func.min(Interview.starts_at))).where(
        Panelist.user_id == viewer.id, Scorecard.id.is_(None), Interview.application_id.in_(application_ids)
    )
    first = session.scalar(owed)
    return first if first is not None and first > now else None


def searches_owed_by(viewer: Actor) -> Select[int]:
    """Ids of the requisitions on which somebody owes a card on anybody: no figure of all their applications is for them."""
    return select(Application.requisition_id).where(Application.id.in_(owed_by(viewer)))


def slates_owed_by(viewer: Actor) -> Select[int]:
    """Ids of the requisitions on whose slate stands an application on which somebody owes a card: its order stays hidden from them."""
    return select(Finalist.requisition_id).where(Finalist.application_id.in_(owed_by(viewer)))


def owes_on_search(session: Session, *, viewer: Actor, requisition: Requisition) -> bool:
    """Whether somebody owes a card on any application of a requisition: figures of them all stay hidden from them."""
    owed = searches_owed_by(viewer).where(Application.requisition_id == requisition.id)
    return session.scalar(owed.limit(1)) is not None


def owed_on_slate(session: Session, *, viewer: Actor, requisition: Requisition) -> int:
    """For how many applications that stand on the slate of a requisition somebody owes a card."""
    owed = select(func.count(Finalist.id)).where(Finalist.application_id.in_(owed_by(viewer)))
    return session.scalar(owed.where(Finalist.requisition_id == requisition.id)) or 0


def owes_on_slate(session: Session, *, viewer: Actor, requisition: Requisition) -> bool:
    """Whether somebody owes a card on an application that stands on the slate, so that its order and ranking stay hidden from them."""
    return owed_on_slate(session, viewer=viewer, requisition=requisition) > 0


def has_read_others(session: Session, card: Scorecard) -> bool:
    """Whether the author of a card has read others' on the same application, by whatever way and however long ago."""
    return bool(readings.readers_among(session, [card.author_id], application_id=card.application_id))


def has_seen_others(session: Session, card: Scorecard, *, viewer: Actor) -> bool:
    """Whether cards of others on the same application are open to the author of a card, or were read by them."""
    if has_read_others(session, card):
        return True
    application_id = card.application_id
    others = select(Scorecard.id).where(Scorecard.application_id == application_id, Scorecard.author_id != viewer.id)
    is_any_sent = session.scalar(others.where(Scorecard.sent).limit(1)) is not None
    return is_any_sent and not owes_on_application(session, viewer=viewer, application_id=application_id)


def card_counts(session: Session, application_ids: Sequence[int], *, now: dt.datetime) -> dict[int, CardCounts]:
    """For a board: cards in, expected and late of each application, in one statement whatever their number."""
    by_application = dict.fromkeys(application_ids, CardCounts())
    seats = over_seats(select(Interview.application_id, Interview.ends_at, Scorecard.id))
    for application_id, ends_at, card_id in session.execute(seats.where(Interview.application_id.in_(application_ids))):
        count, is_in = by_application[application_id], card_id is not None
        late = not is_in and card_due(ends_at) < now
        by_application[application_id] = CardCounts(count.submitted + is_in, count.expected + 1, count.late + late)
    return by_application


def cards_for(session: Session, *, viewer: Actor, application_ids: Sequence[int], owes_card: bool) -> list[Scorecard]:
    """Whole cards of some applications, as sent, that somebody may see; `owes_card` says whether a card of theirs is due.

    Callers note those that they show (`readings.note`).
    """
    return [
        card
        for card in session.scalars(_whole_cards(application_ids))
        if rules.may_see(viewer_id=viewer.id, author_id=card.author_id, submitted=card.sent, owes_card=owes_card)
    ]


def _whole_cards(application_ids: Sequence[int]) -> Select[Scorecard]:
    query = select(Scorecard).where(Scorecard.application_id.in_(application_ids))
    return query.order_by(Scorecard.submitted_at, Scorecard.id).options(
        selectinload(Scorecard.ratings),
        selectinload(Scorecard.versions),
        joinedload(Scorecard.author),
        joinedload(Scorecard.entered_by),
        joinedload(Scorecard.interview),
    )


def visible_to(session: Session, *, viewer: User, application: Application) -> VisibleCards:
    """The cards of an application that somebody may see, and reads now. While they owe one themselves: their own, and how many are in."""
    owes = owes_on_application(session, viewer=viewer, application_id=application.id)
    visible = cards_for(session, viewer=viewer, application_ids=[application.id], owes_card=owes)
    readings.note(session, viewer=viewer, application_ids=[] if owes else [application.id])
    sent = select(func.count(Scorecard.id)).where(Scorecard.application_id == application.id, Scorecard.sent)
    submitted = session.scalar(sent) or 0
    seats = over_seats(select(func.count(Panelist.id))).where(Interview.application_id == application.id)
    return VisibleCards(visible, submitted, expected=max(session.scalar(seats) or 0, submitted), hidden=owes)


def missing_cards(session: Session, application_ids: Sequence[int]) -> list[MissingCard]:
    """Who has not sent a card on these applications, the longest due first, in one statement."""
    seats = over_seats(select(User, Interview)).join(User, User.id == Panelist.user_id)
    missing = seats.where(Interview.application_id.in_(application_ids), Scorecard.id.is_(None))
    cards = [MissingCard(user, interview) for user, interview in session.execute(missing)]
    return sorted(cards, key=lambda card: (card.due_at, card.user.name))


def independent_versions(application_ids: Sequence[int]) -> Select[Scorecard, ScorecardVersion]:
    """Cards that were sent on some applications, each with its versions from before its author saw others', the oldest first.

    Callers must have asked `owed_by` or what stands on it for their viewer.
    """
    return (
        select(Scorecard, ScorecardVersion)
        .join(ScorecardVersion, ScorecardVersion.scorecard_id == Scorecard.id)
        .where(Scorecard.application_id.in_(application_ids), Scorecard.sent, ScorecardVersion.after_reveal.is_(False))
        .order_by(Scorecard.id, ScorecardVersion.number)
    )


def cards_for_ranking(
    session: Session, application_ids: Sequence[int], *, before: dt.datetime | None = None
) -> list[SubmittedRating]:
    """Every rating of the submitted cards, in the version before the reveal, sent before a moment where one is given.

    Callers must have asked `owed_by` or what stands on it for their viewer.
    """
    query = independent_versions(application_ids).join(User, User.id == Scorecard.author_id).add_columns(User.name)
    if before is not None:
        query = query.where(ScorecardVersion.at < before)
    latest = {card.id: (card, version, name) for card, version, name in session.execute(query)}
    return [
        SubmittedRating(
            card.application_id,
            card.author_id,
            name,
            attribute,
            float(score),
            card.scale_min,
            card.scale_max,
            version.at,
        )
        for card, version, name in latest.values()
        for attribute, score in version.scores
        if score is not None
    ]

"""Every application of a requisition at a glance: what presses most, what its stage still asks for. A handful of statements."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.debriefs.models import DebriefRecord
from recruiter.foundation.act import Moment
from recruiter.keepwarm import queries
from recruiter.keepwarm.schedule import bench_facts, next_contact
from recruiter.keepwarm.schedule.next_contact import Warmth
from recruiter.offers.band import above_band
from recruiter.offers.models import Offer, OfferStatus
from recruiter.offers.rules import LIVE, OCCUPYING
from recruiter.pipeline import exit_checklist
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.pipeline.queries import BoardRow
from recruiter.requisitions.models import Band, Requisition
from recruiter.scorecards.figures import interview_progress
from recruiter.scorecards.figures.interview_progress import InterviewProgress

SOON = dt.timedelta(days=7)
REVEALING = {exit_checklist.ExitItem.DEBRIEF, exit_checklist.ExitItem.SLATE}  # what is left to do tells of the order


class SignalKind(StrEnum):
    """What presses, the most urgent first."""

    PROMISE_BROKEN = "promise_broken"
    CONTACT_OVERDUE = "contact_overdue"
    CARD_LATE = "card_late"
    OFFER_RAN_OUT = "offer_ran_out"
    PROMISE_DUE = "promise_due"
    CONTACT_DUE = "contact_due"
    ABOVE_BAND = "above_band"
    OFFER_EXPIRES = "offer_expires"
    COMPETING = "competing"


URGENCY = {kind: place for place, kind in enumerate(SignalKind)}


@dataclass(frozen=True)
class Signal:
    """One thing that presses, and the day that it is about."""

    kind: SignalKind
    on: dt.date


@dataclass(frozen=True)
class BoardItem:
    """One application on a board. `place` is None while the viewer scores blind."""

    row: BoardRow
    place: int | None
    signals: tuple[Signal, ...]
    progress: InterviewProgress
    leaving: tuple[exit_checklist.ExitCheck, ...]

    @property
    def urgency(self) -> int:
        """How early it stands in its column: the place of the most urgent signal, behind all where there is none."""
        return URGENCY[self.signals[0].kind] if self.signals else len(URGENCY)


def _offers(session: Session, requisition: Requisition) -> list[tuple[Offer, bool]]:
    """The live offers of a search, each with whether it lies above what was approved."""
    statement = (
        select(Offer, above_band.above_band())
        .join(Application, Application.id == Offer.application_id)
        .outerjoin(Band, Band.requisition_id == Application.requisition_id)
        .where(Application.requisition_id == requisition.id, Offer.status.in_(LIVE))
        .order_by(Offer.id)
    )
    return [(offer, uncovered) for offer, uncovered in session.execute(statement)]


def _debriefed(session: Session, requisition: Requisition) -> set[int | None]:
    """Whom a debrief has decided on, None for the whole slate. One that was opened early has its decision in a second record."""
    statement = select(DebriefRecord.application_id, DebriefRecord.opened_early).where(
        DebriefRecord.requisition_id == requisition.id
    )
    weights: Counter[int | None] = Counter()
    for about, early in session.execute(statement):
        weights[about] += 1 if early else 2
    return {about for about, weight in weights.items() if weight > 1}


def _from_offer(offer: Offer | None, *, today: dt.date) -> list[Signal]:
    if offer is None or offer.status != OfferStatus.EXTENDED or offer.expires_on is None:
        return []
    if offer.expires_on < today:
        return [Signal(SignalKind.OFFER_RAN_OUT, offer.expires_on)]
    return [Signal(SignalKind.OFFER_EXPIRES, offer.expires_on)] if offer.expires_on <= today + SOON else []


def _from_bench(facts: next_contact.Facts, *, moment: Moment) -> list[Signal]:
    standing = next_contact.standing(facts, moment=moment)
    broken = next_contact.broken_promise(facts.promises, moment=moment)
    due_today = [promise for promise in facts.promises if promise.due_on == moment.today]
    if broken is not None:
        return [Signal(SignalKind.PROMISE_BROKEN, broken.due_on)]
    if standing.warmth == Warmth.COLD and standing.due_on is not None:
        return [Signal(SignalKind.CONTACT_OVERDUE, standing.due_on)]
    if any(next_contact.is_open(promise, moment=moment) for promise in due_today):
        return [Signal(SignalKind.PROMISE_DUE, moment.today)]
    return [Signal(SignalKind.CONTACT_DUE, moment.today)] if standing.warmth == Warmth.COOLING else []


def of_requisition(
    session: Session, requisition: Requisition, *, viewer: User, moment: Moment, application_id: int | None = None
) -> list[BoardItem]:
    """What presses on each row of a board, or on one application, the most urgent first, in a handful of statements.

    While the viewer owes a scorecard on this search, places on the slate are left out; what tells of pay is there for
    `pay.view` alone.
    """
    rows = pipeline.board_rows(session, requisition, application_id=application_id)
    today, awake = moment.today, requisition.status not in queries.ASLEEP
    stages = {stage.id: stage for stage in requisition.stages}
    progress_by_application = interview_progress.progress_of(session, requisition, now=moment.now)
    blind = any(viewer.id in progress.owed_by for progress in progress_by_application.values())
    live_offers = _offers(session, requisition)
    offers = {offer.application_id: offer for offer, _ in live_offers if offer.status in OCCUPYING}
    drafted_above_band = {
        offer.application_id: offer.created_at for offer, uncovered in live_offers if uncovered and viewer.pay_view
    }
    debriefed = _debriefed(session, requisition)
    finalist_ids = [row.id for row in rows if row.named_at is not None and row.status == ApplicationStatus.ACTIVE]
    bench = bench_facts.load(session, finalist_ids, requisition_ids=[requisition.id], contacts_until=moment.now)
    offer_states = {offer.status for offer in offers.values()}
    board_items = []
    for row in rows:
        signals, progress = [], progress_by_application.get(row.id, InterviewProgress())
        current_offer, place = offers.get(row.id), None if blind else row.place
        if row.named_at is not None and row.status == ApplicationStatus.ACTIVE and awake:
            facts = bench.rule_facts(
                row.id, requisition, active=True, named_at=row.named_at, offers=offer_states, moment=moment
            )
            signals += _from_bench(facts, moment=moment)
            near = [day for day in facts.decisions_on if today <= day <= today + SOON]
            signals += [Signal(SignalKind.COMPETING, min(near))] if near else []
        if progress.late and progress.longest_late:
            signals.append(Signal(SignalKind.CARD_LATE, moment.day_of(progress.longest_late[1])))
        signals += _from_offer(current_offer, today=today)
        if row.id in drafted_above_band:
            signals.append(Signal(SignalKind.ABOVE_BAND, moment.day_of(drafted_above_band[row.id])))
        exit_facts = exit_checklist.ExitFacts(
            interviews_done=progress.completed,
            interviews_planned=progress.planned,
            cards_submitted=progress.submitted,
            cards_expected=progress.expected,
            debriefed=bool(debriefed & {row.id, None}),
            on_slate=row.place is not None,
            offer_accepted=current_offer is not None and current_offer.status == OfferStatus.ACCEPTED,
        )
        visible = [item for item in exit_checklist.items_of(stages[row.stage_id]) if not (blind and item in REVEALING)]
        leaving = exit_checklist.checklist(visible, exit_facts)
        signals.sort(key=lambda signal: URGENCY[signal.kind])
        board_items.append(BoardItem(row, place, tuple(signals), progress, leaving))
    return sorted(board_items, key=lambda item: (item.urgency, item.row.stage_since, item.row.id))

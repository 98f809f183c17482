"""Every application of a requisition at a glance: what presses most, what its stage still asks for. A handful of statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.debriefs.models import DebriefRecord
from recruiter.foundation.calendar import WEEKDAYS, WorkingDays
from recruiter.keepwarm.models.records import PromiseState
from recruiter.keepwarm.schedule import bench_facts, board_facts, next_contact, promise_zone
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.offers.band import above_band
from recruiter.offers.models import Offer, OfferStatus
from recruiter.offers.rules import LIVE, OUT
from recruiter.pipeline import exit_checklist
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.pipeline.queries import BoardRow
from recruiter.requisitions.models import Band, Requisition, RequisitionStatus
from recruiter.scorecards.figures import interview_progress
from recruiter.scorecards.figures.interview_progress import Progress

SOON = dt.timedelta(days=7)
ASLEEP = {RequisitionStatus.CLOSED, RequisitionStatus.DRAFT}


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
class Glance:
    """One application on a board. `place` is None while the viewer scores blind."""

    row: BoardRow
    place: int | None
    signals: tuple[Signal, ...]
    progress: Progress
    leaving: tuple[exit_checklist.Line, ...]

    @property
    def urgency(self) -> int:
        """How early it stands in its column: the place of the most urgent signal, behind all where there is none."""
        return URGENCY[self.signals[0].kind] if self.signals else len(URGENCY)


@dataclass(frozen=True)
class _Offered:
    application_id: int
    status: OfferStatus
    expires_on: dt.date | None
    made_at: dt.datetime
    uncovered: bool


def _offers(session: Session, requisition: Requisition) -> list[_Offered]:
    wanted = (
        select(Offer.application_id, Offer.status, Offer.expires_on, Offer.created_at, above_band.above_band())
        .join(Application, Application.id == Offer.application_id)
        .outerjoin(Band, Band.requisition_id == Application.requisition_id)
        .where(Application.requisition_id == requisition.id, Offer.status.in_(LIVE))
        .order_by(Offer.id)
    )
    return [_Offered(*row) for row in session.execute(wanted)]


def _debriefed(session: Session, requisition: Requisition) -> set[int | None]:
    """Whom a debrief has decided on, None for the whole slate. One that was opened early has its decision in a second record."""
    wanted = select(DebriefRecord.application_id, DebriefRecord.opened_early).where(
        DebriefRecord.requisition_id == requisition.id
    )
    weights: dict[int | None, int] = {}
    for about, early in session.execute(wanted):
        weights[about] = weights.get(about, 0) + (1 if early else 2)
    return {about for about, weight in weights.items() if weight > 1}


def _from_offer(offer: _Offered | None, *, today: dt.date) -> list[Signal]:
    if offer is None or offer.status != OfferStatus.EXTENDED or offer.expires_on is None:
        return []
    if offer.expires_on < today:
        return [Signal(SignalKind.OFFER_RAN_OUT, offer.expires_on)]
    return [Signal(SignalKind.OFFER_EXPIRES, offer.expires_on)] if offer.expires_on <= today + SOON else []


def _from_bench(facts: next_contact.Facts, *, now: dt.datetime, zone: dt.tzinfo) -> list[Signal]:
    today = now.astimezone(zone).date()
    found, standing = [], next_contact.standing(facts, now=now, zone=zone)
    broken = next_contact.broken_since(facts.promises, today=today, now=now)
    waits = [
        one.due_on
        for one in facts.promises
        if one.state == PromiseState.OPEN and one.due_on >= promise_zone.day_there(one.zone, now=now, today=today)
    ]
    if broken is not None:
        found.append(Signal(SignalKind.PROMISE_BROKEN, broken.due_on))
    elif standing.warmth == next_contact.Warmth.COLD and standing.due_on is not None:
        found.append(Signal(SignalKind.CONTACT_OVERDUE, standing.due_on))
    elif today in waits:
        found.append(Signal(SignalKind.PROMISE_DUE, today))
    elif standing.warmth == next_contact.Warmth.COOLING:
        found.append(Signal(SignalKind.CONTACT_DUE, today))
    return found


def of_requisition(
    session: Session,
    requisition: Requisition,
    rows: Sequence[BoardRow],
    *,
    viewer: User,
    now: dt.datetime,
    zone: dt.tzinfo,
    calendar: WorkingDays = WEEKDAYS,
) -> list[Glance]:
    """What presses on each of these rows of a board, the most urgent first, in a handful of statements whatever their number.

    While the viewer owes a scorecard on this search, places on the slate are left out; what tells of pay is there for
    `pay.view` alone.
    """
    today, awake = now.astimezone(zone).date(), requisition.status not in ASLEEP
    stages = {one.id: one for one in requisition.stages}
    done = interview_progress.of_requisition(session, requisition, now=now)
    blind = any(viewer.id in one.owed_by for one in done.values())
    made = _offers(session, requisition)
    offers = {one.application_id: one for one in made if one.status in OUT}
    above = {one.application_id: one.made_at for one in made if one.uncovered and viewer.pay_view}
    debriefed, out = _debriefed(session, requisition), any(o.status == OfferStatus.EXTENDED for o in offers.values())
    kept = [one.id for one in rows if one.named_at is not None and one.status == ApplicationStatus.ACTIVE]
    known = board_facts.of(session, kept, requisition_id=requisition.id, now=now)
    found = []
    for row in rows:
        signals, one = [], done.get(row.id, Progress())
        offer = offers.get(row.id)
        if row.named_at is not None and row.status == ApplicationStatus.ACTIVE and awake:
            talk = known.talks.get(row.id, bench_facts.Talk())
            facts = next_contact.Facts(
                active=True,
                named_on=row.named_at.astimezone(zone).date(),
                last_two_way=talk.two_way,
                promises=tuple(known.promised.get(row.id, ())),
                decisions_on=tuple(known.elsewhere.get(row.id, ())),
                offer_out=out,
                offer_days=requisition.cadence_offer_days,
                bench_days=requisition.cadence_bench_days,
                accepted=any(each.status == OfferStatus.ACCEPTED for each in offers.values()),
                accepted_days=known.clocks.days(Situation.ACCEPTED),
                deadline_days=known.clocks.days(Situation.DEADLINE),
                final_round_on=talk.unthanked.astimezone(zone).date() if talk.unthanked else None,
                final_round_days=known.clocks.days(Situation.FINAL_ROUND),
                calendar=calendar,
                snoozed_until=talk.snoozed_until,
                snoozed_at=talk.snoozed_at,
            )
            signals += _from_bench(facts, now=now, zone=zone)
            near = [day for day in facts.decisions_on if today <= day <= today + SOON]
            signals += [Signal(SignalKind.COMPETING, min(near))] if near else []
        if one.late and one.late_by:
            signals.append(Signal(SignalKind.CARD_LATE, one.late_by[1].astimezone(zone).date()))
        signals += _from_offer(offer, today=today)
        if row.id in above:
            signals.append(Signal(SignalKind.ABOVE_BAND, above[row.id].astimezone(zone).date()))
        facts_of_exit = exit_checklist.ExitFacts(
            held=one.held,
            planned=one.planned,
            submitted=one.submitted,
            expected=one.expected,
            debriefed=bool(debriefed & {row.id, None}),
            on_slate=row.place is not None,
            accepted=offer is not None and offer.status == OfferStatus.ACCEPTED,
        )
        items = [item for item in exit_checklist.items_of(stages[row.stage_id]) if not (blind and item in _TELLING)]
        found.append(
            Glance(
                row,
                None if blind else row.place,
                tuple(sorted(signals, key=lambda signal: URGENCY[signal.kind])),
                one,
                exit_checklist.lines(items, facts_of_exit),
            )
        )
    return sorted(found, key=lambda glance: (glance.urgency, glance.row.stage_since, glance.row.id))


_TELLING = {exit_checklist.ExitItem.DEBRIEF, exit_checklist.ExitItem.SLATE}

"""What must hold of every search after any history: read from the database alone, one function a rule."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import select

from recruiter.keepwarm.models.records import Promise, PromiseChange, PromiseState, Promotion
from recruiter.offers.models import Offer, OfferStatus
from recruiter.offers.rules import LIVE
from recruiter.pipeline.models import Application, ApplicationStatus, StageChange, StatusChange
from recruiter.requisitions.models import Opening, OpeningStatus, Requisition, RequisitionStatus


def broken(session):
    """Every rule that does not hold, in words; an empty list where all is well."""
    session.rollback()
    session.expunge_all()
    problems = []
    for application in (_seats, _stages, _statuses, _promises, _offers_of_the_ended, _one_live_offer, _promotions):
        problems += application(session)
    session.rollback()  # a reader that stays would hold the next writer up
    return problems


def _seats(session):
    """At most one accepted offer per opening, and the seat says so."""
    out = []
    accepted = {}
    for offer in session.scalars(select(Offer).where(Offer.status == OfferStatus.ACCEPTED)):
        accepted.setdefault(offer.opening_id, []).append(offer.application_id)
    for seat in session.scalars(select(Opening)):
        taken = accepted.get(seat.id, [])
        if len(taken) > 1:
            out.append(f"opening {seat.id} has {len(taken)} accepted offers")
        if (seat.status == OpeningStatus.FILLED) != bool(taken) or (taken and seat.filled_by_id != taken[0]):
            out.append(f"opening {seat.id} is {seat.status} by {seat.filled_by_id}, accepted: {taken}")
    for requisition in session.scalars(select(Requisition).where(Requisition.status != RequisitionStatus.CLOSED)):
        full = all(seat.status == OpeningStatus.FILLED for seat in requisition.openings)
        if full != (requisition.status == RequisitionStatus.FILLED):
            out.append(f"{requisition.key} is {requisition.status} while full is {full}")
    return out


def _stages(session):
    """The stage is the last row of the history, and each row begins where the one before ended."""
    history = {}
    for row in session.scalars(select(StageChange).order_by(StageChange.id)):
        history.setdefault(row.application_id, []).append(row)
    out = []
    for application in session.scalars(select(Application)):
        rows = history.get(application.id, [])
        if not rows or rows[-1].to_stage_id != application.stage_id or rows[-1].moved_at != application.stage_since:
            out.append(f"application {application.id} stands elsewhere than its history says")
        if any(later.from_stage_id != before.to_stage_id for before, later in pairwise(rows)):
            out.append(f"the history of application {application.id} has a gap")
    return out


def _statuses(session):
    """The status is the last row of its history."""
    last = {row.application_id: row.status for row in session.scalars(select(StatusChange).order_by(StatusChange.id))}
    return [
        f"application {application.id} is {application.status}, its history says {last.get(application.id)}"
        for application in session.scalars(select(Application))
        if application.status != last.get(application.id, ApplicationStatus.ACTIVE)
    ]


def _promises(session):
    """A promise is as the last row of its history says, and was settled once at most."""
    history = {}
    for row in session.scalars(select(PromiseChange).order_by(PromiseChange.id)):
        history.setdefault(row.promise_id, []).append(row)
    out = []
    for promise in session.scalars(select(Promise)):
        rows = history.get(promise.id, [])
        if not rows or (rows[-1].state, rows[-1].due_on) != (promise.state, promise.due_on):
            out.append(f"promise {promise.id} changed without a row of history")
        if len(rows) != (1 if promise.state == PromiseState.OPEN else 2):
            out.append(f"promise {promise.id} is {promise.state} with {len(rows)} rows of history")
    return out


def _offers_of_the_ended(session):
    """Whoever is out of the running has no offer that lives on."""
    wanted = (
        select(Offer.id)
        .join(Application, Application.id == Offer.application_id)
        .where(
            Offer.status.in_(LIVE),
            Application.status.in_([ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN]),
        )
    )
    return [f"offer {number} lives on after its application has ended" for number in session.scalars(wanted)]


def _one_live_offer(session):
    """An application has one offer that lives at most."""
    seen = list(session.scalars(select(Offer.application_id).where(Offer.status.in_(LIVE))))
    return [f"application {number} has {seen.count(number)} offers" for number in set(seen) if seen.count(number) > 1]


def _promotions(session):
    """A loss has one successor at most."""
    seen = list(session.scalars(select(Promotion.fall_through_id)))
    return [f"loss {number} was filled {seen.count(number)} times" for number in set(seen) if seen.count(number) > 1]

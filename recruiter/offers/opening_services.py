"""More seats for a search, or fewer: only a seat that nobody fills and no offer is for is given up."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation import wording
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict
from recruiter.offers.models import Offer
from recruiter.offers.rules import LIVE
from recruiter.requisitions import row_lock, rules, team_services
from recruiter.requisitions import services as seats
from recruiter.requisitions.models import ChangedField, Opening, OpeningStatus, Requisition


def change_openings(
    session: Session, *, requisition: Requisition, count: int, act: Act, reason: str = ""
) -> Requisition:
    """Let a requisition have so many seats, with its history; its status follows as if seats had been filled or freed.

    Raises RuleBroken at `openings` for a number that nobody fills in one search, Conflict where more seats are taken.
    """
    rules.check_openings(count)
    row_lock.lock(session, requisition.id)
    before = len(requisition.seats)
    if count == before:
        return requisition
    if count > before:
        added = [Opening(status=OpeningStatus.OPEN, opened_at=act.now) for _ in range(count - before)]
        requisition.openings += added
    else:
        offered = set(session.scalars(select(Offer.opening_id).where(Offer.status.in_(LIVE))))
        free = [each for each in requisition.seats if each.status == OpeningStatus.OPEN and each.id not in offered]
        if len(free) < before - count:
            taken = wording.plural(before - len(free), "opening")
            raise Conflict(f"{taken} are filled or have an offer. Keep at least as many, or end an offer first.")
        for opening in free[count - before :]:
            opening.status = OpeningStatus.CLOSED
    seats.update_status(requisition)
    field = ChangedField.OPENINGS
    team_services.record_change(
        session, requisition, field, before=str(before), after=str(count), act=act, reason=reason
    )
    session.flush()
    return requisition

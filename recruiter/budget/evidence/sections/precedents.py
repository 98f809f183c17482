"""Earlier exceptions on this band: the same level and department in twelve months. The third says that the band is the matter."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select

from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso, on
from recruiter.offers.models import BandException
from recruiter.requisitions.models import Requisition

WINDOW = dt.timedelta(days=365)
REVIEW = 3
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def earlier(ground: Ground) -> list[tuple[BandException, Requisition]]:
    """Exceptions granted in the twelve months before, on this requisition or on one of the same level and department."""
    here = ground.requisition
    alike = Requisition.id == here.id
    if here.level:
        alike = or_(alike, (Requisition.level == here.level) & (Requisition.department == here.department))
    wanted = (
        select(BandException, Requisition)
        .join(Requisition, BandException.requisition_id == Requisition.id)
        .where(
            alike,
            BandException.granted_at > ground.now - WINDOW,
            BandException.granted_at <= ground.now,
            BandException.case_number != ground.case.number,
            BandException.voided_at.is_(None),
        )
    )
    return [
        (row[0], row[1]) for row in ground.session.execute(wanted.order_by(BandException.granted_at, BandException.id))
    ]


def collect(ground: Ground) -> Part:
    """How many, and which one this would be. A confidential search is counted and not named."""
    found = earlier(ground)
    place = len(found) + 1
    source = "Band exceptions on record"
    period = f"{iso(ground.now - WINDOW)} to {iso(ground.now)}"
    nth = ORDINALS.get(place, f"{place}th")
    text = f"This would be the {nth} exception on this band in 12 months" + (
        ": review the band." if place >= REVIEW else "."
    )
    told = [Evidence(text, source, count=len(found), period=period)]
    for exception, requisition in found:
        hidden = requisition.confidential and requisition.id != ground.requisition.id
        label = "An exception of a confidential search" if hidden else f"Case {exception.case_number}"
        told.append(
            Evidence(f"{label} was granted on {on(exception.granted_at)}.", source, at=iso(exception.granted_at))
        )
    figures = (Figure("Earlier exceptions in 12 months", len(found), "count"),)
    return Part(f"{counted(len(found), 'earlier exception')}. {text}", tuple(told), figures, whole=True)

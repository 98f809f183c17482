"""Earlier exceptions on this band: the same level and department in twelve months. The third says that the band is the matter."""

from __future__ import annotations

from sqlalchemy import or_, select

from recruiter.budget.evidence.types import CaseContext, SectionEvidence
from recruiter.budget.register.register_queries import REVIEW, YEAR
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.wording import plural
from recruiter.offers.models import BandException
from recruiter.requisitions.models import Requisition

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def earlier_exceptions(context: CaseContext) -> list[tuple[BandException, Requisition]]:
    """Exceptions granted in the twelve months before, on this requisition or on one of the same level and department."""
    here = context.requisition
    alike = Requisition.id == here.id
    if here.level:
        alike = or_(alike, (Requisition.level == here.level) & (Requisition.department == here.department))
    query = (
        select(BandException, Requisition)
        .join(Requisition, BandException.requisition_id == Requisition.id)
        .where(
            alike,
            BandException.granted_at > context.now - YEAR,
            BandException.granted_at <= context.now,
            BandException.case_number != context.case.number,
            BandException.voided_at.is_(None),
        )
        .order_by(BandException.granted_at, BandException.id)
    )
    return [(exception, requisition) for exception, requisition in context.session.execute(query)]


def collect(context: CaseContext) -> SectionEvidence:
    """How many, and which one this would be. A confidential search is counted and not named."""
    exceptions = earlier_exceptions(context)
    place = len(exceptions) + 1
    source = "Band exceptions on record"
    period = f"{context.iso_date(context.now - YEAR)} to {context.iso_date(context.now)}"
    ordinal = ORDINALS.get(place, f"{place}th")
    review = ": review the band." if place >= REVIEW else "."
    text = f"This would be the {ordinal} exception on this band in 12 months{review}"
    evidence = [Claim(text, source, count=len(exceptions), period=period)]
    for exception, requisition in exceptions:
        hidden = requisition.confidential and requisition.id != context.requisition.id
        label = "An exception of a confidential search" if hidden else f"Case {exception.case_number}"
        statement = f"{label} was granted on {context.long_date(exception.granted_at)}."
        evidence.append(context.claim(statement, source, at=exception.granted_at))
    figures = [Amount("Earlier exceptions in 12 months", len(exceptions), "count")]
    text = f"{plural(len(exceptions), 'earlier exception')}. {text}"
    return SectionEvidence(text, evidence, figures, is_complete=True)

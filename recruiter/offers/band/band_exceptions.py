"""What an approved budget case allows an offer, until the terms or the level become more than what was approved."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.money import Money
from recruiter.offers import rules, term_versions
from recruiter.offers.models import BandException, Offer
from recruiter.pipeline.models import Application


def grant(
    session: Session, *, offer: Offer, case_number: str, up_to: Money, act: Moment, terms_version: int | None = None
) -> BandException:
    """Let an application be paid above the band, up to a base that an approved budget case names.

    It is for the version of the terms that the case has, the present one where none is named: more than that voids it.
    """
    exception = BandException(
        requisition_id=offer.application.requisition_id,
        application_id=offer.application_id,
        case_number=case_number,
        up_to=up_to.amount,
        currency=up_to.currency,
        granted_at=act.now,
        terms=term_versions.version_of(offer, number=terms_version or offer.terms_version),
        level=offer.application.requisition.level,
    )
    session.add(exception)
    session.flush()
    return exception


def _exceptions_of(session: Session, application: Application) -> list[BandException]:
    query = select(BandException).where(BandException.application_id == application.id)
    return list(session.scalars(query.order_by(BandException.id).options(joinedload(BandException.terms))))


def _is_valid(exception: BandException, application: Application) -> bool:
    """Whether it is not void, nor was approved for another level of the role."""
    return exception.voided_at is None and exception.level in {None, application.requisition.level}


def void_where_exceeded(session: Session, *, offer: Offer, previous: rules.Terms, act: Act) -> None:
    """Void the approvals above the band of an offer whose terms became more than what was approved, and keep what changed."""
    new = rules.terms_of(offer)
    for exception in _exceptions_of(session, offer.application):
        if exception.voided_at is not None or exception.terms is None:
            continue
        # A base above what was approved is refused where it is sent for approval, and may come down again.
        reason = rules.changes_beyond_approval(previous, rules.terms_of(exception.terms), new, up_to=new.base)
        if reason:
            exception.voided_at, exception.void_reason = act.now, reason
            number = exception.case_number
            audit.record(session, action=AuditAction.CASE_VOIDED, subject=offer, act=act, case_number=number)


def allowed_up_to(session: Session, application: Application) -> Money | None:
    """The highest base that an approved budget case allows for an application, None where there is no such case.

    A case that was voided, or approved for another level of the role, allows nothing.
    """
    exceptions = _exceptions_of(session, application)
    valid = [exception for exception in exceptions if _is_valid(exception, application)]
    highest = max(valid, key=lambda exception: exception.up_to, default=None)
    return Money(highest.up_to, highest.currency) if highest else None


def check_covered(session: Session, offer: Offer) -> None:
    """Refuse an offer above the band without an approved case that covers it (Conflict)."""
    up_to, voided = allowed_up_to(session, offer.application), reason_void(session, offer.application)
    rules.check_covered(offer.base_pay, band=offer.band, up_to=up_to, voided=voided)


def reason_void(session: Session, application: Application, *, case_number: str | None = None) -> str:
    """Why the approval above the band does not apply any more, in a sentence; nothing where it does, or never was.

    Of one case where it is named, else of the latest.
    """
    exceptions = [
        exception for exception in _exceptions_of(session, application) if case_number in {None, exception.case_number}
    ]
    if not exceptions or any(_is_valid(exception, application) for exception in exceptions):
        return ""
    latest = exceptions[-1]
    if latest.void_reason:
        return latest.void_reason
    if latest.voided_at is None:
        return f"The level changed from {latest.level or 'none'}. {rules.VOIDED_SENTENCE}"
    return rules.VOIDED_SENTENCE

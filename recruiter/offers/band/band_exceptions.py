"""What an approved budget case allows an offer, until the terms or the level become more than what was approved."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation.money import Money
from recruiter.offers import rules
from recruiter.offers.models import BandException, Offer, OfferTerms
from recruiter.pipeline.models import Application


def terms_of(approved: OfferTerms) -> rules.Terms:
    """A version of the terms as a value."""
    bonus, sign_on = approved.bonus, approved.sign_on
    return rules.Terms(
        base=Money(approved.base, approved.currency),
        bonus=Money(bonus, approved.currency) if bonus is not None else None,
        sign_on=Money(sign_on, approved.currency) if sign_on is not None else None,
        equity=approved.equity,
    )


def version_of(offer: Offer, number: int) -> OfferTerms | None:
    """One version of the terms of an offer."""
    return next((one for one in offer.terms if one.number == number), None)


def grant(
    session: Session, *, offer: Offer, case_number: str, up_to: Money, terms: OfferTerms | None, now: dt.datetime
) -> BandException:
    """Let an application be paid above the band, up to a base that an approved budget case names, with the terms it names."""
    granted = BandException(
        requisition_id=offer.application.requisition_id,
        application_id=offer.application_id,
        case_number=case_number,
        up_to=up_to.amount,
        currency=up_to.currency,
        granted_at=now,
        terms=terms,
        level=offer.application.requisition.level,
    )
    session.add(granted)
    session.flush()
    return granted


def _of(session: Session, application: Application) -> list[BandException]:
    wanted = select(BandException).where(BandException.application_id == application.id)
    return list(session.scalars(wanted.order_by(BandException.id).options(joinedload(BandException.terms))))


def _other_level(one: BandException, application: Application) -> bool:
    return one.level is not None and one.level != application.requisition.level


def void_where_exceeded(
    session: Session, *, offer: Offer, before: rules.Terms, after: rules.Terms, actor: User, now: dt.datetime
) -> None:
    """Void the approvals above the band of an offer whose terms become more than what was approved, and keep what changed."""
    for one in _of(session, offer.application):
        if one.voided_at is not None or one.terms is None:
            continue
        # A base above what was approved is refused where it is sent for approval, and may come down again.
        said = rules.beyond(before, terms_of(one.terms), after, up_to=after.base)
        if said:
            one.voided_at, one.void_words = now, said
            audit.record(
                session, action="case.voided", subject=offer, actor_id=actor.id, at=now, case_number=one.case_number
            )


def allowed_up_to(session: Session, application: Application) -> Money | None:
    """The highest base that an approved budget case allows for an application, None where there is no such case.

    A case that was voided, or approved for another level of the role, allows nothing.
    """
    standing = [
        one for one in _of(session, application) if one.voided_at is None and not _other_level(one, application)
    ]
    found = max(standing, key=lambda one: one.up_to, default=None)
    return Money(found.up_to, found.currency) if found else None


def no_longer(session: Session, application: Application, *, case_number: str | None = None) -> str:
    """Why the approval above the band does not apply any more, in a sentence; nothing where it does, or never was.

    Of one case where it is named, else of the latest.
    """
    found = [one for one in _of(session, application) if case_number in {None, one.case_number}]
    if not found:
        return ""
    if any(one.voided_at is None and not _other_level(one, application) for one in found):
        return ""
    last = found[-1]
    if last.void_words:
        return last.void_words
    if last.voided_at is None:
        return f"The level changed from {last.level or 'none'}. {rules.VOID}"
    return rules.VOID

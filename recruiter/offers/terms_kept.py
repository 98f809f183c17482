"""The terms of an offer written down, and every version of them kept."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import text
from recruiter.offers import rules
from recruiter.offers.models import Offer, OfferTerms


def write(offer: Offer, terms: rules.Terms) -> None:
    """Put terms into an offer; amounts in minor units of the currency of the base."""
    offer.currency, offer.base = terms.base.currency, terms.base.amount
    offer.bonus = terms.bonus.amount if terms.bonus else None
    offer.sign_on = terms.sign_on.amount if terms.sign_on else None
    offer.equity, offer.start_on, offer.expires_on = text.clean(terms.equity), terms.start_on, terms.expires_on


def remember(session: Session, offer: Offer, *, actor: User, now: dt.datetime) -> None:
    """Keep the present pay of an offer as the version that its number names."""
    session.add(
        OfferTerms(
            offer=offer,
            number=offer.terms_version,
            currency=offer.currency,
            base=offer.base,
            bonus=offer.bonus,
            sign_on=offer.sign_on,
            equity=offer.equity,
            by_id=actor.id,
            at=now,
        )
    )

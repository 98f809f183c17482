"""The terms of an offer written down, and every version of them kept."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.offers import rules
from recruiter.offers.models import Offer, OfferTerms


def apply(offer: Offer, terms: rules.Terms) -> None:
    """Put terms into an offer; amounts in minor units of the currency of the base."""
    offer.currency, offer.base = terms.base.currency, terms.base.amount
    offer.bonus = terms.bonus.amount if terms.bonus else None
    offer.sign_on = terms.sign_on.amount if terms.sign_on else None
    offer.equity, offer.start_on, offer.expires_on = text.clean(terms.equity), terms.start_on, terms.expires_on


def record(session: Session, offer: Offer, *, act: Act) -> None:
    """Keep the present terms of an offer: as the version that its number names, or as a revision of it where dates alone changed."""
    revision = sum(terms.number == offer.terms_version for terms in offer.terms)
    session.add(
        OfferTerms(
            offer=offer,
            number=offer.terms_version,
            revision=revision,
            currency=offer.currency,
            base=offer.base,
            bonus=offer.bonus,
            sign_on=offer.sign_on,
            equity=offer.equity,
            start_on=offer.start_on,
            expires_on=offer.expires_on,
            by_id=act.actor.id,
            at=act.now,
        )
    )


def current(offer: Offer) -> OfferTerms:
    """The version that stands now."""
    return offer.terms[-1]


def version_of(offer: Offer, *, number: int, revision: int = 0) -> OfferTerms | None:
    """One version of the terms of an offer, by its number and the revision of its dates."""
    return next((terms for terms in offer.terms if (terms.number, terms.revision) == (number, revision)), None)

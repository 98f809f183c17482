"""The terms of an offer written down, and every version of them kept."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.offers import rules
from recruiter.offers.models import Offer, OfferTerms


def apply(target: Offer | OfferTerms, terms: rules.Terms) -> None:
    """Put terms into an offer or a version; amounts in minor units of the currency of the base."""
    target.currency, target.base = terms.base.currency, terms.base.amount
    target.bonus = terms.bonus.amount if terms.bonus else None
    target.sign_on = terms.sign_on.amount if terms.sign_on else None
    target.equity, target.start_on, target.expires_on = text.clean(terms.equity), terms.start_on, terms.expires_on


def record(session: Session, offer: Offer, *, act: Act) -> None:
    """Keep the present terms of an offer: as the version that its number names, or as a revision of it where dates alone changed."""
    number, revision = offer.terms_version, sum(terms.number == offer.terms_version for terms in offer.terms)
    version = OfferTerms(offer=offer, number=number, revision=revision, by_id=act.actor.id, at=act.now)
    apply(version, rules.terms_of(offer))
    session.add(version)


def current(offer: Offer) -> OfferTerms:
    """The version that stands now."""
    return offer.terms[-1]


def labelled(offer: Offer, label: str) -> OfferTerms | None:
    """One version of the terms of an offer as people name it: “2”, or “2.1” after a change of its dates."""
    return next((terms for terms in offer.terms if terms.label == label), None)


def version_of(offer: Offer, *, number: int, revision: int = 0) -> OfferTerms | None:
    """One version of the terms of an offer, by its number and the revision of its dates."""
    return next((terms for terms in offer.terms if (terms.number, terms.revision) == (number, revision)), None)

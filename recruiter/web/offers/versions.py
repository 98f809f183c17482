"""The versions of an offer: what each changed, and what changed since somebody approved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.accounts import queries as accounts
from recruiter.foundation.db import db
from recruiter.foundation.money import Money, show
from recruiter.offers.models import Offer, OfferTerms
from recruiter.web import guard


@dataclass(frozen=True)
class Change:
    """One field of pay that differs between two versions."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """The terms of one version, and what changed since the one before."""

    terms: OfferTerms
    by: str
    changes: list[Change]


@dataclass(frozen=True)
class Since:
    """What changed since the viewer last decided on this offer."""

    at: dt.datetime
    decision: str
    changes: list[Change]


def _amount(value: int | None, currency: str) -> str:
    return show(Money(value, currency)) if value is not None else "None"


def changes_between(before: OfferTerms, after: OfferTerms) -> list[Change]:
    """The fields of pay that differ."""
    found = [
        ("Base", _amount(before.base, before.currency), _amount(after.base, after.currency)),
        ("Bonus", _amount(before.bonus, before.currency), _amount(after.bonus, after.currency)),
        ("Sign-on", _amount(before.sign_on, before.currency), _amount(after.sign_on, after.currency)),
        ("Equity", before.equity or "None", after.equity or "None"),
    ]
    return [Change(*one) for one in found if one[1] != one[2]]


def versions(offer: Offer) -> list[Version]:
    """Every version of the terms, the latest first, with what it changed."""
    names = {one.id: one.name for one in accounts.everybody(db.session())}
    out = []
    for place, one in enumerate(offer.terms):
        changes = changes_between(offer.terms[place - 1], one) if place else []
        out.append(Version(one, names.get(one.by_id, ""), changes))
    return out[::-1]


def since(offer: Offer) -> Since | None:
    """What changed since the viewer's last word on it; None where there was none."""
    mine = [one for one in offer.approvals if one.by_id == guard.actor().id]
    if not mine:
        return None
    terms = {one.number: one for one in offer.terms}
    seen, now = terms.get(mine[-1].terms_version), terms.get(offer.terms_version)
    changes = changes_between(seen, now) if seen and now else []
    return Since(mine[-1].at, mine[-1].decision.value, changes)

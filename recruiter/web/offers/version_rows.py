"""The versions of an offer: what each changed, and what changed since somebody approved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.accounts import queries as accounts
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money, show
from recruiter.offers import term_versions
from recruiter.offers.models import Offer, OfferTerms
from recruiter.web.request import guard
from recruiter.web.text.filters import day


@dataclass(frozen=True)
class Row:
    """One field in two versions."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


@dataclass(frozen=True)
class Version:
    """The terms of one version, and what changed since the one before; `dates_only` voids no approval."""

    terms: OfferTerms
    by: str
    changes: list[Row]
    dates_only: bool


@dataclass(frozen=True)
class Since:
    """What changed since the viewer last decided on this offer."""

    at: dt.datetime
    decision: str
    changes: list[Row]


def _amount(value: int | None, currency: str) -> str:
    return show(Money(value, currency)) if value is not None else "None"


def _date(value: dt.date | None) -> str:
    return day(value, guard.today()) if value else "Not set"


def rows_of(before: OfferTerms, after: OfferTerms) -> list[Row]:
    """Every field of two versions: pay, then dates."""
    pay = [("Base", "base"), ("Bonus", "bonus"), ("Sign-on", "sign_on")]
    made = [
        Row(label, _amount(getattr(before, name), before.currency), _amount(getattr(after, name), after.currency))
        for label, name in pay
    ]
    made.append(Row("Equity", before.equity or "None", after.equity or "None"))
    dates = [("Start", "start_on"), ("Expires", "expires_on")]
    return [*made, *(Row(label, _date(getattr(before, name)), _date(getattr(after, name))) for label, name in dates)]


def changes_between(before: OfferTerms, after: OfferTerms) -> list[Row]:
    """The fields that differ."""
    return [one for one in rows_of(before, after) if one.differs]


def versions(offer: Offer) -> list[Version]:
    """Every version of the terms, the latest first, with what it changed."""
    names = {one.id: one.name for one in accounts.everybody(db.session())}
    out = []
    for place, one in enumerate(offer.terms):
        changes = changes_between(offer.terms[place - 1], one) if place else []
        out.append(Version(one, names.get(one.by_id, ""), changes, one.revision > 0))
    return out[::-1]


def since(offer: Offer) -> Since | None:
    """What changed since the viewer's last word on it; None where there was none."""
    mine = [one for one in offer.approvals if one.by_id == guard.actor().id]
    if not mine:
        return None
    last = mine[-1]
    seen = term_versions.version_of(offer, number=last.terms_version, revision=last.revision)
    changes = changes_between(seen, term_versions.present(offer)) if seen else []
    return Since(last.at, last.decision.value, changes)


def saved(offer: Offer, before: OfferTerms) -> str:
    """What to say after terms were saved: the version, and whether approvals stand; `before` is the one that stood until then."""
    now = term_versions.present(offer)
    if now is before:
        return "Nothing was changed."
    if offer.submitted_at is None:
        return f"Version {now.label} saved."
    if now.number != before.number:
        return f"Version {now.label} saved. The pay changed, so approval is asked anew."
    return f"Version {now.label} saved. Dates alone changed, so approvals stand."

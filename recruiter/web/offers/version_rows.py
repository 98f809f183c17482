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
class TermsChange:
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
    changes: list[TermsChange]
    dates_only: bool


@dataclass(frozen=True)
class SinceDecision:
    """What changed since the viewer last decided on this offer."""

    at: dt.datetime
    decision: str
    changes: list[TermsChange]


def _amount(value: int | None, currency: str) -> str:
    return show(Money(value, currency)) if value is not None else "None"


def _date(value: dt.date | None) -> str:
    return day(value, guard.today()) if value else "Not set"


def rows_of(before: OfferTerms, after: OfferTerms) -> list[TermsChange]:
    """Every field of two versions: pay, then dates."""
    pay = [("Base", "base"), ("Bonus", "bonus"), ("Sign-on", "sign_on")]
    changes = [
        TermsChange(
            label, _amount(getattr(before, name), before.currency), _amount(getattr(after, name), after.currency)
        )
        for label, name in pay
    ]
    changes.append(TermsChange("Equity", before.equity or "None", after.equity or "None"))
    dates = [("Start", "start_on"), ("Expires", "expires_on")]
    return [
        *changes,
        *(TermsChange(label, _date(getattr(before, name)), _date(getattr(after, name))) for label, name in dates),
    ]


def changes_between(before: OfferTerms, after: OfferTerms) -> list[TermsChange]:
    """The fields that differ."""
    return [row for row in rows_of(before, after) if row.differs]


def versions(offer: Offer) -> list[Version]:
    """Every version of the terms, the latest first, with what it changed."""
    names = {user.id: user.name for user in accounts.everybody(db.session())}
    rows = []
    for index, terms in enumerate(offer.terms):
        changes = changes_between(offer.terms[index - 1], terms) if index else []
        rows.append(Version(terms, names.get(terms.by_id, ""), changes, terms.revision > 0))
    return rows[::-1]


def since(offer: Offer) -> SinceDecision | None:
    """What changed since the viewer's last word on it; None where there was none."""
    own_approvals = [approval for approval in offer.approvals if approval.by_id == guard.actor().id]
    if not own_approvals:
        return None
    latest = own_approvals[-1]
    seen = term_versions.version_of(offer, number=latest.terms_version, revision=latest.revision)
    changes = changes_between(seen, term_versions.current(offer)) if seen else []
    return SinceDecision(latest.at, latest.decision.value, changes)


def saved_message(offer: Offer, before: OfferTerms) -> str:
    """What to say after terms were saved: the version, and whether approvals stand; `before` is the one that stood until then."""
    current = term_versions.current(offer)
    if current is before:
        return "Nothing was changed."
    if offer.submitted_at is None:
        return f"Version {current.label} saved."
    if current.number != before.number:
        return f"Version {current.label} saved. The pay changed, so approval is asked anew."
    return f"Version {current.label} saved. Dates alone changed, so approvals stand."

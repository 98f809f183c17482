"""The versions of an offer: what each changed, and what changed since somebody decided on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Overtaken
from recruiter.foundation.money import Money, show
from recruiter.foundation.wording import listing
from recruiter.offers import term_versions
from recruiter.offers.models import Approval, ApprovalDecision, Offer, OfferStatus, OfferTerms
from recruiter.web.request import conflicts, guard
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
    """What the viewer last did about this offer, in words, what changed since, and how their question was answered."""

    at: dt.datetime
    decision: str
    changes: list[TermsChange]
    answers: list[Approval]


@dataclass(frozen=True)
class Comparison:
    """Two versions and their fields; `seen` says what the viewer did about the first of them, empty where nothing."""

    before: str
    after: str
    seen: str
    rows: list[TermsChange]


def _amount(value: Money | None) -> str:
    return show(value) or "None"


def _date(value: dt.date | None) -> str:
    return day(value, guard.today()) if value else "Not set"


def rows_of(before: OfferTerms, after: OfferTerms) -> list[TermsChange]:
    """Every field of two versions: pay, then dates."""
    return [
        TermsChange("Base", show(before.base_pay), show(after.base_pay)),
        TermsChange("Bonus", _amount(before.amount("bonus")), _amount(after.amount("bonus"))),
        TermsChange("Sign-on", _amount(before.amount("sign_on")), _amount(after.amount("sign_on"))),
        TermsChange("Equity", before.equity or "None", after.equity or "None"),
        TermsChange("Start", _date(before.start_on), _date(after.start_on)),
        TermsChange("Expires", _date(before.expires_on), _date(after.expires_on)),
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


def _last_decision(offer: Offer) -> tuple[Approval | None, OfferTerms | None]:
    """What the viewer decided or asked last about an offer, and the version that they saw."""
    own = [
        approval
        for approval in offer.approvals
        if approval.by_id == guard.actor().id and approval.decision != ApprovalDecision.ANSWER
    ]
    if not own:
        return None, None
    return own[-1], term_versions.version_of(offer, number=own[-1].terms_version, revision=own[-1].revision)


def since(offer: Offer) -> SinceDecision | None:
    """What changed since the viewer's last word on it; None where there was none."""
    latest, seen = _last_decision(offer)
    if latest is None:
        return None
    changes = changes_between(seen, term_versions.current(offer)) if seen else []
    if latest.decision != ApprovalDecision.QUESTION:
        return SinceDecision(latest.at, f"{latest.decision.value} an earlier state", changes, [])
    replies = [reply for reply in offer.approvals if reply.decision == ApprovalDecision.ANSWER]
    answers = [reply for reply in replies if reply.at >= latest.at]
    return SinceDecision(latest.at, "asked a question", changes, answers)


WAITS_FOR_SUBMISSION = "It has to be sent for approval again before anybody decides on it."


def check_terms_unchanged(offer: Offer, label_seen: str | None) -> None:
    """Refuse a decision on terms that are no longer those, and say who changed what since (Overtaken).

    `label_seen` is the label of those that the page showed; none is taken as it comes.
    """
    current = term_versions.current(offer)
    if not label_seen or label_seen == current.label:
        return
    before = term_versions.labelled(offer, label_seen)
    changes = changes_between(before, current) if before else []
    sentences = ", ".join(f"{change.label} {change.before} became {change.after}" for change in changes)
    author_ids = {
        terms.by_id
        for terms in offer.terms
        if before and (terms.number, terms.revision) > (before.number, before.revision)
    }
    authors = db.session.scalars(select(User).where(User.id.in_(author_ids or {current.by_id})).order_by(User.name))
    names, last = listing([author.name for author in authors]), ", last" if len(author_ids) > 1 else ""
    then = "Read them as they are now, then decide." if offer.awaits_approval else WAITS_FOR_SUBMISSION
    raise Overtaken(
        f"Not saved. {names} changed the terms{last} {conflicts.when(current.at)}"
        f"{': ' + sentences if sentences else ''}. {then}"
    )


def comparison_of(offer: Offer, label_seen: str | None = None) -> Comparison | None:
    """The version that a page showed, else the one on which the viewer last said a word, else the one before, beside the present.

    None where there is but one.
    """
    latest, previous = _last_decision(offer)
    if label_seen:
        seen, previous = "", term_versions.labelled(offer, label_seen)
    elif latest is None:
        seen, previous = "", offer.terms[-2] if len(offer.terms) > 1 else None
    else:
        seen = "asked about" if latest.decision == ApprovalDecision.QUESTION else "decided on"
    current = term_versions.current(offer)
    if previous is None or previous is current:
        return None
    return Comparison(previous.label, current.label, seen, rows_of(previous, current))


def saved_message(offer: Offer, before: OfferTerms) -> str:
    """What to say after terms were saved: the version, and whether approvals stand; `before` is the one that stood until then."""
    current = term_versions.current(offer)
    if current is before:
        return "Nothing was changed."
    if offer.submitted_at is None:
        return f"Version {current.label} saved."
    if current.number != before.number:
        return f"Version {current.label} saved. The pay changed, so earlier approvals no longer count. Send it for approval again."
    if offer.status == OfferStatus.DRAFT:
        return f"Version {current.label} saved. Only dates changed."
    return f"Version {current.label} saved. Only dates changed, so approvals still count."

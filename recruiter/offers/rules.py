"""What may happen to an offer, and when it lies above the band."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.money import LARGEST, Money, show
from recruiter.foundation.seen import Mark, check_seen
from recruiter.offers.models import Offer, OfferStatus, OfferTerms
from recruiter.requisitions.models import Band

CHANGEABLE = (OfferStatus.DRAFT, OfferStatus.PENDING_APPROVAL, OfferStatus.APPROVED, OfferStatus.EXTENDED)
LIVE = (*CHANGEABLE, OfferStatus.ACCEPTED)
ENDS_FROM = {  # how an offer may end, and where it stands until then
    OfferStatus.DECLINED: (OfferStatus.EXTENDED,),
    OfferStatus.LAPSED: (OfferStatus.EXTENDED,),
    OfferStatus.RENEGED: (OfferStatus.ACCEPTED,),
    OfferStatus.RESCINDED: LIVE,
}
OCCUPYING = (OfferStatus.EXTENDED, OfferStatus.ACCEPTED)
VOIDED_SENTENCE = "Approval no longer applies."
STATUS_PHRASES = {
    OfferStatus.DRAFT: "a draft",
    OfferStatus.PENDING_APPROVAL: "waiting for approval",
    OfferStatus.APPROVED: "approved",
    OfferStatus.EXTENDED: "out with the candidate",
    OfferStatus.ACCEPTED: "accepted",
    OfferStatus.DECLINED: "declined",
    OfferStatus.LAPSED: "lapsed",
    OfferStatus.RESCINDED: "rescinded",
    OfferStatus.RENEGED: "reneged",
}


@dataclass(frozen=True)
class Terms:
    """What an offer promises: base, bonus and sign-on in one currency, equity in words, start and expiry."""

    base: Money
    bonus: Money | None = None
    sign_on: Money | None = None
    equity: str = ""
    start_on: dt.date | None = None
    expires_on: dt.date | None = None

    @property
    def pay(self) -> tuple[Money, Money | None, Money | None, str]:
        """What a change of makes a new version and voids approvals."""
        return self.base, self.bonus, self.sign_on, self.equity

    @property
    def dates(self) -> tuple[dt.date | None, dt.date | None]:
        """What a change of makes a revision, and voids nothing."""
        return self.start_on, self.expires_on


def terms_of(source: Offer | OfferTerms) -> Terms:
    """The terms of an offer, or of one version of them, as a value."""
    return Terms(
        base=source.base_pay,
        bonus=source.amount("bonus"),
        sign_on=source.amount("sign_on"),
        equity=source.equity,
        start_on=source.start_on,
        expires_on=source.expires_on,
    )


def check_terms(terms: Terms, *, band: Band | None, today: dt.date) -> None:
    """Amounts of one currency, a base above nothing, an expiry that has not passed. Raises RuleBroken at the field."""
    if not 0 < terms.base.amount <= LARGEST:
        raise RuleBroken.at("base", "Enter a base above 0.")
    for field, amount in (("bonus", terms.bonus), ("sign_on", terms.sign_on)):
        if amount is None:
            continue
        if not 0 <= amount.amount <= LARGEST:
            raise RuleBroken.at(field, "Enter an amount of 0 or more.")
        if amount.currency != terms.base.currency:
            raise RuleBroken.at(field, f"Enter this amount in {terms.base.currency}, like the base.")
    if band is not None and band.currency != terms.base.currency:
        raise RuleBroken.at("base", f"The approved band is in {band.currency}. Make the offer in {band.currency}.")
    if terms.expires_on is not None and terms.expires_on < today:
        raise RuleBroken.at("expires_on", "Enter a date that has not passed.")


def excess(base: Money, band: Band | None) -> Money | None:
    """How far a base lies above the top of the band; None within it, and where no band was approved."""
    if band is None or base.amount <= band.max:
        return None
    return Money(base.amount - band.max, band.currency)


def is_covered(base: Money, *, band: Band | None, up_to: Money | None) -> bool:
    """Whether a base may be approved: within the band, or up to what an approved budget case allows."""
    return excess(base, band) is None or (up_to is not None and base.amount <= up_to.amount)


def check_covered(base: Money, *, band: Band | None, up_to: Money | None, voided: str = "") -> None:
    """Refuse a base above the band without an approved case that covers it (Conflict); `voided` says why one does no longer."""
    over = excess(base, band)
    if over is None or is_covered(base, band=band, up_to=up_to):
        return
    if voided:
        raise Conflict(f"{voided} Open another budget case and have it approved first.")
    if up_to is None:
        raise Conflict(
            f"This offer is {show(over)} above the approved band. Open a budget case and have it approved first."
        )
    raise Conflict(f"The approved budget case covers a base up to {show(up_to)}. Lower the base, or open another case.")


def check_status(offer: Offer, *, allowed: tuple[OfferStatus, ...], action: str) -> None:
    """Refuse an act on an offer that does not stand where the act begins (Conflict)."""
    if offer.status not in allowed:
        raise Conflict(f"This offer is {STATUS_PHRASES[offer.status]}, so it cannot be {action}.")


def check_terms_seen(offer: Offer, mark: Mark) -> None:
    """A decision is on the terms that were seen, by their number (the pay) or their label (the dates too). Raises as check_seen."""
    number, label = offer.terms_version, offer.terms[-1].label
    check_seen(
        mark,
        present=(number, label),
        versions={"version": offer.version, "terms_version": number},
        name_it="Say which terms you have seen: their terms_version, or If-Match with the version of the offer.",
        changed=f"The terms have changed since you read them: they are at version {label}. Read them, then decide.",
    )


def _exceeds(before: Money | None, after: Money | None) -> bool:
    """Whether an amount is more than it was; one of another currency is."""
    if after is None or not after.amount:
        return False
    return before is None or before.currency != after.currency or after.amount > before.amount


def changes_beyond_approval(before: Terms, approved: Terms, after: Terms, *, up_to: Money) -> str:
    """What makes new terms more than what was approved, in a sentence each; nothing where they cost no more.

    `before` are the terms that change, `approved` those of the approved case, `up_to` is the base that it allows.
    """
    sentences = []
    if _exceeds(up_to, after.base) and after.base != before.base:
        sentences.append(f"The base changed from {show(before.base)}.")
    for name, approved_amount, new_amount in (
        ("variable pay", approved.bonus, after.bonus),
        ("sign-on payment", approved.sign_on, after.sign_on),
    ):
        if _exceeds(approved_amount, new_amount):
            sentences.append(f"The {name} changed from {show(approved_amount) if approved_amount else 'none'}.")
    if after.equity and after.equity != approved.equity:
        sentences.append(f"The equity changed from {f'“{approved.equity[:80]}”' if approved.equity else 'none'}.")
    return " ".join([*sentences, VOIDED_SENTENCE]) if sentences else ""


def starting_base(band: Band) -> Money:
    """The base that a draft starts from: the midpoint of the band, else the middle of its ends."""
    return Money(band.mid if band.mid is not None else (band.min + band.max) // 2, band.currency)

"""Two versions of terms side by side: what an approver saw, and what stands now."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.foundation.money import Money, show
from recruiter.offers.models import Offer, OfferTerms


@dataclass(frozen=True)
class Row:
    """One field in both versions."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


@dataclass(frozen=True)
class Comparison:
    """Two versions and their fields of pay; `seen` says that the viewer decided on the first of them."""

    before: int
    after: int
    seen: bool
    rows: list[Row]


def _amount(value: int | None, currency: str) -> str:
    return show(Money(value, currency)) if value is not None else "None"


def rows_of(before: OfferTerms, after: OfferTerms) -> list[Row]:
    """The fields of pay of two versions."""
    fields = [("Base", "base"), ("Bonus", "bonus"), ("Sign-on", "sign_on")]
    made = [
        Row(label, _amount(getattr(before, name), before.currency), _amount(getattr(after, name), after.currency))
        for label, name in fields
    ]
    return [*made, Row("Equity", before.equity or "None", after.equity or "None")]


def comparison_of(offer: Offer, *, viewer_id: int) -> Comparison | None:
    """The version on which a viewer last said a word, else the one before, beside the present; None where there is but one."""
    terms = {one.number: one for one in offer.terms}
    mine = [one.terms_version for one in offer.approvals if one.by_id == viewer_id]
    first = mine[-1] if mine else offer.terms_version - 1
    before, after = terms.get(first), terms.get(offer.terms_version)
    if before is None or after is None or before is after:
        return None
    return Comparison(before.number, after.number, bool(mine), rows_of(before, after))

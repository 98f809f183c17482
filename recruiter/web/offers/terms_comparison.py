"""Two versions of terms side by side: what an approver saw, and what stands now."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.offers import term_versions
from recruiter.offers.models import ApprovalDecision, Offer
from recruiter.web.offers.version_rows import Row, rows_of


@dataclass(frozen=True)
class Comparison:
    """Two versions and their fields; `seen` says what the viewer did about the first of them, empty where nothing."""

    before: str
    after: str
    seen: str
    rows: list[Row]


def comparison_of(offer: Offer, *, viewer_id: int) -> Comparison | None:
    """The version on which a viewer last said a word, else the one before, beside the present; None where there is but one."""
    mine = [one for one in offer.approvals if one.by_id == viewer_id and one.decision != ApprovalDecision.ANSWER]
    if mine:
        before = term_versions.version_of(offer, number=mine[-1].terms_version, revision=mine[-1].revision)
    else:
        before = offer.terms[-2] if len(offer.terms) > 1 else None
    after = term_versions.present(offer)
    if before is None or before is after:
        return None
    seen = ""
    if mine:
        seen = "asked about" if mine[-1].decision == ApprovalDecision.QUESTION else "decided on"
    return Comparison(before.label, after.label, seen, rows_of(before, after))

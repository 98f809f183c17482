"""Two versions of terms side by side: what an approver saw, and what stands now."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.offers import term_versions
from recruiter.offers.models import ApprovalDecision, Offer
from recruiter.web.offers.version_rows import TermsChange, rows_of


@dataclass(frozen=True)
class Comparison:
    """Two versions and their fields; `seen` says what the viewer did about the first of them, empty where nothing."""

    before: str
    after: str
    seen: str
    rows: list[TermsChange]


def comparison_of(offer: Offer, *, viewer_id: int) -> Comparison | None:
    """The version on which a viewer last said a word, else the one before, beside the present; None where there is but one."""
    own_approvals = [
        approval
        for approval in offer.approvals
        if approval.by_id == viewer_id and approval.decision != ApprovalDecision.ANSWER
    ]
    if own_approvals:
        previous = term_versions.version_of(
            offer, number=own_approvals[-1].terms_version, revision=own_approvals[-1].revision
        )
    else:
        previous = offer.terms[-2] if len(offer.terms) > 1 else None
    current = term_versions.current(offer)
    if previous is None or previous is current:
        return None
    seen = ""
    if own_approvals:
        seen = "asked about" if own_approvals[-1].decision == ApprovalDecision.QUESTION else "decided on"
    return Comparison(previous.label, current.label, seen, rows_of(previous, current))

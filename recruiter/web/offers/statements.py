"""What approvers said on an offer and were answered, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.offers import term_versions
from recruiter.offers.models import Approval, ApprovalDecision, Offer

LABELS = {
    ApprovalDecision.APPROVED: ("Approved", "ok"),
    ApprovalDecision.REFUSED: ("Refused", "late"),
    ApprovalDecision.QUESTION: ("Asks", "info"),
    ApprovalDecision.ANSWER: ("Answers", ""),
}
DECIDED = (ApprovalDecision.APPROVED, ApprovalDecision.REFUSED)


@dataclass(frozen=True)
class Statement:
    """What an approver said, or was answered, with its label and tone; `note` says where it does not count as it did."""

    approval: Approval
    label: str
    tone: str
    note: str


def statements_of(offer: Offer) -> list[Statement]:
    """What was said on an offer, the latest first."""
    revision, statements = term_versions.current(offer).revision, []
    for approval in reversed(offer.approvals):
        note = ""
        if approval.decision in DECIDED and approval.terms_version != offer.terms_version:
            note = ": no longer counts, the pay has changed"
        elif approval.decision == ApprovalDecision.APPROVED and approval.revision != revision:
            note = ": still counts, only dates have changed since"
        statements.append(Statement(approval, *LABELS[approval.decision], note))
    return statements

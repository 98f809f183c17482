"""How far an approval has come, for whoever looks: step by step, who has spoken and how many are still needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.offers import term_versions
from recruiter.offers.approval import approval_chain, approval_rounds
from recruiter.offers.approval.approval_rounds import Approvable, StepProgress
from recruiter.offers.models import Approval, ApprovalDecision, Offer

LABELS = {
    ApprovalDecision.APPROVED: ("Approved", "ok"),
    ApprovalDecision.REFUSED: ("Refused", "late"),
    ApprovalDecision.QUESTION: ("Asks", "info"),
    ApprovalDecision.ANSWER: ("Answers", ""),
}
DECIDED = (ApprovalDecision.APPROVED, ApprovalDecision.REFUSED)
A_MINUTE = dt.timedelta(minutes=1)  # so that the end of a day reads as that day


@dataclass(frozen=True)
class ApprovalProgress:
    """A chain under way."""

    name: str
    answer_by: dt.datetime | None
    steps: list[StepProgress]


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
            note = ": stands, dates alone have changed since"
        statements.append(Statement(approval, *LABELS[approval.decision], note))
    return statements


def progress_of(request: Approvable) -> ApprovalProgress | None:
    """The chain of a request; None where approval was never asked for."""
    if request.plan is None:
        return None
    name, answer_by = approval_chain.plan_of(request.plan).name, request.answer_by and request.answer_by - A_MINUTE
    return ApprovalProgress(name, answer_by, approval_rounds.progress_of(request))

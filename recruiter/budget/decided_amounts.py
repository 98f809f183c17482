"""The amount that a budget case was approved with: the smallest that its approvers allowed. Page, API, files and offers ask here."""

from __future__ import annotations

from collections.abc import Sequence

from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus
from recruiter.foundation.money import Money
from recruiter.offers.approval import approval_rounds


def smallest_approved(case: BudgetCase, decisions: Sequence[CaseDecision]) -> Money:
    """What the approvals of a round allow together: the smallest amount; who named none approves what is asked for."""
    amounts = [approval.amount for approval in approval_rounds.approvals_among(decisions)]
    return Money(min([case.ask, *(amount for amount in amounts if amount is not None)]), case.currency)


def decided_amount(
    case: BudgetCase, *, status: CaseStatus | None = None, decisions: Sequence[CaseDecision] | None = None
) -> Money | None:
    """The base that an approved case allows, None while it is not approved.

    `status` and `decisions` are those of an earlier state, else the present ones.
    """
    if (status or case.status) != CaseStatus.APPROVED:
        return None
    return smallest_approved(case, case.decisions if decisions is None else decisions)

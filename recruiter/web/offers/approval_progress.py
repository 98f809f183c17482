"""How far an approval has come, for whoever looks: step by step, who has spoken and how many are still needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.offers.approval import approval_chain, approval_rounds
from recruiter.offers.approval.approval_rounds import Approvable, StepProgress

A_MINUTE = dt.timedelta(minutes=1)  # so that the end of a day reads as that day


@dataclass(frozen=True)
class ApprovalProgress:
    """A chain under way."""

    name: str
    answer_by: dt.datetime | None
    steps: list[StepProgress]


def progress_of(request: Approvable) -> ApprovalProgress | None:
    """The chain of a request; None where approval was never asked for."""
    if request.plan is None:
        return None
    name, answer_by = approval_chain.plan_of(request.plan).name, request.answer_by and request.answer_by - A_MINUTE
    return ApprovalProgress(name, answer_by, approval_rounds.progress_of(request))

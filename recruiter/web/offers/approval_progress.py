"""How far an approval has come, for whoever looks: step by step, who has spoken and how many are still needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.offers.approval import approval_chain
from recruiter.offers.approval.approval_rounds import Approvable, votes_of

A_MINUTE = dt.timedelta(minutes=1)  # so that the end of a day reads as that day


@dataclass(frozen=True)
class GroupProgress:
    """One group of a step."""

    name: str
    needed: int
    of: int
    given: int


@dataclass(frozen=True)
class StepProgress:
    """One step: `done`, `now` or `later`."""

    number: int
    state: str
    groups: list[GroupProgress]


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
    plan, votes = approval_chain.plan_of(request.plan), votes_of(request)
    present, _ = approval_chain.open_groups(plan, votes)
    steps = []
    for number, groups in enumerate(plan.steps, start=1):
        state = "now" if number == present else "done" if present == 0 or number < present else "later"
        progress = [
            GroupProgress(group.name, group.needed, len(group.members), min(given, group.needed))
            for group in groups
            for given in [approval_chain.approvals_in_group(votes, number, group)]
        ]
        steps.append(StepProgress(number, state, progress))
    return ApprovalProgress(plan.name, request.answer_by and request.answer_by - A_MINUTE, steps)

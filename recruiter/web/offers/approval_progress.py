"""How far an approval has come, for whoever looks: step by step, who has spoken and how many are still needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recruiter.offers.approval import approval_chain


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


def progress_of(
    plan: dict[str, Any] | None, votes: Sequence[approval_chain.Vote], *, answer_by: dt.datetime | None
) -> ApprovalProgress | None:
    """The chain of a request; None where approval was never asked for."""
    if plan is None:
        return None
    chain_plan = approval_chain.plan_of(plan)
    current_step, _ = approval_chain.open_groups(chain_plan, votes)
    steps = [
        StepProgress(
            number,
            "now" if number == current_step else "done" if current_step == 0 or number < current_step else "later",
            [
                GroupProgress(
                    group.name,
                    group.needed,
                    len(group.members),
                    min(approval_chain.approvals_in_group(votes, number, group), group.needed),
                )
                for group in groups
            ],
        )
        for number, groups in enumerate(chain_plan.steps, start=1)
    ]
    return ApprovalProgress(chain_plan.name, answer_by - dt.timedelta(minutes=1) if answer_by else None, steps)

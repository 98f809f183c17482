"""How far an approval has come, for whoever looks: step by step, who has spoken and how many are still needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recruiter.offers.approval import approval_chain


@dataclass(frozen=True)
class GroupLine:
    """One group of a step."""

    name: str
    needed: int
    of: int
    given: int


@dataclass(frozen=True)
class StepLine:
    """One step: `done`, `now` or `later`."""

    number: int
    state: str
    groups: list[GroupLine]


@dataclass(frozen=True)
class Progress:
    """A chain under way."""

    name: str
    answer_by: dt.datetime | None
    steps: list[StepLine]


def progress_of(
    plan: dict[str, Any] | None, words: Sequence[approval_chain.Word], *, answer_by: dt.datetime | None
) -> Progress | None:
    """The chain of a request; None where approval was never asked for."""
    if plan is None:
        return None
    kept = approval_chain.plan_of(plan)
    present, _ = approval_chain.open_groups(kept, words)
    steps = [
        StepLine(
            number,
            "now" if number == present else "done" if present == 0 or number < present else "later",
            [
                GroupLine(
                    one.name, one.needed, len(one.members), min(approval_chain.given(words, number, one), one.needed)
                )
                for one in groups
            ],
        )
        for number, groups in enumerate(kept.steps, start=1)
    ]
    return Progress(kept.name, answer_by - dt.timedelta(minutes=1) if answer_by else None, steps)

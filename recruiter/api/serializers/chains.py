"""How far an approval has come, in JSON: the chain as it stood when it was asked for, and who still owes a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from recruiter.api.serializers import values
from recruiter.offers import chains


def chain(
    plan: dict[str, Any] | None, *, answer_by: dt.datetime | None, words: Sequence[chains.Word]
) -> dict[str, Any] | None:
    """Steps in order with groups, how many they need and have; None where approval was never asked for."""
    if plan is None:
        return None
    kept = chains.plan_of(plan)
    step, _ = chains.open_groups(kept, words)
    return {
        "name": kept.name,
        "answer_by": values.instant(answer_by),
        "present_step": step or None,
        "steps": [
            {
                "step": number,
                "groups": [
                    {
                        "name": group.name,
                        "needed": group.needed,
                        "of": len(group.members) or None,
                        "approved": chains.given(words, number, group),
                    }
                    for group in groups
                ],
            }
            for number, groups in enumerate(kept.steps, start=1)
        ],
    }

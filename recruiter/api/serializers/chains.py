"""Approval chains in JSON: the chain as it stood when it was asked for, and who still owes a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from recruiter.api.serializers import people, values
from recruiter.offers.approval import approval_chain
from recruiter.offers.models import ApprovalChain, StandIn


def chain(
    plan: dict[str, Any] | None, *, answer_by: dt.datetime | None, words: Sequence[approval_chain.Word]
) -> dict[str, Any] | None:
    """Steps in order with groups, how many they need and have; None where approval was never asked for."""
    if plan is None:
        return None
    kept = approval_chain.plan_of(plan)
    step, _ = approval_chain.open_groups(kept, words)
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
                        "approved": approval_chain.given(words, number, group),
                    }
                    for group in groups
                ],
            }
            for number, groups in enumerate(kept.steps, start=1)
        ],
    }


def kept(one: ApprovalChain) -> dict[str, Any]:
    """A chain of the company; `from_percent` is of the top of the band."""
    return {
        "id": one.id,
        "name": one.name,
        "for_offers": one.for_offers,
        "for_cases": one.for_cases,
        "answer_days": one.answer_days,
        "from_percent": None if one.from_percent is None else one.from_percent / 100,
        "from_amount": values.money(one.from_amount, one.currency),
        "groups": [
            {
                "step": group.step,
                "name": group.name,
                "needed": group.needed,
                "members": [people.person(seat.user) for seat in group.seats],
            }
            for group in one.groups
        ],
        "retired_at": values.instant(one.retired_at),
        "version": one.version,
        "created_at": values.instant(one.created_at),
    }


def stand_in(one: StandIn) -> dict[str, Any]:
    """Who answers for whom."""
    return {
        "id": one.id,
        "user": people.person(one.user),
        "deputy": people.person(one.deputy),
        "from_on": values.day(one.from_on),
        "until_on": values.day(one.until_on),
        "ended_at": values.instant(one.ended_at),
        "version": 1,
        "created_at": values.instant(one.created_at),
    }

"""Approval chains in JSON: the chain as it stood when it was asked for, and who still owes a word."""

from __future__ import annotations

from recruiter.api.serializers import people, values
from recruiter.foundation.json_types import JsonObject
from recruiter.offers.approval import approval_chain
from recruiter.offers.approval.approval_rounds import Approvable, steps_of
from recruiter.offers.models import ApprovalChain, StandIn


def chain(request: Approvable) -> JsonObject | None:
    """Steps in order with groups, how many they need and have; None where approval was never asked for."""
    if request.plan is None:
        return None
    steps = steps_of(request)
    return {
        "name": approval_chain.plan_of(request.plan).name,
        "answer_by": values.instant(request.answer_by),
        "present_step": next((step.number for step in steps if step.state == "now"), None),
        "steps": [
            {
                "step": step.number,
                "groups": [
                    {"name": group.name, "needed": group.needed, "of": group.of or None, "approved": group.approved}
                    for group in step.groups
                ],
            }
            for step in steps
        ],
    }


def approval_chain_json(configured: ApprovalChain) -> JsonObject:
    """A chain of the company; `from_percent` is of the top of the band."""
    return {
        "id": configured.id,
        "name": configured.name,
        "for_offers": configured.for_offers,
        "for_cases": configured.for_cases,
        "answer_days": configured.answer_days,
        "from_percent": None if configured.from_percent is None else configured.from_percent / 100,
        "from_amount": values.money(configured.from_amount, configured.currency),
        "groups": [
            {
                "step": group.step,
                "name": group.name,
                "needed": group.needed,
                "members": [people.person(seat.user) for seat in group.seats],
            }
            for group in configured.groups
        ],
        "retired_at": values.instant(configured.retired_at),
        "version": configured.version,
        "created_at": values.instant(configured.created_at),
    }


def stand_in(period: StandIn) -> JsonObject:
    """Who answers for whom."""
    return {
        "id": period.id,
        "user": people.person(period.user),
        "deputy": people.person(period.deputy),
        "from_on": values.day(period.from_on),
        "until_on": values.day(period.until_on),
        "ended_at": values.instant(period.ended_at),
        "version": 1,
        "created_at": values.instant(period.created_at),
    }

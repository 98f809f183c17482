"""Approval chains in JSON: the chain as it stood when it was asked for, and who still owes a word."""

from __future__ import annotations

from recruiter.api.serializers import people, values
from recruiter.foundation.json_types import JsonObject
from recruiter.offers.approval import approval_chain
from recruiter.offers.approval.approval_rounds import Approvable, GroupProgress, steps_of
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
        "steps": [{"step": step.number, "groups": [_group(group) for group in step.groups]} for step in steps],
    }


def _group(group: GroupProgress) -> JsonObject:
    return {**values.fields(group, "name needed approved"), "of": group.of or None}


def approval_chain_json(configured: ApprovalChain) -> JsonObject:
    """A chain of the company; `from_percent` is of the top of the band."""
    groups = [
        {**values.fields(group, "step name needed"), "members": [people.person(seat.user) for seat in group.seats]}
        for group in configured.groups
    ]
    return {
        **values.fields(configured, "id name for_offers for_cases answer_days retired_at version created_at"),
        "from_percent": None if configured.from_percent is None else configured.from_percent / 100,
        "from_amount": values.money(configured.from_amount, configured.currency),
        "groups": groups,
    }


def stand_in(period: StandIn) -> JsonObject:
    """Who answers for whom."""
    return {**values.fields(period, "id user deputy from_on until_on ended_at created_at"), "version": 1}

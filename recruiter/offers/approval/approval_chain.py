"""Who approves, in which order, and whose word is still missing: the arithmetic of an approval chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from recruiter.foundation.errors import Conflict, Forbidden
from recruiter.foundation.money import Money
from recruiter.offers.models import ApprovalChain

SHARES = (50, 80)
HUNDRED_PERCENT = 10_000


@dataclass(frozen=True)
class Group:
    """So many of some people must approve; without people, any approver counts."""

    name: str
    needed: int
    members: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A chain as it stood when approval was asked for: steps one after another, the groups of a step side by side."""

    name: str
    steps: tuple[tuple[Group, ...], ...]
    answer_days: int = 2


@dataclass(frozen=True)
class Word:
    """One approval of the present round: whose seat it filled, and who spoke."""

    by: int
    seat: int
    step: int
    group: str


@dataclass(frozen=True)
class Seat:
    """Where somebody's word counts: the step from 1 on, the group, and in whose place where it is not their own."""

    step: int
    group: str
    stands_for: int | None = None


DEFAULT = Plan("One approver", ((Group("Approver", 1),),))


def plan_of(stored: dict[str, Any] | None) -> Plan:
    """The plan that was kept with a request; the default where none was."""
    if stored is None:
        return DEFAULT
    steps = tuple(
        tuple(Group(one["name"], one["needed"], tuple(one["members"])) for one in step) for step in stored["steps"]
    )
    return Plan(stored["name"], steps, stored["answer_days"])


def stored(plan: Plan) -> dict[str, Any]:
    """A plan as it is kept with the request: names and ids alone."""
    steps = [[{"name": g.name, "needed": g.needed, "members": list(g.members)} for g in step] for step in plan.steps]
    return {"name": plan.name, "answer_days": plan.answer_days, "steps": steps}


def planned(chain: ApprovalChain) -> Plan:
    """A configured chain as a plan; its steps closed up where numbers were left out."""
    numbers = sorted({one.step for one in chain.groups})
    steps = tuple(
        tuple(
            Group(one.name, one.needed, tuple(seat.user_id for seat in one.seats))
            for one in chain.groups
            if one.step == number
        )
        for number in numbers
    )
    return Plan(chain.name, steps, chain.answer_days)


def fits(chain: ApprovalChain, *, excess: Money | None, top: int) -> bool:
    """Whether an excess is large enough for a chain: by per cent of the top of the band, or by amount; either is enough."""
    if chain.from_percent is None and chain.from_amount is None:
        return True
    over = excess.amount if excess else 0
    if chain.from_percent == 0:
        return True
    if chain.from_percent is not None and over and over * HUNDRED_PERCENT >= chain.from_percent * top:
        return True
    same = excess is not None and excess.currency == chain.currency
    return chain.from_amount is not None and same and over >= chain.from_amount


def chosen(chains: Sequence[ApprovalChain], *, excess: Money | None, top: int) -> Plan:
    """The chain for an excess: of those it is large enough for, the one that asks for the most approvals; else one approver."""
    found = [one for one in chains if one.groups and fits(one, excess=excess, top=top)]
    if not found:
        return DEFAULT
    return planned(max(found, key=lambda one: (sum(g.needed for g in one.groups), one.from_percent or 0, one.id)))


def open_groups(plan: Plan, words: Sequence[Word]) -> tuple[int, list[Group]]:
    """The step that is asked now, from 1 on, and its groups that still miss a word; (0, []) once all have spoken."""
    for number, step in enumerate(plan.steps, start=1):
        missing = [one for one in step if given(words, number, one) < one.needed]
        if missing:
            return number, missing
    return 0, []


def given(words: Sequence[Word], step: int, group: Group) -> int:
    """How many seats of a group have approved."""
    return len({one.seat for one in words if one.step == step and one.group == group.name})


def seat_for(
    plan: Plan, words: Sequence[Word], *, actor: int, stands_for: Collection[int], barred: Collection[int]
) -> Seat:
    """Where somebody's word counts now. `barred` are those who asked: neither they nor whoever stands in for them count.

    Raises Forbidden for who has no seat in the chain, Conflict where it is not their turn or they have spoken.
    """
    if actor in barred:
        raise Forbidden("Nobody approves what they asked for.")
    step, missing = open_groups(plan, words)
    spoken = {one.by for one in words if one.step == step}
    taken = {one.seat for one in words if one.step == step}
    if actor in spoken:
        raise Conflict("You have answered already. The answer of somebody else is still needed.")
    if actor in taken:
        raise Conflict("Whoever stands in for you has answered already.")
    for group in missing:
        if not group.members or actor in group.members:
            return Seat(step, group.name)
    for group in missing:
        for member in group.members:
            if member in stands_for and member not in barred and member not in taken:
                return Seat(step, group.name, member)
    if any(actor in one.members or set(stands_for) & set(one.members) for step_ in plan.steps for one in step_):
        names = " and ".join(one.name for one in missing)
        raise Conflict(f"It is not your turn: this waits for {names}.")
    raise Forbidden("You have no seat in the chain that approves this.")


def check_reachable(plan: Plan, *, approvers: Collection[int], barred: Collection[int]) -> None:
    """Refuse a request that its chain could never approve, since too few of a group are left besides who asked (Conflict)."""
    if plan == DEFAULT:
        return
    able = set(approvers) - set(barred)
    for step in plan.steps:
        for group in step:
            left = len(able & set(group.members)) if group.members else len(able)
            if left < group.needed:
                raise Conflict(
                    f"The chain “{plan.name}” needs {group.needed} of {group.name}, and {left} could answer besides "
                    "whoever asked. An administrator can add people to it."
                )
        everybody = able if any(not one.members for one in step) else able & {m for one in step for m in one.members}
        needed = sum(one.needed for one in step)
        if len(everybody) < needed:
            raise Conflict(
                f"The chain “{plan.name}” needs {needed} people in one step, and {len(everybody)} could answer."
            )


def reminders(asked: dt.datetime, answer_by: dt.datetime) -> list[tuple[int, dt.datetime]]:
    """When to remind: after 50 and 80 % of the time that there is. Nothing where the time is over already."""
    span = answer_by - asked
    return [(share, asked + span * share / 100) for share in SHARES] if span > dt.timedelta() else []


def end_of(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The end of a day in a zone: the first moment of the next, as an instant."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone).astimezone(dt.UTC)

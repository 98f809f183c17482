"""Who approves, in which order, and whose word is still missing: the arithmetic of an approval chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from recruiter.foundation.errors import Conflict, DomainError, Forbidden
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money
from recruiter.offers.models import ApprovalChain

REMINDER_PERCENTS = (50, 80)
HUNDRED_PERCENT = 10_000


@dataclass(frozen=True)
class Group:
    """So many of some people must approve; without people, any approver counts."""

    name: str
    needed: int
    members: tuple[int, ...] = ()


@dataclass(frozen=True)
class ChainPlan:
    """A chain as it stood when approval was asked for: steps one after another, the groups of a step side by side."""

    name: str
    steps: tuple[tuple[Group, ...], ...]
    answer_days: int = 2


@dataclass(frozen=True)
class Vote:
    """One approval of the present round: whose seat it filled, and who spoke."""

    by: int
    seat: int
    step: int
    group: str


@dataclass(frozen=True)
class Slot:
    """Where somebody's word counts: the step from 1 on, the group, and in whose place where it is not their own."""

    step: int
    group: str
    on_behalf_of: int | None = None


@dataclass(frozen=True)
class Seat:
    """One approver's place in a group of a step, whose word is still asked for."""

    step: int
    group: str
    user_id: int


DEFAULT = ChainPlan("One approver", ((Group("Approver", 1),),))


def plan_of(stored_plan: JsonObject | None) -> ChainPlan:
    """The plan that was kept with a request, as `asdict` wrote it down; the default where none was."""
    if stored_plan is None:
        return DEFAULT
    steps = tuple(
        tuple(Group(group["name"], group["needed"], tuple(group["members"])) for group in step)
        for step in stored_plan["steps"]
    )
    return ChainPlan(stored_plan["name"], steps, stored_plan["answer_days"])


def plan_from_chain(chain: ApprovalChain) -> ChainPlan:
    """A configured chain as a plan; its steps closed up where numbers were left out."""
    step_of = attrgetter("step")
    steps = tuple(
        tuple(Group(group.name, group.needed, tuple(seat.user_id for seat in group.seats)) for group in groups)
        for _, groups in groupby(sorted(chain.groups, key=step_of), key=step_of)
    )
    return ChainPlan(chain.name, steps, chain.answer_days)


def is_large_enough(chain: ApprovalChain, *, excess: Money | None, top: int) -> bool:
    """Whether an excess is large enough for a chain: by per cent of the top of the band, or by amount; either is enough."""
    if chain.from_percent is None and chain.from_amount is None:
        return True
    over = excess.amount if excess else 0
    if chain.from_percent == 0:
        return True
    if chain.from_percent is not None and over and over * HUNDRED_PERCENT >= chain.from_percent * top:
        return True
    same_currency = excess is not None and excess.currency == chain.currency
    return chain.from_amount is not None and same_currency and over >= chain.from_amount


def chain_for_excess(chains: Sequence[ApprovalChain], *, excess: Money | None, top: int) -> ChainPlan:
    """The chain for an excess: of those it is large enough for, the one that asks for the most approvals; else one approver."""
    suitable = [chain for chain in chains if chain.groups and is_large_enough(chain, excess=excess, top=top)]
    if not suitable:
        return DEFAULT
    strictness = {chain: sum(group.needed for group in chain.groups) for chain in suitable}
    return plan_from_chain(max(suitable, key=lambda chain: (strictness[chain], chain.from_percent or 0, chain.id)))


def open_groups(plan: ChainPlan, votes: Sequence[Vote]) -> tuple[int, list[Group]]:
    """The step that is asked now, from 1 on, and its groups that still miss a word; (0, []) once all have spoken."""
    for number, step in enumerate(plan.steps, start=1):
        missing = [group for group in step if approvals_in_group(votes, number, group) < group.needed]
        if missing:
            return number, missing
    return 0, []


def approvals_in_group(votes: Sequence[Vote], step: int, group: Group) -> int:
    """How many seats of a group have approved."""
    return len({vote.seat for vote in votes if vote.step == step and vote.group == group.name})


def unfilled_seats(plan: ChainPlan, votes: Sequence[Vote]) -> list[Seat]:
    """The places of named approvers who have not spoken, in groups that still miss a word, now or in a later step."""
    seats = []
    for number, step in enumerate(plan.steps, start=1):
        for group in step:
            filled = {vote.seat for vote in votes if vote.step == number and vote.group == group.name}
            if len(filled) < group.needed:
                seats += [Seat(number, group.name, member) for member in group.members if member not in filled]
    return seats


def stuck_seats(plan: ChainPlan, votes: Sequence[Vote], *, able: Collection[int]) -> list[Seat]:
    """The unfilled places of people who are not able to answer, where too few of their group are for the words it still misses."""
    needed = {(number, group.name): group.needed for number, step in enumerate(plan.steps, start=1) for group in step}
    unfilled = unfilled_seats(plan, votes)
    stuck = []
    for seat in unfilled:
        key = seat.step, seat.group
        filled = len({vote.seat for vote in votes if (vote.step, vote.group) == key})
        others = sum(other.user_id in able for other in unfilled if (other.step, other.group) == key)
        if seat.user_id not in able and filled + others < needed[key]:
            stuck.append(seat)
    return stuck


def with_seats_given(plan: ChainPlan, seats: Collection[Seat], *, to: int) -> ChainPlan:
    """The plan with some places given to somebody else."""
    steps = tuple(
        tuple(
            replace(
                group,
                members=tuple(to if Seat(number, group.name, member) in seats else member for member in group.members),
            )
            for group in step
        )
        for number, step in enumerate(plan.steps, start=1)
    )
    return replace(plan, steps=steps)


def slot_for(
    plan: ChainPlan, votes: Sequence[Vote], *, actor: int, stands_for: Collection[int], barred: Collection[int]
) -> Slot:
    """Where somebody's word counts now. `barred` are those who asked: neither they nor whoever stands in for them count.

    Raises Forbidden for who has no seat in the chain, Conflict where it is not their turn or they have spoken.
    """
    if actor in barred:
        raise Forbidden("Nobody approves what they asked for.")
    step, missing = open_groups(plan, votes)
    filled_seats = {vote.seat for vote in votes if vote.step == step}
    if any(vote.by == actor for vote in votes if vote.step == step):
        raise Conflict("You have answered already. The answer of somebody else is still needed.")
    if actor in filled_seats:
        raise Conflict("Whoever stands in for you has answered already.")
    for group in missing:
        if not group.members or actor in group.members:
            return Slot(step, group.name)
    for group in missing:
        for member in group.members:
            if member in stands_for and member not in barred and member not in filled_seats:
                return Slot(step, group.name, member)
    raise _not_now(plan, votes, step=step, waits_for=[group.name for group in missing], people={actor, *stands_for})


def _not_now(
    plan: ChainPlan, votes: Sequence[Vote], *, step: int, waits_for: Sequence[str], people: Collection[int]
) -> DomainError:
    """Why the word of somebody does not count now: they have approved, others of their group have, or their step comes later."""
    names = " and ".join(waits_for)
    if any(vote.by in people or vote.seat in people for vote in votes):
        return Conflict(f"You have approved this already. It waits for {names} now.")
    steps = {
        number: group.name
        for number, groups in enumerate(plan.steps, start=1)
        for group in groups
        if set(people) & set(group.members)
    }
    if not steps:
        return Forbidden("You have no seat in the chain that approves this.")
    first = min(steps)
    if first <= step:
        return Conflict(f"Others of {steps[first]} have approved already. It waits for {names} now.")
    return Conflict(f"It is not your turn yet: this waits for {names}.")


def check_reachable(plan: ChainPlan, *, approvers: Collection[int], barred: Collection[int]) -> None:
    """Refuse a request that its chain could never approve, since too few of a group are left besides who asked (Conflict)."""
    if plan == DEFAULT:
        return
    able = set(approvers) - set(barred)
    for step in plan.steps:
        for group in step:
            available = len(able & set(group.members)) if group.members else len(able)
            if available < group.needed:
                raise Conflict(
                    f"The chain “{plan.name}” needs {group.needed} of {group.name}, and {available} could answer besides "
                    "whoever asked. An administrator can add people to it."
                )
        everybody = set().union(*(able & set(group.members) if group.members else able for group in step))
        needed = sum(group.needed for group in step)
        if len(everybody) < needed:
            raise Conflict(
                f"The chain “{plan.name}” needs {needed} people in one step, and {len(everybody)} could answer."
            )


def reminders(submitted_at: dt.datetime, answer_by: dt.datetime) -> list[tuple[int, dt.datetime]]:
    """When to remind: after 50 and 80 % of the time that there is. Nothing where the time is over already."""
    duration = answer_by - submitted_at
    percents = REMINDER_PERCENTS if duration > dt.timedelta() else ()
    return [(percent, submitted_at + duration * percent / 100) for percent in percents]


def end_of(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The end of a day in a zone: the first moment of the next, as an instant."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone).astimezone(dt.UTC)

"""Whose data an account could see, pieced together from what was true from when on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, TypeVar

from recruiter.accounts.models import SEARCHERS, Role

T = TypeVar("T")


@dataclass(frozen=True)
class Since(Generic[T]):
    """What was so from an instant on, until the next."""

    at: dt.datetime
    value: T


@dataclass(frozen=True)
class Account:
    """What the account could do; None while it was closed or not there yet."""

    user_id: int
    role: Sequence[Since[Role | None]]


@dataclass(frozen=True)
class Team:
    """Who was on a requisition and whether only they saw it."""

    people: frozenset[int]
    confidential: bool


@dataclass(frozen=True)
class Seen:
    """One candidate whose data could be seen: from when on, and by which way in words."""

    candidate_id: int
    since: dt.datetime
    why: str


@dataclass(frozen=True)
class Met:
    """An application, with the panels of its interviews over time and whether an offer or case of it was with approvers."""

    candidate_id: int
    requisition_id: int
    entered_at: dt.datetime
    panels: Sequence[Sequence[Since[frozenset[int]]]] = ()
    submitted_at: dt.datetime | None = None


@dataclass(frozen=True)
class World:
    """All that decides sight: teams of requisitions over time, applications, and candidates as they were entered."""

    teams: Mapping[int, Sequence[Since[Team]]]
    names: Mapping[int, str]  # keys of requisitions
    applications: Sequence[Met]
    entered: Mapping[int, tuple[dt.datetime, int | None]] = field(default_factory=dict)  # candidates: when, by whom


def at(history: Sequence[Since[T]], instant: dt.datetime) -> T | None:
    """What was so at an instant; None before the first."""
    value = None
    for each in history:
        if each.at > instant:
            break
        value = each.value
    return value


def exposed(world: World, account: Account, *, start: dt.datetime, end: dt.datetime) -> list[Seen]:
    """Everybody whose data the account could see between two instants, each once, at the first way and instant."""
    changes = {start, *(each.at for each in account.role)}
    changes |= {each.at for team in world.teams.values() for each in team}
    changes |= {each.at for application in world.applications for panel in application.panels for each in panel}
    instants = [*sorted(instant for instant in changes if start <= instant <= end), end]
    first: dict[int, Seen] = {}
    for begin, until in pairwise([*instants, end] if len(instants) == 1 else instants):
        for seen in _in(world, account, begin, until, is_last=until == end):
            if seen.candidate_id not in first or seen.since < first[seen.candidate_id].since:
                first[seen.candidate_id] = seen
    return sorted(first.values(), key=lambda seen: (seen.since, seen.candidate_id))


def _in(world: World, account: Account, begin: dt.datetime, until: dt.datetime, *, is_last: bool) -> Iterator[Seen]:
    """Who could be seen while nothing changed that decides it; the end belongs to the next stretch unless it is the last."""
    role = at(account.role, begin)
    if role is None:
        return

    def is_over(instant: dt.datetime) -> bool:
        return instant > until or (instant == until and not is_last)

    for application in world.applications:
        if not is_over(application.entered_at) and (
            way := _way(world, account, application, role, begin, over=is_over)
        ):
            why, since = way
            yield Seen(application.candidate_id, max(begin, application.entered_at, since), why)
    if role in SEARCHERS:
        yield from _without_application(world, account, begin, over=is_over)


def _way(
    world: World,
    account: Account,
    application: Met,
    role: Role,
    begin: dt.datetime,
    *,
    over: Callable[[dt.datetime], bool],
) -> tuple[str, dt.datetime] | None:
    team = at(world.teams.get(application.requisition_id, ()), begin)
    belongs = team is not None and account.user_id in team.people
    in_sight = team is not None and (belongs or not team.confidential)
    key = world.names.get(application.requisition_id, "")
    if (role in SEARCHERS and in_sight) or (role == Role.HIRING_MANAGER and belongs):
        return f"the search {key}", begin
    if any(account.user_id in (at(panel, begin) or ()) for panel in application.panels):
        return f"on the panel of an interview for {key}", begin
    submitted = application.submitted_at
    if role == Role.APPROVER and in_sight and submitted is not None and not over(submitted):
        return f"an offer or budget case of {key} sent for approval", submitted
    return None


def _without_application(
    world: World, account: Account, begin: dt.datetime, *, over: Callable[[dt.datetime], bool]
) -> Iterator[Seen]:
    """Candidates without an application are seen by all who search, and those whom one has entered always."""
    applied: dict[int, dt.datetime] = {}
    for application in world.applications:
        number = application.candidate_id
        applied[number] = min(application.entered_at, applied.get(number, application.entered_at))
    for number, (entered_at, by_id) in world.entered.items():
        if over(entered_at):
            continue
        since = max(begin, entered_at)
        if by_id == account.user_id:
            yield Seen(number, since, "entered by this account")
        elif number not in applied or applied[number] > since:
            yield Seen(number, since, "no application yet")

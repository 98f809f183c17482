"""Approval chains kept, retired, and who stands in for whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.endings.ledger import Ending, hashed
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import Conflict, Forbidden, RuleBroken
from recruiter.foundation.money import Money
from recruiter.offers.approval import chain_queries
from recruiter.offers.models import ApprovalChain, ApprovalGroup, ApprovalSeat, StandIn

MOST_STEPS, MOST_DAYS, LONGEST = 9, 30, 80


@dataclass(frozen=True)
class GroupTerms:
    """A group as an administrator enters it: its step from 1 on, its name, how many must approve, and who (nobody: any approver)."""

    step: int
    name: str
    needed: int
    members: tuple[int, ...] = ()


@dataclass(frozen=True)
class ChainTerms:
    """A chain as an administrator enters it. `from_percent` is in basis points of the top of the band."""

    name: str
    for_offers: bool
    for_cases: bool
    groups: tuple[GroupTerms, ...]
    answer_days: int = 2
    from_percent: int | None = None
    from_amount: Money | None = None


def _check_groups(groups: tuple[GroupTerms, ...], *, approver_ids: set[int]) -> None:
    if not groups:
        raise RuleBroken.at("groups", "Enter at least one group that approves.")
    names_by_step: set[tuple[int, str]] = set()
    seats_by_step: set[tuple[int, int]] = set()
    for group in groups:
        name = text.one_line(group.name)
        if not name or len(name) > LONGEST:
            raise RuleBroken.at("groups", f"Give each group a name of at most {LONGEST} characters, like Finance.")
        if not 1 <= group.step <= MOST_STEPS:
            raise RuleBroken.at("groups", f"{name}: enter a step from 1 to {MOST_STEPS}.")
        if (group.step, name) in names_by_step:
            raise RuleBroken.at("groups", f"{name} stands twice in step {group.step}.")
        names_by_step.add((group.step, name))
        if not set(group.members) <= approver_ids:
            raise RuleBroken.at("groups", f"{name}: only people with the role of an approver can be in it.")
        able = len(set(group.members)) if group.members else max(len(approver_ids), 1)
        if not 1 <= group.needed <= able:
            sentence = f"{name}: {group.needed} of {able} cannot approve. Enter a number from 1 to {able}."
            raise RuleBroken.at("groups", sentence)
        for member in group.members:
            if (group.step, member) in seats_by_step:
                raise RuleBroken.at("groups", f"{name}: somebody sits in two groups of step {group.step}.")
            seats_by_step.add((group.step, member))


def save(session: Session, *, chain: ApprovalChain | None, terms: ChainTerms, act: Act) -> ApprovalChain:
    """Keep a chain, new or changed. What was sent for approval before keeps the chain that it was sent with.

    Raises RuleBroken at the field.
    """
    name = text.one_line(terms.name)
    if not name or len(name) > LONGEST:
        raise RuleBroken.at("name", f"Give the chain a name of at most {LONGEST} characters, like “Up to 5% above”.")
    if not (terms.for_offers or terms.for_cases):
        raise RuleBroken.at("for_offers", "Say what the chain is for: offers, budget cases, or both.")
    if not 1 <= terms.answer_days <= MOST_DAYS:
        raise RuleBroken.at("answer_days", f"Enter a number of working days from 1 to {MOST_DAYS}.")
    if terms.from_percent is not None and not 0 <= terms.from_percent <= 100_000:  # noqa: PLR2004  # ten times the band
        raise RuleBroken.at("from_percent", "Enter a number from 0 to 1000, like 5 or 7.5.")
    if terms.from_amount is not None and terms.from_amount.amount <= 0:
        raise RuleBroken.at("from_amount", "Enter an amount above 0, or leave it empty.")
    _check_groups(terms.groups, approver_ids={approver.id for approver in chain_queries.approvers(session)})
    action = AuditAction.APPROVAL_CHAIN_CHANGED if chain else AuditAction.APPROVAL_CHAIN_MADE
    saved = chain or ApprovalChain(created_by_id=act.actor.id, created_at=act.now)
    saved.name, saved.for_offers, saved.for_cases = name, terms.for_offers, terms.for_cases
    saved.answer_days, saved.from_percent = terms.answer_days, terms.from_percent
    saved.from_amount = terms.from_amount.amount if terms.from_amount else None
    saved.currency = terms.from_amount.currency if terms.from_amount else None
    before = _seated(saved)
    saved.groups = [
        ApprovalGroup(
            step=group.step,
            name=text.one_line(group.name),
            needed=group.needed,
            seats=[ApprovalSeat(user_id=member) for member in dict.fromkeys(group.members)],
        )
        for group in terms.groups
    ]
    session.add(saved)
    session.flush()
    _record_seats(session, saved, before, act=act)
    needed, n_groups = sum(group.needed for group in terms.groups), len(terms.groups)
    audit.record(session, action=action, subject=saved, act=act, needed=needed, groups=n_groups)
    return saved


def seat_mark(chain: ApprovalChain, group: ApprovalGroup, user: User) -> str:
    """What tells the seat of an approver in a group of a chain from any other, after a restore too."""
    made_at = (made.astimezone(dt.UTC).isoformat() for made in (chain.created_at, user.created_at))
    return " ".join([str(group.step), group.name, str(user.id), *made_at])


@dataclass(frozen=True)
class _Seat:
    """Who sits where in a chain."""

    place: tuple[int, str]
    user: User


def _seated(chain: ApprovalChain) -> dict[str, _Seat]:
    return {
        seat_mark(chain, group, seat.user): _Seat((group.step, group.name), seat.user)
        for group in chain.groups
        for seat in group.seats
    }


def _record_seats(session: Session, chain: ApprovalChain, before: dict[str, _Seat], *, act: Act) -> None:
    """Write down who lost a seat, and who came in their place where somebody did."""
    session.expire(chain, ["groups"])
    after = _seated(chain)
    new = {mark: seat for mark, seat in after.items() if mark not in before}
    for mark, lost in before.items():
        if mark not in after:
            came = next((seat.user for seat in new.values() if seat.place == lost.place), None)
            to = hashed(came, came.created_at) if came else ""
            record_ending(session, Ending.SEAT, chain, made_at=mark, act=act, to=to)
    for mark in new:
        record_ending(session, Ending.SEAT, chain, made_at=mark, act=act, lifted=True)


def retire(session: Session, *, chain: ApprovalChain, act: Act) -> ApprovalChain:
    """Take a chain out of use; what was sent with it goes on with it."""
    if chain.retired_at is not None:
        raise Conflict("This chain is out of use already.")
    chain.retired_at = act.now
    record_ending(session, Ending.CHAIN, chain, made_at=chain.created_at, act=act)
    audit.record(session, action=AuditAction.APPROVAL_CHAIN_RETIRED, subject=chain, act=act)
    return chain


def stand_in(session: Session, *, user: User, deputy: User, from_on: dt.date, until_on: dt.date, act: Act) -> StandIn:
    """Let an approver answer for another between two days. An approver sets their own; an administrator any.

    Raises Forbidden, or RuleBroken at the field.
    """
    if act.actor.id != user.id and act.actor.role != Role.ADMIN:
        raise Forbidden("Only they themselves or an administrator can say who stands in for somebody.")
    for field, person in (("user", user), ("deputy", deputy)):
        if person.role != Role.APPROVER or (field == "deputy" and not person.active):
            raise RuleBroken.at(field, "Choose somebody with the role of an approver.")
    if user.id == deputy.id:
        raise RuleBroken.at("deputy", "Choose somebody else: nobody stands in for themselves.")
    if until_on < from_on:
        raise RuleBroken.at("until_on", "Enter a last day that is not before the first.")
    if until_on < act.today:
        raise RuleBroken.at("until_on", "Enter a last day that has not passed.")
    stand_in_period = StandIn(
        user=user, deputy=deputy, from_on=from_on, until_on=until_on, set_by_id=act.actor.id, created_at=act.now
    )
    session.add(stand_in_period)
    session.flush()
    people = {"user_id": user.id, "deputy_id": deputy.id}
    audit.record(session, action=AuditAction.STAND_IN_SET, subject=stand_in_period, act=act, **people)
    return stand_in_period


def end_stand_in(session: Session, *, stand_in_period: StandIn, act: Act) -> StandIn:
    """End a stand-in before its last day. Raises Forbidden, Conflict where it has ended."""
    if act.actor.id != stand_in_period.user_id and act.actor.role != Role.ADMIN:
        raise Forbidden("Only they themselves or an administrator can end this.")
    if stand_in_period.ended_at is not None:
        raise Conflict("This has ended already.")
    stand_in_period.ended_at = act.now
    record_ending(session, Ending.DEPUTY, stand_in_period, made_at=stand_in_period.created_at, act=act)
    audit.record(session, action=AuditAction.STAND_IN_ENDED, subject=stand_in_period, act=act)
    return stand_in_period

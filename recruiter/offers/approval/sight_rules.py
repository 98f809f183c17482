"""Whoever is asked to approve can see what they are asked about: of a confidential requisition only those who are on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from recruiter.accounts.models import User
from recruiter.foundation.wording import listing
from recruiter.offers.approval import approval_chain
from recruiter.offers.approval.approval_chain import ChainPlan, Vote
from recruiter.offers.models import StandIn
from recruiter.requisitions import rules as requisitions
from recruiter.requisitions.models import Requisition

PLACE = "under “People and openings”"


@dataclass(frozen=True)
class Unseeing:
    """Who a request asks, or would ask, and who cannot see it: members of its groups, approvers of whom any would do, deputies with whom they answer for."""

    members: tuple[User, ...] = ()
    any_of: tuple[User, ...] = ()
    deputies: tuple[StandIn, ...] = ()

    @property
    def people(self) -> list[User]:
        """All of them."""
        return [*self.members, *self.any_of, *(away.deputy for away in self.deputies)]

    @property
    def sentence(self) -> str:
        """Who cannot see it, and what to do; empty where everybody who is asked can."""
        sentences = []
        if self.members:
            sentences.append(
                f"{listing([user.name for user in self.members])} can\u2019t see this confidential requisition."
            )
        sentences += [
            f"{away.deputy.name}, who stands in for {away.user.name}, can\u2019t see this confidential requisition."
            for away in self.deputies
        ]
        if sentences:
            return " ".join([*sentences, f"Give them access {PLACE}."])
        if self.any_of:
            names = [user.name for user in self.any_of]
            whom = names[0] if len(names) == 1 else f"one of them: {listing(names)}"
            return f"No approver who could answer can see this confidential requisition. Give access {PLACE} to {whom}."
        return ""


def unseeing(
    requisition: Requisition,
    plan: ChainPlan,
    votes: Sequence[Vote],
    *,
    approvers: Sequence[User],
    deputies: Sequence[StandIn],
    barred: Collection[int],
) -> Unseeing:
    """Who is asked by a plan, now or in a later step, and cannot see the requisition.

    Args:
        requisition: what the offer or case belongs to.
        plan: the chain.
        votes: the approvals given; empty before it is sent.
        approvers: those who can approve.
        deputies: who stands in for whom on that day.
        barred: who asked, and so is not asked.
    """
    if not requisition.confidential:
        return Unseeing()
    able = [user for user in approvers if user.id not in barred]
    hidden = [user for user in able if requisitions.is_hidden_from(requisition, user.id)]
    seated = {seat.user_id for seat in approval_chain.unfilled_seats(plan, votes)}
    short = False
    for number, step in enumerate(plan.steps, start=1):
        spoke = {vote.by for vote in votes if vote.step == number}
        for group in step:
            missing = group.needed - approval_chain.approvals_in_group(votes, number, group)
            if not group.members and missing > 0:
                short = short or missing > sum(user not in hidden and user.id not in spoke for user in able)
    return Unseeing(
        members=tuple(user for user in hidden if user.id in seated),
        any_of=tuple(hidden) if short else (),
        deputies=tuple(away for away in deputies if away.user_id in seated and away.deputy in hidden),
    )

"""When the turn of an approver who left may be given to another, and to whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from recruiter.accounts.models import User
from recruiter.foundation.errors import Conflict, Forbidden, RuleBroken
from recruiter.offers.approval import approval_chain, approval_rounds
from recruiter.offers.approval.approval_chain import Seat
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.requisitions.rules import is_hidden_from


def check_given(
    request: Approvable, seats: Sequence[Seat], *, of: User, to: User, by_id: int, approver_ids: Collection[int]
) -> None:
    """Refuse a turn that cannot be given: nobody chooses who approves what they asked for, nobody sits in a step twice.

    Raises Forbidden, Conflict, or RuleBroken at `to`.
    """
    if by_id in request.requester_ids:
        raise Forbidden("You asked for this approval. Another administrator has to choose who answers.")
    if of.id in approver_ids:
        raise Conflict(f"{of.name} can still answer. To have somebody answer for them, set a stand-in.")
    if not seats:
        raise Conflict(f"This doesn\u2019t wait for {of.name} any more.")
    check_seen(request, to)
    if to.id not in takers(request, seats, approver_ids=approver_ids):
        raise RuleBroken.at(
            "to", f"{to.name} can\u2019t take this turn. Choose an approver who has no other part in it."
        )


def check_seen(request: Approvable, to: User) -> None:
    """Refuse a turn for somebody who cannot see what they would be asked about. Raises RuleBroken at `to`."""
    if is_hidden_from(request.requisition, to.id):
        raise RuleBroken.at(
            "to",
            f"{to.name} can\u2019t see this confidential requisition. Somebody on it has to give them access first.",
        )


def takers(request: Approvable, seats: Sequence[Seat], *, approver_ids: Collection[int]) -> set[int]:
    """The numbers of the approvers who could take some places: not who asked, nor who sits or spoke in the same step.

    Of a confidential requisition only those who are on it.
    """
    steps = {seat.step for seat in seats}
    plan = approval_chain.plan_of(request.plan)
    seated = {
        member
        for number, step in enumerate(plan.steps, start=1)
        if number in steps
        for group in step
        for member in group.members
    }
    spoke = {
        user_id for vote in approval_rounds.votes_of(request) if vote.step in steps for user_id in (vote.by, vote.seat)
    }
    seeing = {user_id for user_id in approver_ids if not is_hidden_from(request.requisition, user_id)}
    return seeing - seated - spoke - request.requester_ids

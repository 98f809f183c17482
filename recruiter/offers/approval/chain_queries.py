"""Reading approval chains, who stands in for whom, and whose answer a request waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.accounts.models import Role, User
from recruiter.foundation.errors import DomainError
from recruiter.offers.approval import approval_chain
from recruiter.offers.models import Approval, ApprovalChain, ApprovalDecision, ApprovalGroup, Offer, StandIn


def chains_for(session: Session, *, cases: bool | None = None) -> list[ApprovalChain]:
    """Chains in use, oldest first: all, or those of budget cases (True) or of offers (False)."""
    query = select(ApprovalChain).where(ApprovalChain.retired_at.is_(None)).order_by(ApprovalChain.id)
    if cases is not None:
        query = query.where(ApprovalChain.for_cases if cases else ApprovalChain.for_offers)
    seats = selectinload(ApprovalChain.groups).selectinload(ApprovalGroup.seats)
    return list(session.scalars(query.options(seats)))


def approvers(session: Session) -> list[User]:
    """Everybody who may approve, by name."""
    return list(session.scalars(select(User).where(User.role == Role.APPROVER, User.active).order_by(User.name)))


def stand_ins(session: Session, *, until: dt.date) -> list[StandIn]:
    """Who stands in for whom now or from a later day, those that begin first at the top."""
    query = select(StandIn).where(StandIn.ended_at.is_(None), StandIn.until_on >= until)
    return list(
        session.scalars(
            query.options(joinedload(StandIn.user), joinedload(StandIn.deputy)).order_by(StandIn.from_on, StandIn.id)
        )
    )


def represented_by(session: Session, user_id: int, *, on: dt.date) -> set[int]:
    """For whom somebody answers on a day besides themselves."""
    query = select(StandIn.user_id).where(
        StandIn.deputy_id == user_id, StandIn.ended_at.is_(None), StandIn.from_on <= on, StandIn.until_on >= on
    )
    return set(session.scalars(query))


def votes_of(offer: Offer) -> list[approval_chain.Vote]:
    """The approvals of the present terms that still count: a refusal begins a new round."""
    approvals = [approval for approval in offer.approvals if approval.terms_version == offer.terms_version]
    return [vote_from(approval) for approval in latest_round(approvals)]


def latest_round(approvals: Sequence[Approval]) -> list[Approval]:
    """The approvals after the last refusal; questions are no approvals."""
    start = max(
        (position for position, approval in enumerate(approvals, 1) if approval.decision == ApprovalDecision.REFUSED),
        default=0,
    )
    return [approval for approval in approvals[start:] if approval.decision == ApprovalDecision.APPROVED]


def vote_from(approval: Approval) -> approval_chain.Vote:
    """An approval as the arithmetic of chains takes it; an old one without a group filled the seat of the default."""
    return approval_chain.Vote(
        approval.by_id,
        approval.for_id or approval.by_id,
        approval.step,
        approval.group_name or approval_chain.DEFAULT.steps[0][0].name,
    )


def awaited_approvers(
    session: Session,
    plan: approval_chain.ChainPlan,
    votes: Sequence[approval_chain.Vote],
    *,
    barred: Collection[int],
    on: dt.date,
) -> list[User]:
    """Whose answer is waited for on a day: those of the present step who have not spoken, and who stands in for them."""
    step, missing = approval_chain.open_groups(plan, votes)
    answered = {vote.by for vote in votes if vote.step == step} | {vote.seat for vote in votes if vote.step == step}
    approvers_by_id = {approver.id: approver for approver in approvers(session)}
    awaited: set[int] = set()
    for group in missing:
        members = set(group.members) if group.members else set(approvers_by_id)
        awaited |= members - answered - set(barred)
    deputies = select(StandIn.deputy_id).where(
        StandIn.user_id.in_(awaited), StandIn.ended_at.is_(None), StandIn.from_on <= on, StandIn.until_on >= on
    )
    awaited |= set(session.scalars(deputies)) - answered - set(barred)
    return [approver for user_id, approver in approvers_by_id.items() if user_id in awaited]


def has_turn(offer: Offer, user_id: int, *, stands_for: Collection[int]) -> bool:
    """Whether the word of somebody would count on an offer that waits; for who asked it never does."""
    barred = {user_id for user_id in (offer.submitted_by_id, offer.created_by_id) if user_id is not None}
    plan, votes = approval_chain.plan_of(offer.plan), votes_of(offer)
    try:
        approval_chain.slot_for(plan, votes, actor=user_id, stands_for=stands_for, barred=barred)
    except DomainError:
        return False
    return True

"""Reading approval chains, who stands in for whom, and whose answer a request waits for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.accounts.models import Role, User
from recruiter.offers.approval import approval_chain, sight_rules
from recruiter.offers.approval.approval_rounds import Approvable, votes_of
from recruiter.offers.approval.sight_rules import Unseeing
from recruiter.offers.models import ApprovalChain, ApprovalGroup, StandIn
from recruiter.requisitions import rules as requisitions


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


def approvers_on(session: Session, request: Approvable) -> list[User]:
    """Those of them who can see a request: of a confidential requisition only those who are on it."""
    requisition = request.requisition
    return [user for user in approvers(session) if not requisitions.is_hidden_from(requisition, user.id)]


def deputies_on(session: Session, on: dt.date) -> list[StandIn]:
    """Who stands in for whom on a day."""
    return [away for away in stand_ins(session, until=on) if away.from_on <= on]


def unseeing_of(session: Session, request: Approvable, *, on: dt.date) -> Unseeing:
    """Who is asked by a request that waits for an approval, and cannot see it."""
    if not (request.awaits_approval and request.requisition.confidential):
        return Unseeing()
    return sight_rules.unseeing(
        request.requisition,
        approval_chain.plan_of(request.plan),
        votes_of(request),
        approvers=approvers(session),
        deputies=deputies_on(session, on),
        barred=request.requester_ids,
    )


def stand_ins(session: Session, *, until: dt.date) -> list[StandIn]:
    """Who stands in for whom now or from a later day, those that begin first at the top."""
    query = select(StandIn).where(StandIn.ended_at.is_(None), StandIn.until_on >= until)
    return list(
        session.scalars(
            query.options(joinedload(StandIn.user), joinedload(StandIn.deputy)).order_by(StandIn.from_on, StandIn.id)
        )
    )


def _in_force(on: dt.date) -> list[ColumnElement[bool]]:
    return [StandIn.ended_at.is_(None), StandIn.from_on <= on, StandIn.until_on >= on]


def represented_by(session: Session, user_id: int, *, on: dt.date) -> set[int]:
    """For whom somebody answers on a day besides themselves."""
    return set(session.scalars(select(StandIn.user_id).where(StandIn.deputy_id == user_id, *_in_force(on))))


def awaited_approvers(session: Session, request: Approvable, *, on: dt.date) -> list[User]:
    """Whose answer is waited for on a day: those of the present step who have not spoken, and who stands in for them.

    Nobody is asked about what they cannot see.
    """
    votes = votes_of(request)
    step, missing = approval_chain.open_groups(approval_chain.plan_of(request.plan), votes)
    excluded = {user_id for vote in votes if vote.step == step for user_id in (vote.by, vote.seat)}
    excluded |= request.requester_ids
    approvers_by_id = {approver.id: approver for approver in approvers_on(session, request)}
    awaited = {user_id for group in missing for user_id in group.members or approvers_by_id} - excluded
    deputies = select(StandIn.deputy_id).where(StandIn.user_id.in_(awaited), *_in_force(on))
    awaited |= set(session.scalars(deputies)) - excluded
    return [approver for user_id, approver in approvers_by_id.items() if user_id in awaited]

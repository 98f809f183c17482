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
    wanted = select(ApprovalChain).where(ApprovalChain.retired_at.is_(None)).order_by(ApprovalChain.id)
    if cases is not None:
        wanted = wanted.where(ApprovalChain.for_cases if cases else ApprovalChain.for_offers)
    seats = selectinload(ApprovalChain.groups).selectinload(ApprovalGroup.seats)
    return list(session.scalars(wanted.options(seats)))


def approvers(session: Session) -> list[User]:
    """Everybody who may approve, by name."""
    return list(session.scalars(select(User).where(User.role == Role.APPROVER, User.active).order_by(User.name)))


def stand_ins(session: Session, *, until: dt.date) -> list[StandIn]:
    """Who stands in for whom now or from a later day, those that begin first at the top."""
    wanted = select(StandIn).where(StandIn.ended_at.is_(None), StandIn.until_on >= until)
    return list(
        session.scalars(
            wanted.options(joinedload(StandIn.user), joinedload(StandIn.deputy)).order_by(StandIn.from_on, StandIn.id)
        )
    )


def stood_in_by(session: Session, user_id: int, *, on: dt.date) -> set[int]:
    """For whom somebody answers on a day besides themselves."""
    wanted = select(StandIn.user_id).where(
        StandIn.deputy_id == user_id, StandIn.ended_at.is_(None), StandIn.from_on <= on, StandIn.until_on >= on
    )
    return set(session.scalars(wanted))


def words_of(offer: Offer) -> list[approval_chain.Word]:
    """The approvals of the present terms that still count: a refusal begins a new round."""
    said = [one for one in offer.approvals if one.terms_version == offer.terms_version]
    return [word_of(one) for one in latest_round(said)]


def latest_round(said: Sequence[Approval]) -> list[Approval]:
    """The approvals after the last refusal; questions are no approvals."""
    start = max((place for place, one in enumerate(said, 1) if one.decision == ApprovalDecision.REFUSED), default=0)
    return [one for one in said[start:] if one.decision == ApprovalDecision.APPROVED]


def word_of(one: Approval) -> approval_chain.Word:
    """An approval as the arithmetic of chains takes it; an old one without a group filled the seat of the default."""
    return approval_chain.Word(
        one.by_id, one.for_id or one.by_id, one.step, one.group_name or approval_chain.DEFAULT.steps[0][0].name
    )


def asked_now(
    session: Session,
    plan: approval_chain.Plan,
    words: Sequence[approval_chain.Word],
    *,
    barred: Collection[int],
    on: dt.date,
) -> list[User]:
    """Whose answer is waited for on a day: those of the present step who have not spoken, and who stands in for them."""
    step, missing = approval_chain.open_groups(plan, words)
    spoken = {one.by for one in words if one.step == step} | {one.seat for one in words if one.step == step}
    everybody = {one.id: one for one in approvers(session)}
    asked: set[int] = set()
    for group in missing:
        seated = set(group.members) if group.members else set(everybody)
        asked |= seated - spoken - set(barred)
    standing = select(StandIn.deputy_id).where(
        StandIn.user_id.in_(asked), StandIn.ended_at.is_(None), StandIn.from_on <= on, StandIn.until_on >= on
    )
    asked |= set(session.scalars(standing)) - spoken - set(barred)
    return [one for key, one in everybody.items() if key in asked]


def has_turn(offer: Offer, user_id: int, *, stands_for: Collection[int]) -> bool:
    """Whether the word of somebody would count on an offer that waits; for who asked it never does."""
    barred = {one for one in (offer.submitted_by_id, offer.created_by_id) if one is not None}
    plan, words = approval_chain.plan_of(offer.plan), words_of(offer)
    try:
        approval_chain.seat_for(plan, words, actor=user_id, stands_for=stands_for, barred=barred)
    except DomainError:
        return False
    return True

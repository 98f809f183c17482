"""What a viewer may see, as selects of ids that doors hand to queries."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from recruiter.accounts.models import SEARCHERS, Role, User
from recruiter.budget.models import BudgetCase
from recruiter.candidates.models import Candidate
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Member, Requisition


def _belongs(actor: User) -> ColumnElement[bool]:
    return or_(
        Requisition.hiring_manager_id == actor.id,
        Requisition.created_by_id == actor.id,
        Requisition.id.in_(select(Member.requisition_id).where(Member.user_id == actor.id)),
    )


def _met(actor: User) -> Select[int]:
    return (
        select(Interview.application_id)
        .join(Panelist)
        .where(Panelist.user_id == actor.id, Interview.status != InterviewStatus.CANCELLED)
    )


def _requisition_rule(actor: User) -> ColumnElement[bool]:
    open_to_all = or_(Requisition.confidential.is_(False), _belongs(actor))
    if actor.role in SEARCHERS:
        return open_to_all
    if actor.role == Role.HIRING_MANAGER:
        return _belongs(actor)
    if actor.role == Role.APPROVER:
        offered = select(Application.requisition_id).join(Offer, Offer.application_id == Application.id)
        sent = offered.where(Offer.submitted_at.is_not(None))
        cased = offered.join(BudgetCase, BudgetCase.offer_id == Offer.id).where(BudgetCase.submitted_at.is_not(None))
        return and_(or_(Requisition.id.in_(sent), Requisition.id.in_(cased)), open_to_all)
    return Requisition.id.in_(select(Application.requisition_id).where(Application.id.in_(_met(actor))))


def requisitions(actor: User) -> Select[int]:
    """Ids of the requisitions that somebody may see."""
    return select(Requisition.id).where(_requisition_rule(actor))


def searches(actor: User) -> Select[int]:
    """Ids of the requisitions whose board, slate and bench somebody may see: those they run or recruit for."""
    if actor.is_staff:
        return requisitions(actor)
    return select(Requisition.id).where(~true())


def movers(requisition: Requisition) -> Select[User]:
    """Those who may move the applications of a requisition, by name: the other side of `searches`."""
    belongs = or_(
        User.id.in_([requisition.hiring_manager_id, requisition.created_by_id]),
        User.id.in_(select(Member.user_id).where(Member.requisition_id == requisition.id)),
    )
    everywhere = User.role.in_(SEARCHERS)
    searching = and_(everywhere, belongs) if requisition.confidential else everywhere
    managing = and_(User.role == Role.HIRING_MANAGER, belongs)
    return select(User).where(User.active, or_(searching, managing)).order_by(func.lower(User.name), User.id)


def applications(actor: User) -> Select[int]:
    """Ids of the applications that somebody may see: all of their searches, and those of whom they interview."""
    return select(Application.id).where(
        or_(Application.requisition_id.in_(searches(actor)), Application.id.in_(_met(actor)))
    )


def candidates(actor: User) -> Select[int]:
    """Ids of the candidates that somebody may see; who is in confidential searches alone stays unseen outside of them, who was erased everywhere."""
    seen = select(Application.candidate_id).where(Application.id.in_(applications(actor)))
    there = select(Candidate.id).where(Candidate.merged_into_id.is_(None), Candidate.erased_at.is_(None))
    if actor.role in SEARCHERS:
        anywhere = select(Application.candidate_id)
        return there.where(
            or_(Candidate.id.in_(seen), ~Candidate.id.in_(anywhere), Candidate.created_by_id == actor.id)
        )
    return there.where(Candidate.id.in_(seen))


def cases(actor: User) -> Select[int]:
    """Ids of the budget cases that somebody may see."""
    joined = (
        select(BudgetCase.id)
        .join(Offer, BudgetCase.offer_id == Offer.id)
        .join(Application, Offer.application_id == Application.id)
    )
    if actor.role == Role.APPROVER:
        return joined.where(BudgetCase.submitted_at.is_not(None), Application.requisition_id.in_(requisitions(actor)))
    if not actor.pay_view:
        return joined.where(~true())
    return joined.where(Application.requisition_id.in_(searches(actor)))

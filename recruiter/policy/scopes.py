"""What a viewer may see, as conditions that doors hand to queries."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, or_, select
from sqlalchemy.orm import aliased

from recruiter.accounts.models import SEARCHERS, Role, User
from recruiter.budget.models import BudgetCase
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.scope import Numbers, Scope, listed
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.requisitions import rules as requisition_rules
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


def _not_hidden(actor: User) -> Scope:
    """All but the confidential ones of others, which are few."""
    hidden = select(Requisition.id).where(Requisition.confidential.is_(True), ~_belongs(actor))
    return Scope(lambda numbers: numbers.not_in(hidden))


def _put_before_approvers(requisition_ids: Numbers) -> ColumnElement[bool]:
    """That an offer or a case on them was sent for approval."""
    sent = or_(
        Offer.submitted_at.is_not(None),
        exists().where(BudgetCase.offer_id == Offer.id, BudgetCase.submitted_at.is_not(None)),
    )
    application = aliased(Application)
    offered = select(application.id).join(Offer, Offer.application_id == application.id)
    return (
        offered.where(application.requisition_id == requisition_ids, sent).correlate_except(application, Offer).exists()
    )


def requisitions(actor: User) -> Scope:
    """The requisitions that somebody may see."""
    if actor.role in SEARCHERS:
        return _not_hidden(actor)
    if actor.role == Role.HIRING_MANAGER:
        return listed(select(Requisition.id).where(_belongs(actor)))
    if actor.role == Role.APPROVER:
        return _not_hidden(actor).where(_put_before_approvers)
    return listed(select(Application.requisition_id).where(Application.id.in_(_met(actor))))


def searches(actor: User) -> Scope:
    """The requisitions whose board, slate and bench somebody may see: those they run or recruit for."""
    return requisitions(actor) if actor.is_staff else Scope(lambda _: false())


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


def readers(requisition: Requisition) -> Select[User]:
    """Those who may open a requisition by their role and their place on it, by name: the other side of `requisitions`.

    Panels are left out: they keep sight of whom they meet.
    """
    approving = [User.role == Role.APPROVER, _put_before_approvers(literal(requisition.id))]
    if requisition.confidential:
        approving.append(User.id.in_(requisition_rules.people_on(requisition)))
    moving = movers(requisition).with_only_columns(User.id).order_by(None)
    return (
        select(User)
        .where(User.active, or_(User.id.in_(moving), and_(*approving)))
        .order_by(func.lower(User.name), User.id)
    )


def applications(actor: User) -> Scope:
    """The applications that somebody may see: all of their searches, and those of whom they interview."""
    met = _met(actor)
    if not actor.is_staff:
        return listed(met)

    def are_seen(numbers: Numbers) -> ColumnElement[bool]:
        application = aliased(Application)
        of_search = exists().where(application.id == numbers, searches(actor).contains(application.requisition_id))
        return or_(of_search.correlate_except(application), numbers.in_(met))

    return Scope(are_seen)


def candidates(actor: User) -> Scope:
    """The candidates that somebody may see; who is in confidential searches alone stays unseen outside of them, who was erased everywhere."""
    return _candidates(actor, erased=False)


def erased_candidates(actor: User) -> Scope:
    """Who would be in sight of somebody, had their data not been erased: that it was may be told."""
    return _candidates(actor, erased=True)


def _candidates(actor: User, *, erased: bool) -> Scope:
    met = _met(actor)

    def are_seen(numbers: Numbers) -> ColumnElement[bool]:
        person, application = aliased(Candidate), aliased(Application)
        entered = application.candidate_id == person.id
        seen = or_(searches(actor).contains(application.requisition_id), application.id.in_(met))
        reasons: list[ColumnElement[bool]] = [exists().where(entered, seen).correlate_except(application)]
        if actor.role in SEARCHERS:
            nowhere = ~exists().where(entered).correlate_except(application)
            reasons += [nowhere, person.created_by_id == actor.id]
        there = (
            person.id == numbers,
            person.merged_into_id.is_(None),
            person.erased_at.is_not(None) if erased else person.erased_at.is_(None),
        )
        return exists().where(*there, or_(*reasons)).correlate_except(person)

    if actor.is_staff:
        return Scope(are_seen)
    return listed(select(Application.candidate_id).where(Application.id.in_(met))).where(are_seen)


def cases(actor: User) -> Scope:
    """The budget cases that somebody may see."""
    if not (actor.pay_view or actor.role == Role.APPROVER):
        return Scope(lambda _: false())
    within = requisitions(actor) if actor.role == Role.APPROVER else searches(actor)

    def are_seen(numbers: Numbers) -> ColumnElement[bool]:
        case = aliased(BudgetCase)
        of_search = (
            select(case.id)
            .join(Offer, case.offer_id == Offer.id)
            .join(Application, Offer.application_id == Application.id)
            .where(case.id == numbers, within.contains(Application.requisition_id))
        )
        if actor.role == Role.APPROVER:
            of_search = of_search.where(case.submitted_at.is_not(None))
        return of_search.correlate_except(case, Offer, Application).exists()

    return Scope(are_seen)

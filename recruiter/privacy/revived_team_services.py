"""Who decides and who sees, as it was when a backup was made, brought to what it had become: managers, sight, approvers, readers."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ending, hashed
from recruiter.offers.approval import chain_services
from recruiter.offers.models import ApprovalChain, ApprovalGroup, ApprovalSeat, StandIn
from recruiter.pipeline.models import Application
from recruiter.privacy.revived_rows import Kind, Revived, made
from recruiter.requisitions import team_services
from recruiter.requisitions.models import ChangedField, Requisition
from recruiter.scorecards.models import CardReading


def _people(session: Session) -> dict[str, User]:
    """Everybody, by what lines of the ledger say in their place."""
    return {hashed(user, user.created_at): user for user in session.scalars(select(User).order_by(User.id))}


def _changed(session: Session, requisition: Requisition, field: ChangedField, act: Moment) -> bool:
    about = {"field": field.value, "after_restore": True}
    audit.record(session, action=AuditAction.REQUISITION_TEAM_CHANGED, subject=requisition, act=act, **about)
    return True


def _manager(session: Session, revived: Revived, act: Moment) -> bool:
    """Whoever had come in their place; where they are not in the backup, who opened or runs it, else an administrator."""
    requisition: Requisition = revived.row
    people = _people(session)
    administrators = [user for user in people.values() if user.role == Role.ADMIN]
    came = people.get(revived.to)
    in_order = [came, session.get(User, requisition.created_by_id), *requisition.recruiters, *administrators]
    able = (user for user in in_order if user is not None and user.active and user.is_staff)
    successor = next((user for user in able if user.id != requisition.hiring_manager.id), None)
    if successor is None:
        return False
    requisition.hiring_manager = successor
    return _changed(session, requisition, ChangedField.HIRING_MANAGER, act)


def _openness(session: Session, revived: Revived, act: Moment) -> bool:
    requisition: Requisition = revived.row
    requisition.confidential = True
    return _changed(session, requisition, ChangedField.CONFIDENTIAL, act)


def _deputy(session: Session, revived: Revived, act: Moment) -> bool:
    period: StandIn = revived.row
    period.ended_at = revived.at
    audit.record(session, action=AuditAction.STAND_IN_ENDED, subject=period, act=act, after_restore=True)
    return True


def _chain(session: Session, revived: Revived, act: Moment) -> bool:
    chain: ApprovalChain = revived.row
    chain.retired_at = revived.at
    audit.record(session, action=AuditAction.APPROVAL_CHAIN_RETIRED, subject=chain, act=act, after_restore=True)
    return True


def _seat(session: Session, revived: Revived, act: Moment) -> bool:
    """Whoever had come in their place takes the seat. A group without a seat would let any approver in: its last one stays."""
    seat: ApprovalSeat = revived.row
    group = seat.group
    came = _people(session).get(revived.to)
    if came is not None and came.active and came.role == Role.APPROVER and came.id not in _sitting(group):
        seat.user = came
    elif len(group.seats) > 1:
        group.seats.remove(seat)
        group.needed = min(group.needed, len(group.seats))
    else:
        return False
    audit.record(session, action=AuditAction.APPROVAL_CHAIN_CHANGED, subject=group.chain, act=act, after_restore=True)
    return True


def _sitting(group: ApprovalGroup) -> set[int]:
    """Who sits in a group of the same step."""
    return {seat.user_id for each in group.chain.groups if each.step == group.step for seat in each.seats}


def _reading(session: Session, revived: Revived, act: Moment) -> bool:  # noqa: ARG001  # as of every kind
    application: Application = revived.row
    query = select(CardReading.user_id).where(CardReading.application_id == application.id)
    known = set(session.scalars(query))
    people = _people(session)
    readers: Iterable[User] = (people[word] for word in sorted(revived.became) if word in people)
    new = [user.id for user in readers if user.id not in known]
    session.add_all(
        CardReading(user_id=number, application_id=application.id, first_read_at=revived.at) for number in new
    )
    return bool(new)


_open = select(Requisition).where(Requisition.confidential.is_(False)).order_by(Requisition.id)
KINDS = (
    Kind(
        Ending.MANAGER,
        select(Requisition).order_by(Requisition.id),
        lambda requisition: team_services.manager_mark(requisition, requisition.hiring_manager),
        _manager,
        in_turn=True,
    ),
    Kind(Ending.OPENNESS, _open, made, _openness),
    Kind(Ending.DEPUTY, select(StandIn).where(StandIn.ended_at.is_(None)).order_by(StandIn.id), made, _deputy),
    Kind(
        Ending.CHAIN,
        select(ApprovalChain).where(ApprovalChain.retired_at.is_(None)).order_by(ApprovalChain.id),
        made,
        _chain,
    ),
    Kind(
        Ending.SEAT,
        select(ApprovalSeat).order_by(ApprovalSeat.id),
        lambda seat: chain_services.seat_mark(seat.group.chain, seat.group, seat.user),
        _seat,
        lambda seat: seat.group.chain,
        in_turn=True,
    ),
    Kind(Ending.READING, select(Application).order_by(Application.id), made, _reading),
)

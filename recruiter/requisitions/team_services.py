"""Who runs a requisition and who sees it, changed after it was opened, each change with its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.endings.ledger import Ending, hashed
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import RuleBroken
from recruiter.requisitions import row_lock, rules
from recruiter.requisitions.models import ChangedField, Member, MemberKind, Requisition, RequisitionChange


@dataclass(frozen=True)
class TeamTerms:
    """Who runs a requisition and who sees it; what is None stays as it is."""

    hiring_manager: User | None = None
    recruiters: list[User] | None = None
    access: list[User] | None = None
    confidential: bool | None = None


def record_change(
    session: Session,
    requisition: Requisition,
    field: ChangedField,
    *,
    before: str,
    after: str,
    act: Act,
    reason: str = "",
) -> None:
    """Write one change of a requisition's people or seats into its history; nothing where nothing changed."""
    if before == after:
        return
    about = {"requisition_id": requisition.id, "field": field, "before": before, "after": after, "reason": reason}
    session.add(RequisitionChange(**about, by_id=act.actor.id, at=act.now))
    session.flush()
    detail = {"field": field.value, **rules.sight_of(requisition)}
    audit.record(session, action=AuditAction.REQUISITION_TEAM_CHANGED, subject=requisition, act=act, **detail)


def change_team(
    session: Session, *, requisition: Requisition, terms: TeamTerms, act: Act, reason: str = ""
) -> Requisition:
    """Change who runs a search and who sees it. Whoever makes it confidential stays on it.

    Raises RuleBroken at `hiring_manager`, `recruiters` or `access` for somebody who cannot be there.
    """
    row_lock.lock(session, requisition.id)
    reason = text.clean(reason)
    if terms.hiring_manager is not None and terms.hiring_manager != requisition.hiring_manager:
        manager, before = terms.hiring_manager, requisition.hiring_manager
        _check_active([manager], at="hiring_manager")
        if not manager.is_staff:
            raise RuleBroken.at("hiring_manager", f"{manager.name} does not have the role of a hiring manager.")
        requisition.hiring_manager = manager
        mark, to = manager_mark(requisition, before), hashed(manager, manager.created_at)
        record_ending(session, Ending.MANAGER, requisition, made_at=mark, act=act, to=to)
        mark = manager_mark(requisition, manager)
        record_ending(session, Ending.MANAGER, requisition, made_at=mark, act=act, lifted=True)
        field = ChangedField.HIRING_MANAGER
        record_change(session, requisition, field, before=before.name, after=manager.name, act=act, reason=reason)
    if terms.recruiters is not None:
        _set_members(session, requisition, MemberKind.RECRUITER, terms.recruiters, act=act, reason=reason)
    access = terms.access
    confidential = requisition.confidential if terms.confidential is None else terms.confidential
    actor = session.get_one(User, act.actor.id)
    if confidential and not _belongs(requisition, actor, access):
        access = [*(requisition.with_access if access is None else access), actor]
    if access is not None:
        _set_members(session, requisition, MemberKind.ACCESS, access, act=act, reason=reason)
    if confidential != requisition.confidential:
        before_and_after = ("yes", "no") if requisition.confidential else ("no", "yes")
        requisition.confidential = confidential
        made_at = requisition.created_at
        record_ending(session, Ending.OPENNESS, requisition, made_at=made_at, act=act, lifted=not confidential)
        before_text, after_text = before_and_after
        field = ChangedField.CONFIDENTIAL
        record_change(session, requisition, field, before=before_text, after=after_text, act=act, reason=reason)
    flag_modified(requisition, "confidential")  # its version rises when people alone change, too
    session.flush()
    return requisition


def let_administrator_in(session: Session, *, requisition: Requisition, reason: str, act: Act) -> Requisition:
    """Give an administrator access to a confidential search whose people have all gone, on record, so that it goes on.

    `requisition` is one of `queries.abandoned_requisitions`. Raises RuleBroken at `reason` without one.
    """
    reason = text.clean(reason)
    if not reason:
        raise RuleBroken.at("reason", "Say why you need this search.")
    row_lock.lock(session, requisition.id)
    access = [*requisition.with_access, session.get_one(User, act.actor.id)]
    _set_members(session, requisition, MemberKind.ACCESS, access, act=act, reason=reason)
    return requisition


def _belongs(requisition: Requisition, user: User, access: list[User] | None) -> bool:
    let_in = requisition.with_access if access is None else access
    on_it = {requisition.hiring_manager.id, requisition.created_by_id}
    return user.id in on_it | {member.id for member in [*requisition.recruiters, *let_in]}


def _set_members(
    session: Session, requisition: Requisition, kind: MemberKind, users: list[User], *, act: Act, reason: str
) -> None:
    field = ChangedField.RECRUITERS if kind == MemberKind.RECRUITER else ChangedField.ACCESS
    present = {member.user_id: member for member in requisition.members if member.kind == kind}
    wanted = {user.id: user for user in users}
    _check_active([user for user in wanted.values() if user.id not in present], at=field.value)
    before = _names(member.user for member in present.values())
    for user_id, member in present.items():
        if user_id not in wanted:
            _record_access(session, requisition, member, act=act)
            requisition.members.remove(member)
    added = [Member(user=user, kind=kind) for user_id, user in wanted.items() if user_id not in present]
    requisition.members += added
    for member in added:
        _record_access(session, requisition, member, act=act, lifted=True)
    after = _names(member.user for member in requisition.members if member.kind == kind)
    record_change(session, requisition, field, before=before, after=after, act=act, reason=reason)


def access_mark(requisition: Requisition, member: Member) -> str:
    """What tells the place of somebody on a requisition from any other, after a restore too."""
    return _mark(member.kind.value, requisition, member.user)


def manager_mark(requisition: Requisition, manager: User) -> str:
    """What tells that somebody is the hiring manager of a requisition, after a restore too."""
    return _mark("manager", requisition, manager)


def _mark(place: str, requisition: Requisition, user: User) -> str:
    made_at = (made.astimezone(dt.UTC).isoformat() for made in (requisition.created_at, user.created_at))
    return " ".join([place, str(user.id), *made_at])


def _record_access(
    session: Session, requisition: Requisition, member: Member, *, act: Act, lifted: bool = False
) -> None:
    mark = access_mark(requisition, member)
    record_ending(session, Ending.ACCESS, requisition, made_at=mark, act=act, lifted=lifted)


def _check_active(users: Iterable[User], *, at: str) -> None:
    for user in users:
        if not user.active:
            raise RuleBroken.at(at, f"{user.name} can no longer sign in. Choose somebody else.")


def _names(users: Iterable[User]) -> str:
    return ", ".join(sorted(user.name for user in users)) or "nobody"

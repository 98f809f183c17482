"""Accounts made, changed and ended; how their people like the pages to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts import link_services, password_services, queries, rules, session_services, token_services
from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ending
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import Conflict, RuleBroken

OWN_ACCOUNT = "You can't disable your own account. Ask another administrator."
TAKEN = "This address has an account already."
TAKEN_AND_DISABLED = "This address has an account that is disabled. Enable it instead."


def _checked_name(name: str) -> str:
    clean_name = text.one_line(name)
    if not clean_name:
        raise RuleBroken.at("name", "Enter a name.")
    return clean_name


def add(
    session: Session,
    *,
    email: str,
    name: str,
    role: Role,
    pay_view: bool = False,
    team: str = "",
    password: str | None = None,
    organisation: str = "",
    act: Moment,
    memory_kib: int = password_services.MEMORY_KIB,
) -> User:
    """Make an account. Without a password its person gets one by invitation. Raises RuleBroken, Conflict when the address is taken."""
    key = rules.email_key(email)
    clean_name = _checked_name(name)
    if existing := queries.by_email(session, email):
        sentence = TAKEN if existing.active else TAKEN_AND_DISABLED
        raise Conflict(sentence, errors={"email": [sentence]})
    user = User(
        email=email.strip(),
        email_key=key,
        name=clean_name,
        role=role,
        team=text.one_line(team),
        pay_view=pay_view,
        active=True,
        created_at=act.now,
    )
    if password is not None:
        password_services.set_password(user, password, organisation=organisation, memory_kib=memory_kib)
    session.add(user)
    audit.record(session, action=AuditAction.USER_ADDED, subject=user, act=act, role=role.value, pay_view=pay_view)
    return user


@dataclass(frozen=True)
class PersonTerms:
    """What somebody is called and may do here."""

    name: str
    role: Role
    team: str
    pay_view: bool

    @classmethod
    def of(cls, user: User) -> Self:
        """As it stands now."""
        return cls(user.name, user.role, user.team, user.pay_view)


def change(session: Session, *, user: User, terms: PersonTerms, act: Moment) -> None:
    """Change what somebody is called and may do, from their next request on, in every channel.

    Raises RuleBroken without a name, Conflict where no administrator would be left.
    """
    before = PersonTerms.of(user)
    after = replace(terms, name=_checked_name(terms.name), team=text.one_line(terms.team))
    if after == before:
        return
    if user.active and user.role == Role.ADMIN and after.role != Role.ADMIN:
        rules.check_keeps_an_admin(user_is_admin=True, other_admins=queries.other_admins(session, user))
    user.name, user.role, user.team, user.pay_view = after.name, after.role, after.team, after.pay_view
    if before.pay_view != after.pay_view:
        record_ending(session, Ending.PAY, user, made_at=user.created_at, act=act, lifted=after.pay_view)
    if before.role != after.role:
        record_ending(session, Ending.ROLE, user, made_at=user.created_at, act=act, to=after.role.value)
    fields = ("name", "role", "team", "pay_view")
    changed = [field for field in fields if getattr(before, field) != getattr(after, field)]
    rights = {"role": after.role.value, "pay_view": after.pay_view}
    audit.record(session, action=AuditAction.USER_CHANGED, subject=user, act=act, fields=changed, **rights)


def disable(session: Session, *, user: User, act: Moment) -> None:
    """End an account: its sessions, tokens and links are worth nothing from this moment.

    Raises Conflict for one's own, for the last administrator and for one that has ended.
    """
    rules.check_not_oneself(user_id=user.id, actor_id=act.actor_id, sentence=OWN_ACCOUNT)
    if not user.active:
        raise Conflict(f"{user.name} is disabled already.")
    is_admin = user.active and user.role == Role.ADMIN
    rules.check_keeps_an_admin(user_is_admin=is_admin, other_admins=queries.other_admins(session, user))
    close(session, user=user, act=act)


def close(session: Session, *, user: User, act: Moment) -> None:
    """End an account whosever it is, as when a restore has revived it; `disable` asks first who manages people then."""
    user.active = False
    session_services.end_all(session, user=user)
    session_services.forget_devices(session, user=user)
    token_services.revoke_all(session, user=user, act=act)
    link_services.end_links(session, user=user, now=act.now)
    record_ending(session, Ending.ACCOUNT, user, made_at=user.created_at, act=act)
    audit.record(session, action=AuditAction.USER_DISABLED, subject=user, act=act)


def enable(session: Session, *, user: User, act: Moment) -> None:
    """Let somebody sign in again whose account was ended. Sessions, tokens and links stay ended. Raises Conflict for an active account."""
    if user.active:
        raise Conflict(f"{user.name} can sign in already.")
    user.active = True
    record_ending(session, Ending.ACCOUNT, user, made_at=user.created_at, act=act, lifted=True)
    audit.record(session, action=AuditAction.USER_ENABLED, subject=user, act=act)


def any_user(session: Session) -> bool:
    """Whether anybody has an account yet."""
    return session.scalars(select(User.id).limit(1)).first() is not None


def choose_shortcuts(session: Session, *, user: User, on: bool) -> None:
    """Single letters act as keys, or do not: for those whose voice or device types letters by itself."""
    user.shortcuts = on
    session.flush()


def choose_theme(session: Session, *, user: User, theme: str) -> None:
    """Show pages light, dark, or as the device says (system). Raises RuleBroken for anything else."""
    if theme not in {"system", "light", "dark"}:
        raise RuleBroken.at("theme", "Choose light, dark, or as the device says.")
    user.theme = theme
    session.flush()

"""What an administrator does to the accounts of others, by page and by API: invite, change, sign out.

What takes away one's own rights is left to another administrator, and administrators are made on the command line.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.accounts import emails, link_services, rules, second_factor_services, services, session_services
from recruiter.accounts.models import Role, User
from recruiter.accounts.services import PersonTerms
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import mail
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken

BY_COMMAND = "Administrators are made on the command line: recruiter user set EMAIL --role admin."
OWN_RIGHTS = "You can't change your own role or right to see pay. Ask another administrator."
OWN_CODE = "Switch your own code off on your account page."


def _check_role(role: Role) -> None:
    if role == Role.ADMIN:
        raise RuleBroken.at("role", BY_COMMAND)


def add(session: Session, *, email: str, terms: PersonTerms, base_url: str, act: Act) -> tuple[User, str]:
    """Make an account and mail its person an invitation; answers its address too, which is told once.

    Raises RuleBroken, Conflict where the address is taken.
    """
    _check_role(terms.role)
    user = services.add(
        session, email=email, name=terms.name, role=terms.role, team=terms.team, pay_view=terms.pay_view, act=act
    )
    return user, invite(session, user=user, base_url=base_url, act=act)


def invite(session: Session, *, user: User, base_url: str, act: Act) -> str:
    """Mail somebody an invitation, and answer its address; the one before is worth nothing from now on. Raises Conflict for a disabled account."""
    if not user.active:
        raise Conflict(f"{user.name} is disabled. Enable the account first.")
    link = f"{base_url}/invitation/{link_services.invite(session, user=user, act=act)}"
    mail.enqueue(session, emails.invitation(user, inviter=act.actor, link=link), now=act.now, asked_by_id=act.actor_id)
    return link


def change(session: Session, *, user: User, terms: PersonTerms, act: Act) -> None:
    """Change what somebody is called and may do, from their next request on. Raises RuleBroken, Conflict for one's own rights."""
    before = PersonTerms.of(user)
    if terms.role != before.role:
        _check_role(terms.role)
    if (terms.role, terms.pay_view) != (before.role, before.pay_view):
        rules.check_not_oneself(user_id=user.id, actor_id=act.actor_id, sentence=OWN_RIGHTS)
    services.change(session, user=user, terms=terms, act=act)


def end_sessions(session: Session, *, user: User, act: Act) -> None:
    """Sign somebody out in every browser, as when a laptop is lost. Their tokens go on."""
    session_services.end_all(session, user=user)
    audit.record(session, action=AuditAction.USER_SESSIONS_ENDED, subject=user, act=act)


def forget_second_factor(session: Session, *, user: User, act: Act) -> None:
    """Let somebody who has lost their app sign in with the password alone; they are signed out, and told by mail. Raises Conflict for oneself."""
    rules.check_not_oneself(user_id=user.id, actor_id=act.actor_id, sentence=OWN_CODE)
    second_factor_services.turn_off(session, user=user, act=act)

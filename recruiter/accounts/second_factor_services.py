"""The second factor of an account: switched on with an authenticator app, asked for at sign-in, switched off."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from recruiter.accounts import emails, queries, second_factor_rules, session_services
from recruiter.accounts.models import RecoveryCode, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import mail, tokens
from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ending
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.seal import Seal


def new_secret() -> str:
    """A secret for an authenticator app."""
    from pyotp import random_base32

    return random_base32()


def app_address(secret: str, *, user: User, organisation: str) -> str:
    """What an authenticator app reads from the picture: the secret, whose it is, and for what."""
    from pyotp import TOTP

    return TOTP(secret).provisioning_uri(name=user.email, issuer_name=f"Recruiter ({organisation})")


def turn_on(
    session: Session, *, user: User, secret: str, code: str, browser_id: int, seal: Seal, act: Moment
) -> list[str]:
    """Ask for a code at sign-in from now on, and answer the recovery codes, which are told once. Other browsers are signed out.

    Raises RuleBroken at `code` for one that the app with this secret would not show now, Conflict where a factor is on already.
    """
    if user.has_second_factor:
        raise Conflict("Signing in asks for a code already. Switch that off first to use another app.")
    step = second_factor_rules.matching_step(secret, code, now=act.now, last_step=None)
    if step is None:
        raise RuleBroken.at("code", "That code doesn't match. Enter the one that your app shows now.")
    user.totp_secret, user.totp_step = seal.sealed(secret), step
    record_ending(session, Ending.PASSWORD_ALONE, user, made_at=user.created_at, act=act)
    session_services.end_all(session, user=user, besides=browser_id)
    audit.record(session, action=AuditAction.USER_SECOND_FACTOR_ON, subject=user, act=act)
    mail.enqueue(session, emails.second_factor_changed(user), now=act.now)
    return _new_codes(session, user=user, act=act)


def turn_off(session: Session, *, user: User, act: Moment, besides: int | None = None) -> None:
    """Ask for no code at sign-in any longer; their browsers are signed out, besides one. Without a second factor nothing happens."""
    if not user.has_second_factor:
        return
    user.totp_secret = user.totp_step = None
    record_ending(session, Ending.SECOND_FACTOR, user, made_at=user.created_at, act=act)
    record_ending(session, Ending.PASSWORD_ALONE, user, made_at=user.created_at, act=act, lifted=True)
    _forget_codes(session, user=user, act=act)
    session_services.end_all(session, user=user, besides=besides)
    session_services.forget_devices(session, user=user)
    audit.record(session, action=AuditAction.USER_SECOND_FACTOR_OFF, subject=user, act=act)
    mail.enqueue(session, emails.second_factor_changed(user), now=act.now)


def new_recovery_codes(session: Session, *, user: User, act: Moment) -> list[str]:
    """Make new recovery codes, told once; the earlier ones end. Raises Conflict without a second factor."""
    if not user.has_second_factor:
        raise Conflict("Recovery codes belong to sign-in with a code. Switch that on first.")
    audit.record(session, action=AuditAction.USER_RECOVERY_CODES_MADE, subject=user, act=act)
    return _new_codes(session, user=user, act=act)


def _forget_codes(session: Session, *, user: User, act: Moment) -> None:
    for code in queries.unused_recovery_codes(session, user):
        record_ending(session, Ending.RECOVERY_CODE, code, made_at=code.digest, act=act)
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def _new_codes(session: Session, *, user: User, act: Moment) -> list[str]:
    _forget_codes(session, user=user, act=act)
    codes = [second_factor_rules.recovery_code() for _ in range(second_factor_rules.RECOVERY_CODES)]
    keys = map(second_factor_rules.recovery_key, codes)
    session.add_all(RecoveryCode(user_id=user.id, digest=tokens.digest(key)) for key in keys)
    session.flush()
    return codes


def is_code(session: Session, *, user: User, code: str, seal: Seal, act: Moment) -> bool:
    """Whether this is a code of somebody's app, or one of their recovery codes. Each is taken once."""
    secret = seal.opened(user.totp_secret) if user.totp_secret else None
    if secret is not None:
        step = second_factor_rules.matching_step(secret, code, now=act.now, last_step=user.totp_step)
        if step is not None:
            user.totp_step = step
            session.flush()
            return True
    digest = tokens.digest(second_factor_rules.recovery_key(code))
    for unused in queries.unused_recovery_codes(session, user):
        if unused.digest == digest and user.has_second_factor:
            unused.used_at = act.now
            record_ending(session, Ending.RECOVERY_CODE, unused, made_at=unused.digest, act=act)
            audit.record(session, action=AuditAction.USER_RECOVERY_CODE_USED, subject=user, act=act)
            return True
    return False

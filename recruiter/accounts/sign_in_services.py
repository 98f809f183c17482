"""Proof of who somebody is: at sign-in, and again before an act that not every open browser may do. Guessing is slowed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from recruiter.accounts import (
    password_services,
    queries,
    rules,
    second_factor_services,
    session_services,
    sign_in_rules,
)
from recruiter.accounts.models import FailedSignIn, User, UserSession
from recruiter.accounts.session_services import Origin
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import DomainError, RuleBroken
from recruiter.foundation.seal import Seal


class TooManyTries(DomainError):  # noqa: N818  # reads better in sentences
    """Too many wrong passwords or codes: wait a little."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many tries. Wait {seconds} seconds, then try again. Or ask for a new password.")
        self.seconds = seconds


@dataclass(frozen=True)
class SignedIn:
    """A browser that was let in: whose it is, its secret, and whether a code is still asked for. `device` is what it keeps to be known again."""

    user: User
    secret: str
    awaits_code: bool = False
    device: str = ""


@dataclass(frozen=True)
class _Place:
    """Where something is tried: for which address, from which network, in which known browser of its owner."""

    email_key: str
    network: str
    device_id: int | None


def _place(session: Session, *, email_key: str, user: User | None, origin: Origin) -> _Place:
    device = queries.known_device(session, user=user, secret=origin.device) if user else None
    return _Place(email_key, sign_in_rules.network_of(origin.address), device.id if device else None)


def _check_wait(session: Session, place: _Place, *, moment: Moment) -> None:
    tries = queries.tries_at_account(session, email_key=place.email_key, now=moment.now)
    wait = sign_in_rules.wait_at_account(tries, device_id=place.device_id, network=place.network, now=moment.now)
    if place.device_id is None:
        recent = queries.tries_of_network(session, network=place.network, now=moment.now)
        wait = max(wait, sign_in_rules.wait_at_network(recent, network=place.network, now=moment.now))
    if wait:
        raise TooManyTries(wait)


def _record_failure(session: Session, place: _Place, *, user: User | None, moment: Moment) -> None:
    session.execute(delete(FailedSignIn).where(FailedSignIn.at <= moment.now - sign_in_rules.WINDOW))
    failure = FailedSignIn(email_key=place.email_key, address=place.network, device_id=place.device_id, at=moment.now)
    session.add(failure)
    if user is not None:
        audit.record(session, action=AuditAction.USER_SIGN_IN_FAILED, subject=user, act=moment)
    session.flush()


def _forget_failures(session: Session, place: _Place) -> None:
    """What was tried in vain from here is forgiven; what strangers tried elsewhere goes on counting."""
    same = FailedSignIn.device_id.is_(None) if place.device_id is None else FailedSignIn.device_id == place.device_id
    here = delete(FailedSignIn).where(FailedSignIn.email_key == place.email_key, FailedSignIn.address == place.network)
    session.execute(here.where(same))


def _let_in(session: Session, place: _Place, *, user: User, origin: Origin, moment: Moment) -> SignedIn:
    _forget_failures(session, place)
    secret = session_services.begin(session, user=user, origin=origin, now=moment.now)
    device = session_services.remember_device(session, user=user, secret=origin.device, now=moment.now)
    audit.record(session, action=AuditAction.USER_SIGNED_IN, subject=user, act=moment.by(user))
    return SignedIn(user, secret, device=device)


def sign_in(
    session: Session,
    *,
    email: str,
    password: str,
    origin: Origin,
    moment: Moment,
    memory_kib: int = password_services.MEMORY_KIB,
) -> SignedIn | None:
    """Check a password; answers the person and the secret of a new session, or None. The caller commits either way.

    Where a code is asked for too, the session opens nothing until `enter_code`. Unknown and known addresses take the same
    time. Raises TooManyTries after some failures.
    """
    try:
        key = rules.email_key(email)
    except RuleBroken:
        key = email.strip().casefold()[:200]
    user = queries.by_email(session, email)
    place = _place(session, email_key=key, user=user, origin=origin)
    _check_wait(session, place, moment=moment)
    if not password_services.is_password(user, password, memory_kib=memory_kib) or user is None:
        _record_failure(session, place, user=user, moment=moment)
        return None
    if user.has_second_factor:
        half = session_services.begin(session, user=user, origin=origin, now=moment.now, awaits_code=True)
        return SignedIn(user, half, awaits_code=True)
    return _let_in(session, place, user=user, origin=origin, moment=moment)


def enter_code(
    session: Session, *, half: UserSession, code: str, origin: Origin, seal: Seal, moment: Moment
) -> SignedIn | None:
    """Check the code that a sign-in waits for; answers a new session, or None. The caller commits either way.

    After five wrong codes the password is asked for again. Raises TooManyTries after some failures.
    """
    user = half.user
    place = _place(session, email_key=user.email_key, user=user, origin=origin)
    _check_wait(session, place, moment=moment)
    if second_factor_services.is_code(session, user=user, code=code, seal=seal, act=moment):
        session.delete(half)
        return _let_in(session, place, user=user, origin=origin, moment=moment)
    _record_failure(session, place, user=user, moment=moment)
    tries = queries.tries_at_account(session, email_key=user.email_key, now=moment.now)
    here = [tried for tried in tries if tried.at >= half.created_at and tried.network == place.network]
    if len(here) >= sign_in_rules.MOST_CODES:
        session.delete(half)
        session.flush()
    return None


def proves(
    session: Session,
    *,
    user: User,
    proof: str,
    origin: Origin,
    seal: Seal,
    act: Act,
    memory_kib: int = password_services.MEMORY_KIB,
) -> bool:
    """Whether somebody who is signed in proves again who they are: by their password, or by a code where they have an app.

    The caller commits either way. Raises TooManyTries after some failures.
    """
    place = _place(session, email_key=user.email_key, user=user, origin=origin)
    _check_wait(session, place, moment=act)
    by_code = user.has_second_factor and second_factor_services.is_code(
        session, user=user, code=proof, seal=seal, act=act
    )
    if not by_code and not password_services.is_password(user, proof, memory_kib=memory_kib):
        _record_failure(session, place, user=user, moment=act)
        return False
    _forget_failures(session, place)
    audit.record(session, action=AuditAction.USER_CONFIRMED, subject=user, act=act)
    return True

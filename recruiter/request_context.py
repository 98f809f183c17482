"""One request, to a page or to the API: who asks, when, and where the company is. Both doors ask here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from flask import current_app, g, request
from sqlalchemy.exc import IntegrityError

from recruiter.accounts import session_services
from recruiter.accounts.models import ApiToken, User, UserSession
from recruiter.accounts.session_services import Origin
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.calendar import WorkingDays
from recruiter.foundation.clock import Clock
from recruiter.foundation.database import paging
from recruiter.foundation.database.db import begin_writing, db
from recruiter.foundation.database.replica import Reader, Replica, own_transaction
from recruiter.foundation.errors import Malformed
from recruiter.foundation.seal import Seal
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.privacy.places import Places
from recruiter.scorecards import readings
from recruiter.settings import Settings

UNSAFE_METHODS = {"POST", "PUT", "PATCH", "DELETE"}
LONGEST_NAME = 60  # of a parameter that an address gives, where it is told back
FROM_REPLICA = frozenset(
    {
        Permission.CANDIDATE_LIST,
        Permission.REQUISITION_LIST,
        Permission.CASE_LIST,
        Permission.CASE_LIST_TAKE_OUT,
        Permission.KEEPWARM_LIST,
        Permission.REPORT_READ,
    }
)
Answer = TypeVar("Answer")
View = Callable[..., Any]  # what answers an address, in pages and in JSON


def settings() -> Settings:
    """The settings of this installation."""
    configured: Settings = current_app.extensions["recruiter_settings"]
    return configured


def places() -> Places:
    """Where this installation keeps what is not in its database."""
    chosen = settings()
    return Places(files=chosen.files, outbox=chosen.outbox, instance=chosen.instance, key=chosen.secret_key)


def is_change() -> bool:
    """Whether this request may change something."""
    return request.method in UNSAFE_METHODS


def clock() -> Clock:
    """The clock of this installation."""
    chosen: Clock = current_app.extensions["recruiter_clock"]
    return chosen


def now() -> dt.datetime:
    """What time it is for this request: one instant from its beginning to its end."""
    if "now" not in g:
        g.now = clock().now()
    instant: dt.datetime = g.now
    return instant


def zone() -> ZoneInfo:
    """The zone in which this company reads dates."""
    return settings().zone


def today() -> dt.date:
    """The day of this request, where the company is."""
    return now().astimezone(zone()).date()


def calendar() -> WorkingDays:
    """The working days of the company."""
    return settings().calendar


def actor() -> User:
    """Who asks."""
    user: User = g.actor
    return user


def moment(at: dt.datetime | None = None) -> Moment:
    """An instant of this company in which nobody acts: jobs, commands, people without an account. Now, if none is named."""
    return Moment(now=at or now(), zone=zone(), calendar=calendar())


def act_of(user: User | None, at: dt.datetime) -> Moment:
    """What somebody does at an instant; without a person it happens by itself."""
    return moment(at).by(user) if user else moment(at)


def act() -> Act:
    """Who asks, and when, as every service takes it."""
    return moment().by(actor())


def cursor_asked() -> str | None:
    """Where the page of a list that the address asks for begins, None for the first. Raises BadCursor for what this list never handed out."""
    return paging.signed(request.args.get("cursor"), key=settings().secret_key, address=request.path)


def next_cursor(page: paging.Page[Any]) -> str | None:
    """What the address of the next page of this list says, None after the last."""
    return paging.sign(page.next, key=settings().secret_key, address=request.path) if page.next else None


def check_query(*, repeated: frozenset[str] = frozenset()) -> None:
    """Refuse an address that says the same thing twice, since one of the two would be passed over; `repeated` are lists. Raises Malformed."""
    for name, values in request.args.lists():
        if len(values) > 1 and name not in repeated:
            raise Malformed(f"The address gives {name[:LONGEST_NAME]} {len(values)} times. Give it once.")


def device_cookie() -> str:
    """The name of the cookie by which a browser is known again in which somebody has signed in before."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device"


def origin() -> Origin:
    """Where this request comes from: the address, the browser's name for itself, and what it keeps to be known again."""
    return Origin(
        address=request.remote_addr or "",
        agent=request.headers.get("User-Agent", ""),
        device=request.cookies.get(device_cookie(), "")[:100],
    )


def seal() -> Seal:
    """What the secrets of authenticator apps are sealed with here."""
    return Seal(settings().secret_key, purpose="second factor")


def lacks_second_factor(user: User) -> bool:
    """Whether somebody's role signs in with a code here, and they have not set that up."""
    return user.role.value in settings().second_factor_roles and not user.has_second_factor


def asks_who(permission: Permission) -> bool:
    """Whether this request, for this permission, goes on only for somebody who has lately proved who they are."""
    return permission.step_up and (is_change() or permission.is_look)


def read(permission: Permission, answer: Callable[[], Answer]) -> Answer:
    """Make an answer that only reads: a list or a report from the replica, where there is one that has what its reader changed."""
    replica: Replica | None = current_app.extensions.get("recruiter_replica")
    reader: Reader | None = g.get("token") or g.get("browser")
    if replica is None or reader is None or permission not in FROM_REPLICA or is_change():
        return answer()
    return replica.read(db.session(), reader, answer)


def note_change() -> None:
    """Keep, with the session or the token of whoever asks, which change is about to be committed, so that they will find it in every list."""
    browser: UserSession | ApiToken | None = g.get("token") or g.get("browser")
    if browser is not None and "recruiter_replica" in current_app.extensions:
        session_services.note_change(db.session(), browser, number=own_transaction())


def record_readings() -> None:
    """Put on record whose cards the answer shows that is ready now, each once, before it goes out.

    What was read before costs one statement that only reads. Raises OperationalError where it cannot be written: then
    the answer is not sent, since its reader's own card could not be marked later.
    """
    session, attempts = db.session(), 2
    while new := readings.unrecorded(session):
        session.rollback()
        begin_writing(session)
        try:
            readings.record(session, new, act=moment())
            session.commit()
            break
        except IntegrityError:  # another request of the same person was first
            session.rollback()
            attempts -= 1
            if not attempts:
                raise
    readings.forget_noted(session)


def may(permission: Permission, on: object = None) -> bool:
    """Whether whoever asks may do something to a thing, as the policy has it; nothing is done to what is left of somebody erased."""
    return permits.offers_act(db.session(), actor=actor(), permission=permission, on=on)


def require(permission: Permission, on: object = None) -> None:
    """Go on only where whoever asks may do something to a thing. Raises NotFound or Forbidden."""
    permits.require(db.session(), actor=actor(), permission=permission, on=on)

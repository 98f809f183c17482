"""Who is signed in, and may he: sessions kept on the server, one question to the policy per page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import current_app, flash, g, redirect, request, session, url_for

from recruiter.accounts import queries as accounts
from recruiter.accounts import services as account_services
from recruiter.accounts.models import User
from recruiter.foundation.calendar import WorkingDays
from recruiter.foundation.database.db import db
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.settings import Settings
from recruiter.web.request import errors, session_recovery
from recruiter.web.request.submitted_text import typed

if TYPE_CHECKING:
    import datetime as dt

    from flask import Flask

SIGNED_OUT = "Nothing was saved. Copy what you typed, sign in, and send it again."
SECRET = session_recovery.SECRET
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
SEEN_EVERY = 60


def now() -> dt.datetime:
    """What time it is for this request."""
    if "now" not in g:
        g.now = current_app.extensions["recruiter_clock"].now()
    moment: dt.datetime = g.now
    return moment


def today() -> dt.date:
    """The date in the company's zone."""
    return now().astimezone(configured().zone).date()


def calendar() -> WorkingDays:
    """The working days of the company."""
    return WorkingDays(configured().holidays)


def configured() -> Settings:
    """The settings of this installation."""
    settings: Settings = current_app.extensions["recruiter_settings"]
    return settings


def actor() -> User:
    """Who is signed in."""
    user: User = g.actor
    return user


def attach(app: Flask) -> None:
    """Find out who asks before each page."""

    @app.before_request
    def recognise() -> None:
        g.actor = None
        if request.path.startswith("/api/") or request.endpoint == "static":
            return
        if request.endpoint is None and request.method in UNSAFE:  # no such address: nothing is written
            return
        if request.method in UNSAFE:
            request.get_data(parse_form_data=True)  # a slow sender keeps nobody else from writing
            db.session.connection(execution_options={"write": True})
        secret = session.get(SECRET)
        live = accounts.live_session(db.session(), secret, now=now()) if secret else None
        if live is None:
            return
        g.actor = live.user
        if request.method in UNSAFE and (now() - live.seen_at).total_seconds() > SEEN_EVERY:
            account_services.touch_session(db.session(), session_id=live.id, now=now())


def safe_path(target: str | None) -> str | None:
    """A path of this site to go on to, or None: one leading slash, no backslash, no control characters (TRUST P2)."""
    if (
        not target
        or not target.startswith("/")
        or target[1:2] in {"/", "\\"}
        or "\\" in target
        or not target.isprintable()
    ):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


def go(address: str, *, message: str | None = None, tone: str = "ok", undo: str | None = None) -> Any:
    """Answer a change: say what was done and go on to a page (303)."""
    if message:
        flash({"text": message, "tone": tone, "undo": undo}, "flash")  # type: ignore[arg-type]  # Flask stores any JSON
    return redirect(address, code=303)


def needs(permission: Permission) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Guard a page: sign-in first, then load what the address names, then ask the policy. A change commits once, at its end."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def guarded(**arguments: Any) -> Any:
            if g.actor is None:
                waits = session_recovery.after_the_session(now=now())
                if waits is not None:
                    return waits
                typed_fields = typed()
                if typed_fields:
                    return errors.page(401, SIGNED_OUT, typed=typed_fields)
                back = request.full_path.rstrip("?") if request.method == "GET" else None
                return redirect(url_for("accounts.sign_in", next=back), code=303)
            loaded = permits.admit(db.session(), actor=actor(), permission=permission, arguments=arguments)
            answer = view(**loaded)
            session_recovery.sent_again(answer, actor=actor())
            return answer

        guarded.permission = permission  # type: ignore[attr-defined]  # the house test reads it
        return guarded

    return wrap

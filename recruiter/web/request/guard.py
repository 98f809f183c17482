"""Who is signed in, and what they may do: sessions kept on the server, one question to the policy per page."""

from __future__ import annotations

import functools
from collections.abc import Callable

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import queries as accounts
from recruiter.accounts import session_services
from recruiter.accounts.models import UserSession
from recruiter.foundation.database.db import db, write_if_free
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.request_context import (
    View,
    act,
    actor,
    asks_who,
    calendar,
    check_query,
    is_change,
    lacks_second_factor,
    may,
    note_change,
    now,
    read,
    record_readings,
    require,
    settings,
    today,
    zone,
)  # fmt: skip
from recruiter.web.request import errors, session_recovery, step_up, turn
from recruiter.web.request.submitted_text import typed

__all__ = ["act", "actor", "calendar", "is_change", "may", "now", "require", "settings", "today", "zone"]

SIGNED_OUT = "Nothing was saved. Copy what you typed, sign in, and send it again."
SECRET = session_recovery.SECRET
BAD_REQUEST = 400
SEEN_EVERY = 60
TIME_LEFT = "accounts.time_left"  # asked by the script that warns before a session ends
LISTS = {"finalists.show": frozenset({"show"})}  # what the address of a page may give more than once
WITHOUT_SECOND_FACTOR = {"accounts.second_factor", "accounts.sign_out", "accounts.activity", TIME_LEFT}


def attach(app: Flask) -> None:
    """Find out who asks before each page."""

    @app.before_request
    def recognise() -> None:
        g.actor = None
        if request.path.startswith("/api/") or request.endpoint == "static":
            return
        check_query(repeated=LISTS.get(request.endpoint or "", frozenset()))
        if request.endpoint is None and is_change():  # no such address: nothing is written
            return
        if is_change():
            request.get_data(parse_form_data=True)  # a slow sender keeps nobody else from writing
            turn.look_first()
        live = _recognise()
        if live is not None and _is_activity() and (now() - live.seen_at).total_seconds() > SEEN_EVERY:
            g.browser_in_use = live.id

    @app.after_request
    def note_activity(response: Response) -> Response:
        number = g.pop("browser_in_use", None)
        if number is not None and not response.is_streamed:
            session = db.session()
            write_if_free(session, lambda: session_services.touch(session, session_id=number, now=now()))
        return response


def _is_activity() -> bool:
    """Whether somebody does something: opens a page, sends a form. What a page fetches by itself keeps nobody signed in."""
    if is_change():
        return True
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and request.endpoint != TIME_LEFT


def _recognise() -> UserSession | None:
    """Who asks: the person whose browser this is, and its session."""
    secret = session.get(SECRET)
    live = accounts.live_session(db.session(), secret, now=now()) if secret else None
    g.actor, g.browser = (live.user, live) if live else (None, None)
    return live


def _in_turn(answer: Callable[[], ResponseReturnValue]) -> Response:
    """Make an answer, and commit what it has changed; from the start in the turn to write where it wants to change something."""
    while True:
        try:
            return _commit_change(current_app.make_response(answer()))
        except turn.TurnNeeded:
            turn.take()
        _recognise()  # whoever was signed out while they waited changes nothing


def _commit_change(response: Response) -> Response:
    """Commit what a view has changed where its answer says that it was done (2xx, 3xx); else take all of it back.

    Whose scorecards the answer shows is on record by then.
    """
    if is_change():
        if response.status_code < BAD_REQUEST or g.get("commits_although_refused"):
            session_recovery.forget_submission()
            note_change()
            db.session.commit()
        else:
            db.session.rollback()
    record_readings()
    return response


def commit_although_refused() -> None:
    """Commit what this request has changed although its answer asks for more: a draft is kept, only sending it was refused."""
    g.commits_although_refused = True


def public(view: View) -> View:
    """Let anybody open a page, signed in or not; what it changes is committed as behind `needs`."""

    @functools.wraps(view)
    def opened(**arguments: object) -> Response:
        return _in_turn(lambda: view(**arguments))

    return opened


def _stop() -> ResponseReturnValue | None:
    """What whoever asks is answered in place of any page, where they have to sign in first, or to set a code up."""
    if g.actor is None:
        waits = session_recovery.after_the_session(now=now())
        if waits is not None:
            return waits
        typed_fields = typed()
        if typed_fields:
            return errors.page(401, SIGNED_OUT, typed=typed_fields)
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=back), code=303)
    if lacks_second_factor(actor()) and request.endpoint not in WITHOUT_SECOND_FACTOR:
        return redirect(url_for("accounts.second_factor"), code=303)
    return None


def needs(permission: Permission) -> Callable[[View], View]:
    """Guard a page: sign-in first, then load what the address names, then ask the policy. A change commits once, at its end.

    A view is begun while others go on writing, and anew in its turn to write, after the policy was asked again (see `turn`).
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(**arguments: object) -> ResponseReturnValue:
            def answer() -> ResponseReturnValue:
                if (stop := _stop()) is not None:
                    return stop
                loaded = permits.admit(db.session(), actor=actor(), permission=permission, arguments=arguments)
                if asks_who(permission) and (question := step_up.ask()) is not None:
                    return question
                page_answer: ResponseReturnValue = view(**loaded)
                return page_answer

            return _in_turn(lambda: read(permission, answer))

        guarded.permission = permission  # type: ignore[attr-defined]  # the house test reads it
        return guarded

    return wrap

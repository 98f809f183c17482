"""Who asks, and what they may do: tokens, permissions, If-Match, Idempotency-Key, one commit per change."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, current_app, g, request
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from recruiter.accounts import queries as accounts
from recruiter.accounts import rules, token_services
from recruiter.accounts.models import IdempotentAnswer
from recruiter.api import errors
from recruiter.foundation.database.db import Versioned, begin_writing, begin_writing_at_once, db
from recruiter.foundation.errors import Conflict, Forbidden, RuleBroken
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.request_context import (
    View,
    act,
    actor,
    asks_who,
    calendar,
    is_change,
    lacks_second_factor,
    may,
    now,
    require,
    today,
    zone,
)  # fmt: skip

__all__ = ["act", "actor", "calendar", "may", "now", "require", "today", "zone"]

LONGEST_KEY = 200
CONFIRM = (
    "Confirm who you are first: POST /api/v1/me/confirmation with your `password`, or with the `code` of your "
    "authenticator app. That holds for 10 minutes; then repeat this request."
)
NO_SECOND_FACTOR = (
    "Your role signs in with a code. Set that up on the page /account/second-factor, then repeat this request."
)
READ_ONLY = "This token only reads. Make one that may change things on the page /account."


def _authenticate() -> Response | None:
    if not request.path.startswith("/api/v1") or request.path == "/api/v1/openapi.json":
        return None
    if is_change():
        request.get_data(parse_form_data=True)  # a slow sender keeps nobody else from writing
        begin_writing(db.session())
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer" and bool(secret)
    token = accounts.live_token(db.session(), secret.strip(), now=now()) if is_bearer else None
    if token is None:
        return errors.problem(
            401, "Send an API token: Authorization: Bearer TOKEN.", headers={"WWW-Authenticate": "Bearer"}
        )
    g.actor, g.token = token.user, token
    if lacks_second_factor(token.user):
        return errors.problem(403, NO_SECOND_FACTOR)
    if token.read_only and is_change():
        return errors.problem(403, READ_ONLY)
    if is_change() and token_services.is_use_to_note(token, now=now()):
        token_services.note_use(db.session(), token=token, now=now())
    return None


def attach(app: Flask) -> None:
    """Look at the token before anything else happens under /api/."""
    app.before_request(_authenticate)
    app.after_request(_note_use)


def _note_use(response: Response) -> Response:
    """Remember the last use of a token, at most once an hour; what is only looked at is answered in any case."""
    token = g.get("token")
    if token is None or is_change() or not token_services.is_use_to_note(token, now=now()):
        return response
    try:
        db.session.rollback()
        begin_writing_at_once(db.session())
        token_services.note_use(db.session(), token=token, now=now())
        db.session.commit()
    except OperationalError:
        db.session.rollback()
    return response


def check_fresh() -> None:
    """Go on only where whoever asks has lately proved who they are. Raises Forbidden, which says how."""
    if not rules.is_fresh(confirmed_at=g.token.confirmed_at, now=now()):
        raise Forbidden(CONFIRM)


def check_version(thing: Versioned) -> None:
    """Honour If-Match: raises Conflict when the thing has moved on since it was read."""
    sent = request.headers.get("If-Match")
    if sent is None or sent.strip() == "*":
        return
    if sent.strip().removeprefix("W/").strip('"') != str(thing.version):
        raise Conflict(errors.STALE)


def _digest() -> str:
    return hashlib.sha256(f"{request.method} {request.full_path} ".encode() + request.get_data(cache=True)).hexdigest()


def _replayed(key: str) -> Response | None:
    if len(key) > LONGEST_KEY:
        raise RuleBroken(f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
    earlier = db.session.scalars(
        select(IdempotentAnswer).where(IdempotentAnswer.user_id == actor().id, IdempotentAnswer.key == key)
    ).first()
    if earlier is None:
        return None
    if earlier.request_digest != _digest():
        raise RuleBroken("This Idempotency-Key was used for another request. Use a new key for a new request.")
    return Response(earlier.body, status=earlier.status, mimetype="application/json")


def json_body() -> Any:
    """The body as Python values: no JSON is an empty object, broken JSON is 400."""
    raw = request.get_data(cache=True)
    if not raw.strip():
        return {}
    try:
        return current_app.json.loads(raw)
    except (ValueError, UnicodeDecodeError) as error:
        abort(400, description=f"The body is not JSON that can be read: {error}.")


def _check_no_body() -> None:
    """An address that takes no keys refuses them by name instead of passing over them."""
    sent = json_body() if request.is_json else None
    if sent:
        names = list(sent) if isinstance(sent, dict) else ["body"]
        raise RuleBroken("This address takes no keys.", errors={str(name): ["Unknown field."] for name in names})


def needs(permission: Permission, *, own_version: bool = False) -> Callable[[View], View]:
    """Guard an address: load what its ids name, ask the policy, and commit once when the change has gone through.

    With `own_version` the view itself honours If-Match, since what it changes is not what its address names.
    """

    def wrap(view: View) -> View:
        takes_a_body = "arguments" in getattr(view, "_apidoc", {})

        @functools.wraps(view)
        def guarded(**arguments: object) -> object:
            session = db.session()
            loaded = permits.admit(session, actor=actor(), permission=permission, arguments=arguments)
            if asks_who(permission):
                check_fresh()
            if not is_change():
                return view(**loaded)
            if not takes_a_body:
                _check_no_body()
            key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
            if key and (earlier := _replayed(key)) is not None:
                return earlier
            if request.method in {"PUT", "PATCH"}:
                versioned = [thing for thing in loaded.values() if hasattr(thing, "version")]
                if versioned and not own_version:
                    check_version(versioned[-1])
            response: Response = current_app.make_response(view(**loaded))
            if key and response.status_code < 300 and response.is_json:  # noqa: PLR2004
                session.add(
                    IdempotentAnswer(
                        user_id=actor().id,
                        key=key,
                        request_digest=_digest(),
                        status=response.status_code,
                        body=response.get_data(as_text=True),
                        created_at=now(),
                    )
                )
            session.commit()
            return response

        guarded.permission = permission  # type: ignore[attr-defined]  # the house test reads it
        return guarded

    return wrap

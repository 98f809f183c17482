"""Who asks, and what they may do: tokens, permissions, If-Match, Idempotency-Key, one commit per change."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, current_app, g, request

from recruiter.accounts import queries as accounts
from recruiter.accounts import rules, token_services
from recruiter.accounts.models import ApiToken
from recruiter.api import errors, idempotency, text_warnings
from recruiter.foundation.database.db import Versioned, begin_writing, db, raise_version, write_if_free
from recruiter.foundation.errors import Conflict, DomainError, Forbidden, RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.seen import Mark, Seen
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
    today,
    zone,
)  # fmt: skip

__all__ = ["act", "actor", "calendar", "may", "now", "require", "today", "zone"]

CONFIRM = (
    "Confirm who you are first: POST /api/v1/me/confirmation with your `password`, or with the `code` of your "
    "authenticator app. That holds for 10 minutes; then repeat this request."
)
NO_SECOND_FACTOR = (
    "Your role signs in with a code. Set that up on the page /account/second-factor, then repeat this request."
)
NOT_SIGNED_IN = "Send an API token: Authorization: Bearer TOKEN."
LARGEST_BODY = 1024 * 1024  # bytes of JSON
READ_ONLY = "This token only reads. Make one that may change things on the page /account."


def _live_token() -> ApiToken | None:
    """The token that this request shows, where it is one and still holds."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer" and bool(secret)
    return accounts.live_token(db.session(), secret.strip(), now=now()) if is_bearer else None


def _authenticate() -> Response | None:
    if not request.path.startswith("/api/v1") or request.path == "/api/v1/openapi.json":
        return None
    check_query()
    token = _live_token()
    if token is None:
        return errors.problem(401, NOT_SIGNED_IN, headers={"WWW-Authenticate": "Bearer"})
    g.actor, g.token = token.user, token
    if lacks_second_factor(token.user):
        return errors.problem(403, NO_SECOND_FACTOR)
    if token.read_only and is_change():
        return errors.problem(403, READ_ONLY)
    if is_change():
        db.session.rollback()  # while the body comes and is read, nothing is held that others wait for
        if request.mimetype != "multipart/form-data":
            request.max_content_length = LARGEST_BODY
        request.get_data(parse_form_data=True)
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
    session = db.session()
    write_if_free(session, lambda: token_services.note_use(session, token=token, now=now()))
    return response


def check_fresh() -> None:
    """Go on only where whoever asks has lately proved who they are. Raises Forbidden, which says how."""
    if not rules.is_fresh(confirmed_at=g.token.confirmed_at, now=now()):
        raise Forbidden(CONFIRM)


def _look_at_token_again() -> None:
    """Go on only where the token was not ended while the change waited for its turn, and remember that it was used."""
    token = _live_token()
    if token is None:
        abort(401, description=NOT_SIGNED_IN)
    if token_services.is_use_to_note(token, now=now()):
        token_services.note_use(db.session(), token=token, now=now())


def names_version() -> bool:
    """Whether this request names the version that it was made of."""
    version = request.headers.get("If-Match")
    return version is not None and version.strip() != "*"


def check_version(thing: Versioned | None) -> None:
    """Honour If-Match: raises Conflict when the thing has moved on since it was read. What is not there yet has version 0."""
    if names_version() and not request.if_match.contains_weak(str(thing.version if thing else 0)):
        raise Conflict(errors.STALE)


def _check_named_version(loaded: JsonObject) -> Versioned | None:
    """Honour If-Match on what an address names, and answer it. Raises Conflict where nothing there has a version."""
    versioned = [subject for subject in loaded.values() if isinstance(subject, Versioned)]
    if not names_version():
        return None
    if not versioned:
        raise Conflict(errors.NO_VERSION)
    check_version(versioned[-1])
    return versioned[-1]


def seen(mark: int | str | None) -> Mark:
    """What a decision names as seen: a mark in its body, else the version that If-Match has named."""
    return Seen.PRESENT if mark is None and names_version() else mark


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


def _admit(permission: Permission, arguments: JsonObject) -> JsonObject:
    loaded = permits.admit(db.session(), actor=actor(), permission=permission, arguments=arguments)
    if asks_who(permission):
        check_fresh()
    return loaded


def _read(view: View, permission: Permission, arguments: JsonObject) -> object:
    answer = view(**_admit(permission, arguments))
    record_readings()
    return answer


def needs(permission: Permission, *, own_version: bool = False) -> Callable[[View], View]:
    """Guard an address before anything that was sent is read: load what its ids name, and ask the policy.

    A change is parsed and checked next, by whatever stands between this and `changes`, while others go on writing.
    """

    def wrap(view: View) -> View:
        takes_a_body = "arguments" in getattr(view, "_apidoc", {})

        @functools.wraps(view)
        def guarded(**arguments: object) -> object:
            if not is_change():
                return read(permission, lambda: _read(view, permission, arguments))
            loaded = _admit(permission, arguments)
            if not own_version and "Idempotency-Key" not in request.headers:
                _check_named_version(loaded)
            db.session.rollback()
            if not takes_a_body:
                _check_no_body()
            return view(**arguments)

        guarded.permission = permission  # type: ignore[attr-defined]  # the house test reads it
        return guarded

    return wrap


def changes(permission: Permission, *, own_version: bool = False) -> Callable[[View], View]:
    """Make a change whose body has been read: wait for the turn to write, ask the policy again, and commit once at the end.

    With `own_version` the view itself honours If-Match, since what it changes is not what its address names.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def changed(*sent: object, **arguments: object) -> object:
            session = db.session()
            begin_writing(session)
            if "token" in g:
                _look_at_token_again()
            loaded = permits.admit(session, actor=actor(), permission=permission, arguments=arguments)
            key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
            digest = idempotency.request_digest() if key else ""
            if key and (earlier := idempotency.earlier_answer(key, digest=digest)) is not None:
                return earlier
            for refusal in sent:
                if isinstance(refusal, DomainError):
                    raise refusal
            seen = None if own_version else _check_named_version(loaded)
            response: Response = text_warnings.tell(session, current_app.make_response(view(*sent, **loaded)))
            if seen is not None and request.method != "PATCH":  # what a change leaves as it was keeps its version
                raise_version(session, seen)  # of several acts on what was read, one alone goes through
            if key:
                idempotency.remember(key, response, digest=digest)
            note_change()
            session.commit()
            record_readings()
            return response

        return changed

    return wrap

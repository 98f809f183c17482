"""Every error of the API as application/problem+json, with a sentence that says what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from recruiter.foundation import log_lines
from recruiter.foundation.database.db import db
from recruiter.foundation.database.engine import passes
from recruiter.foundation.error_trace import trace_without_text
from recruiter.foundation.errors import Busy, Conflict, DomainError, NotSeen, Overtaken
from recruiter.foundation.json_types import JsonObject

TITLES = {
    400: "Not understood",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Not done here",
    409: "In conflict",
    413: "Too large",
    422: "Not acceptable",
    428: "Not seen",
    429: "Too many",
    500: "Our fault",
    503: "Busy",
}
STALE = "Somebody changed this since you read it. Read it again, then repeat your change."
NO_VERSION = "What this address names has no version to compare. Send the request without If-Match."


TOO_LARGE = "This is too large: a JSON body has at most 1 MB, a file 10 MB. Send less at once."
MOST_TOLD = 20  # wrong fields of one request
LONGEST_NAME = 80


def wants_problem() -> bool:
    """Whether this request came to the API."""
    return request.path.startswith("/api/")


def problem(
    status: int,
    detail: str,
    errors: dict[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
    more: JsonObject | None = None,
) -> Response:
    """An RFC 9457 problem, with further members where there are any. Whatever the request had begun is taken back."""
    db.session.rollback()
    body: JsonObject = {
        "type": "about:blank",
        "title": TITLES.get(status, "Refused"),
        "status": status,
        "detail": detail,
        **(more or {}),
    }
    if errors or status == 422:  # noqa: PLR2004
        fields = list((errors or {}).items())
        body["errors"] = {name[:LONGEST_NAME]: texts for name, texts in fields[:MOST_TOLD]}
        if len(fields) > MOST_TOLD:
            body["errors_left_out"] = len(fields) - MOST_TOLD
    response = Response(json.dumps(body), status=status, mimetype="application/problem+json")
    response.headers.update(headers or {})
    return response


def _flat(messages: object, prefix: str = "") -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    if isinstance(messages, list):
        return {prefix or "body": [str(message) for message in messages]}
    if not isinstance(messages, dict):
        return {prefix or "body": [str(messages)]}
    for key, value in messages.items():
        out.update(_flat(value, f"{prefix}.{key}" if prefix else str(key)))
    return out


def attach(app: Flask) -> None:  # noqa: C901  # one small handler a kind of error
    """Answer each kind of error under /api/ as a problem; pages have their own."""
    pages: dict[str, Callable[..., ResponseReturnValue]] = dict(app.extensions.get("recruiter_error_pages", {}))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if not wants_problem():
            return pages["http"](error) if "http" in pages else error
        data = getattr(error, "data", None) or {}
        if "messages" in data:
            messages_by_field = {}
            for part in data["messages"].values():
                messages_by_field.update(_flat(part))
            names = ", ".join(sorted(name[:LONGEST_NAME] for name in list(messages_by_field)[:MOST_TOLD]))
            left_out = len(messages_by_field) - MOST_TOLD
            more = f" and {left_out:,} more" if left_out > 0 else ""
            return problem(status, f"Some of this cannot be accepted: {names}{more}.", messages_by_field)
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return problem(status, TOO_LARGE)
        headers = {"Allow": ", ".join(error.valid_methods or [])} if hasattr(error, "valid_methods") else {}
        return problem(status, str(error.description or ""), headers=headers)

    @app.errorhandler(DomainError)
    def domain_error(error: DomainError) -> ResponseReturnValue:
        if wants_problem():
            headers = {"Retry-After": str(getattr(error, "seconds", 5))} if error.status in {429, 503} else {}
            current = error.current if isinstance(error, NotSeen) else None
            return problem(error.status, error.message, error.errors, headers, current)
        return pages["domain"](error)

    @app.errorhandler(StaleDataError)
    def stale(error: StaleDataError) -> ResponseReturnValue:  # noqa: ARG001
        return problem(409, STALE) if wants_problem() else pages["domain"](Overtaken(STALE))

    @app.errorhandler(IntegrityError)
    def broken_constraint(error: IntegrityError) -> ResponseReturnValue:
        app.logger.warning("constraint refused a change: %s", type(error.orig).__name__)
        sentence = "This has just been done by somebody else, or it would contradict what is recorded. Read it again, then repeat your change."
        return problem(409, sentence) if wants_problem() else pages["domain"](Conflict(sentence))

    @app.errorhandler(OperationalError)
    def held_up(error: OperationalError) -> ResponseReturnValue:
        if not passes(error):
            return unexpected(error)
        app.logger.warning("the database held up %s: %s", request.endpoint, type(error.orig).__name__)
        return domain_error(Busy())

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        app.logger.error("unexpected %s in %s\n%s", type(error).__name__, request.endpoint, trace_without_text(error))
        db.session.rollback()
        if app.config["TESTING"]:
            raise error
        sentence = f"Something went wrong on our side. Nothing was changed. Number of this request: {log_lines.current_work()}."
        return problem(500, sentence) if wants_problem() else pages["unexpected"](sentence)

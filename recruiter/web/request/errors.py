"""Error pages: one sentence that says what to do, and a way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, Erased, Overtaken
from recruiter.request_context import clock, zone
from recruiter.web.request import session_recovery
from recruiter.web.request.submitted_text import typed as typed_in

TITLES = {
    400: "That did not come across",
    401: "You were signed out",
    403: "Not yours to do",
    404: "There is nothing here",
    405: "This address cannot do that",
    409: "Not saved",
    413: "That file is too large",
    422: "Please check this form",
    429: "Too many attempts",
    500: "Something went wrong on our side",
    503: "Busy just now",
}
OVERTAKEN = "Somebody else changed this"  # of the two kinds of 409 the one that is a conflict of two people
SENTENCES = {
    400: "The request could not be read. Go back, reload the page and try again.",
    404: "There is no such page, or it is not yours to see. Check the address, or start from Today.",
    405: "Go back and use the buttons on the page.",
    413: "Files may have up to 12 MB. Make it smaller, then try again.",
}


@dataclass(frozen=True)
class ErrorPage:
    """What an error page shows: what happened, what somebody typed, and the way on."""

    title: str
    message: str
    errors: list[str]
    typed: Sequence[tuple[str, str]]
    action_label: str
    action_href: str


def page(
    status: int,
    message: str,
    errors: Mapping[str, list[str]] | None = None,
    *,
    typed: Sequence[tuple[str, str]] = (),
    title: str = "",
) -> tuple[str, int]:
    """Render an error page; whatever the request had begun is taken back."""
    db.session.rollback()
    listed = [text for texts in (errors or {}).values() for text in texts]
    way_on = ("Go to Today", url_for("today.index")) if g.get("actor") else ("Sign in", url_for("accounts.sign_in"))
    error_page = ErrorPage(title or TITLES.get(status, "Not done"), message, listed, typed, *way_on)
    return render_template("errors/error.html", page=error_page), status


def attach(app: Flask) -> None:
    """Hand the pages to whoever registers the error handlers."""

    def http(error: HTTPException) -> ResponseReturnValue | HTTPException:
        status = error.code or 500
        if status < 400:  # noqa: PLR2004  # a redirect raised as an exception
            return error
        if isinstance(error, CSRFError):
            return session_recovery.from_an_old_page(now=clock().now()) or page(
                400,
                "This page was open for too long or in another browser. Go back, reload it and send the form again.",
                typed=typed_in(),
            )
        return page(status, SENTENCES.get(status, str(error.description or "")))

    def domain(error: DomainError) -> ResponseReturnValue:
        if isinstance(error, Erased):
            day = error.at.astimezone(zone())
            message = f"It was erased on {day:%-d %B %Y}. Figures and past decisions stay, without a name."
            return page(error.status, message, title="This person’s data was erased")  # noqa: RUF001  # as pages write it
        title = OVERTAKEN if isinstance(error, Overtaken) else ""
        return page(error.status, error.message, error.errors, typed=typed_in(), title=title)

    def unexpected(message: str) -> ResponseReturnValue:
        return page(500, message)

    app.extensions["recruiter_error_pages"] = {"http": http, "domain": domain, "unexpected": unexpected}

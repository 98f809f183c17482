"""Forms that were sent after the session had run out: looked at, put right, and sent by the one who wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from recruiter.accounts import saved_submissions
from recruiter.accounts.models import KeptForm
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews.models import Interview
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.accounts.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash

CHOICE = re.compile(r"[a-z0-9_.:+-]{0,40}")  # a value that somebody picked, no words of their own
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")
LONG = 80


@dataclass(frozen=True)
class Entry:
    """One field as it was sent: `shown` as a long text, as a line, as a choice that was made, or not at all."""

    name: str
    value: str
    label: str
    display: str


@dataclass(frozen=True)
class Waiting:
    """A form that waits: what it does, about whom, and whether its author may still send it."""

    stored: KeptForm
    act: str
    about: str
    allowed: bool
    entries: list[Entry]


@dataclass(frozen=True)
class KeptPage:
    """All that waits for whoever is signed in."""

    title: str
    waiting: list[Waiting]


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize()


def _entry(name: str, value: str) -> Entry:
    display = "line"
    if not text.is_visible(value) or value.isdecimal() or value.startswith("/"):
        display = "hidden"
    elif DATE.fullmatch(value):
        display = "line"
    elif CHOICE.fullmatch(value):
        display = "choice"
    elif "\n" in value or len(value) > LONG:
        display = "text"
    return Entry(name, value, _words(name), display)


def _named(arguments: JsonObject) -> str:
    """Whom or what a form is about, in the words of its page."""
    for thing in reversed(list(arguments.values())):
        if isinstance(thing, Application):
            return f"{thing.candidate.name}, {thing.requisition.title}"
        if isinstance(thing, Interview):
            return f"{thing.application.candidate.name}, {thing.name}"
        if isinstance(thing, Candidate):
            return thing.name
        if isinstance(thing, Requisition):
            return f"{thing.title}, {thing.key}"
    return ""


def _waiting(kept_form: KeptForm) -> Waiting:
    """What waits, with what it is about if its author may still do it."""
    about, act, allowed = "", "Send", False
    try:
        endpoint, arguments = current_app.url_map.bind("").match(urlsplit(kept_form.address).path, method="POST")
        act = _words(str(endpoint).rsplit(".", 1)[-1])
        view: Any = current_app.view_functions[str(endpoint)]
        permission: Permission = view.permission  # the guard put it there
        loaded = permits.admit(db.session(), actor=guard.actor(), permission=permission, arguments=dict(arguments))
        about, allowed = _named(loaded), True
    except (HTTPException, DomainError, AttributeError):
        pass  # the page is gone, or no longer theirs: the text is shown to copy
    entries = [_entry(name, value) for name, value in kept_form.fields]
    return Waiting(kept_form, act, about, allowed, entries)


def waiting() -> list[Waiting]:
    """Everything that was kept for whoever is signed in."""
    return list(map(_waiting, saved_submissions.of_person(db.session(), user=guard.actor(), now=guard.now())))


@blueprint.page("/kept", Permission.SIGNED_IN)
def kept_forms() -> ResponseReturnValue:
    """What came after the session had run out: read it, send it, or throw it away."""
    forms = waiting()
    if not forms:
        return redirect_with_flash(url_for("today.index"))
    return render_template("accounts/kept.html", page=KeptPage("You were signed out when you sent this", forms))


@blueprint.act("/kept/<int:kept_id>/discard", Permission.SIGNED_IN)
def discard_kept(kept_id: int) -> ResponseReturnValue:
    """Throw away what was kept; nothing of it is sent."""
    saved_submissions.drop(db.session(), user=guard.actor(), kept_id=min(kept_id, 2**31 - 1))
    return redirect_with_flash(url_for("accounts.kept_forms"), message="Thrown away. Nothing was sent.")

"""Somebody else changed what a form was made of: who and when, in one sentence, so that nothing is written over unseen."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from recruiter import request_context as context
from recruiter.accounts.models import User
from recruiter.audit import queries as audit
from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Overtaken
from recruiter.foundation.seen import Mark, Seen


class Versioned(Protocol):
    """A stored thing that counts its changes."""

    id: int
    version: int


def is_stale(submitted: str | None, current: object) -> bool:
    """Whether a thing has changed since a form was made of it; a form that names no version is taken as it comes."""
    return submitted not in {None, "", str(current)}


def when(instant: dt.datetime) -> str:
    """An instant as a sentence says it, on the clock of the company: “at 16:51”, or “on Tue 24 Nov at 16:51”."""
    return wording.at_time(instant, zone=context.zone(), today=context.today())


def changed_sentence(record: Versioned, noun: str, *, then: str = "The page shows it as it is now.") -> str:
    """Say who changed a record and when: “Not saved. Ana Duarte changed this concern at 16:51. …”, and what to do `then`."""
    entry = audit.latest_of(db.session(), record)
    author = db.session.get(User, entry.actor_id) if entry and entry.actor_id else None
    name = author.name if author else "Somebody else"
    at = f" {when(entry.at)}" if entry else ""
    return f"Not saved. {name} changed this {noun}{at}. {then}"


def check_unchanged(submitted: str | None, record: Versioned, noun: str) -> None:
    """Refuse a form that was made of an older version of a record, and say who changed it and when. Raises Overtaken.

    Args:
        submitted: the version that the form carries.
        record: the stored thing as it is now.
        noun: what the reader calls it: “concern”, “offer”.
    """
    if is_stale(submitted, record.version):
        raise Overtaken(changed_sentence(record, noun))


def mark_seen(form: Any, mark: str, record: Versioned, noun: str) -> Mark:
    """What the form of a decision says that its reader has seen: the mark of what is decided on, else the version of the record.

    Nothing where it says neither. Raises Overtaken where the version is an older one.
    """
    check_unchanged(form.version.data, record, noun)
    return form[mark].data or (Seen.PRESENT if form.version.data else None)


def check_form_unchanged(form: Any, record: Versioned, noun: str) -> None:
    """The same for a form with a field `version`; if it comes back, it is made of what is stored now. Raises Overtaken."""
    submitted, form.version.data = form.version.data, str(record.version)
    check_unchanged(submitted, record, noun)

"""What is said after applications ended: who was told by it, and who still waits to hear it, with the way to write to them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.wording import listing
from recruiter.interviews.models import Interview
from recruiter.keepwarm.messages import closing_notices
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.web.request import guard
from recruiter.web.request.form_handling import Message
from recruiter.web.request.redirects import LinkedMessage

MOST_PICKED = 100  # more do not fit into the cookie that carries the sentence


def of_closing(done: str, applications: Sequence[Application], cancelled: Sequence[Interview]) -> Message:
    """What was done, whom the cancellations of interviews went to, and who has not heard from us yet."""
    sentences, names = [done], closing_notices.panel_names(cancelled)
    if names:
        sentences.append(f"Cancellations sent to {listing(names)}.")
    unwritten = closing_notices.unwritten(db.session(), applications, moment=guard.act())
    if not unwritten:
        return " ".join(sentences)
    sentences.append(_unwritten_text(unwritten, of=len(applications)))
    text = " ".join(sentences)
    if len(unwritten) == 1:
        return LinkedMessage(text, f"Write to {unwritten[0].candidate.name}", letter_href(unwritten[0]))
    if len(unwritten) > MOST_PICKED:
        return text
    picks = tuple(application.id for application in unwritten)
    return LinkedMessage(text, "Write to them", url_for("pipeline.message"), picks)


def letter_href(application: Application) -> str:
    """The page that proposes a message to a candidate."""
    return url_for("keepwarm.of_application", application_id=application.id) + "#letter"


def unwritten_text(application: Application) -> str:
    """That a candidate has not heard from us since the end."""
    if application.status == ApplicationStatus.WITHDRAWN:
        return f"{application.candidate.name} hasn\u2019t had a reply from us yet."
    return f"{application.candidate.name} hasn\u2019t been told yet."


def _unwritten_text(unwritten: Sequence[Application], *, of: int) -> str:
    if len(unwritten) == 1:
        return unwritten_text(unwritten[0])
    if len(unwritten) == of:
        return "None of them has been told yet."
    return f"{len(unwritten)} of them haven\u2019t been told yet."

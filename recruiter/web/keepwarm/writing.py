"""Messages to a finalist: a draft from the record, and the form by which a person sends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask import request
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from recruiter.foundation.db import db
from recruiter.keepwarm import agreements, drafts
from recruiter.keepwarm.cadence import USUAL, Situation
from recruiter.keepwarm.drafts import Purpose
from recruiter.keepwarm.models import Direction, Promise, PromiseState, TouchKind, Touchpoint
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.web import guard
from recruiter.web.keepwarm import words
from recruiter.web.keepwarm.forms import LONG, LONGEST, listed

PURPOSES = {
    Purpose.UPDATE: "An update",
    Purpose.EARLIER: "Ask for an earlier answer",
    Purpose.THANKS: "Thanks and a named day",
    Purpose.FEEDBACK: "Feedback",
}
SUBJECTS = {
    Purpose.UPDATE: "Where we are with {title}",
    Purpose.EARLIER: "Your answer on {title}",
    Purpose.THANKS: "Thank you for your time",
    Purpose.FEEDBACK: "Our feedback on {title}",
}
AS_KIND = {Purpose.EARLIER: TouchKind.OFFER_TALK, Purpose.THANKS: TouchKind.THANK_YOU, Purpose.FEEDBACK: TouchKind.FEEDBACK}  # fmt: skip


class LetterForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A message that is sent to one person."""

    kind = SelectField("What for", choices=listed(words.KINDS))
    subject = StringField(
        "Subject",
        validators=[
            InputRequired("Give the message a subject."),
            Length(max=200, message="Use at most 200 characters."),
        ],
    )
    body = TextAreaField("Message", validators=[InputRequired("Write the message."), Length(max=LONGEST, message=LONG)])


def purpose_of(application: Application) -> Purpose:
    """What the address asks to write; feedback for who was let go."""
    asked = request.args.get("purpose", "")
    if asked in {one.value for one in Purpose}:
        return Purpose(asked)
    return Purpose.UPDATE if application.status == ApplicationStatus.ACTIVE else Purpose.FEEDBACK


def _ask_by() -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.args.get("by", ""))
    except ValueError:
        return None


def form_of(
    application: Application,
    touches: Sequence[Touchpoint],
    promises: Sequence[Promise],
    processes: Sequence[CompetingProcess],
) -> LetterForm:
    """The form with a draft made of what was said; nothing typed where nothing was said that it could refer to."""
    purpose, zone = purpose_of(application), guard.configured().zone
    theirs = next((one.said for one in touches if one.direction == Direction.FROM), "")
    waits = [one for one in promises if one.state == PromiseState.OPEN]
    dates = [one.decision_on for one in processes if one.decision_on is not None]
    decides = agreements.decides_on(db.session(), application.requisition_id)
    clocks = agreements.cadences(db.session(), [application.requisition_id]).get(application.requisition_id, USUAL)
    record = drafts.Record(
        name=application.candidate.name,
        title=application.requisition.title,
        sender=guard.actor().name,
        last=drafts.Said(touches[0].at.astimezone(zone).date(), touches[0].channel, theirs) if touches else None,
        promise=(waits[-1].what, waits[-1].due_on) if waits else None,
        decides_on=min((day for day in dates if day >= guard.today()), default=None),
        ask_by=_ask_by(),
        we_decide_on=decides,
        hear_by=guard.calendar().add(decides, clocks.days(Situation.BUFFER)) if decides else None,
    )
    body = drafts.draft(purpose, record, today=guard.today())
    subject = SUBJECTS[purpose].format(title=application.requisition.title) if body else ""
    kind = AS_KIND.get(purpose, TouchKind.UPDATE).value
    return LetterForm(formdata=None, data={"kind": kind, "subject": subject, "body": body})

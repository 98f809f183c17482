"""Messages to a finalist: a draft from the record, and the form by which a person sends it."""

from __future__ import annotations

import datetime as dt

from flask import request
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from recruiter.foundation.database.db import db
from recruiter.keepwarm.messages import drafts
from recruiter.keepwarm.messages.drafts import Purpose
from recruiter.keepwarm.messages.message_rules import OutgoingMessage
from recruiter.keepwarm.models.records import TouchKind
from recruiter.pipeline.models import Application
from recruiter.web.keepwarm import labels
from recruiter.web.keepwarm.forms import LONG, LONGEST, listed
from recruiter.web.request import guard

PURPOSES = {
    Purpose.UPDATE: "An update",
    Purpose.EARLIER: "Ask for an earlier answer",
    Purpose.THANKS: "Thanks and a named day",
    Purpose.FEEDBACK: "Feedback",
}


class LetterForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A message that is sent to one person."""

    kind = SelectField("What for", choices=listed(labels.KINDS))
    subject = StringField(
        "Subject",
        validators=[
            InputRequired("Give the message a subject."),
            Length(max=200, message="Use at most 200 characters."),
        ],
    )
    body = TextAreaField("Message", validators=[InputRequired("Write the message."), Length(max=LONGEST, message=LONG)])
    confirmed = StringField("I have read the marked words, and they stand")

    def value(self, application: Application) -> OutgoingMessage:
        """The message to one person."""
        subject, body = self.subject.data or "", self.body.data or ""
        return OutgoingMessage(application, subject, body, TouchKind(self.kind.data), personal=True)


def purpose_of(application: Application) -> Purpose:
    """What the address asks to write; feedback for who was let go."""
    purpose = request.args.get("purpose", "")
    return Purpose(purpose) if purpose in {known.value for known in Purpose} else drafts.usual_purpose(application)


def _ask_by() -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.args.get("by", ""))
    except ValueError:
        return None


def form_of(application: Application) -> LetterForm:
    """The form with a draft made of what was said; nothing typed where nothing was said that it could refer to."""
    draft = drafts.build_draft(
        db.session(), application=application, purpose=purpose_of(application), act=guard.act(), ask_by=_ask_by()
    )
    return LetterForm(formdata=None, data={"kind": draft.kind.value, "subject": draft.subject, "body": draft.body})

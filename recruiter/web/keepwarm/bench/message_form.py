"""Messages to a finalist: a draft from the record, and the form by which a person sends it."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from recruiter.foundation.calendar import day_from
from recruiter.foundation.database.db import db
from recruiter.keepwarm.messages import drafts
from recruiter.keepwarm.messages.drafts import Purpose
from recruiter.keepwarm.messages.message_rules import OutgoingMessage
from recruiter.keepwarm.models.records import TouchKind
from recruiter.pipeline.models import Application
from recruiter.web.keepwarm import forms, labels
from recruiter.web.request import guard
from recruiter.web.request.choice_fields import listed
from recruiter.web.request.text_fields import long_text, text

PURPOSES = {
    Purpose.UPDATE: "An update",
    Purpose.EARLIER: "Ask for an earlier answer",
    Purpose.THANKS: "Thanks and a named day",
    Purpose.FEEDBACK: "Feedback",
    Purpose.WELCOME: "A welcome",
    Purpose.ACKNOWLEDGEMENT: "An answer to the withdrawal",
}


class LetterForm(FlaskForm):
    """A message that is sent to one person."""

    kind = SelectField("What for", choices=listed(labels.KINDS))
    subject = text("Subject", required="Give the message a subject.", longest=200)
    body = long_text("Message", required="Write the message.", longest=forms.LONGEST)
    confirmed = StringField("I have read the marked words, and they stand")

    def value(self, application: Application) -> OutgoingMessage:
        """The message to one person."""
        subject, body = self.subject.data or "", self.body.data or ""
        return OutgoingMessage(application, subject, body, TouchKind(self.kind.data), personal=True)


def purpose_of(application: Application) -> Purpose:
    """What the address asks to write where that can be said to them, else what is usual."""
    purposes, chosen = drafts.purposes_for(db.session(), application), request.args.get("purpose", type=Purpose)
    return chosen if chosen in purposes else purposes[0]


def choices(application: Application, *, current: Purpose) -> list[tuple[str, str, bool]]:
    """What can be written to somebody: value, label, and whether it is what is being written."""
    purposes = drafts.purposes_for(db.session(), application)
    return [(purpose.value, PURPOSES[purpose], purpose == current) for purpose in purposes]


def form_of(application: Application, *, purpose: Purpose) -> LetterForm:
    """The form with a draft made of what was said; nothing typed where nothing was said that it could refer to."""
    ask_by = request.args.get("by", type=day_from)
    draft = drafts.build_draft(db.session(), application=application, purpose=purpose, act=guard.act(), ask_by=ask_by)
    return LetterForm(formdata=None, data={"kind": draft.kind.value, "subject": draft.subject, "body": draft.body})

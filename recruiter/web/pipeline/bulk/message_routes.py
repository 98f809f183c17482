"""A message to those who were ticked: written once, shown as each will get it, sent by a person."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from recruiter.foundation import text, wording
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.messages import message_queries, message_rules, message_services
from recruiter.keepwarm.messages.message_rules import OutgoingMessage
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_messages
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.pipeline.application.action_page import came_from, undo_href
from recruiter.web.pipeline.area import blueprint
from recruiter.web.pipeline.bulk.selection import selection
from recruiter.web.request import guard
from recruiter.web.request.form_handling import apply_errors, handle_form, has_errors
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.request.text_fields import typed_text
from recruiter.web.text import message_warnings

DEFAULT_BODY = "Hello {first name},\n\n\n\nBest wishes\n"
EMPTY_BODY = "has a greeting and a close, and says nothing between them. Write what it is about."
UNPROCESSABLE = 422


def _says_nothing(body: str, default_body: str) -> bool:
    """Whether a text holds no line of its writer's own, only those that stood there before anybody wrote."""
    line_sets = [{" ".join(line.split()) for line in entry.splitlines()} for entry in (body, default_body)]
    return not line_sets[0] - line_sets[1] - {""}


class MessageForm(FlaskForm):
    """A message as it is written once, then the text of each candidate. `step` is `look` or `send`; empty before anything is written."""

    step = StringField()
    subject = StringField(default="")
    body = TextAreaField()
    confirmed = StringField(default="")
    applications: Sequence[Application] = ()
    bodies: dict[int, str]

    @classmethod
    def to(cls, applications: Sequence[Application]) -> Self:
        """The form with those who are written to."""
        form = cls(data={"body": f"{DEFAULT_BODY}{guard.actor().name}"})
        form.applications = applications
        form.bodies = {each.id: request.form.get(f"body-{each.id}", "") for each in applications}
        return form

    @property
    def is_written_for_all(self) -> bool:
        """Whether the one text for all is to be written or mended; else what each will get is looked at."""
        failed = self.subject.errors if self.step.data == "send" else has_errors(self)
        return self.step.data not in {"look", "send"} or bool(failed)

    def messages(self) -> list[OutgoingMessage]:
        """What each will get. Raises RuleBroken at `subject` for a place that there is not."""
        subject, fill = self.subject.data or "", message_rules.fill_placeholders
        return [
            OutgoingMessage(each, fill(subject, each, at="subject"), self.bodies[each.id]) for each in self.applications
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what no candidate could be sent: no subject, no words of one's own, a place that there is not."""
        super().validate(extra_validators)
        try:
            self._check()
        except RuleBroken as error:
            apply_errors(self, error)
        return not has_errors(self)

    def _check(self) -> None:
        body, untouched, fill = self.body.data or "", self.body.object_data, message_rules.fill_placeholders
        if self.step.data == "look":
            if not typed_text(self.subject) or not text.clean(body):
                raise RuleBroken("Write a subject and a text.")
            if _says_nothing(body, untouched):
                raise RuleBroken(f"The text {EMPTY_BODY}")
            self.messages()
            self.bodies = {each.id: fill(body, each) for each in self.applications}
            return
        for message in self.messages():
            if message.text and _says_nothing(message.body, fill(untouched, message.application)):
                raise RuleBroken(f"The text to {message.name} {EMPTY_BODY}")


@dataclass(frozen=True)
class Draft:
    """What one candidate will get, and what its writer must know."""

    application: Application
    address: str
    body: str
    subject: str
    warnings: message_warnings.Marks | None

    @property
    def finalist(self) -> bool:
        """Whether it goes to somebody on the slate, whose text nobody else may get."""
        return self.application.finalist is not None and self.application.is_active


@dataclass(frozen=True)
class MessagePage(FormPage):
    """A message that is written, or the same as each will get it; `confirm` is the key of the warned words, where they alone stand in the way."""

    is_written: bool
    drafts: list[Draft]
    placeholders: list[str]
    minutes: int
    confirm: str
    back: str

    @property
    def problem(self) -> str:
        """All that is wrong, in one text: the fields of each candidate are not those of the form."""
        return " ".join(itertools.chain.from_iterable(self.form.errors.values()))


def _page(form: MessageForm, back: str) -> str:
    messages = [] if form.is_written_for_all else form.messages()
    findings = checked_messages.findings_in(messages, actor=guard.actor())
    looks = {
        message.application.id: (message.subject, message_warnings.of(warned))
        for message, warned in zip(messages, findings, strict=True)
    }
    requisition = form.applications[0].requisition
    page = MessagePage(
        title=f"Message to {wording.plural(len(form.applications), 'candidate')}",
        breadcrumbs=breadcrumbs.of_requisition(requisition, "Message"),
        form=form,
        is_written=form.is_written_for_all,
        drafts=[
            Draft(
                each, message_queries.address_of(each.candidate), form.bodies[each.id], *looks.get(each.id, ("", None))
            )
            for each in form.applications
        ],
        placeholders=[f"{{{placeholder}}}" for placeholder in message_rules.PLACEHOLDERS],
        minutes=int(message_services.LEAVES_AFTER.total_seconds() // 60),
        confirm=message_warnings.of(list(itertools.chain.from_iterable(findings))).key,
        back=back,
    )
    return page.rendered("pipeline/message.html")


@blueprint.act("/applications/message", Permission.APPLICATION_BULK)
def message() -> ResponseReturnValue:
    """Write to those who were ticked; first the text, then what each will get, then it is sent. Nothing leaves by itself."""
    applications = selection().applications
    if not applications:
        back = came_from() or url_for("requisitions.index")
        return redirect_with_flash(back, "Tick at least one person first.", tone="late")
    form = MessageForm.to(applications)
    back = came_from() or url_for("requisitions.board", requisition_ref=applications[0].requisition.key)
    if form.step.data != "send":
        refused = form.step.data == "look" and not form.validate()
        return _page(form, back), UNPROCESSABLE if refused else 200
    leaves_at = (guard.now() + message_services.LEAVES_AFTER).astimezone(guard.zone())
    count = wording.plural(len(applications), "message")
    return handle_form(
        form,
        save=lambda: checked_messages.queue(
            db.session(), messages=form.messages(), act=guard.act(), confirmed=form.confirmed.data or ""
        ),
        again=lambda: _page(form, back),
        home=back,
        flash=f"{count} will leave at {leaves_at:%H:%M}. Until then they can be taken back.",
        undo=undo_href(back),
        fields={"subject": "", "body": ""},
    )

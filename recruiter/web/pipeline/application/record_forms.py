"""Forms for notes, follow-ups and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.candidates import rules
from recruiter.candidates.models import FileKind
from recruiter.candidates.records import file_rules, file_services
from recruiter.foundation.json_types import JsonObject
from recruiter.privacy import checked_notes
from recruiter.web.request import date_fields
from recruiter.web.request.choice_fields import LongList, listed, pairs
from recruiter.web.request.text_fields import long_text, text

KINDS = {
    FileKind.RESUME: "Résumé",
    FileKind.COVER_LETTER: "Cover letter",
    FileKind.PORTFOLIO: "Portfolio",
    FileKind.WORK_SAMPLE: "Work sample",
    FileKind.CERTIFICATE: "Certificate",
    FileKind.OTHER: "Something else",
}
WAYS = {"call": "Call", "email": "Email", "note": "Note"}


def people_choices(people: Sequence[User]) -> list[tuple[str, str]]:
    """People as choices of a select."""
    return [(str(user.id), user.name) for user in people]


class PeopleForm(FlaskForm):
    """A form in which somebody chooses among people."""

    people: Sequence[User] = ()

    @classmethod
    def for_people(cls, people: Sequence[User], **options: Any) -> Self:
        """The form with those who can be chosen."""
        form = cls(**options)
        form.people = people
        for name in ("readers", "assignee"):
            if name in form:
                form[name].choices = pairs(people_choices(people))
        return form


class NoteForm(PeopleForm):
    """Words about somebody, and who reads them."""

    version = HiddenField()
    text = long_text("Note", required="Write the note first.", longest=rules.LONGEST_NOTE)
    private = BooleanField("Private: for you and the people you name")
    readers = SelectMultipleField("Who else may read it", validators=[Optional()])

    @property
    def chosen_readers(self) -> list[User]:
        """Those who may read a private note beside its author."""
        return [user for user in self.people if str(user.id) in set(self.readers.data or [])]

    def note(self) -> JsonObject:
        """What was written and who reads it, as the services take it."""
        return {"text": self.text.data or "", "private": bool(self.private.data), "readers": self.chosen_readers}


class ComposeForm(NoteForm):
    """What was said, and how: a call or a mail is a contact, a note is for the team; and by when they hear again."""

    how = RadioField("What it was", choices=listed(WAYS), default="note")
    theirs = BooleanField("They contacted us")
    promise_by = date_fields.day("Promise an answer by")
    confirmed = StringField("I have read the marked words, and they stand")

    def validate_private(self, field: BooleanField) -> None:
        """Contacts are for everybody who runs the search; private words go into a note."""
        if field.data and self.how.data != "note":
            raise ValidationError(
                "Everybody who runs the search reads a call or a mail. Choose Note for private words."
            )

    def entry(self) -> checked_notes.Entry:
        """What was written down, as the service takes it."""
        return checked_notes.Entry(
            how=self.how.data or "note",
            from_candidate=bool(self.theirs.data),
            hear_by=self.promise_by.data,
            confirmed=self.confirmed.data or "",
            **self.note(),
        )


class TaskForm(PeopleForm):
    """What is to be done, by whom, by when."""

    what = text("What is to be done", required="Say what is to be done.", longest=rules.LONGEST_TASK)
    due_on = date_fields.day("By", required="Enter a date.")
    assignee = SelectField("Who does it", widget=LongList(), validators=[InputRequired("Choose who does it.")])

    @property
    def chosen_assignee(self) -> User:
        """Who is to do it; the field has been checked."""
        return next(user for user in self.people if str(user.id) == self.assignee.data)


class UploadForm(FlaskForm):
    """A file and what it is."""

    file = FileField("File", validators=[FileRequired("Choose a file.")])
    kind = SelectField("What it is", choices=listed(KINDS))
    for_panel = BooleanField("Interviewers may open it")

    def upload(self) -> file_services.Upload:
        """The file as it came, no more of it than is taken."""
        content = self.file.data.stream.read(file_rules.LARGEST + 1)
        return file_services.Upload(
            self.file.data.filename or "", content, FileKind(self.kind.data), bool(self.for_panel.data)
        )

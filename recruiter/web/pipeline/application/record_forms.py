"""Forms for notes, follow-ups and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import wtforms.fields.choices
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput

from recruiter.accounts.models import User
from recruiter.candidates import rules
from recruiter.candidates.models import FileKind

KINDS = {
    FileKind.RESUME: "Résumé",
    FileKind.COVER_LETTER: "Cover letter",
    FileKind.PORTFOLIO: "Portfolio",
    FileKind.WORK_SAMPLE: "Work sample",
    FileKind.CERTIFICATE: "Certificate",
    FileKind.OTHER: "Something else",
}


WAYS = {"call": "Call", "email": "Email", "note": "Note"}


def pairs(values: Sequence[tuple[str, str]]) -> Any:
    """Choices of a select from values and words."""
    choices_module: Any = wtforms.fields.choices
    return [choices_module.SelectChoice(value, text) for value, text in values]


class NoteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Words about somebody, and who reads them."""

    version = HiddenField()
    text = TextAreaField(
        "Note",
        validators=[
            InputRequired("Write the note first."),
            Length(max=rules.LONGEST_NOTE, message=f"Use at most {rules.LONGEST_NOTE:,} characters."),
        ],
    )
    private = BooleanField("Private: for you and the people you name")
    readers = SelectMultipleField("Who else may read it", validators=[Optional()], option_widget=CheckboxInput())


class ComposeForm(NoteForm):
    """What was said, and how: a call or a mail is a contact, a note is for the team; and by when they hear again."""

    how = RadioField("What it was", choices=pairs(list(WAYS.items())), default="note")
    theirs = BooleanField("They contacted us")
    promise_by = DateField("Promise an answer by", validators=[Optional()])
    confirmed = StringField("I have read the marked words, and they stand")

    def validate_private(self, field: Any) -> None:
        """Contacts are for everybody who runs the search; private words go into a note."""
        if field.data and self.how.data != "note":
            raise ValidationError(
                "Everybody who runs the search reads a call or a mail. Choose Note for private words."
            )


class TaskForm(FlaskForm):  # type: ignore[misc]
    """What is to be done, by whom, by when."""

    what = StringField(
        "What is to be done",
        validators=[
            InputRequired("Say what is to be done."),
            Length(max=rules.LONGEST_TASK, message=f"Use at most {rules.LONGEST_TASK} characters."),
        ],
    )
    due_on = DateField("By", validators=[InputRequired("Enter a date.")])
    assignee = SelectField("Who does it", validators=[InputRequired("Choose who does it.")])


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A file and what it is."""

    file = FileField("File", validators=[FileRequired("Choose a file.")])
    kind = SelectField("What it is", choices=pairs([(kind.value, label) for kind, label in KINDS.items()]))
    for_panel = BooleanField("Interviewers may open it")


def with_people(form: Any, people: Sequence[User]) -> Any:
    """A form whose fields for people know who there is."""
    choices = pairs([(str(user.id), user.name) for user in people])
    for name in ("readers", "assignee"):
        if name in form:
            form[name].choices = choices
    return form


def apply_errors(form: Any, errors: dict[str, list[str]], message: str, **places: str) -> str:
    """Put what a service found at the fields it belongs to; what belongs to none comes back. `places` are called otherwise here."""
    general_error = ""
    for name, messages in (errors or {"": [message]}).items():
        key = places.get(name, name)
        if key in form:
            form[key].errors = [*form[key].errors, *messages]
        else:
            general_error = messages[0]
    return general_error

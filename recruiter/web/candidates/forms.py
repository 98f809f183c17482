"""Forms about a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate, ContactKind
from recruiter.candidates.services import CandidateDetails
from recruiter.foundation import text
from recruiter.requisitions.models import Requisition

LONGEST_LINE = 254
TEXT_FIELDS = ("name", "headline", "location", "source")


def lines(value: str | None) -> list[str]:
    """What stands in a field that takes one thing a line."""
    cleaned = (text.clean(line) for line in (value or "").splitlines())
    return list(dict.fromkeys(line for line in cleaned if line))


def short_lines(form: Any, field: Any) -> None:  # noqa: ARG001  # WTForms' signature
    """Each line is short enough to be what it says."""
    if any(len(line) > LONGEST_LINE for line in lines(field.data)):
        raise ValidationError(f"Use at most {LONGEST_LINE} characters in a line.")


class PersonForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Who somebody is and how to reach them."""

    version = HiddenField()
    requisition = HiddenField()
    name = StringField(
        "Name", validators=[InputRequired("Enter a name."), Length(max=200, message="Use at most 200 characters.")]
    )
    emails = TextAreaField("E-mail addresses", validators=[Length(max=5000), short_lines])
    phones = TextAreaField("Phone numbers", validators=[Length(max=2000), short_lines])
    headline = StringField("What they do", validators=[Length(max=300, message="Use at most 300 characters.")])
    location = StringField("Place", validators=[Length(max=200, message="Use at most 200 characters.")])
    source = StringField("How they came", validators=[Length(max=120, message="Use at most 120 characters.")])
    links = TextAreaField("Links", validators=[Length(max=5000), short_lines])
    tags = TextAreaField("Tags", validators=[Length(max=2000), short_lines])
    another = BooleanField("This is another person")

    def person(self) -> CandidateDetails:
        """What was entered, as the service takes it."""
        return CandidateDetails(
            name=text.clean(self.name.data or ""),
            headline=text.clean(self.headline.data or ""),
            location=text.clean(self.location.data or ""),
            source=text.clean(self.source.data or ""),
            emails=lines(self.emails.data),
            phones=lines(self.phones.data),
            links=lines(self.links.data),
            tags=lines(self.tags.data),
        )


class ApplyForm(FlaskForm):  # type: ignore[misc]
    """A requisition to enter somebody for."""

    requisition = SelectField("Requisition", validators=[InputRequired("Choose a requisition.")])
    source = StringField("How they came", validators=[Length(max=120, message="Use at most 120 characters.")])
    credited_to = SelectField("Who brought them", validators=[Optional()])


class SourceForm(FlaskForm):  # type: ignore[misc]
    """How somebody came to a requisition, and who brought them."""

    version = HiddenField()
    source = StringField("How they came", validators=[Length(max=120, message="Use at most 120 characters.")])
    credited_to = SelectField("Who brought them", validators=[Optional()])


def with_colleagues(form: Any, people: Sequence[User]) -> Any:
    """A form that knows who may have brought somebody."""
    choices: Any = ["", *(str(user.id) for user in people)]  # the stubs know pairs alone
    form.credited_to.choices = choices
    return form


def apply_form(open_requisitions: Sequence[Requisition], people: Sequence[User]) -> ApplyForm:
    """The form with the requisitions that take applications, and who may have brought somebody."""
    form: ApplyForm = with_colleagues(ApplyForm(), people)
    choices: Any = ["", *(str(requisition.id) for requisition in open_requisitions)]  # the stubs know pairs alone
    form.requisition.choices = choices
    return form


def form_data(candidate: Candidate) -> dict[str, str]:
    """What is known of somebody, as the form shows it."""
    contacts = {
        kind: "\n".join(contact.value for contact in candidate.contacts if contact.kind == kind)
        for kind in (ContactKind.EMAIL, ContactKind.PHONE)
    }
    return {
        "version": str(candidate.version),
        **{name: getattr(candidate, name) for name in TEXT_FIELDS},
        "emails": contacts[ContactKind.EMAIL],
        "phones": contacts[ContactKind.PHONE],
        "links": "\n".join(candidate.links),
        "tags": "\n".join(candidate.tags),
    }


def apply_errors(form: FlaskForm, errors: dict[str, list[str]], message: str) -> str:
    """Put what a service found at the fields it belongs to; what belongs to none comes back."""
    general_error = ""
    for key, messages in (errors or {"": [message]}).items():
        if key in form:
            form[key].errors = [*form[key].errors, *messages]
        else:
            general_error = messages[0]
    return general_error

"""Forms about a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate, ContactKind
from recruiter.candidates.services import Person
from recruiter.foundation import text
from recruiter.requisitions.models import Requisition

LONGEST_LINE = 254
WORDS = ("name", "headline", "location", "source")


def lines(value: str | None) -> list[str]:
    """What stands in a field that takes one thing a line."""
    found = (text.clean(one) for one in (value or "").splitlines())
    return list(dict.fromkeys(one for one in found if one))


def short_lines(form: Any, field: Any) -> None:  # noqa: ARG001  # WTForms' signature
    """Each line is short enough to be what it says."""
    if any(len(one) > LONGEST_LINE for one in lines(field.data)):
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

    def person(self) -> Person:
        """What was entered, as the service takes it."""
        return Person(
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
    listed: Any = ["", *(str(one.id) for one in people)]  # the stubs know pairs alone
    form.credited_to.choices = listed
    return form


def apply_form(open_ones: Sequence[Requisition], people: Sequence[User]) -> ApplyForm:
    """The form with the requisitions that take applications, and who may have brought somebody."""
    form: ApplyForm = with_colleagues(ApplyForm(), people)
    listed: Any = ["", *(str(one.id) for one in open_ones)]  # the stubs know pairs alone
    form.requisition.choices = listed
    return form


def written(candidate: Candidate) -> dict[str, str]:
    """What is known of somebody, as the form shows it."""
    reached = {
        kind: "\n".join(one.value for one in candidate.contacts if one.kind == kind)
        for kind in (ContactKind.EMAIL, ContactKind.PHONE)
    }
    return {
        "version": str(candidate.version),
        **{name: getattr(candidate, name) for name in WORDS},
        "emails": reached[ContactKind.EMAIL],
        "phones": reached[ContactKind.PHONE],
        "links": "\n".join(candidate.links),
        "tags": "\n".join(candidate.tags),
    }


def lay(form: FlaskForm, errors: dict[str, list[str]], message: str) -> str:
    """Put what a service found at the fields it belongs to; what belongs to none comes back."""
    left = ""
    for key, found in (errors or {"": [message]}).items():
        if key in form:
            form[key].errors = [*form[key].errors, *found]
        else:
            left = found[0]
    return left

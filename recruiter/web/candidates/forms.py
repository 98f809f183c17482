"""Forms about a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate, ContactKind
from recruiter.candidates.services import CandidateDetails
from recruiter.foundation import text
from recruiter.foundation.json_types import JsonObject
from recruiter.requisitions.models import Requisition
from recruiter.web.pipeline.application.record_forms import pairs

LONGEST_LINE = 254
TEXT_FIELDS = ("name", "headline", "location", "source")


def lines(value: str | None) -> list[str]:
    """What stands in a field that takes one thing a line."""
    cleaned = (text.clean(line) for line in (value or "").splitlines())
    return list(dict.fromkeys(line for line in cleaned if line))


def short_lines(_form: FlaskForm, field: Field) -> None:
    """Each line is short enough to be what it says."""
    if any(len(line) > LONGEST_LINE for line in lines(field.data)):
        raise ValidationError(f"Use at most {LONGEST_LINE} characters in a line.")


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=f"Use at most {longest} characters.")


class PersonForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Who somebody is and how to reach them."""

    version = HiddenField()
    requisition = HiddenField()
    name = StringField("Name", validators=[InputRequired("Enter a name."), _at_most(200)])
    emails = TextAreaField("E-mail addresses", validators=[Length(max=5000), short_lines])
    phones = TextAreaField("Phone numbers", validators=[Length(max=2000), short_lines])
    headline = StringField("What they do", validators=[_at_most(300)])
    location = StringField("Place", validators=[_at_most(200)])
    source = StringField("How they came", validators=[_at_most(120)])
    links = TextAreaField("Links", validators=[Length(max=5000), short_lines])
    tags = TextAreaField("Tags", validators=[Length(max=2000), short_lines])
    another = BooleanField("This is another person")

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """The form with what is known of somebody."""
        contacts = {
            f"{kind}s": "\n".join(contact.value for contact in candidate.contacts if contact.kind == kind)
            for kind in ContactKind
        }
        texts = {name: getattr(candidate, name) for name in TEXT_FIELDS}
        links, tags = "\n".join(candidate.links), "\n".join(candidate.tags)
        return cls(data={"version": str(candidate.version), "links": links, "tags": tags, **contacts, **texts})

    def details(self) -> CandidateDetails:
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


def people_choices(people: Sequence[User]) -> list[tuple[str, str]]:
    """People as choices of a select."""
    return [(str(user.id), user.name) for user in people]


class SourceForm(FlaskForm):  # type: ignore[misc]
    """How somebody came to a requisition, and who brought them."""

    version = HiddenField()
    source = StringField("How they came", validators=[_at_most(120)])
    credited_to = SelectField("Who brought them", validators=[Optional()])
    people: Sequence[User] = ()

    @classmethod
    def for_colleagues(cls, people: Sequence[User], **options: Any) -> Self:
        """The form with those who may have brought somebody."""
        form = cls(**options)
        form.people = people
        form.credited_to.choices = pairs([("", ""), *people_choices(people)])
        return form

    @property
    def colleague(self) -> User | None:
        """The colleague who was chosen, if any."""
        return next((user for user in self.people if str(user.id) == self.credited_to.data), None)

    def credit(self) -> JsonObject:
        """How they came and who brought them, as the services take it."""
        return {"source": self.source.data or "", "credited_to": self.colleague}


class ApplyForm(SourceForm):
    """A requisition to enter somebody for."""

    requisition = SelectField("Requisition", validators=[InputRequired("Choose a requisition.")])
    requisitions: Sequence[Requisition] = ()

    @classmethod
    def for_requisitions(cls, requisitions: Sequence[Requisition], people: Sequence[User]) -> Self:
        """The form with the requisitions that take applications, and who may have brought somebody."""
        form = cls.for_colleagues(people)
        form.requisitions = requisitions
        form.requisition.choices = pairs((value, value) for value in ["", *(str(row.id) for row in requisitions)])
        return form

    @property
    def chosen_requisition(self) -> Requisition:
        """The requisition that was chosen; the field has been checked."""
        return next(requisition for requisition in self.requisitions if str(requisition.id) == self.requisition.data)

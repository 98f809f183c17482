"""Forms about a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.candidates.rules import CandidateDetails
from recruiter.foundation import text as texts
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline.models import Application
from recruiter.requisitions.queries import RequisitionName
from recruiter.web.pipeline.application.record_forms import people_choices
from recruiter.web.request.choice_fields import LongList, pairs
from recruiter.web.request.text_fields import long_text, text

LONGEST_LINE = 254
LINES = ("name", "headline", "location", "source")
LISTS = ("emails", "phones", "links", "tags")


def lines(value: str | None) -> list[str]:
    """What stands in a field that takes one thing a line."""
    cleaned = (texts.clean(line) for line in (value or "").splitlines())
    return list(dict.fromkeys(line for line in cleaned if line))


def short_lines(_form: FlaskForm, field: Field) -> None:
    """Each line is short enough to be what it says."""
    if any(len(line) > LONGEST_LINE for line in lines(field.data)):
        raise ValidationError(f"Use at most {LONGEST_LINE} characters in a line.")


class PersonForm(FlaskForm):
    """Who somebody is and how to reach them."""

    version = HiddenField()
    requisition = HiddenField()
    name = text("Name", required="Enter a name.", longest=200)
    emails = long_text("E-mail addresses", longest=5000)
    phones = long_text("Phone numbers", longest=2000)
    headline = text("What they do", longest=300)
    location = text("Place", longest=200)
    source = text("How they came", longest=120)
    links = long_text("Links", longest=5000)
    tags = long_text("Tags", longest=2000)
    another = BooleanField("This is another person")
    validate_emails = validate_phones = validate_links = validate_tags = short_lines

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """The form with what is known of somebody."""
        known = {name: getattr(candidate, name) for name in LINES}
        known |= {name: "\n".join(getattr(candidate, name)) for name in LISTS}
        return cls(data={**known, "version": str(candidate.version)})

    def details(self) -> CandidateDetails:
        """What was entered, as the service takes it."""
        entered: JsonObject = {name: texts.clean(self[name].data or "") for name in LINES}
        entered |= {name: lines(self[name].data) for name in LISTS}
        return CandidateDetails(**entered)


class SourceForm(FlaskForm):
    """How somebody came to a requisition, and who brought them."""

    version = HiddenField()
    source = text("How they came", longest=120)
    credited_to = SelectField("Who brought them", widget=LongList(), validators=[Optional()])
    people: Sequence[User] = ()

    @classmethod
    def for_colleagues(cls, people: Sequence[User], **options: Any) -> Self:
        """The form with those who may have brought somebody."""
        form = cls(**options)
        form.people = people
        form.credited_to.choices = pairs([("", ""), *people_choices(people)])
        return form

    @classmethod
    def for_application(cls, application: Application, people: Sequence[User]) -> Self:
        """The form with how somebody came, as it is known."""
        credited_to, version = str(application.credited_to_id or ""), str(application.version)
        data = {"source": application.source, "credited_to": credited_to, "version": version}
        return cls.for_colleagues(people, data=data)

    def credit(self) -> JsonObject:
        """How they came and the colleague who brought them, if any, as the services take it."""
        colleague = next((user for user in self.people if str(user.id) == self.credited_to.data), None)
        return {"source": self.source.data or "", "credited_to": colleague}


class ApplyForm(SourceForm):
    """A requisition to enter somebody for."""

    requisition = SelectField("Requisition", widget=LongList(), validators=[InputRequired("Choose a requisition.")])

    @classmethod
    def for_requisitions(cls, requisitions: Sequence[RequisitionName], people: Sequence[User]) -> Self:
        """The form with the requisitions that take applications, and who may have brought somebody."""
        form = cls.for_colleagues(people)
        form.offer(requisitions)
        return form

    def offer(self, requisitions: Sequence[RequisitionName]) -> None:
        """Let one of these requisitions be chosen."""
        options = [(str(requisition.id), f"{requisition.key} {requisition.title}") for requisition in requisitions]
        self.requisition.choices = pairs([("", ""), *options])

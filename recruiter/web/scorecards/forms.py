"""The form of a scorecard: one group of fields for each attribute of its requisition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from recruiter.foundation import text
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews.models import Interview
from recruiter.requisitions.models import Attribute
from recruiter.scorecards import rules
from recruiter.scorecards.models import CardChannel, Scorecard
from recruiter.web.request.text_fields import long_text, typed_text

NOT_COVERED = "none"
RATINGS = range(rules.LOWEST, rules.HIGHEST + 1)
SCALE: Any = [*map(str, RATINGS), NOT_COVERED]  # the stubs know pairs alone
OVERALL: Any = ["4", "3", "2", "1"]
CHANNELS: Any = [channel.value for channel in CardChannel]


class CardForm(FlaskForm):
    """What every card has; `card_form` adds the attributes, each with a rating and its evidence."""

    attributes: Sequence[Attribute] = ()
    version = HiddenField()
    overall = RadioField("Would you hire for this role?", choices=OVERALL, validators=[Optional()])
    summary = long_text("Summary", longest=rules.LONGEST_TEXT)
    question = long_text("Question for the debrief", longest=rules.LONGEST_TEXT)
    concern = long_text("Concern the candidate raised", longest=rules.LONGEST_TEXT)
    reason = long_text("Why you amend it", longest=rules.LONGEST_TEXT)

    def content(self) -> rules.CardContent:
        """What was filled in; an attribute that was left alone is left out."""
        marks = []
        for attribute in self.attributes:
            chosen = self[f"rating_{attribute.id}"].data
            evidence = typed_text(self[f"evidence_{attribute.id}"])
            if chosen or evidence:
                rating = text.number(chosen) if chosen != NOT_COVERED else None
                marks.append(rules.Mark(attribute.name, rating, evidence))
        return rules.CardContent(
            marks=marks,
            overall=text.number(self.overall.data),
            summary=self.summary.data or "",
            question=self.question.data or "",
            concern=self.concern.data or "",
        )

    def fields_of_errors(self) -> dict[str, str]:
        """Where on the form the service's names of what is wrong are shown."""
        first = f"rating_{self.attributes[0].id}" if self.attributes else "summary"
        return {"ratings": first} | {
            f"evidence.{attribute.name}": f"evidence_{attribute.id}" for attribute in self.attributes
        }

    def check_choices(self, focus: Sequence[str]) -> bool:
        """Each attribute that this interview was to cover is rated or said not to be covered; tells whether all are."""
        fields = [
            self[f"rating_{attribute.id}"] for attribute in self.attributes if attribute.name in focus or not focus
        ]
        unrated = [field for field in fields if not field.data]
        for field in unrated:
            field.errors = [*field.errors, f"Rate {field.label.text}, or say that you did not cover it."]
        return not unrated


class EntryForm(CardForm):
    """A card that somebody writes down for its author: how it came. Every choice of its focus is asked for at once."""

    focus: Sequence[str] = ()
    channel = SelectField(
        "How you got it", choices=CHANNELS, validators=[InputRequired("Choose how the scorecard reached you.")]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field, then that nothing was left open."""
        return bool(super().validate(extra_validators)) and self.check_choices(self.focus)


class AnchorsForm(FlaskForm):
    """How the scorecards of a requisition look; `anchor_form` adds the anchors."""

    version = HiddenField()
    attributes: Sequence[Attribute] = ()
    evidence_for_all = BooleanField("Ask for evidence on every rating, not on 1 and 5 alone")

    def anchors(self) -> dict[int, dict[int, str]]:
        """The anchors as written: by attribute id, then rating."""
        return {
            attribute.id: {rating: self[f"anchor_{attribute.id}_{rating}"].data or "" for rating in RATINGS}
            for attribute in self.attributes
        }


def anchor_form(attributes: Sequence[Attribute], **form_arguments: object) -> AnchorsForm:
    """A form with five anchors for each attribute, named by the attribute's number and the rating."""
    fields: JsonObject = {"attributes": attributes}
    for attribute in attributes:
        for rating in RATINGS:
            label = f"{attribute.name}, {rating}"
            fields[f"anchor_{attribute.id}_{rating}"] = long_text(label, longest=rules.LONGEST_ANCHOR)
    form: AnchorsForm = type("AnchorsFormOfRequisition", (AnchorsForm,), fields)(**form_arguments)
    return form


def _attribute_fields(attributes: Sequence[Attribute]) -> JsonObject:
    fields: JsonObject = {"attributes": attributes}
    for attribute in attributes:
        fields[f"rating_{attribute.id}"] = RadioField(attribute.name, choices=SCALE, validators=[Optional()])
        fields[f"evidence_{attribute.id}"] = long_text("What you saw or heard", longest=rules.LONGEST_TEXT)
    return fields


def card_form(attributes: Sequence[Attribute], **form_arguments: object) -> CardForm:
    """A form with a rating and its evidence for each attribute, named by the attribute's number."""
    form: CardForm = type("CardFormOfRequisition", (CardForm,), _attribute_fields(attributes))(**form_arguments)
    return form


def entry_form(interview: Interview) -> EntryForm:
    """The form that writes down somebody's card on an interview."""
    fields = _attribute_fields(interview.application.requisition.attributes)
    form: EntryForm = type("EntryFormOfInterview", (EntryForm,), {**fields, "focus": interview.focus})()
    return form


def form_data(card: Scorecard | None, attributes: Sequence[Attribute]) -> JsonObject:
    """What a card holds, as the form shows it. A rating is preselected only where somebody chose it."""
    if card is None:
        return {"version": "0"}
    data: JsonObject = {"version": str(card.version), "summary": card.summary}
    data |= {"question": card.question, "concern": card.concern}
    if card.overall is not None:
        data["overall"] = str(int(card.overall))
    numbers = {attribute.name: attribute.id for attribute in attributes}
    for mark in card.ratings:
        if mark.attribute not in numbers:
            continue
        number = numbers[mark.attribute]
        data[f"evidence_{number}"] = mark.evidence
        if mark.rating is not None:
            data[f"rating_{number}"] = str(int(mark.rating))
        elif not mark.evidence:
            data[f"rating_{number}"] = NOT_COVERED
    return data

"""The form of a scorecard: one group of fields for each attribute of its requisition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from recruiter.requisitions.models import Attribute
from recruiter.scorecards import rules
from recruiter.scorecards.card_entry import OptionalParts
from recruiter.scorecards.models import CardChannel, Scorecard

NOT_COVERED = "none"
SCALE: Any = [*(str(step) for step in range(rules.LOWEST, rules.HIGHEST + 1)), NOT_COVERED]
OVERALL: Any = ["4", "3", "2", "1"]
LONG = f"Use at most {rules.LONGEST_TEXT:,} characters."
CHANNELS: Any = [channel.value for channel in CardChannel]


class CardForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What every card has; `card_form` adds the attributes."""

    version = HiddenField()
    overall = RadioField("Would you hire for this role?", choices=OVERALL, validators=[Optional()])
    summary = TextAreaField("Summary", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)])
    question = TextAreaField("Question for the debrief", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)])
    concern = TextAreaField("Concern the candidate raised", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)])
    reason = TextAreaField("Why you amend it", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)])


class EntryForm(CardForm):
    """A card that somebody writes down for its author: how it came."""

    channel = SelectField(
        "How you got it", choices=CHANNELS, validators=[InputRequired("Choose how the scorecard reached you.")]
    )


class AnchorsForm(FlaskForm):  # type: ignore[misc]
    """How the scorecards of a requisition look; `anchor_form` adds the anchors."""

    evidence_for_all = BooleanField("Ask for evidence on every rating, not on 1 and 5 alone")


def anchor_form(attributes: Sequence[Attribute], **form_arguments: Any) -> AnchorsForm:
    """A form with five anchors for each attribute, named by the attribute's number and the rating."""
    too_long = f"Use at most {rules.LONGEST_ANCHOR} characters."
    fields = {
        f"anchor_{attribute.id}_{rating}": TextAreaField(
            f"{attribute.name}, {rating}", validators=[Length(max=rules.LONGEST_ANCHOR, message=too_long)]
        )
        for attribute in attributes
        for rating in range(rules.LOWEST, rules.HIGHEST + 1)
    }
    form: AnchorsForm = type("FormFormOfRequisition", (AnchorsForm,), fields)(**form_arguments)
    return form


def anchors(form: AnchorsForm, attributes: Sequence[Attribute]) -> dict[int, dict[int, str]]:
    """The anchors as written: attribute number, rating, words."""
    steps = range(rules.LOWEST, rules.HIGHEST + 1)
    return {
        attribute.id: {rating: form[f"anchor_{attribute.id}_{rating}"].data or "" for rating in steps}
        for attribute in attributes
    }


def card_form(attributes: Sequence[Attribute], kind: type[CardForm] = CardForm, **form_arguments: Any) -> CardForm:
    """A form with a rating and its evidence for each attribute, named by the attribute's number."""
    fields: dict[str, Any] = {}
    for attribute in attributes:
        fields[f"rating_{attribute.id}"] = RadioField(attribute.name, choices=SCALE, validators=[Optional()])
        fields[f"evidence_{attribute.id}"] = TextAreaField(
            "What you saw or heard", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)]
        )
    form: CardForm = type("CardFormOfRequisition", (kind,), fields)(**form_arguments)
    return form


def form_data(card: Scorecard | None, attributes: Sequence[Attribute]) -> dict[str, Any]:
    """What a card holds, as the form shows it. A rating is preselected only where somebody chose it."""
    if card is None:
        return {"version": "0"}
    data: dict[str, Any] = {"version": str(card.version), "summary": card.summary}
    data |= {"question": card.question, "concern": card.concern}
    if card.overall is not None:
        data["overall"] = str(int(card.overall))
    marks = {rating.attribute: rating for rating in card.ratings}
    for attribute in attributes:
        mark = marks.get(attribute.name)
        if mark is None:
            continue
        data[f"evidence_{attribute.id}"] = mark.evidence
        if mark.rating is not None:
            data[f"rating_{attribute.id}"] = str(int(mark.rating))
        elif not mark.evidence:
            data[f"rating_{attribute.id}"] = NOT_COVERED
    return data


def marks(form: CardForm, attributes: Sequence[Attribute]) -> list[rules.Mark]:
    """What was filled in; an attribute that was left alone is left out."""
    marks_entered = []
    for attribute in attributes:
        chosen, evidence = form[f"rating_{attribute.id}"].data, (form[f"evidence_{attribute.id}"].data or "").strip()
        if chosen or evidence:
            rating = int(chosen) if chosen and chosen != NOT_COVERED else None
            marks_entered.append(rules.Mark(attribute.name, rating, evidence))
    return marks_entered


def overall(form: CardForm) -> int | None:
    """The recommendation, if one was chosen."""
    return int(form.overall.data) if form.overall.data else None


def optional_parts(form: CardForm) -> OptionalParts:
    """What stands beside the ratings."""
    return OptionalParts(question=form.question.data or "", concern=form.concern.data or "")


def apply_errors(form: CardForm, attributes: Sequence[Attribute], errors: dict[str, list[str]]) -> None:
    """Put what a service found at the fields it belongs to."""
    first = f"rating_{attributes[0].id}" if attributes else "summary"
    places = {"overall": "overall", "reason": "reason", "ratings": first, "channel": "channel"}
    places |= {f"evidence.{attribute.name}": f"evidence_{attribute.id}" for attribute in attributes}
    for key, messages in errors.items():
        field = form[places.get(key, "summary")]
        field.errors = [*field.errors, *messages]


def check_choices(form: CardForm, attributes: Sequence[Attribute], focus: Sequence[str]) -> bool:
    """Each attribute that this interview was to cover is rated or said not to be covered; tells whether all are."""
    unrated = [
        attribute
        for attribute in attributes
        if (attribute.name in focus or not focus) and not form[f"rating_{attribute.id}"].data
    ]
    for attribute in unrated:
        field = form[f"rating_{attribute.id}"]
        field.errors = [*field.errors, f"Rate {attribute.name}, or say that you did not cover it."]
    return not unrated

"""The form of a scorecard: one group of fields for each attribute of its requisition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from recruiter.requisitions.models import Attribute
from recruiter.scorecards import rules
from recruiter.scorecards.card_entry import Aside
from recruiter.scorecards.models import CardChannel, Scorecard

NOT_COVERED = "none"
SCALE: Any = [*(str(step) for step in range(rules.LOWEST, rules.HIGHEST + 1)), NOT_COVERED]
OVERALL: Any = ["4", "3", "2", "1"]
LONG = f"Use at most {rules.LONGEST_TEXT:,} characters."
CHANNELS: Any = [one.value for one in CardChannel]


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


class FormForm(FlaskForm):  # type: ignore[misc]
    """How the scorecards of a requisition look; `anchor_form` adds the anchors."""

    evidence_for_all = BooleanField("Ask for evidence on every rating, not on 1 and 5 alone")


def anchor_form(attributes: Sequence[Attribute], **given: Any) -> FormForm:
    """A form with five anchors for each attribute, named by the attribute's number and the rating."""
    tell = f"Use at most {rules.LONGEST_ANCHOR} characters."
    fields = {
        f"anchor_{one.id}_{rating}": TextAreaField(
            f"{one.name}, {rating}", validators=[Length(max=rules.LONGEST_ANCHOR, message=tell)]
        )
        for one in attributes
        for rating in range(rules.LOWEST, rules.HIGHEST + 1)
    }
    made: FormForm = type("FormFormOfRequisition", (FormForm,), fields)(**given)
    return made


def anchors(form: FormForm, attributes: Sequence[Attribute]) -> dict[int, dict[int, str]]:
    """The anchors as written: attribute number, rating, words."""
    steps = range(rules.LOWEST, rules.HIGHEST + 1)
    return {one.id: {step: form[f"anchor_{one.id}_{step}"].data or "" for step in steps} for one in attributes}


def card_form(attributes: Sequence[Attribute], kind: type[CardForm] = CardForm, **given: Any) -> CardForm:
    """A form with a rating and its evidence for each attribute, named by the attribute's number."""
    fields: dict[str, Any] = {}
    for one in attributes:
        fields[f"rating_{one.id}"] = RadioField(one.name, choices=SCALE, validators=[Optional()])
        fields[f"evidence_{one.id}"] = TextAreaField(
            "What you saw or heard", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)]
        )
    made: CardForm = type("CardFormOfRequisition", (kind,), fields)(**given)
    return made


def written(card: Scorecard | None, attributes: Sequence[Attribute]) -> dict[str, Any]:
    """What a card holds, as the form shows it. A rating is preselected only where somebody chose it."""
    if card is None:
        return {"version": "0"}
    data: dict[str, Any] = {"version": str(card.version), "summary": card.summary}
    data |= {"question": card.question, "concern": card.concern}
    if card.overall is not None:
        data["overall"] = str(int(card.overall))
    marks = {one.attribute: one for one in card.ratings}
    for one in attributes:
        mark = marks.get(one.name)
        if mark is None:
            continue
        data[f"evidence_{one.id}"] = mark.evidence
        if mark.rating is not None:
            data[f"rating_{one.id}"] = str(int(mark.rating))
        elif not mark.evidence:
            data[f"rating_{one.id}"] = NOT_COVERED
    return data


def marks(form: CardForm, attributes: Sequence[Attribute]) -> list[rules.Mark]:
    """What was filled in; an attribute that was left alone is left out."""
    out = []
    for one in attributes:
        chosen, evidence = form[f"rating_{one.id}"].data, (form[f"evidence_{one.id}"].data or "").strip()
        if chosen or evidence:
            rating = int(chosen) if chosen and chosen != NOT_COVERED else None
            out.append(rules.Mark(one.name, rating, evidence))
    return out


def overall(form: CardForm) -> int | None:
    """The recommendation, if one was chosen."""
    return int(form.overall.data) if form.overall.data else None


def aside(form: CardForm) -> Aside:
    """What stands beside the ratings."""
    return Aside(question=form.question.data or "", concern=form.concern.data or "")


def lay(form: CardForm, attributes: Sequence[Attribute], errors: dict[str, list[str]]) -> None:
    """Put what a service found at the fields it belongs to."""
    first = f"rating_{attributes[0].id}" if attributes else "summary"
    places = {"overall": "overall", "reason": "reason", "ratings": first, "channel": "channel"}
    places |= {f"evidence.{one.name}": f"evidence_{one.id}" for one in attributes}
    for key, messages in errors.items():
        field = form[places.get(key, "summary")]
        field.errors = [*field.errors, *messages]


def ask_for_choices(form: CardForm, attributes: Sequence[Attribute], focus: Sequence[str]) -> bool:
    """Each attribute that this interview was to cover is rated or said not to be covered; tells whether all are."""
    left = [one for one in attributes if (one.name in focus or not focus) and not form[f"rating_{one.id}"].data]
    for one in left:
        field = form[f"rating_{one.id}"]
        field.errors = [*field.errors, f"Rate {one.name}, or say that you did not cover it."]
    return not left

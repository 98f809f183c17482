"""Forms of the debrief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from recruiter.debriefs import rules
from recruiter.debriefs.queries import Table

LONG = f"Use at most {rules.LONGEST_TEXT:,} characters."


class DecisionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What was decided, and on whom."""

    application = SelectField("About", validators=[Optional()])
    decision = TextAreaField(
        "Decision",
        validators=[
            InputRequired("Write what was decided, like “Offer to Ada first, Bela second”."),
            Length(max=rules.LONGEST_TEXT, message=LONG),
        ],
    )
    open_early = TextAreaField(
        "Why not wait for the missing scorecards", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)]
    )


class OpenForm(FlaskForm):  # type: ignore[misc]
    """Why the debrief opens before all cards are in."""

    reason = TextAreaField(
        "Reason",
        validators=[
            InputRequired("Say why the debrief opens before all scorecards are in."),
            Length(max=rules.LONGEST_TEXT, message=LONG),
        ],
    )


def decision_form(tables: Sequence[Table], **given: Any) -> DecisionForm:
    """The form with the applications that are talked of; none chosen stands for the whole slate."""
    form = DecisionForm(**given)
    listed: Any = ["", *(str(one.application.id) for one in tables)]  # the stubs know pairs alone
    form.application.choices = listed
    return form

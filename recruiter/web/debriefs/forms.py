"""Forms of the debrief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from recruiter.debriefs import rules
from recruiter.debriefs.models import Outcome
from recruiter.pipeline.models import Application

AFTER: Any = ["", "4", "3", "2", "1"]
OUTCOMES: Any = ["", *(outcome.value for outcome in Outcome)]
LONG = f"Use at most {rules.LONGEST_TEXT:,} characters."


class DecisionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What was decided, and on whom; `seen` is the last record that stood there, 0 where there was none."""

    seen = HiddenField()
    application = SelectField("About", validators=[Optional()])
    decision = TextAreaField(
        "Decision",
        validators=[
            InputRequired("Write what was decided, like “Offer to Ada first, Bela second”."),
            Length(max=rules.LONGEST_TEXT, message=LONG),
        ],
    )
    first_choice = SelectField("First choice of the table", validators=[Optional()])
    outcome = SelectField("Outcome", choices=OUTCOMES, validators=[Optional()])
    decision_reason = TextAreaField("Reason", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)])
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


class VerdictForm(FlaskForm):  # type: ignore[misc]
    """What one panelist recommends after the round table, and whether he dissents."""

    who = IntegerField("Who", validators=[InputRequired("Choose whose recommendation this is.")])
    after = SelectField(
        "After the round table", choices=AFTER, validators=[InputRequired("Choose what is recommended now.")]
    )
    why = TextAreaField("What changed", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)])
    dissent = TextAreaField("Dissent", validators=[Length(max=rules.LONGEST_TEXT, message=LONG)])


def decision_form(applications: Sequence[Application], **form_arguments: Any) -> DecisionForm:
    """The form with the applications that are talked of; none chosen stands for the whole slate."""
    form = DecisionForm(**form_arguments)
    choices: Any = ["", *(str(application.id) for application in applications)]  # the stubs know pairs alone
    form.application.choices = form.first_choice.choices = choices
    return form

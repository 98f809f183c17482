"""Forms of the debrief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Optional

from recruiter.debriefs import rules
from recruiter.debriefs.models import Outcome
from recruiter.pipeline.models import Application
from recruiter.web.request.number_fields import WholeNumberField
from recruiter.web.request.text_fields import long_text

AFTER: Any = ["", "4", "3", "2", "1"]
OUTCOMES: Any = ["", *(outcome.value for outcome in Outcome)]


class DecisionForm(FlaskForm):
    """What was decided, and on whom; `seen` is the last record that stood there, 0 where there was none."""

    seen = HiddenField()
    application = SelectField("About", validators=[Optional()])
    decision = long_text(
        "Decision",
        required="Write what was decided, like “Offer to Ada first, Bela second”.",
        longest=rules.LONGEST_TEXT,
    )
    first_choice = SelectField("First choice of the table", validators=[Optional()])
    outcome = SelectField("Outcome", choices=OUTCOMES, validators=[Optional()])
    decision_reason = long_text("Reason", longest=rules.LONGEST_TEXT)
    open_early = long_text("Why not wait for the missing scorecards", longest=rules.LONGEST_TEXT)


class OpenForm(FlaskForm):
    """Why the debrief opens before all cards are in."""

    reason = long_text(
        "Reason", required="Say why the debrief opens before all scorecards are in.", longest=rules.LONGEST_TEXT
    )


class VerdictForm(FlaskForm):
    """What one panelist recommends after the round table, and whether they dissent."""

    who = WholeNumberField("Who", validators=[InputRequired("Choose whose recommendation this is.")])
    after = SelectField(
        "After the round table", choices=AFTER, validators=[InputRequired("Choose what is recommended now.")]
    )
    why = long_text("What changed", longest=rules.LONGEST_TEXT)
    dissent = long_text("Dissent", longest=rules.LONGEST_TEXT)


def decision_form(applications: Sequence[Application], **form_arguments: object) -> DecisionForm:
    """The form with the applications that are talked of; none chosen stands for the whole slate."""
    form = DecisionForm(**form_arguments)
    choices: Any = ["", *(str(application.id) for application in applications)]  # the stubs know pairs alone
    form.application.choices = form.first_choice.choices = choices
    return form

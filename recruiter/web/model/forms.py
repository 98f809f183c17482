"""Forms about the model: why it is switched on or off, why somebody is not ranked."""

from flask_wtf import FlaskForm
from wtforms import BooleanField

from recruiter.web.request.text_fields import long_text


class ReasonForm(FlaskForm):
    """Why."""

    reason = long_text("Reason", longest=2000)


class ActivationForm(ReasonForm):
    """Why, and that one knows what was not looked at."""

    fairness_noted = BooleanField("I know that the fairness of this fit was not looked at")

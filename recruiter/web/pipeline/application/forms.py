"""Forms that act on an application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.pipeline import reasons
from recruiter.requisitions.models import Stage

LONGEST = 2000
NOBODY = "nobody"
LONG = f"Use at most {LONGEST:,} characters."


class MoveForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Another stage, and why. `stood` is the stage in which the application stood when the form was read."""

    stood = HiddenField()
    to_stage = RadioField("Move to", validators=[InputRequired("Choose a stage.")])
    reason = TextAreaField("Reason", validators=[Length(max=LONGEST, message=LONG)])


class EndForm(FlaskForm):  # type: ignore[misc]
    """Why an application ends: an entry of the list, or one's own words."""

    reason = SelectField("Reason", validators=[Optional()])
    own_words = TextAreaField("In your own words", name="words", validators=[Length(max=LONGEST, message=LONG)])
    release_bench = BooleanField("Release them from the bench before the hire has started work")

    def reason_given(self) -> str:
        """What to hand to the service: the words where there are some, else the code."""
        own_words = (self.own_words.data or "").strip()
        return own_words or ("" if self.reason.data in {None, "", "other"} else str(self.reason.data))


class ReopenForm(FlaskForm):  # type: ignore[misc]
    """Why an application is reopened."""

    reason = TextAreaField(
        "Reason",
        validators=[InputRequired("Say why this application is reopened."), Length(max=LONGEST, message=LONG)],
    )


class OwnerForm(FlaskForm):  # type: ignore[misc]
    """Who looks after one application or several. `was` is whose it was when the form was read."""

    was = HiddenField()
    owner = SelectField("Owner", validate_choice=False)

    def validate_owner(self, field: Any) -> None:
        """Only somebody of the list; nobody is a choice of its own, so that no owner is lost by a slip."""
        if field.data not in [value for value, _ in field.choices]:
            raise ValidationError("Choose somebody who runs this search, or nobody.")


def owners(people: Sequence[User]) -> list[tuple[str, str]]:
    """Those who may look after somebody as choices, nobody as the last one."""
    return [*((str(user.id), user.name) for user in people), (NOBODY, "Nobody")]


def owner_form(people: Sequence[User], **data: Any) -> OwnerForm:
    """The form with those who may move the application."""
    form = OwnerForm(data=data)
    choices: Any = owners(people)
    form.owner.choices = choices
    return form


class SeveralMoveForm(FlaskForm):  # type: ignore[misc]
    """Another stage for several applications, by name, and why."""

    to_stage = SelectField("Move to", validators=[InputRequired("Choose a stage.")])
    reason = TextAreaField("Reason", validators=[Length(max=LONGEST, message=LONG)])


def several_move_form(stages: list[Stage]) -> SeveralMoveForm:
    """The form with the stages of a requisition."""
    form = SeveralMoveForm()
    choices: Any = ["", *(stage.name for stage in stages)]
    form.to_stage.choices = choices
    return form


def move_form(stages: list[Stage], **data: Any) -> MoveForm:
    """The form with the stages of a requisition."""
    form = MoveForm(**data)
    choices: Any = [str(stage.id) for stage in stages]  # the stubs know pairs alone, which WTForms is about to drop
    form.to_stage.choices = choices
    return form


def end_form(kind: str, *, bench: bool) -> EndForm:
    """The form with the reasons of a kind; the bench is asked about only where there is one to leave."""
    form = EndForm()
    choices: Any = ["", *(reason.code for reason in reasons.of_kind(kind))]
    form.reason.choices = choices
    if not bench:
        del form.release_bench
    return form


def apply_errors(form: Any, errors: dict[str, list[str]], message: str) -> str:
    """Put what a service found at the fields it belongs to; what belongs to none comes back.

    A part of a thing, `band.max`, stands in a form as `band_max`.
    """
    general_error = ""
    for key, messages in (errors or {"": [message]}).items():
        name = key.replace(".", "_")
        if name in form:
            form[name].errors = [*form[name].errors, *messages]
        else:
            general_error = messages[0]
    return general_error

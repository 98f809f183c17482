"""Forms that act on an application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.foundation import wording
from recruiter.pipeline import reasons
from recruiter.requisitions.models import Stage
from recruiter.web.pipeline.application.record_forms import people_choices
from recruiter.web.request.choice_fields import pairs
from recruiter.web.request.text_fields import long_text, typed_text

LONGEST = 2000
NOBODY = "nobody"


class MoveForm(FlaskForm):
    """Another stage, and why. `stood` is the stage in which the application stood when the form was read.

    `targets` are the stages that are offered; the service says why another one cannot be.
    """

    stood = HiddenField()
    to_stage = RadioField("Move to", validators=[InputRequired("Choose a stage.")])
    reason = long_text("Reason", longest=LONGEST)
    targets: Sequence[SelectChoice] = ()

    @classmethod
    def for_stages(
        cls, stages: Sequence[Stage], targets: Sequence[Stage], *, by_name: bool = False, **options: Any
    ) -> Self:
        """The form with the stages of a requisition; several applications, maybe of several ones, go to a stage `by_name`."""
        form = cls(**options)
        form.to_stage.choices = pairs((stage.name if by_name else str(stage.id), stage.name) for stage in stages)
        form.targets = pairs((stage.name if by_name else str(stage.id), stage.name) for stage in targets)
        return form


class EndForm(FlaskForm):
    """Why an application ends: an entry of the list, or one's own words."""

    reason = SelectField("Reason", validators=[Optional()])
    own_words = TextAreaField(
        "In your own words",
        name="words",
        validators=[Length(max=LONGEST, message=f"Use at most {LONGEST:,} characters.")],
    )
    release_bench = BooleanField("Release them from the bench before the hire has started work")
    keep_interviews = BooleanField("Keep the interviews that lie ahead")
    coming = 0

    @classmethod
    def for_kind(cls, kind: str, *, bench: bool, coming: int) -> Self:
        """The form with the reasons of a kind; asked about are only a bench to leave, and as many interviews as lie ahead."""
        form = cls()
        form.coming = coming
        if not coming:
            del form.keep_interviews
        options = [(reason.code, reason.label) for reason in reasons.of_kind(kind)]
        form.reason.choices = pairs([("", ""), *options])
        if not bench:
            del form.release_bench
        return form

    def reason_given(self) -> str:
        """What to hand to the service: the words where there are some, else the code."""
        own_words = typed_text(self.own_words)
        return own_words or ("" if self.reason.data in {None, "", "other"} else str(self.reason.data))

    @property
    def releases_bench(self) -> bool:
        """Whether a finalist may leave the bench before the hire has started work."""
        return "release_bench" in self and bool(self.release_bench.data)

    @property
    def cancels_interviews(self) -> bool:
        """Whether the interviews that lie ahead are cancelled."""
        return not ("keep_interviews" in self and self.keep_interviews.data)

    @property
    def interviews_hint(self) -> str:
        """What happens to the interviews that lie ahead."""
        count, verb = wording.plural(self.coming, "interview"), "is" if self.coming == 1 else "are"
        return f"Without this tick, {count} {verb} cancelled, and each panel gets the cancellation for its calendar at once."


class ReopenForm(FlaskForm):
    """Why an application is reopened."""

    reason = long_text("Reason", required="Say why this application is reopened.", longest=LONGEST)


class OwnerForm(FlaskForm):
    """Who looks after one application or several; nobody is a choice of its own, so that no owner is lost by a slip.

    `was` is whose it was when the form was read.
    """

    was = HiddenField()
    owner = SelectField("Owner", validate_choice=False)
    people: Sequence[User] = ()

    def validate_owner(self, field: SelectField) -> None:
        """Only somebody of the list."""
        if field.data != NOBODY and self.chosen_owner is None:
            raise ValidationError("Choose somebody who runs this search, or nobody.")

    @classmethod
    def for_people(cls, people: Sequence[User], **options: Any) -> Self:
        """The form with those who may move the application."""
        form = cls(**options)
        form.people = people
        form.owner.choices = pairs([*people_choices(people), (NOBODY, "Nobody")])
        return form

    @property
    def chosen_owner(self) -> User | None:
        """Who was chosen; None for nobody."""
        return next((user for user in self.people if str(user.id) == self.owner.data), None)

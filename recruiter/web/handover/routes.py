"""A follow-up or a concern is handed to somebody else by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from recruiter.accounts.models import User
from recruiter.candidates.models import Task
from recruiter.candidates.records import task_services
from recruiter.foundation.database.db import db
from recruiter.handover import queries
from recruiter.keepwarm.contacts import concern_services
from recruiter.keepwarm.models.records import Concern
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.candidates.record_subjects import home_of
from recruiter.web.handover.area import blueprint
from recruiter.web.keepwarm.bench import bench_page
from recruiter.web.layout.form_page import FormPage
from recruiter.web.pipeline.application import records
from recruiter.web.request import guard
from recruiter.web.request.choice_fields import pairs
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import handle_form

TEMPLATE = "handover/hand_over.html"


class HandOverForm(FlaskForm):
    """To whom something is given."""

    version = HiddenField()
    to = SelectField("Hand over to", validators=[InputRequired("Choose who takes it over.")])
    users: Sequence[User] = ()

    @classmethod
    def among(cls, users: Sequence[User], *, holder: User | None, version: int) -> Self:
        """The form with those who could take it, without whoever has it."""
        form = cls(version=str(version))
        form.users = [user for user in users if user != holder]
        choices = [(str(user.id), f"{user.name}, {user.team}" if user.team else user.name) for user in form.users]
        form.to.choices = pairs([("", "Choose somebody"), *choices])
        return form

    @property
    def chosen(self) -> User:
        """Who was chosen."""
        return next(user for user in self.users if str(user.id) == self.to.data)


@blueprint.form("/tasks/<int:task_id>/handover", Permission.TASK_SETTLE)
def task(task: Task) -> ResponseReturnValue:
    """Give a follow-up to somebody who sees whom it is about; whose it was stays on record."""
    session, home = db.session(), home_of(task)
    form = HandOverForm.among(records.people(), holder=task.assignee, version=task.version)

    def save() -> Task:
        check_form_unchanged(form, task, "follow-up")
        sees = permits.sees(session, form.chosen, permits.whom_about(session, task))
        return task_services.hand_over(session, task=task, to=form.chosen, sees_subject=sees, act=guard.act())

    def again() -> str:
        page = FormPage("Hand over a follow-up", [(task.candidate.name, home), ("Hand over", None)], form)
        handovers = queries.history_of(session, task)
        return page.rendered(TEMPLATE, what=task.what, holder=task.assignee, handovers=handovers, back=home)

    return handle_form(
        form,
        save=save,
        again=again,
        home=lambda saved: home if permits.sees(session, guard.actor(), saved) else url_for("today.index"),
        flash=lambda saved: f"{saved.assignee.name} has this follow-up now. Today shows it to them.",
        fields={"assignee": "to"},
    )


@blueprint.form("/concerns/<int:concern_id>/handover", Permission.KEEPWARM_WRITE)
def concern(concern: Concern) -> ResponseReturnValue:
    """Give a concern to whoever answers it from now on; whose it was stays on record."""
    session, home = db.session(), url_for("keepwarm.of_application", application_id=concern.application_id)
    form = HandOverForm.among(bench_page.people(), holder=concern.owner, version=concern.version)

    def save() -> Concern:
        check_form_unchanged(form, concern, "concern")
        permits.check_seen_by(session, [form.chosen], concern.application, at="to")
        return concern_services.hand_over(session, concern=concern, to=form.chosen, act=guard.act())

    def again() -> str:
        name = concern.application.candidate.name
        page = FormPage("Hand over a concern", [(name, home), ("Hand over", None)], form)
        handovers = queries.history_of(session, concern)
        return page.rendered(TEMPLATE, what=concern.text, holder=concern.owner, handovers=handovers, back=home)

    return handle_form(
        form,
        save=save,
        again=again,
        home=home,
        flash=lambda _: f"{form.chosen.name} answers this concern now. Today shows it to them.",
        fields={"owner": "to"},
    )

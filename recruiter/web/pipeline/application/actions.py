"""Acts on applications, one on its own page or several that were ticked: the form of each, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from recruiter.foundation.database.db import db
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import Interview
from recruiter.keepwarm import bulk_actions
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import StageKind
from recruiter.web.pipeline.application import forms
from recruiter.web.pipeline.application.owner_routes import check_owner_unchanged, movers, owner_text
from recruiter.web.pipeline.closing_message import of_closing
from recruiter.web.request import guard
from recruiter.web.request.form_handling import Message


@dataclass(frozen=True)
class Action:
    """One act: its form, the service it calls (which answers the secret of the undo), and what has become of them then.

    `message` makes of the sentence that says so what is to be told with it.
    """

    form: Any
    save: Callable[[], str]
    outcome: Callable[[], str]
    message: Callable[[str], Message] = str


def move(applications: Sequence[Application]) -> Action:
    """Move several applications to the stage of one name."""
    stages = applications[0].requisition.stages
    targets = [stage for stage in stages if stage.kind != StageKind.HIRED]
    form = forms.MoveForm.for_stages(stages, targets, by_name=True)

    def save() -> str:
        to_stage, reason = form.to_stage.data, form.reason.data or ""
        return bulk_actions.move(db.session(), chosen=applications, to_stage=to_stage, reason=reason, act=guard.act())

    return Action(form, save, lambda: f"moved to {form.to_stage.data}")


def close(applications: Sequence[Application]) -> Action:
    """Close applications with one reason; a finalist on the bench is let go only when somebody says so."""
    bench = any(application.finalist is not None and application.is_active for application in applications)
    form = forms.EndForm.for_kind("rejection", bench=bench, coming=coming_interviews(applications))

    cancelled: list[Interview] = []

    def save() -> str:
        closing = bulk_actions.reject(
            db.session(),
            chosen=applications,
            reason=form.reason_given(),
            release_bench=form.releases_bench,
            cancel_interviews=form.cancels_interviews,
            act=guard.act(),
        )
        cancelled.extend(closing.cancelled)
        return closing.undo

    return Action(form, save, lambda: "closed", lambda done: of_closing(done, applications, cancelled))


def coming_interviews(applications: Sequence[Application]) -> int:
    """How many interviews these applications are still to have."""
    ids = [application.id for application in applications]
    return len(interviews.coming(db.session(), ids, now=guard.now()))


def reopen(applications: Sequence[Application]) -> Action:
    """Bring ended applications back to where they stood."""
    form = forms.ReopenForm()

    def save() -> str:
        return bulk_actions.reopen(db.session(), chosen=applications, reason=form.reason.data or "", act=guard.act())

    return Action(form, save, lambda: "reopened where they stood")


def hand(applications: Sequence[Application]) -> Action:
    """Give several applications to one owner who may move each of them, or to nobody."""
    lists = {application.requisition_id: movers(application.requisition) for application in applications}
    people = [user for user in next(iter(lists.values())) if all(user in allowed for allowed in lists.values())]
    form = forms.OwnerForm.for_people(people)

    def save() -> str:
        owners_seen = dict(value.split(":", 1) for value in request.form.getlist("was") if ":" in value)
        for application in applications:
            owner_seen = owners_seen.get(str(application.id), str(application.owner_id or ""))
            then = "Nothing was changed. {change} Look at the list, then send it again."
            check_owner_unchanged(application, owner_seen, then=then)
        owner, mover_ids = form.chosen_owner, lambda requisition: [user.id for user in lists[requisition.id]]
        return bulk_actions.hand(db.session(), chosen=applications, to=owner, among=mover_ids, act=guard.act())

    verb = "are" if len(applications) > 1 else "is"
    return Action(form, save, lambda: f"{verb} {owner_text(form.chosen_owner)} now")

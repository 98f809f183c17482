"""Several applications at a time, chosen on the board or in the table: moved, closed, reopened or given to an owner, all or none, with undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, RuleBroken
from recruiter.keepwarm import bulk_actions
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import StageKind
from recruiter.web.layout import breadcrumbs
from recruiter.web.pipeline.application import forms
from recruiter.web.pipeline.application.action_page import came_from, undo_href
from recruiter.web.pipeline.area import blueprint
from recruiter.web.pipeline.bulk.owner_routes import check_owner_unchanged, movers, owner_text
from recruiter.web.pipeline.bulk.selection import Picked, selection
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form, has_errors
from recruiter.web.request.redirects import redirect_with_flash


@dataclass(frozen=True)
class SeveralPage:
    """A page with one form that acts on several applications."""

    title: str
    do: str
    button: str
    picks: list[Picked]
    form: FlaskForm
    problem: str
    options: forms.Options
    bench: bool
    back: str
    breadcrumbs: breadcrumbs.Crumbs


@dataclass(frozen=True)
class BulkAction:
    """One act on those who were ticked: its form, the service it calls (which answers the undo), and what to say then."""

    form: FlaskForm
    save: Callable[[], str]
    done: Callable[[], str]
    options: forms.Options


def _move(applications: Sequence[Application]) -> BulkAction:
    stages = applications[0].requisition.stages
    form = forms.SeveralMoveForm.for_stages(stages)
    return BulkAction(
        form,
        save=lambda: bulk_actions.move(
            db.session(),
            chosen=applications,
            to_stage=form.to_stage.data,
            reason=form.reason.data or "",
            act=guard.act(),
        ),
        done=lambda: f"moved to {form.to_stage.data}",
        options=[(stage.name, stage.name) for stage in stages if stage.kind != StageKind.HIRED],
    )


def _close(applications: Sequence[Application]) -> BulkAction:
    bench = any(application.finalist is not None for application in applications)
    form = forms.EndForm.for_kind("rejection", bench=bench)
    return BulkAction(
        form,
        save=lambda: bulk_actions.reject(
            db.session(),
            chosen=applications,
            reason=form.reason_given(),
            release_bench=form.releases_bench,
            act=guard.act(),
        ),
        done=lambda: "closed",
        options=forms.reason_options("rejection"),
    )


def _reopen(applications: Sequence[Application]) -> BulkAction:
    form = forms.ReopenForm()
    return BulkAction(
        form,
        save=lambda: bulk_actions.reopen(
            db.session(), chosen=applications, reason=form.reason.data or "", act=guard.act()
        ),
        done=lambda: "reopened where they stood",
        options=[],
    )


def _hand(applications: Sequence[Application]) -> BulkAction:
    lists = {application.requisition_id: movers(application.requisition) for application in applications}
    people = [user for user in next(iter(lists.values())) if all(user in allowed for allowed in lists.values())]
    form = forms.OwnerForm.for_people(people)

    def save() -> str:
        owners_seen = dict(value.split(":", 1) for value in request.form.getlist("was") if ":" in value)
        for application in applications:
            owner_seen = owners_seen.get(str(application.id), str(application.owner_id or ""))
            then = "Nothing was changed. {change} Look at the list, then send it again."
            check_owner_unchanged(application, owner_seen, then=then)
        return bulk_actions.hand(
            db.session(),
            chosen=applications,
            to=form.chosen_owner,
            among=lambda requisition: [user.id for user in lists[requisition.id]],
            act=guard.act(),
        )

    verb = "are" if len(applications) > 1 else "is"
    done = lambda: f"{verb} {owner_text(form.chosen_owner)} now"  # noqa: E731
    return BulkAction(form, save, done, forms.owner_options(people))


ACTIONS = {
    "move": ("Move", _move),
    "close": ("Close", _close),
    "reopen": ("Reopen", _reopen),
    "hand": ("Set owner of", _hand),
}
SHARED_REASON = {"close", "reopen"}  # one reason for all of them, so nobody is named for it


@blueprint.act("/applications/bulk", Permission.APPLICATION_BULK)
def several() -> ResponseReturnValue:
    """Move, close, reopen or hand over those who were ticked; what asks for a reason asks on a page of its own, with everybody listed."""
    do, back = request.form.get("do", ""), came_from() or url_for("requisitions.index")
    if do not in ACTIONS:
        raise RuleBroken("Choose what to do with those whom you ticked.")
    selected = selection()
    if not selected.applications:
        return redirect_with_flash(back, "Tick at least one person first.", tone="late")
    label, make = ACTIONS[do]
    action, count = make(selected.applications), wording.plural(len(selected.applications), "application")

    def save() -> str:
        selected.check_unchanged(ended=do == "reopen")
        try:
            return action.save()
        except DomainError as error:
            if error.errors:  # at a field it does not say of whom it is said
                shared = do in SHARED_REASON and "reason" in error.errors
                error.errors = {**error.errors, "": ["Nothing was changed." if shared else error.message]}
            raise

    def page() -> str:
        several_page = SeveralPage(
            title=f"{label} {count}",
            do=do,
            button=f"{label} {count}",
            picks=selected.rows(),
            form=action.form,
            problem=general_error(action.form),
            options=action.options,
            bench=any(application.finalist is not None for application in selected.applications),
            back=back,
            breadcrumbs=breadcrumbs.of_requisition(selected.applications[0].requisition, label.removesuffix(" of")),
        )
        return render_template("pipeline/several.html", page=several_page, has_errors=has_errors(action.form))

    if do != "move" and not request.form.get("asked"):
        return page()
    return handle_form(
        action.form, save=save, again=page, home=back, flash=lambda _: f"{count} {action.done()}.", undo=undo_href(back)
    )

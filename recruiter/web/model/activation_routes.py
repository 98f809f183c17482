"""A fit put on or taken off by a person, with a word of why."""

from __future__ import annotations

from typing import Any

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.ranking.models import ModelRun
from recruiter.ranking.training import activation, gates
from recruiter.web.model.area import blueprint
from recruiter.web.model.forms import ActivationForm, ReasonForm
from recruiter.web.model.opt_out_routes import ReasonPage, handle_reason_form, past_acts
from recruiter.web.request import guard


def _reason_page(run: ModelRun, *, title: str, sentences: tuple[str, ...], form: Any, problem: str) -> ReasonPage:
    home = url_for("model.show_run", run_id=run.id)
    return ReasonPage(
        title=title,
        sentences=sentences,
        form=form,
        button=title,
        back=("Back to the fit", home),
        breadcrumbs=[("Model", url_for("model.show")), (run.name, home), (title, None)],
        past=past_acts(reversed(run.activations), on="on", labels=("Put on", "Taken off")),
        problem=problem,
        optional=not run.active,
    )


@blueprint.route("/model/runs/<int:run_id>/activation", methods=["GET", "POST"])
@guard.needs(Permission.MODEL_MANAGE)
def activate(run: ModelRun) -> Any:
    """Let a fit carry suggestions, where no gate stops it."""
    session, form = db.session(), ActivationForm()
    gate_results = gates.gates_of(run)
    if gates.fairness_status(run).looked:
        del form.fairness_noted
    sentences = (
        f"{run.name} carries suggestions from then on.",
        *(gate.sentence for gate in gate_results if not gate.passed),
    )

    def page(problem: str) -> ReasonPage:
        return _reason_page(run, title="Activate", sentences=sentences, form=form, problem=problem)

    def act() -> None:
        noted = bool(form.fairness_noted.data) if "fairness_noted" in form else True
        activation.activate(
            session,
            run=run,
            act=guard.act(),
            reason=form.reason.data or "",
            fairness_noted=noted,
        )

    return handle_reason_form(page, act=act, message=f"{run.name} carries suggestions now.")


@blueprint.route("/model/runs/<int:run_id>/deactivation", methods=["GET", "POST"])
@guard.needs(Permission.MODEL_MANAGE)
def deactivate(run: ModelRun) -> Any:
    """Take a fit off; the declared weights rank from then on."""
    session, form = db.session(), ReasonForm()
    sentences = ("The declared weights rank until a fit is activated.",)

    def page(problem: str) -> ReasonPage:
        return _reason_page(run, title="Deactivate", sentences=sentences, form=form, problem=problem)

    def act() -> None:
        activation.deactivate(session, run=run, act=guard.act(), reason=form.reason.data or "")

    return handle_reason_form(page, act=act, message=f"{run.name} carries no suggestions any more.")

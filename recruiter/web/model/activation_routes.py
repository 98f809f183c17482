"""A fit put on or taken off by a person, with a word of why."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.ranking.models import ModelRun
from recruiter.ranking.training import activation, gates
from recruiter.web.model.area import blueprint
from recruiter.web.model.forms import ActivationForm, ReasonForm
from recruiter.web.model.reason_page import ReasonPage, handle_reason_form, past_acts
from recruiter.web.request import guard


def _page(run: ModelRun, form: ReasonForm, *, title: str, sentences: tuple[str, ...]) -> ReasonPage:
    home = url_for("model.show_run", run_id=run.id)
    return ReasonPage(
        title=title,
        sentences=sentences,
        form=form,
        button=title,
        back=("Back to the fit", home),
        breadcrumbs=[("Model", url_for("model.show")), (run.name, home), (title, None)],
        past=past_acts(reversed(run.activations), on="Put on", off="Taken off"),
        optional=not run.active,
    )


@blueprint.form("/model/runs/<int:run_id>/activation", Permission.MODEL_MANAGE)
def activate(run: ModelRun) -> ResponseReturnValue:
    """Let a fit carry suggestions, where no gate stops it."""
    form = ActivationForm()
    if run.fairness_seen_at:
        del form.fairness_noted
    open_gates = (gate.sentence for gate in gates.gates_of(run) if not gate.passed)
    page = _page(run, form, title="Activate", sentences=(f"{run.name} carries suggestions from then on.", *open_gates))

    def save(reason: str) -> object:
        noted = "fairness_noted" not in form or bool(form.fairness_noted.data)
        return activation.activate(db.session(), run=run, reason=reason, fairness_noted=noted, act=guard.act())

    return handle_reason_form(page, save=save, flash=f"{run.name} carries suggestions now.")


@blueprint.form("/model/runs/<int:run_id>/deactivation", Permission.MODEL_MANAGE)
def deactivate(run: ModelRun) -> ResponseReturnValue:
    """Take a fit off; the declared weights rank from then on."""
    sentences = ("The declared weights rank until a fit is activated.",)
    return handle_reason_form(
        _page(run, ReasonForm(), title="Deactivate", sentences=sentences),
        save=lambda reason: activation.deactivate(db.session(), run=run, reason=reason, act=guard.act()),
        flash=f"{run.name} carries no suggestions any more.",
    )

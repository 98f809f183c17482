"""The model: which fit carries suggestions, what it learnt, how well it does, and a new fit."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.foundation import jobs
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.ranking.models import ModelRun
from recruiter.web.model import pages
from recruiter.web.model.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


@blueprint.page("/model", Permission.MODEL_READ)
def show() -> ResponseReturnValue:
    """The card of the model with its backtest, its limits, and the fits before it."""
    return render_template("model/show.html", page=pages.page_of())


@blueprint.page("/model/runs/<int:run_id>", Permission.MODEL_READ)
def show_run(run: ModelRun) -> ResponseReturnValue:
    """The card of one fit, with its gates and who put it on or took it off."""
    return render_template("model/run.html", page=pages.page_of_run(run))


@blueprint.act("/model/fits", Permission.MODEL_FIT)
def fit() -> ResponseReturnValue:
    """Ask for a fit on every past decision; it runs beside. One at a time: a second click is told of the first."""
    home = url_for("model.show")
    if not FlaskForm().validate():
        return redirect_with_flash(home, "The model was not fitted. Try again.", tone="late")
    _, started = jobs.ask_once(db.session(), pages.FIT, now=guard.now(), asked_by_id=guard.actor().id)
    if not started:
        return redirect_with_flash(home, "A fit is under way already. Its result appears here.", tone="due")
    return redirect_with_flash(home, "The model is being fitted. Reload this page to see how far it is.")

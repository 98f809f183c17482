"""The model: what carries suggestions, fitting it anew, and switching it off."""

from __future__ import annotations

import marshmallow as ma

from recruiter.api import guard
from recruiter.api.fields import Text
from recruiter.api.guard import actor, now
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import ranking as serializers
from recruiter.foundation import jobs
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.policy.permissions import Permission
from recruiter.ranking import queries
from recruiter.ranking.models import ModelRun
from recruiter.ranking.suggestion import opt_out_services, slate_orders
from recruiter.ranking.training import activation, gates

blueprint = Area("model", "What past decisions taught")
FIT = "model.fit"


class SwitchBody(Body):
    """On or off, and why; off needs a reason."""

    on = ma.fields.Boolean(required=True, truthy={True}, falsy={False})
    reason = Text(load_default="", longest=2000)


class ActivationBody(Body):
    """Why, and that one knows that fairness was not looked at, where it was not."""

    reason = Text(load_default="", longest=2000)
    fairness_noted = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})


class DeactivationBody(Body):
    """Why."""

    reason = Text(required=True, longest=2000)


def _run_json(run: ModelRun) -> JsonObject:
    return {**serializers.run(run, card=True), "gates": [vars(gate) for gate in gates.gates_of(run)]}


@blueprint.get("/model", Permission.MODEL_READ)
def read() -> JsonObject:
    """Which fit carries suggestions, what it learnt, how it did in its own backtest, and the fits before it."""
    session = db.session()
    active = queries.active_run(session)
    followed = slate_orders.follow_count(session)
    return {
        "active": _run_json(active) if active else None,
        "decisions_on_record": queries.decision_count(session),
        "off_everywhere": queries.off_everywhere(session),
        "followed": {"searches": followed.n, "followed": followed.followed, "departed": followed.departed},
        "fit": next((serializers.job(job) for job in jobs.latest(session, FIT)), None),
        "runs": [serializers.run(run) for run in queries.runs(session)],
    }


@blueprint.get("/model/fits", Permission.MODEL_READ)
def fits() -> JsonObject:
    """The last fits that were asked for, newest first: how far each is, what came of it, why it failed."""
    return {"items": [serializers.job(job) for job in jobs.latest(db.session(), FIT, limit=20)], "next": None}


@blueprint.post("/model/fits", Permission.MODEL_FIT, status=202)
def fit() -> JsonObject:
    """Ask for a fit on every past decision; it runs beside, and its result is in GET /model. While one goes on, this answers with it.

    Whoever asks takes note that a fit may carry suggestions before its fairness was looked at; that stands in its gates.
    """
    job, _ = jobs.ask_once(db.session(), FIT, now=now(), asked_by_id=actor().id)
    return serializers.job(job)


@blueprint.get("/model/runs/<int:run_id>", Permission.MODEL_READ)
def read_run(run: ModelRun) -> JsonObject:
    """One fit with its card and its gates."""
    return _run_json(run)


@blueprint.post("/model/runs/<int:run_id>/activation", Permission.MODEL_MANAGE, body=ActivationBody)
def activate(body: JsonObject, run: ModelRun) -> JsonObject:
    """Let a fit carry suggestions; a gate that stops it is 409."""
    activation.activate(db.session(), run=run, act=guard.act(), **body)
    return _run_json(run)


@blueprint.post("/model/runs/<int:run_id>/deactivation", Permission.MODEL_MANAGE, body=DeactivationBody)
def deactivate(body: JsonObject, run: ModelRun) -> JsonObject:
    """Take a fit off; the declared weights rank from then on."""
    activation.deactivate(db.session(), run=run, act=guard.act(), reason=body["reason"])
    return _run_json(run)


@blueprint.get("/model/switch", Permission.MODEL_READ)
def switch_state() -> JsonObject:
    """Whether suggestions are on in the company, and who said so last."""
    return serializers.switch(queries.switch_of(db.session()))


@blueprint.put("/model/switch", Permission.MODEL_MANAGE, body=SwitchBody)
def switch(body: JsonObject) -> JsonObject:
    """Switch suggestions off, or on again, in the whole company."""
    return serializers.switch(opt_out_services.switch_everywhere(db.session(), act=guard.act(), **body))

"""Where and of whom there is a suggestion: the switch of a search, a candidate's wish, and the log of rankings relied on."""

from __future__ import annotations

import marshmallow as ma

from recruiter.api import guard
from recruiter.api.fields import Text
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import ranking as serializers
from recruiter.api.v1.model import SwitchBody
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.ranking import queries
from recruiter.ranking.models import Prediction
from recruiter.ranking.suggestion import opt_out_services, run_log
from recruiter.requisitions.models import Requisition

blueprint = Area("ranking", "Switches, wishes not to be ranked, and the run log")


class WishBody(Body):
    """Whether a candidate is ranked, and why."""

    ranked = ma.fields.Boolean(required=True, truthy={True}, falsy={False})
    reason = Text(required=True, longest=2000)


def _state(requisition: Requisition) -> JsonObject:
    last = queries.switch_of(db.session(), requisition.id)
    return {**serializers.switch(last), "on": requisition.suggestion_on, "requisition_id": requisition.id}


@blueprint.get("/requisitions/<requisition_ref>/suggestion", Permission.FINALISTS_READ)
def switch_state(requisition: Requisition) -> JsonObject:
    """Whether the suggestion of a search is on, and who said so last."""
    return _state(requisition)


@blueprint.put("/requisitions/<requisition_ref>/suggestion", Permission.REQUISITION_EDIT, body=SwitchBody)
def switch(body: JsonObject, requisition: Requisition) -> JsonObject:
    """Switch the suggestion of a search off, or on again."""
    opt_out_services.switch(db.session(), requisition=requisition, act=guard.act(), **body)
    return _state(requisition)


@blueprint.get("/applications/<int:application_id>/ranking", Permission.KEEPWARM_READ)
def wish_state(application: Application) -> JsonObject:
    """Whether a candidate is ranked on an application, and who recorded it last."""
    return serializers.wish(queries.wish_of(db.session(), application.id), application_id=application.id)


@blueprint.put("/applications/<int:application_id>/ranking", Permission.RANKING_WISH, body=WishBody)
def wish(body: JsonObject, application: Application) -> JsonObject:
    """Record that a candidate asked not to be ranked, or took that back."""
    ranking_wish = opt_out_services.record_wish(db.session(), application=application, act=guard.act(), **body)
    return serializers.wish(ranking_wish, application_id=application.id)


@blueprint.get("/model/log", Permission.MODEL_READ)
def log() -> JsonObject:
    """The latest acts that relied on a ranking, of the searches that the caller may see, newest first."""
    uses = queries.uses(db.session(), within=scopes.requisitions(actor()), limit=200)
    return {"items": [serializers.use(prediction_use) for prediction_use in uses], "next": None}


@blueprint.get("/model/log/<int:prediction_id>/replay", Permission.RANKING_REPLAY)
def replay(prediction: Prediction) -> JsonObject:
    """Make a logged ranking again: whether it comes out the same to the last bit, and why not."""
    same, sentence = run_log.replay(prediction)
    return {"id": prediction.id, "same": same, "sentence": sentence}


@blueprint.post("/model/log/<int:prediction_id>/again", Permission.RANKING_AGAIN, status=201)
def rank_again(prediction: Prediction) -> JsonObject:
    """Make a ranking anew from the scorecards as they are now, as after a correction; the one from before stays in the log."""
    made = run_log.rank_again(db.session(), prediction=prediction, act=guard.act())
    ranks = [{row["application_id"]: row["rank"] for row in each.output["ranking"]} for each in (prediction, made)]
    rows = [
        {"application_id": number, "rank_before": ranks[0].get(number), "rank": rank}
        for number, rank in ranks[1].items()
    ]
    return {"id": made.id, "before": prediction.id, "ranking": rows}

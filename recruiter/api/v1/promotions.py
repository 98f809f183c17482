"""The first choice is lost: the next finalist put on in one act."""

from __future__ import annotations

from recruiter.api import guard
from recruiter.api.blind_view import blind_on
from recruiter.api.fields import Moment, Strictly, Text, choice
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import keepwarm as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.promotion import promote as promotion
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition

blueprint = Area("promotions", "The next finalist put on after a first choice is lost")


class PromotionBody(Body):
    """Why and in which phase the first choice was lost, and who comes next where it is not the next on the bench.

    `fell_through_at` says when, where the record has it otherwise; left out, the record stands.
    """

    reason = Text(required=True, longest=2000)
    phase = choice(Phase, required=True)
    application_id = Strictly()
    fell_through_at = Moment(load_default=None, allow_none=True)


@blueprint.post("/requisitions/<requisition_ref>/promotion", Permission.PROMOTE, body=PromotionBody, status=201)
def promote(body: JsonObject, requisition: Requisition) -> JsonObject:
    """Put the next finalist on after the first choice is lost, in one act."""
    if requisition.id in blind_on():
        raise Conflict("You owe a scorecard on this requisition. Send it first: a promotion tells who stands where.")
    if number := body.pop("application_id", None):
        body["application"] = permits.find(db.session(), name="application_id", value=number)
        permits.require(db.session(), actor=actor(), permission=Permission.PROMOTE, on=body["application"])
    result = promotion.promote(db.session(), requisition=requisition, act=guard.act(), **body)
    return serializers.promotion(result, viewer=actor())

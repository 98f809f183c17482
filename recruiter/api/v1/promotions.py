"""The first choice is lost: the next finalist put on in one act."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from recruiter.api import guard
from recruiter.api.blind_view import blind_on
from recruiter.api.fields import Moment, Strictly, Text
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
    phase = ma.fields.String(required=True, validate=validate.OneOf([phase.value for phase in Phase]))
    application_id = Strictly()
    fell_through_at = Moment(load_default=None, allow_none=True)


@blueprint.post("/requisitions/<requisition_ref>/promotion", Permission.PROMOTE, body=PromotionBody, status=201)
def promote(body: JsonObject, requisition: Requisition) -> JsonObject:
    """Put the next finalist on after the first choice is lost, in one act."""
    session = db.session()
    if requisition.id in blind_on():
        raise Conflict("You owe a scorecard on this requisition. Send it first: a promotion tells who stands where.")
    chosen = None
    if "application_id" in body:
        chosen = permits.find(session, name="application_id", value=body["application_id"])
        permits.require(session, actor=actor(), permission=Permission.PROMOTE, on=chosen)
    result = promotion.promote(
        session,
        requisition=requisition,
        phase=Phase(body["phase"]),
        reason=body["reason"],
        application=chosen,
        act=guard.act(),
        fell_through_at=body["fell_through_at"],
    )
    return serializers.promotion(result, viewer=actor())

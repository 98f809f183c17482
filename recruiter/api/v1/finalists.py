"""The slate: who is first choice, who is second and on, with the suggested ranking beside it."""

from __future__ import annotations

import marshmallow as ma

from recruiter.api import guard
from recruiter.api.fields import Strictly, Text, many
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import ranking as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline import queries
from recruiter.pipeline.models import ApplicationStatus
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.ranking.suggestion import run_log, slate_orders
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards

blueprint = Area("finalists", "The slate and the suggested ranking")


class PlaceBody(Body):
    """One finalist, in the place where it stands in the list."""

    application_id = Strictly(required=True)
    reason = Text(required=True, longest=2000)


class OrderBody(Body):
    """The whole slate, first choice first."""

    order = many(ma.fields.Nested(PlaceBody), most=1000, required=True)
    departure_reason = Text(longest=2000)


def slate_json(requisition: Requisition) -> JsonObject:
    """The slate and the suggestion as the caller may see them; to who owes a card, names alone by alphabet."""
    session = db.session()
    slate = queries.finalists_of(session, requisition)
    bench = [finalist for finalist in slate if finalist.application.status == ApplicationStatus.ACTIVE]
    suggestion = slate_orders.suggestion_for(session, requisition=requisition, slate=bench, viewer=actor())
    hidden = scorecards.owes_on_slate(session, viewer=actor(), requisition=requisition)
    if hidden:
        slate.sort(key=lambda finalist: (finalist.application.candidate.name.casefold(), finalist.application_id))
    last = None if hidden else slate_orders.latest(session, requisition_id=requisition.id)
    data = {
        "requisition_id": requisition.id,
        "items": [serializers.finalist(finalist, hidden=hidden) for finalist in slate],
        "next": None,
        "suggestion": {"state": "hidden"} if hidden else serializers.suggestion(suggestion),
    }
    return data if hidden else {**data, "departure": serializers.departure(last)}


@blueprint.get("/requisitions/<requisition_ref>/finalists", Permission.FINALISTS_READ)
def read(requisition: Requisition) -> JsonObject:
    """The order that people set, and the suggested ranking beside it; hidden from who owes a card."""
    return slate_json(requisition)


@blueprint.put("/requisitions/<requisition_ref>/finalists", Permission.FINALISTS_ORDER, body=OrderBody)
def set_order(body: JsonObject, requisition: Requisition) -> JsonObject:
    """Set the whole order, each place with its reason; `departure_reason` where it departs from a clear lead.

    Without it the reasons of those who are placed above stand for it. Whoever owes a card on the search sets none:
    they would overwrite an order that they may not see.
    """
    session = db.session()
    if scorecards.owes_on_slate(session, viewer=actor(), requisition=requisition):
        raise Conflict(
            "The order opens when you have sent the scorecards that you owe on this search. Send them first."
        )
    order = []
    for place in body["order"]:
        application = permits.find(session, name="application_id", value=place["application_id"])
        permits.require(session, actor=actor(), permission=Permission.APPLICATION_READ, on=application)
        order.append((application, place["reason"]))
    departure_reason = body.get("departure_reason", "")
    run_log.set_order(session, requisition=requisition, order=order, act=guard.act(), reason=departure_reason)
    return slate_json(requisition)

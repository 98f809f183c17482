"""The slate: who is first choice, who is second and on, with the suggested ranking beside it."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from recruiter.api.description import Area, Body
from recruiter.api.fields import Strictly, Text
from recruiter.api.guard import actor, needs, now
from recruiter.api.serializers import ranking as serializers
from recruiter.foundation.db import db
from recruiter.pipeline import queries
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.ranking import reliance, suggestions
from recruiter.requisitions.models import Requisition

blueprint = Area("finalists", "The slate and the suggested ranking")


class PlaceBody(Body):
    """One finalist, in the place where it stands in the list."""

    application_id = Strictly(required=True)
    reason = Text(required=True, longest=2000)


class OrderBody(Body):
    """The whole slate, first choice first."""

    order = ma.fields.List(ma.fields.Nested(PlaceBody), required=True)


def shown(requisition: Requisition) -> dict[str, Any]:
    """The slate and the suggestion as the caller may see them."""
    session = db.session()
    slate = queries.finalists_of(session, requisition)
    found = suggestions.for_requisition(session, requisition, viewer=actor())
    return {
        "requisition_id": requisition.id,
        "items": [serializers.finalist(one) for one in slate],
        "next": None,
        "suggestion": serializers.suggestion(found),
    }


@blueprint.route("/requisitions/<requisition_ref>/finalists")
@needs(Permission.FINALISTS_READ)
@blueprint.response(200)
def read(requisition: Requisition) -> dict[str, Any]:
    """The order that people set, and the suggested ranking beside it; hidden from who owes a card."""
    return shown(requisition)


@blueprint.route("/requisitions/<requisition_ref>/finalists", methods=["PUT"])
@needs(Permission.FINALISTS_ORDER)
@blueprint.arguments(OrderBody)
@blueprint.response(200)
def name(body: dict[str, Any], requisition: Requisition) -> dict[str, Any]:
    """Set the whole order, each place with its reason."""
    session = db.session()
    order = []
    for place in body["order"]:
        one = permits.find(session, name="application_id", value=place["application_id"])
        permits.require(session, actor=actor(), permission=Permission.APPLICATION_READ, on=one)
        order.append((one, place["reason"]))
    reliance.set_order(session, requisition=requisition, order=order, actor=actor(), now=now())
    session.flush()
    return shown(requisition)

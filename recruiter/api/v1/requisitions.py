"""Requisitions."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import User
from recruiter.api import guard
from recruiter.api.fields import Strictly, Text, choice, many
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import ListQuery, listed, whole
from recruiter.api.serializers import requisitions as serializers
from recruiter.api.serializers import values
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Forbidden, RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import LARGEST
from recruiter.handover import team_services as handover
from recruiter.offers import opening_services
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries, rules, services, team_services
from recruiter.requisitions.models import Requisition, RequisitionStatus, StageKind

blueprint = Area("requisitions", "The seats that are to be filled")
AMOUNT = validate.Range(0, LARGEST)


class BandBody(Body):
    """A pay band, in minor units."""

    min = Strictly(required=True, validate=AMOUNT)
    mid = Strictly(load_default=None, validate=AMOUNT)
    max = Strictly(required=True, validate=AMOUNT)
    currency = Text(required=True)
    interval = Text(load_default="year", validate=validate.OneOf(["year", "month", "hour"]))


class StageBody(Body):
    """A stage."""

    name = Text(required=True, longest=80)
    kind = ma.fields.Enum(StageKind, by_value=True, required=True)


class AttributeBody(Body):
    """An attribute with its weight."""

    name = Text(required=True, longest=120)
    description = Text(load_default="", longest=2000)
    weight = ma.fields.Float(load_default=1.0, allow_nan=False)


class RequisitionBody(Body):
    """A requisition as it is opened."""

    title = Text(required=True, longest=200)
    hiring_manager = Text(required=True)
    band = ma.fields.Nested(BandBody, load_default=None)
    department = Text(load_default="", longest=120)
    location = Text(load_default="", longest=120)
    level = Text(load_default="", longest=60)
    openings = Strictly(load_default=1, validate=validate.Range(1, rules.MOST_OPENINGS))
    confidential = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    access = many(Text(), most=200, load_default=list)
    recruiters = many(Text(), most=50, load_default=None)
    stages = many(ma.fields.Nested(StageBody), most=rules.MOST_STAGES, load_default=list)
    attributes = many(ma.fields.Nested(AttributeBody), most=rules.MOST_ATTRIBUTES, load_default=list)
    bar = ma.fields.Float(load_default=None, allow_nan=False)
    status = Text(load_default="open", validate=validate.OneOf(["draft", "open", "on_hold"]))


class RequisitionChange(Body):
    """What can be changed afterwards."""

    title = Text(longest=200)
    department = Text(longest=120)
    location = Text(longest=120)
    level = Text(longest=60)
    bar = ma.fields.Float(allow_none=True, allow_nan=False)
    band = ma.fields.Nested(BandBody)
    attributes = many(ma.fields.Nested(AttributeBody), most=rules.MOST_ATTRIBUTES)
    status = ma.fields.Enum(RequisitionStatus, by_value=True)
    hiring_manager = Text()
    recruiters = many(Text(), most=50)
    access = many(Text(), most=200)
    confidential = ma.fields.Boolean(truthy={True}, falsy={False})
    openings = Strictly(validate=validate.Range(1, rules.MOST_OPENINGS))
    reason = Text(load_default="", longest=2000)


class RequisitionQuery(ListQuery):
    """Filters of the list."""

    q = Text(load_default="")
    status = choice(RequisitionStatus, load_default=None)


def _band(body: JsonObject | None) -> rules.BandTerms | None:
    if body is None:
        return None
    if not actor().pay_view:
        raise Forbidden("Pay needs the permission pay.view. Ask an administrator, or leave the band out.")
    return rules.BandTerms(**body)


def _users(emails: list[str], *, field: str) -> list[User]:
    return [accounts.by_email_or_refuse(db.session(), email, field=field) for email in emails]


def _team(body: JsonObject) -> team_services.TeamTerms:
    """Who runs the search and who sees it, taken out of a body."""
    people = {
        field: _users(body.pop(field), field=field) if field in body else None for field in ("recruiters", "access")
    }
    manager_email = body.pop("hiring_manager", None)
    manager = _users([manager_email], field="hiring_manager")[0] if manager_email else None
    return team_services.TeamTerms(manager, **people, confidential=body.pop("confidential", None))


@blueprint.get("/requisitions", Permission.REQUISITION_LIST, query=RequisitionQuery)
def index(query: JsonObject) -> JsonObject:
    """Requisitions that the caller may see, newest first."""
    page = queries.page(db.session(), within=scopes.requisitions(actor()), **query)
    return listed(page, [serializers.requisition(requisition, viewer=actor()) for requisition in page.items])


@blueprint.post("/requisitions", Permission.REQUISITION_CREATE, body=RequisitionBody, status=201)
def create(body: JsonObject) -> JsonObject:
    """Open a requisition."""
    terms: JsonObject = {
        "stages": [rules.StageTerms(**stage) for stage in body.pop("stages")],
        "attributes": [rules.AttributeTerms(**attribute) for attribute in body.pop("attributes")],
        "band": _band(body.pop("band")),
    }
    recruiters = body.pop("recruiters")
    people: JsonObject = {
        "hiring_manager": _users([body.pop("hiring_manager")], field="hiring_manager")[0],
        "recruiters": None if recruiters is None else _users(recruiters, field="recruiters"),
        "access": _users(body.pop("access"), field="access"),
    }
    status = RequisitionStatus(body.pop("status"))
    requisition = services.create(
        db.session(), terms=rules.RequisitionTerms(**terms, **body), status=status, act=guard.act(), **people
    )
    return serializers.requisition(requisition, viewer=actor())


@blueprint.get("/requisitions/<requisition_ref>", Permission.REQUISITION_READ)
def read(requisition: Requisition) -> JsonObject:
    """One requisition, by number or key."""
    return serializers.requisition(requisition, viewer=actor())


@blueprint.patch("/requisitions/<requisition_ref>", Permission.REQUISITION_EDIT, body=RequisitionChange)
def change(body: JsonObject, requisition: Requisition) -> JsonObject:
    """Change a requisition; `reason` is kept in the history of its people and seats."""
    session, reason, openings = db.session(), body.pop("reason"), body.pop("openings", None)
    team = _team(body)
    band = _band(body.pop("band", None))
    attributes = body.pop("attributes", None)
    if body.get("status") == RequisitionStatus.FILLED:
        raise RuleBroken.at("status", "A requisition is filled by accepted offers. Close it instead.")
    terms = [rules.AttributeTerms(**attribute) for attribute in attributes] if attributes is not None else None
    services.change(session, requisition=requisition, changes=body, band=band, attributes=terms, act=guard.act())
    handover.change_team(session, requisition=requisition, terms=team, act=guard.act(), reason=reason)
    if openings is not None:
        opening_services.change_openings(
            session, requisition=requisition, count=openings, act=guard.act(), reason=reason
        )
    return serializers.requisition(requisition, viewer=actor())


@blueprint.get("/requisitions/<requisition_ref>/changes", Permission.REQUISITION_EDIT)
def history(requisition: Requisition) -> JsonObject:
    """What was changed about who runs a requisition, who sees it and how many seats it has, newest first."""
    changes = queries.history_of(db.session(), requisition)
    return whole(values.fields(change, "id field before after reason by at") for change in changes)

"""Keeping finalists warm: contacts, promises, concerns and the list."""

from __future__ import annotations

import marshmallow as ma

from recruiter.api import guard
from recruiter.api.blind_view import blind_on
from recruiter.api.fields import Day, Moment, Text, choice, reference
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import ListQuery, listed, whole
from recruiter.api.serializers import keepwarm as serializers
from recruiter.api.serializers import records as record_serializers
from recruiter.api.v1.owners import owner_by_email
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.handover import queries as handover
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import concern_services, contact_services, promise_services
from recruiter.keepwarm.models.records import (
    Channel,
    Concern,
    ConcernKind,
    ConcernState,
    Direction,
    Promise,
    PromiseState,
    TouchKind,
)
from recruiter.keepwarm.overview import contact_list
from recruiter.pipeline.models import Application
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_feedback

blueprint = Area("keepwarm", "Who must hear from us, and what they were told")
SETTLED = [PromiseState.KEPT.value, PromiseState.RENEWED.value, PromiseState.BROKEN.value]


class TouchpointBody(Body):
    """One contact; `at` is now where it is left out, `hear_by` the date by which they were told to hear again."""

    direction = choice(Direction, required=True)
    channel = choice(Channel, required=True)
    kind = choice(TouchKind, required=True)
    text = Text(required=True, longest=10_000, data_key="said")
    at = Moment(load_default=None, allow_none=True)
    hear_by = Day(load_default=None, allow_none=True)


class PromiseBody(Body):
    """What a candidate was told would happen, and by when."""

    what = Text(required=True, longest=2000)
    due_on = Day(required=True)
    zone = Text(load_default="", longest=64)


class PromiseChange(Body):
    """What became of a promise; an `answer` is what they were told, and recorded as a contact by `channel`."""

    state = Text(required=True, validate=ma.validate.OneOf(SETTLED))
    due_on = Day(load_default=None, allow_none=True)
    answer = Text(load_default="", longest=10_000)
    channel = choice(Channel, load_default=Channel.OTHER)


class ConcernBody(Body):
    """Why a finalist might say no."""

    kind = choice(ConcernKind, required=True)
    description = Text(required=True, longest=10_000, data_key="text")
    owner = Text(load_default=None, allow_none=True)
    state = choice(ConcernState, load_default=ConcernState.OPEN)
    answer = Text(load_default="", longest=10_000)


class ConcernChange(Body):
    """How a concern is answered."""

    owner = Text()
    state = choice(ConcernState)
    answer = Text(longest=10_000)


class KeepWarmQuery(ListQuery):
    """Filters of the list."""

    due = Text(load_default="all", validate=ma.validate.OneOf(["overdue", "today", "later", "all"]))
    requisition_id = reference(load_default=None)


@blueprint.get("/keep-warm", Permission.KEEPWARM_LIST, query=KeepWarmQuery)
def index(query: JsonObject) -> JsonObject:
    """Every finalist with a next contact, most urgent first, and why."""
    rows = contact_list.finalists_to_contact(
        db.session(),
        within=scopes.searches(actor()),
        moment=guard.act(),
        requisition_id=query["requisition_id"],
        due=query["due"],
        viewer=actor(),
    )
    page = contact_list.page(rows, limit=query["limit"], cursor=query["cursor"])
    return listed(page, serializers.rows(page.items, blind_on=blind_on()))


@blueprint.get("/applications/<int:application_id>/touchpoints", Permission.KEEPWARM_READ)
def touchpoints(application: Application) -> JsonObject:
    """Every contact on an application, the latest first."""
    return whole(map(serializers.touchpoint, queries.touchpoints_of(db.session(), application)))


@blueprint.post(
    "/applications/<int:application_id>/touchpoints", Permission.KEEPWARM_WRITE, body=TouchpointBody, status=201
)
def touch(body: JsonObject, application: Application) -> JsonObject:
    """Record a contact."""
    hear_by = body.pop("hear_by")
    contact = contact_services.Contact(**body)
    return serializers.touchpoint(
        checked_feedback.record(
            db.session(), application=application, contact=contact, hear_by=hear_by, act=guard.act()
        )
    )


@blueprint.get("/applications/<int:application_id>/promises", Permission.KEEPWARM_READ)
def promises(application: Application) -> JsonObject:
    """Every promise on an application, oldest first."""
    rows = queries.promises_of(db.session(), application)
    return whole(serializers.promise(row, moment=guard.act()) for row in rows)


@blueprint.post("/applications/<int:application_id>/promises", Permission.KEEPWARM_WRITE, body=PromiseBody, status=201)
def promise(body: JsonObject, application: Application) -> JsonObject:
    """Record what a candidate was told."""
    made = promise_services.make_promise(db.session(), application=application, act=guard.act(), **body)
    return serializers.promise(made, moment=guard.act())


@blueprint.patch("/promises/<int:promise_id>", Permission.KEEPWARM_WRITE, body=PromiseChange)
def settle(body: JsonObject, promise: Promise) -> JsonObject:
    """A promise is kept, renewed to a later date before it is due, or said to be broken."""
    to = PromiseState(body.pop("state"))
    settled = contact_services.answer_promise(db.session(), promise=promise, to=to, act=guard.act(), **body)
    return serializers.promise(settled, moment=guard.act())


@blueprint.get("/applications/<int:application_id>/concerns", Permission.KEEPWARM_READ)
def concerns(application: Application) -> JsonObject:
    """Every concern on an application, oldest first."""
    return whole(map(serializers.concern, queries.concerns_of(db.session(), application)))


@blueprint.post("/applications/<int:application_id>/concerns", Permission.KEEPWARM_WRITE, body=ConcernBody, status=201)
def raise_concern(body: JsonObject, application: Application) -> JsonObject:
    """Record why a finalist might say no."""
    owner = owner_by_email(body.pop("owner"))
    permits.check_seen_by(db.session(), [owner] if owner else [], application, at="owner")
    return serializers.concern(
        concern_services.raise_concern(db.session(), application=application, owner=owner, act=guard.act(), **body)
    )


@blueprint.get("/concerns/<int:concern_id>/handovers", Permission.KEEPWARM_READ)
def handovers(concern: Concern) -> JsonObject:
    """Who handed a concern to whom, and when, the first time first; a change of `owner` hands it over."""
    return whole(map(record_serializers.handover, handover.history_of(db.session(), concern)))


@blueprint.patch("/concerns/<int:concern_id>", Permission.KEEPWARM_WRITE, body=ConcernChange)
def change_concern(body: JsonObject, concern: Concern) -> JsonObject:
    """Answer a concern, hand it over, resolve it."""
    owner = owner_by_email(body.pop("owner", None))
    if owner is not None and owner != concern.owner:
        permits.check_seen_by(db.session(), [owner], concern.application, at="owner")
    return serializers.concern(
        concern_services.change_concern(db.session(), concern=concern, owner=owner, act=guard.act(), **body)
    )

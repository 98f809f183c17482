"""Applications ended and reopened, one or many at a time, and acts taken back."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from recruiter.api import guard
from recruiter.api.fields import Strictly, Text, choice
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import whole
from recruiter.api.v1 import owners
from recruiter.api.v1.applications import serialized
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm import bulk_actions
from recruiter.keepwarm.bulk_actions import Closing
from recruiter.keepwarm.messages import closing_notices
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.undo import undo_services
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application
from recruiter.policy import permits, undo_permits
from recruiter.policy.permissions import Permission

blueprint = Area("endings", "Ends of applications, and taking them back")


class EndBody(Body):
    """Why an application ends."""

    reason = Text(load_default="", longest=2000)
    release_bench = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    cancel_interviews = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})


class WithdrawalBody(Body):
    """Why a candidate withdraws, and how far it had come."""

    reason = Text(load_default="", longest=2000)
    phase = choice(Phase, load_default=None, allow_none=True)
    cancel_interviews = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})


class ReasonQuery(ma.Schema):
    """Which list of reasons."""

    kind = Text(load_default=None, validate=validate.OneOf(list(reasons.KINDS)))


class ReopenBody(Body):
    """Why an application is reopened."""

    reason = Text(load_default="", longest=2000)


def _after(application: Application) -> JsonObject:
    db.session.flush()
    return serialized([application])[0]


def _outcome(closing: Closing, applications: list[Application]) -> JsonObject:
    unwritten = closing_notices.unwritten(db.session(), applications, moment=guard.act())
    return {
        "undo": closing.undo,
        "cancelled": [interview.id for interview in closing.cancelled],
        "panel_told": closing_notices.panel_names(closing.cancelled),
        "untold": [application.id for application in unwritten],
    }


@blueprint.post("/applications/<int:application_id>/rejection", Permission.APPLICATION_MOVE, body=EndBody)
def reject(body: JsonObject, application: Application) -> JsonObject:
    """Close an application by the company; a finalist on the bench is released only by `release_bench`.

    Coming interviews are cancelled and their panels told, unless `cancel_interviews` is false; `cancelled` has their ids.
    `untold` has the id of the application until its candidate has heard from us.
    """
    closing = bulk_actions.reject(db.session(), chosen=[application], act=guard.act(), **body)
    return {**_after(application), **_outcome(closing, [application])}


@blueprint.post("/applications/<int:application_id>/withdrawal", Permission.APPLICATION_MOVE, body=WithdrawalBody)
def withdraw(body: JsonObject, application: Application) -> JsonObject:
    """Record that a candidate has withdrawn; an offer that is out or accepted ends with it, and so do coming interviews.

    `undo` brings all of it back, `panel_told` names whom the cancellations go to, `untold` has the id of whoever heard nothing yet.
    """
    closing = bulk_actions.withdraw(db.session(), application=application, act=guard.act(), **body)
    return {**_after(application), **_outcome(closing, [application])}


@blueprint.post("/applications/<int:application_id>/reopening", Permission.APPLICATION_MOVE, body=ReopenBody)
def reopen(body: JsonObject, application: Application) -> JsonObject:
    """Bring an ended application back to where it stood; `undo` ends it again."""
    secret = bulk_actions.reopen(db.session(), chosen=[application], act=guard.act(), **body)
    return {**_after(application), "undo": secret}


class BulkBody(Body):
    """One act on many applications."""

    ids = ma.fields.List(Strictly(), required=True, validate=validate.Length(1, bulk_actions.MOST))
    action = Text(required=True, validate=validate.OneOf(["move", "reject", "assign"]))
    to_stage = Text(load_default="")
    owner = Text(load_default=None, allow_none=True, longest=254)
    reason = Text(load_default="", longest=2000)
    release_bench = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    cancel_interviews = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})


@blueprint.post("/applications/bulk", Permission.APPLICATION_BULK, body=BulkBody)
def several(body: JsonObject) -> JsonObject:
    """Move, close or hand over several applications; all or none. Without `owner`, `assign` leaves them without one."""
    session = db.session()
    applications: list[Application] = []
    outcome: JsonObject = {"cancelled": []}
    for application_id in dict.fromkeys(body["ids"]):
        application = permits.find(session, name="application_id", value=application_id)
        guard.require(Permission.APPLICATION_MOVE, application)
        applications.append(application)
    if body["action"] == "move":
        secret = bulk_actions.move(
            session, chosen=applications, to_stage=body["to_stage"], reason=body["reason"], act=guard.act()
        )
    elif body["action"] == "assign":
        to = owners.owner_by_email(body["owner"])
        secret = bulk_actions.hand(session, chosen=applications, to=to, among=owners.mover_ids, act=guard.act())
    else:
        options = {key: body[key] for key in ("reason", "release_bench", "cancel_interviews")}
        outcome = _outcome(bulk_actions.reject(session, chosen=applications, act=guard.act(), **options), applications)
        secret = outcome["undo"]
    session.flush()
    return whole(serialized(applications), **{**outcome, "undo": secret})


@blueprint.post("/undo/<secret>", Permission.SIGNED_IN)
def undo(secret: str) -> JsonObject:
    """Take back a move, a rejection or a withdrawal of one's own, for 30 minutes and while nobody has gone on since; `reinstated` has the interviews that are planned again."""
    undo_permits.check(db.session(), secret=secret, actor=guard.actor())
    result = undo_services.undo(db.session(), secret=secret, act=guard.act())
    reinstated = [interview.id for interview in result.reinstated]
    return whole(serialized(result.applications), reinstated=reinstated)


@blueprint.get("/reasons", Permission.SIGNED_IN, query=ReasonQuery)
def reason_list(query: JsonObject) -> JsonObject:
    """Why applications and offers end; each says who ended it."""
    listed_reasons = reasons.of_kind(query["kind"]) if query["kind"] else reasons.REASONS
    return whole(
        {"kind": reason.kind, "code": reason.code, "label": reason.label, "ended_by": reason.ended_by.value}
        for reason in listed_reasons
    )

"""Interviews."""

from __future__ import annotations

import marshmallow as ma

from recruiter.accounts import queries as accounts
from recruiter.api import guard
from recruiter.api.fields import Moment, Text, choice, many
from recruiter.api.guard import actor, now, zone
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import scorecards as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews import queries, rules, schedule_checks, services
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.interviews.schedule_checks import TimeSlot
from recruiter.pipeline.models import Application
from recruiter.policy import panel_warnings, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.scorecards import interview_changes

blueprint = Area("interviews", "Planned conversations")


class SeatBody(Body):
    """Somebody on the panel."""

    email = Text(required=True)
    cross_functional = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})


class InterviewBody(Body):
    """An interview as planned."""

    name = Text(required=True, longest=200)
    stage = Text(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    panel = many(ma.fields.Nested(SeatBody), most=30, required=True)
    focus = many(Text(longest=120), most=40, load_default=list)
    place = Text(load_default="", longest=rules.LONGEST_PLACE)
    scored = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})


class InterviewChange(Body):
    """What can be changed."""

    name = Text(longest=200)
    starts_at = Moment()
    ends_at = Moment()
    place = Text(longest=rules.LONGEST_PLACE)
    focus = many(Text(longest=120), most=40)
    panel = many(ma.fields.Nested(SeatBody), most=30)
    scored = ma.fields.Boolean(truthy={True}, falsy={False})
    reason = Text(load_default="", longest=rules.LONGEST_REASON)
    status = choice(InterviewStatus)


def _panel_seats(panel: list[JsonObject]) -> list[services.Seat]:
    session = db.session()
    users = [accounts.by_email_or_refuse(session, panelist["email"], field="panel") for panelist in panel]
    return [services.Seat(user, seat["cross_functional"]) for user, seat in zip(users, panel, strict=True)]


@blueprint.get("/applications/<int:application_id>/interviews", Permission.APPLICATION_READ)
def index(application: Application) -> JsonObject:
    """The interviews of an application, by date."""
    interviews = queries.of_application(db.session(), application)
    return {"items": [serializers.interview(interview) for interview in interviews], "next": None}


@blueprint.post(
    "/applications/<int:application_id>/interviews", Permission.INTERVIEW_PLAN, body=InterviewBody, status=201
)
def create(body: JsonObject, application: Application) -> JsonObject:
    """Plan an interview; one that lies in the past may be recorded."""
    session = db.session()
    body["stage"] = requisitions.stage_by_name(application.requisition, body["stage"])
    body["panel"] = _panel_seats(body["panel"])
    panel = [seat.user for seat in body["panel"]]
    warnings = panel_warnings.warnings(session, application=application, panel=panel if body["scored"] else [])
    warnings += schedule_checks.warnings(
        session,
        application=application,
        panel=panel,
        slot=TimeSlot(body["starts_at"], body["ends_at"]),
        now=now(),
        zone=zone(),
        within=scopes.applications(actor()),
    )
    interview = services.plan(session, application=application, act=guard.act(), **body)
    return {**serializers.interview(interview), "warnings": [warning._asdict() for warning in warnings]}


@blueprint.get("/interviews/<int:interview_id>", Permission.INTERVIEW_READ)
def read(interview: Interview) -> JsonObject:
    """One interview."""
    return serializers.interview(interview)


@blueprint.patch("/interviews/<int:interview_id>", Permission.INTERVIEW_PLAN, body=InterviewChange)
def change(body: JsonObject, interview: Interview) -> JsonObject:
    """Move, rename, cancel or mark an interview; `warnings` names the pages that it closes to somebody, and who of its panel has read scorecards."""
    if "panel" in body:
        body["panel"] = _panel_seats(body["panel"])
    session, scored = db.session(), body.get("scored", interview.scored)
    panel = [seat.user for seat in body.get("panel", interview.panel)] if scored else []
    warnings = panel_warnings.warnings(session, application=interview.application, panel=panel)
    changed = interview_changes.change(session, interview=interview, act=guard.act(), **body)
    return {**serializers.interview(changed), "warnings": [warning._asdict() for warning in warnings]}


@blueprint.get("/interviews/<int:interview_id>/changes", Permission.INTERVIEW_PLAN)
def history(interview: Interview) -> JsonObject:
    """What was done to an interview, the first thing first."""
    changes = queries.history_of(db.session(), interview)
    return {"items": [serializers.interview_change(change) for change in changes], "next": None}

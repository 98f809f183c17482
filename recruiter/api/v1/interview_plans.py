"""The interview plan of a requisition, by when it decides, and what nobody will have assessed."""

from __future__ import annotations

import marshmallow as ma

from recruiter.api import guard
from recruiter.api.fields import Day, Strictly, Text, many
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import whole
from recruiter.api.serializers import people, values
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews import decision_dates, interview_plans
from recruiter.interviews.models import PlannedTalk
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition

blueprint = Area("interview_plans", "Which talks each candidate has")


class PlanEntryBody(Body):
    """One talk."""

    name = Text(required=True, longest=200)
    stage = Text(required=True)
    minutes = Strictly(load_default=60)
    focus = many(Text(longest=120), most=40, load_default=list)
    scored = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})


class PlanBody(Body):
    """The whole plan."""

    talks = many(ma.fields.Nested(PlanEntryBody), most=50, required=True)
    decide_on = Day(load_default=None)


def _plan(requisition: Requisition) -> JsonObject:
    session = db.session()
    planned = interview_plans.plan_of(session, requisition)
    latest = decision_dates.latest_of(session, requisition)
    return {
        "requisition": requisition.key,
        "talks": [values.fields(entry, "name stage=stage.name minutes focus scored") for entry in planned],
        "not_covered": interview_plans.uncovered_attributes(requisition, planned),
        "decide_on": values.day(latest.decide_on) if latest else None,
    }


@blueprint.get("/requisitions/<requisition_ref>/interview-plan", Permission.BOARD_READ)
def read(requisition: Requisition) -> JsonObject:
    """The talks that every candidate has, and what they leave out."""
    return _plan(requisition)


@blueprint.put("/requisitions/<requisition_ref>/interview-plan", Permission.REQUISITION_EDIT, body=PlanBody)
def write(body: JsonObject, requisition: Requisition) -> JsonObject:
    """Put a plan in place of the one there was; `decide_on` is by when the search decides."""
    session, entries = db.session(), []
    for place, entry in enumerate(body["talks"]):
        stage = requisitions.stage_by_name(requisition, entry.pop("stage"), field=f"lines.{place}")
        entries.append(PlannedTalk(stage=stage, **entry))
    interview_plans.save_plan(session, requisition=requisition, entries=entries, act=guard.act())
    if body["decide_on"] is not None:
        decision_dates.set_date(session, requisition=requisition, decide_on=body["decide_on"], act=guard.act())
    return _plan(requisition)


@blueprint.get("/requisitions/<requisition_ref>/coverage", Permission.BOARD_READ)
def coverage(requisition: Requisition) -> JsonObject:
    """For each candidate who is being met: how many people look at each attribute, and what nobody will have assessed."""
    coverages = interview_plans.coverage(db.session(), requisition)
    names = "application_id=application.id seen_by missing"
    return whole(
        {**values.fields(coverage, names), "candidate": people.candidate(coverage.application.candidate)}
        for coverage in coverages
    )

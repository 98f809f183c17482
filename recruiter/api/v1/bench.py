"""The bench of a search: lights, who is left alone, dates, clocks, clashes, the promise ledger, feedback owed."""

from __future__ import annotations

import datetime as dt

import marshmallow as ma

from recruiter.accounts import queries as accounts
from recruiter.api import guard
from recruiter.api.fields import Day, Strictly, Text, choice
from recruiter.api.guard import actor, today
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import whole
from recruiter.api.serializers import bench as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import readiness_services
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.overview import feedback_owed, promise_ledger, readiness_queries
from recruiter.keepwarm.schedule import agreement_queries, agreement_services, cadence, deadline_clashes
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition

blueprint = Area("bench", "Who could be called today, which dates we go by, and whether promises are kept")
SINCE = dt.timedelta(days=365)


class ReadinessBody(Body):
    """What a finalist answered today; what is left out stays as it was."""

    interested = ma.fields.Boolean(load_default=None, allow_none=True)
    available_from = Day(load_default=None, allow_none=True)
    expectation_within_band = ma.fields.Boolean(load_default=None, allow_none=True)
    references_done_on = Day(load_default=None, allow_none=True)


class SnoozeBody(Body):
    """Until when somebody is left alone, and why."""

    until = Day(required=True)
    reason = Text(required=True, longest=500)


class DateBody(Body):
    """A date that the search goes by: its `decision`, or an `approval` that an approver promised (`promised_by`, e-mail)."""

    kind = choice(DateKind, required=True)
    due_on = Day(required=True)
    reason = Text(load_default="", longest=500)
    promised_by = Text(load_default=None, allow_none=True)


CadenceBody = Body.from_dict({situation.value: Strictly() for situation in Situation}, name="CadenceBody")


def _lit(application: Application) -> JsonObject:
    answers = queries.readiness_of(db.session(), application)
    lights = readiness_queries.lights_of(db.session(), application, moment=guard.act())
    return serializers.readiness(application, answers, lights)


@blueprint.get("/applications/<int:application_id>/readiness", Permission.KEEPWARM_READ)
def lights(application: Application) -> JsonObject:
    """The seven lights of a finalist, each with its day and what would turn it green."""
    return _lit(application)


@blueprint.post(
    "/applications/<int:application_id>/readiness", Permission.KEEPWARM_WRITE, body=ReadinessBody, status=201
)
def ask(body: JsonObject, application: Application) -> JsonObject:
    """Record what a finalist answered about being ready; each answer keeps its day."""
    answers = readiness_services.ReadinessAnswers(**body)
    readiness_services.record_readiness(db.session(), application=application, answers=answers, act=guard.act())
    return _lit(application)


@blueprint.post("/applications/<int:application_id>/snooze", Permission.KEEPWARM_WRITE, body=SnoozeBody, status=201)
def snooze(body: JsonObject, application: Application) -> JsonObject:
    """Leave a finalist alone until a date; promises and other employers' dates stand."""
    return serializers.snooze(agreement_services.snooze(db.session(), application=application, act=guard.act(), **body))


def _dates(requisition: Requisition) -> JsonObject:
    our_dates = agreement_queries.dates_of(db.session(), [requisition.id]).get(requisition.id, [])
    return whole(map(serializers.our_date, our_dates))


@blueprint.get("/requisitions/<requisition_ref>/dates", Permission.KEEPWARM_READ)
def dates(requisition: Requisition) -> JsonObject:
    """The day of the decision, and by when approvers promised to answer."""
    return _dates(requisition)


@blueprint.post("/requisitions/<requisition_ref>/dates", Permission.KEEPWARM_WRITE, body=DateBody, status=201)
def agree(body: JsonObject, requisition: Requisition) -> JsonObject:
    """Set or move the decision, or keep what an approver promised."""
    if email := body.pop("promised_by"):
        body["promised_by"] = accounts.by_email_or_refuse(db.session(), email, field="promised_by")
    agreement_services.agree_date(db.session(), requisition=requisition, act=guard.act(), **body)
    return _dates(requisition)


def _clocks(requisition: Requisition) -> JsonObject:
    days = agreement_queries.days_here(db.session(), requisition)
    return whole(serializers.clock(situation, days[situation]) for situation in cadence.CLOCKS)


@blueprint.get("/requisitions/<requisition_ref>/cadence", Permission.KEEPWARM_READ)
def clocks(requisition: Requisition) -> JsonObject:
    """After how many days finalists of this search hear from us, by situation."""
    return _clocks(requisition)


@blueprint.patch("/requisitions/<requisition_ref>/cadence", Permission.KEEPWARM_WRITE, body=CadenceBody)
def set_clocks(body: dict[str, int], requisition: Requisition) -> JsonObject:
    """Set the days of some situations on this search."""
    chosen = {Situation(key): value for key, value in body.items()}
    agreement_services.set_cadence(db.session(), requisition=requisition, chosen=chosen, act=guard.act())
    return _clocks(requisition)


@blueprint.get("/keep-warm/clashes", Permission.KEEPWARM_LIST)
def clashing() -> JsonObject:
    """Finalists whose date elsewhere comes before ours, with the two ways out."""
    clashes = deadline_clashes.deadline_clashes(db.session(), within=scopes.searches(actor()), moment=guard.act())
    return whole(map(serializers.clash, clashes))


@blueprint.get("/keep-warm/promises", Permission.KEEPWARM_LIST)
def promised() -> JsonObject:
    """The promise ledger of the last 12 months: what became of each, by person and by team."""
    entries = promise_ledger.entries(
        db.session(), searches=scopes.searches(actor()), moment=guard.act(), since=today() - SINCE
    )
    return whole(
        map(serializers.entry, entries),
        by_person=list(map(serializers.tally, promise_ledger.by_person(entries))),
        by_team=list(map(serializers.tally, promise_ledger.by_team(entries))),
    )


@blueprint.get("/keep-warm/feedback", Permission.KEEPWARM_LIST)
def owed() -> JsonObject:
    """Feedback to finalists who were not chosen: what is owed first, then what was given."""
    feedback = feedback_owed.owed(db.session(), searches=scopes.searches(actor()), moment=guard.act())
    return whole(serializers.owed(item, today=today()) for item in feedback)

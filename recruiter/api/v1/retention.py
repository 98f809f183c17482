"""How long data is kept: what is due, and keeping times that are proposed by one person and decided by another."""

from __future__ import annotations

from recruiter.api import guard
from recruiter.api.fields import Text, choice, number
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import privacy as serializers
from recruiter.api.serializers import values
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.policy.permissions import Permission
from recruiter.privacy.models import RetentionPeriod, RetentionPurpose
from recruiter.privacy.retention import daily_run, period_services, retention_queries
from recruiter.request_context import places

blueprint = Area("retention", "Keeping times")


class PeriodBody(Body):
    """How long data of a purpose is kept, in its unit; `place` for the candidates of one place."""

    purpose = choice(RetentionPurpose, required=True)
    length = number(required=True)
    place = Text(longest=200, load_default="")


@blueprint.get("/retention", Permission.RETENTION)
def index() -> JsonObject:
    """How long data is kept, how much is due now, what was proposed, and what the last run ended."""
    session = db.session()
    times, last = retention_queries.schedule(session), daily_run.last_run(session)
    items = retention_queries.due_items(session, times=times, places=places(), moment=guard.act())
    return {
        "purposes": [serializers.purpose(each, times=times, items=items) for each in RetentionPurpose],
        "periods": [serializers.period(each) for each in retention_queries.all_periods(session)],
        "last_run": {"at": values.instant(last.at), **last.detail} if last else None,
    }


@blueprint.post("/retention/periods", Permission.RETENTION, body=PeriodBody, status=201)
def propose(body: JsonObject) -> JsonObject:
    """Propose a keeping time; one by which data would be deleted holds once another administrator confirms it."""
    return serializers.period(period_services.propose(db.session(), act=guard.act(), **body))


@blueprint.get("/retention/periods/<int:period_id>/confirmation", Permission.RETENTION)
def added_by(period: RetentionPeriod) -> JsonObject:
    """What would end the next night because of a keeping time that waits to be confirmed, and stays otherwise, by group."""
    ending = retention_queries.added_by(db.session(), places=places(), moment=guard.act(), period=period)
    return {"next_night": [{"name": name, "count": count} for name, count in ending.items()]}


@blueprint.post("/retention/periods/<int:period_id>/confirmation", Permission.RETENTION_CONFIRM)
def confirm(period: RetentionPeriod) -> JsonObject:
    """Confirm what another administrator proposed; from the next night it is applied."""
    return serializers.period(period_services.confirm(db.session(), period=period, act=guard.act()))


@blueprint.post("/retention/periods/<int:period_id>/refusal", Permission.RETENTION)
def refuse(period: RetentionPeriod) -> JsonObject:
    """Refuse what another administrator proposed, or withdraw one's own."""
    return serializers.period(period_services.refuse(db.session(), period=period, act=guard.act()))

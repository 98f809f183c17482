"""Whose data an account could see in a time, from the audit trail."""

from __future__ import annotations

import datetime as dt

from recruiter.accounts.models import User
from recruiter.api import guard
from recruiter.api.fields import Day
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import values
from recruiter.candidates import queries as candidates
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.policy import exposure_queries, scopes
from recruiter.policy.permissions import Permission

blueprint = Area("exposure", "Exposure of an account")


class DaysQuery(Body):
    """From which day to which; today where none is given."""

    from_on = Day(load_default=None)
    until_on = Day(load_default=None)


@blueprint.get("/people/<int:user_id>/exposure", Permission.EXPOSURE, query=DaysQuery)
def index(query: JsonObject, user: User) -> JsonObject:
    """The candidates whose data the account could see, with since when and why; `out_of_sight` of them the caller may not see."""
    session, today = db.session(), guard.today()
    first, last = query["from_on"] or today, query["until_on"] or today
    if last < first:
        raise RuleBroken.at("until_on", "Give a day on or after the first.")
    start = dt.datetime.combine(first, dt.time.min, guard.zone())
    end = min(dt.datetime.combine(last, dt.time.max, guard.zone()), guard.now())
    seen = exposure_queries.exposed(session, user=user, start=start, end=end)
    within = candidates.ids_in_sight(session, {record.id for _, record in seen}, within=scopes.candidates(actor()))
    items = [
        {"candidate_id": record.id, "name": record.name, "since": values.instant(each.since), "why": each.why}
        for each, record in seen
        if record.id in within or record.erased_at is not None
    ]
    sign_ins = exposure_queries.sign_ins(session, user=user, start=start, end=end)
    return {"items": items, "out_of_sight": len(seen) - len(items), "sign_ins": sign_ins, "next": None}

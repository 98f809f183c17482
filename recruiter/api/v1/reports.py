"""Reports as data."""

from __future__ import annotations

from marshmallow import validate

from recruiter.api.fields import Text
from recruiter.api.guard import act, actor
from recruiter.api.openapi import Area, Body
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.reports import catalogue, export, scope

blueprint = Area("reports", "Figures with their n, and the rows they are counted from")


class ReportQuery(Body):
    """Which period and team a report looks at."""

    period = Text(load_default=scope.WINDOWS[0].key, validate=validate.OneOf([period.key for period in scope.WINDOWS]))
    team = Text(load_default="")


@blueprint.get("/reports", Permission.REPORT_READ)
def list_names() -> JsonObject:
    """Which reports there are, and the periods that they may look at."""
    return {
        "items": [{"name": name} for name in catalogue.REPORTS],
        "next": None,
        "periods": [period.key for period in scope.WINDOWS],
    }


@blueprint.get("/reports/<report>", Permission.REPORT_READ, query=ReportQuery)
def read(query: JsonObject, report: str) -> JsonObject:
    """One report. Searches on which the caller owes a scorecard are not counted; `left_out` says how many."""
    within = scopes.searches(actor())
    report_request = scope.request_for(
        db.session(), viewer=actor(), within=within, moment=act(),
        period=scope.period_named(query["period"]), team=query["team"],
    )  # fmt: skip
    hidden_requisitions = scope.hidden_requisitions(db.session(), viewer=actor(), within=within)
    return {**export.as_values(catalogue.report_named(report, report_request)), "left_out": hidden_requisitions}

"""The debrief of a requisition: who rated what, where they differ, what was decided."""

from __future__ import annotations

from typing import Any

from recruiter.api.description import Area, Body
from recruiter.api.fields import Strictly, Text
from recruiter.api.guard import actor, needs, now
from recruiter.api.serializers import people, values
from recruiter.debriefs import queries, rules, services
from recruiter.debriefs.models import DebriefRecord
from recruiter.debriefs.queries import Row, Table
from recruiter.foundation.db import db
from recruiter.foundation.errors import NotFound, RuleBroken
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import Waiting

blueprint = Area("debriefs", "The round table after the cards are in")


class DebriefBody(Body):
    """What was decided, on one application or on the slate; `open_early` is the reason not to wait for missing cards."""

    decision = Text(required=True, longest=rules.LONGEST_TEXT)
    application_id = Strictly(load_default=None, allow_none=True)
    open_early = Text(load_default="", longest=rules.LONGEST_TEXT)


def _waiting(one: Waiting) -> dict[str, Any]:
    return {
        "application_id": one.interview.application_id,
        "interview_id": one.interview.id,
        "interviewer": people.person(one.user),
        "due_at": values.instant(one.due_at),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "attribute": row.attribute,
        "mean": row.mean,
        "spread": row.spread,
        "ratings": [
            {
                "interviewer": people.person(cell.column.user),
                "interview": cell.column.interview,
                "rating": cell.rating,
                "evidence": cell.evidence,
                "amended_to": cell.later,
            }
            for cell in row.cells
        ],
    }


def _table(one: Table) -> dict[str, Any]:
    return {
        "application_id": one.application.id,
        "candidate": {"id": one.application.candidate_id, "name": one.application.candidate.name},
        "stage": one.application.stage.name,
        "open": one.open,
        "opened_early": one.opened_early,
        "submitted": one.counts.submitted,
        "expected": one.counts.expected,
        "waiting": [_waiting(who) for who in one.waiting],
        "attributes": [_row(row) for row in one.rows],
        "overall": _row(one.overall) if one.overall else None,
        "not_assessed": one.unassessed,
    }


def _record(one: DebriefRecord) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": 1,
        "application_id": one.application_id,
        "decision": one.decision,
        "opened_early": one.opened_early,
        "by": people.person(one.by),
        "created_at": values.instant(one.at),
    }


@blueprint.route("/requisitions/<requisition_ref>/debrief")
@needs(Permission.DEBRIEF_READ)
@blueprint.response(200)
def read(requisition: Requisition) -> dict[str, Any]:
    """The matrix of each application, widest disagreement first. Whoever owes a card on the requisition sees no ratings and no records."""
    session = db.session()
    tables = queries.tables(session, requisition=requisition, viewer=actor(), now=now())
    hidden = queries.hides(session, requisition=requisition, viewer=actor())
    records = [] if hidden else queries.records_of(session, requisition)
    return {
        "requisition": requisition.key,
        "open": all(one.open for one in tables),
        "hidden": hidden,
        "waiting": [_waiting(who) for one in tables for who in one.waiting],
        "applications": [_table(one) for one in tables],
        "records": [_record(one.entry) for one in records],
    }


@blueprint.route("/requisitions/<requisition_ref>/debrief", methods=["POST"])
@needs(Permission.DEBRIEF_WRITE)
@blueprint.arguments(DebriefBody)
@blueprint.response(201)
def create(body: dict[str, Any], requisition: Requisition) -> dict[str, Any]:
    """Write down a decision; while cards are missing only with a reason in `open_early`."""
    session, application = db.session(), None
    if body["application_id"] is not None:
        try:
            application = permits.find(session, name="application_id", value=body["application_id"])
        except NotFound:
            raise RuleBroken.at("application_id", "There is no such application on this requisition.") from None
    one = services.record(
        session,
        requisition=requisition,
        application=application,
        decision=body["decision"],
        open_early_because=body["open_early"],
        actor=actor(),
        now=now(),
    )
    return _record(one)

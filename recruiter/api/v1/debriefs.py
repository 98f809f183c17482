"""The debrief of a requisition: who rated what, where they differ, what was decided."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from recruiter.accounts import queries as accounts
from recruiter.api.fields import Strictly, Text
from recruiter.api.guard import actor, needs, now
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import people, values
from recruiter.debriefs import queries, rules, score_leaders, services, verdicts
from recruiter.debriefs.models import DebriefRecord, DebriefVerdict, Outcome
from recruiter.debriefs.queries import Row, Table
from recruiter.debriefs.verdicts import Stand
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Forbidden, NotFound, RuleBroken
from recruiter.pipeline.models import Application
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import Waiting

blueprint = Area("debriefs", "The round table after the cards are in")


class DebriefBody(Body):
    """What was decided, on one application or on the slate; `open_early` is the reason not to wait for missing cards."""

    decision = Text(required=True, longest=rules.LONGEST_TEXT)
    application_id = Strictly(load_default=None, allow_none=True)
    open_early = Text(load_default="", longest=rules.LONGEST_TEXT)
    outcome = ma.fields.String(load_default=None, allow_none=True, validate=validate.OneOf([o.value for o in Outcome]))
    reason = Text(load_default="", longest=rules.LONGEST_TEXT)
    first_choice = Strictly(load_default=None, allow_none=True)


class VerdictBody(Body):
    """What one panelist recommends after the round table; without `interviewer`, the caller himself."""

    after = Strictly(required=True)
    reason = Text(load_default="", longest=rules.LONGEST_TEXT)
    dissent = Text(load_default="", longest=rules.LONGEST_TEXT)
    interviewer = Text(load_default="", longest=320)


def _stand(one: Stand) -> dict[str, Any]:
    said = one.verdict
    return {
        "interviewer": people.person(one.user),
        "before": one.before,
        "after": said.after if said else None,
        "reason": said.reason if said else "",
        "dissent": said.dissent if said else "",
        "by": people.person(said.by) if said else None,
        "at": values.instant(said.at) if said else None,
    }


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


def _table(one: Table, said: dict[int, DebriefVerdict]) -> dict[str, Any]:
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
        "speaking_order": [
            {**people.person(who.user), "decides": who.decides, "questions": who.questions} for who in one.speakers
        ],
        "verdicts": [_stand(stand) for stand in verdicts.stands(one, said)],
    }


def _record(one: DebriefRecord) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": 1,
        "application_id": one.application_id,
        "decision": one.decision,
        "outcome": one.outcome.value if one.outcome else None,
        "reason": one.reason,
        "first_choice": one.chosen_id,
        "ahead_on_cards": one.leader_id,
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
    said = {} if hidden else verdicts.last_of(session, [one.application.id for one in tables])
    told = score_leaders.changed(session, viewer=actor(), within=scopes.searches(actor()))
    return {
        "requisition": requisition.key,
        "open": all(one.open for one in tables),
        "hidden": hidden,
        "waiting": [_waiting(who) for one in tables for who in one.waiting],
        "applications": [_table(one, said.get(one.application.id, {})) for one in tables],
        "changed_winner": {"debriefs": told.debriefs, "changed": told.changed},
        "records": [_record(one.entry) for one in records],
    }


def _named(number: int | None, *, field: str) -> Application | None:
    if number is None:
        return None
    try:
        found: Application = permits.find(db.session(), name="application_id", value=number)
    except NotFound:
        raise RuleBroken.at(field, "There is no such application on this requisition.") from None
    return found


@blueprint.route("/requisitions/<requisition_ref>/debrief", methods=["POST"])
@needs(Permission.DEBRIEF_WRITE)
@blueprint.arguments(DebriefBody)
@blueprint.response(201)
def create(body: dict[str, Any], requisition: Requisition) -> dict[str, Any]:
    """Write down a decision; while cards are missing only with a reason in `open_early`."""
    session = db.session()
    application = _named(body["application_id"], field="application_id")
    one = services.record(
        session,
        requisition=requisition,
        application=application,
        decision=body["decision"],
        open_early_because=body["open_early"],
        outcome=Outcome(body["outcome"]) if body["outcome"] else None,
        reason=body["reason"],
        first_choice=_named(body["first_choice"], field="first_choice"),
        actor=actor(),
        now=now(),
    )
    return _record(one)


@blueprint.route("/applications/<int:application_id>/verdicts", methods=["POST"])
@needs(Permission.SCORECARD_LIST)
@blueprint.arguments(VerdictBody)
@blueprint.response(201)
def give(body: dict[str, Any], application: Application) -> dict[str, Any]:
    """Write down what somebody recommends after the round table; what his card said before stays beside it."""
    session, user = db.session(), actor()
    if body["interviewer"]:
        user = accounts.named(session, body["interviewer"], field="interviewer")
    runs = permits.permits(session, actor=actor(), permission=Permission.DEBRIEF_WRITE, on=application.requisition)
    if user.id != actor().id and not runs:
        raise Forbidden("Only who runs the search writes down what others recommend.")
    row = verdicts.give(
        session,
        application=application,
        user=user,
        after=body["after"],
        reason=body["reason"],
        dissent=body["dissent"],
        actor=actor(),
        now=now(),
    )
    return {
        "id": row.id,
        "version": 1,
        "application_id": application.id,
        "created_at": values.instant(row.at),
        **_given(row),
    }


def _given(row: DebriefVerdict) -> dict[str, Any]:
    return {
        "interviewer": people.person(row.user),
        "after": row.after,
        "reason": row.reason,
        "dissent": row.dissent,
        "by": people.person(row.by),
    }

"""The debrief of a requisition: who rated what, where they differ, what was decided."""

from __future__ import annotations

from recruiter.accounts import queries as accounts
from recruiter.api import guard
from recruiter.api.fields import Strictly, Text, choice
from recruiter.api.guard import actor, now
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import people, values
from recruiter.debriefs import queries, rules, score_leaders, services, verdicts
from recruiter.debriefs.models import DebriefRecord, DebriefVerdict, Outcome
from recruiter.debriefs.queries import AttributeRow, DebriefTable
from recruiter.debriefs.verdicts import PanelistVerdict
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Forbidden, NotFound, RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline.models import Application
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import MissingCard

blueprint = Area("debriefs", "The round table after the cards are in")


class DebriefBody(Body):
    """What was decided, on one application or on the slate; `open_early` is the reason not to wait for missing cards."""

    decision = Text(required=True, longest=rules.LONGEST_TEXT)
    application_id = Strictly(load_default=None)
    open_early_because = Text(load_default="", longest=rules.LONGEST_TEXT, data_key="open_early")
    outcome = choice(Outcome, load_default=None)
    reason = Text(load_default="", longest=rules.LONGEST_TEXT)
    first_choice = Strictly(load_default=None)


class VerdictBody(Body):
    """What one panelist recommends after the round table; without `interviewer`, the caller."""

    after = Strictly(required=True)
    reason = Text(load_default="", longest=rules.LONGEST_TEXT)
    dissent = Text(load_default="", longest=rules.LONGEST_TEXT)
    interviewer = Text(load_default="", longest=320)


def _verdict(verdict: DebriefVerdict | None) -> JsonObject:
    names = "after reason dissent by"
    return values.fields(verdict, names) if verdict else {"after": None, "reason": "", "dissent": "", "by": None}


def _panelist_verdict(panelist: PanelistVerdict) -> JsonObject:
    data = values.fields(panelist, "interviewer=user before at=verdict.at")
    return {**data, **_verdict(panelist.verdict)}


def _missing_card(missing: MissingCard) -> JsonObject:
    names = "application_id=interview.application_id interview_id=interview.id interviewer=user due_at"
    return values.fields(missing, names)


def _row(row: AttributeRow) -> JsonObject:
    names = "interviewer=card.author interview=card.interview.name rating evidence amended_to after_reveal"
    ratings = [values.fields(cell, names) for cell in row.cells]
    return {**values.fields(row, "attribute mean spread"), "ratings": ratings}


def _debrief_table(table: DebriefTable, verdicts_by_user: dict[int, DebriefVerdict]) -> JsonObject:
    return {
        "application_id": table.application.id,
        "candidate": people.candidate(table.application.candidate),
        "stage": table.application.stage.name,
        **values.fields(table, "open opened_early submitted=counts.submitted expected=counts.expected"),
        "waiting": [_missing_card(missing) for missing in table.waiting],
        "attributes": [_row(row) for row in table.rows],
        "overall": _row(table.overall) if table.overall else None,
        "not_assessed": table.unassessed,
        "speaking_order": [
            {**people.person(who.user), "decides": who.decides, "questions": who.questions} for who in table.speakers
        ],
        "verdicts": [_panelist_verdict(position) for position in verdicts.panelist_verdicts(table, verdicts_by_user)],
    }


def _debrief_record(record: DebriefRecord) -> JsonObject:
    names = (
        "id application_id decision outcome reason first_choice=chosen_id ahead_on_cards=leader_id opened_early by "
        "created_at=at"
    )
    return {**values.fields(record, names), "version": 1}


@blueprint.get("/requisitions/<requisition_ref>/debrief", Permission.DEBRIEF_READ)
def read(requisition: Requisition) -> JsonObject:
    """The matrix of each application, widest disagreement first. Whoever owes a card on one of them sees no ratings and no records."""
    session = db.session()
    tables = queries.tables_of(session, requisition=requisition, viewer=actor(), now=now())
    hidden = queries.owes_on_debrief(session, viewer=actor(), requisition=requisition)
    records = [] if hidden else queries.records_of(session, requisition)
    latest = {} if hidden else verdicts.latest_verdicts(session, [table.application.id for table in tables])
    changed_decisions = score_leaders.changed_decisions(session, viewer=actor(), within=scopes.searches(actor()))
    return {
        "requisition": requisition.key,
        "open": all(table.open for table in tables),
        "hidden": hidden,
        "waiting": [_missing_card(missing) for table in tables for missing in table.waiting],
        "applications": [_debrief_table(table, latest.get(table.application.id, {})) for table in tables],
        "changed_winner": {"debriefs": changed_decisions.debriefs, "changed": changed_decisions.changed},
        "records": [_debrief_record(record) for record in records],
    }


def _application_by_id(application_id: int | None, *, field: str) -> Application | None:
    if application_id is None:
        return None
    try:
        application: Application = permits.find(db.session(), name="application_id", value=application_id)
    except NotFound:
        raise RuleBroken.at(field, "There is no such application on this requisition.") from None
    return application


@blueprint.post("/requisitions/<requisition_ref>/debrief", Permission.DEBRIEF_WRITE, body=DebriefBody, status=201)
def create(body: JsonObject, requisition: Requisition) -> JsonObject:
    """Write down a decision; while cards are missing only with a reason in `open_early`."""
    body["application"] = _application_by_id(body.pop("application_id"), field="application_id")
    body["first_choice"] = _application_by_id(body["first_choice"], field="first_choice")
    return _debrief_record(services.record(db.session(), requisition=requisition, act=guard.act(), **body))


@blueprint.post("/applications/<int:application_id>/verdicts", Permission.SCORECARD_LIST, body=VerdictBody, status=201)
def create_verdict(body: JsonObject, application: Application) -> JsonObject:
    """Write down what somebody recommends after the round table; what their card said before stays beside it."""
    session, email = db.session(), body.pop("interviewer")
    user = accounts.by_email_or_refuse(session, email, field="interviewer") if email else actor()
    runs = permits.permits(session, actor=actor(), permission=Permission.DEBRIEF_WRITE, on=application.requisition)
    if user.id != actor().id and not runs:
        raise Forbidden("Only who runs the search writes down what others recommend.")
    row = verdicts.record(session, application=application, user=user, act=guard.act(), **body)
    return {**values.fields(row, "id application_id created_at=at interviewer=user"), "version": 1, **_verdict(row)}

"""A person's data: what they asked for, the copy for them, erasure, legal holds."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from recruiter.api import guard
from recruiter.api.fields import Day, Text, choice, many
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import privacy as serializers
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy.access import person_file_services, portable_data_services
from recruiter.privacy.corrections import correction_services
from recruiter.privacy.erasure import erasure_services
from recruiter.privacy.holds import hold_queries, hold_services
from recruiter.privacy.models import DataRequest, Dispute, DisputedField, LegalHold, RequestKind, RequestOutcome
from recruiter.privacy.person import person_queries
from recruiter.privacy.requests import request_services
from recruiter.privacy.retention import retention_queries
from recruiter.request_context import places

blueprint = Area("privacy", "A person's data")
LONGEST, MOST = 2_000, 200


class DataRequestBody(Body):
    """What a person asks for, and when it came; today where no day is given. A correction names what they dispute."""

    kind = choice(RequestKind, required=True)
    received_on = Day(load_default=None)
    details = Text(longest=LONGEST, load_default="")
    disputed = many(choice(DisputedField), most=len(DisputedField), load_default=())


class CorrectionBody(Body):
    """What is right: the value of a field (one a line where it takes several), else what was corrected where it was written.

    `informed_parties` says who outside had the value from before, and was told.
    """

    value = Text(required=True, longest=LONGEST)
    informed_parties = Text(longest=LONGEST, load_default="")


class DisputeRefusalBody(Body):
    """Why what was disputed stays as it is."""

    reason = Text(required=True, longest=LONGEST)


class RequestEndBody(Body):
    """How a request ended; a refusal says why in `answer`."""

    outcome = choice(RequestOutcome, required=True)
    answer = Text(longest=LONGEST, load_default="")


class ErasureBody(Body):
    """The confirmation that this is meant: it cannot be undone."""

    sure = ma.fields.Boolean(
        required=True, truthy={True}, falsy={False}, validate=validate.OneOf([True], error="Send true: it is final.")
    )


class HoldBody(Body):
    """Why nothing may be deleted, and until when."""

    reason = Text(required=True, longest=LONGEST)
    until = Day(required=True)


class LiftBody(ErasureBody):
    """Why a hold ends, and the confirmation that what it keeps may be erased."""

    reason = Text(required=True, longest=LONGEST)


class RequisitionHoldBody(HoldBody):
    """The same for everybody on a requisition, named by its key."""

    requisition = Text(required=True, longest=40)


@blueprint.get("/data-requests", Permission.RETENTION)
def open_requests() -> JsonObject:
    """Requests that wait for an answer, the first due first."""
    requests = request_services.open_requests(db.session(), within=scopes.candidates(actor()), limit=MOST)
    return {"items": [serializers.data_request(each) for each in requests], "next": None}


@blueprint.get("/candidates/<int:candidate_id>/data-requests", Permission.PERSON_DATA)
def requests_of(candidate: Candidate) -> JsonObject:
    """What a person asked about their data, the newest first."""
    requests = request_services.requests_of(db.session(), candidate)
    return {"items": [serializers.data_request(each) for each in requests], "next": None}


@blueprint.post(
    "/candidates/<int:candidate_id>/data-requests", Permission.DATA_REQUEST, body=DataRequestBody, status=201
)
def record_request(body: JsonObject, candidate: Candidate) -> JsonObject:
    """Record a request; it is due one month after it was received."""
    body["received_on"] = body["received_on"] or guard.today()
    request = request_services.record(db.session(), candidate=candidate, act=guard.act(), **body)
    return serializers.data_request(request)


@blueprint.post("/data-requests/<int:request_id>/end", Permission.DATA_REQUEST, body=RequestEndBody)
def end_request(body: JsonObject, request: DataRequest) -> JsonObject:
    """Say how a request ended."""
    return serializers.data_request(request_services.end(db.session(), request=request, act=guard.act(), **body))


@blueprint.post("/disputes/<int:dispute_id>/correction", Permission.DATA_REQUEST, body=CorrectionBody)
def correct(body: JsonObject, dispute: Dispute) -> JsonObject:
    """Correct what a person disputed; the value from before stays on record, and who decides on them gets a follow-up."""
    return serializers.dispute(correction_services.correct(db.session(), dispute=dispute, act=guard.act(), **body))


@blueprint.post("/disputes/<int:dispute_id>/refusal", Permission.DATA_REQUEST, body=DisputeRefusalBody)
def keep(body: JsonObject, dispute: Dispute) -> JsonObject:
    """Leave what a person disputed as it is, for a reason."""
    return serializers.dispute(correction_services.keep(db.session(), dispute=dispute, act=guard.act(), **body))


@blueprint.post("/candidates/<int:candidate_id>/data-export", Permission.PERSON_EXPORT)
def take_out(candidate: Candidate) -> JsonObject:
    """Everything that is held about a person, for them; that it was taken out is on record."""
    session, act = db.session(), guard.act()
    records = person_queries.records_of(session, candidate)
    scope = person_file_services.scope_for(session, records=records, viewer=actor())
    return person_file_services.take_out(session, records=records, act=act, scope=scope)


@blueprint.post("/candidates/<int:candidate_id>/portable-data", Permission.PERSON_EXPORT)
def take_out_provided(candidate: Candidate) -> JsonObject:
    """What the person gave us, to take along: `person` is what `POST /candidates` of another installation takes."""
    session = db.session()
    records = person_queries.records_of(session, candidate)
    return portable_data_services.take_out(session, records=records, act=guard.act())


@blueprint.post("/candidates/<int:candidate_id>/erasure", Permission.PERSON_ERASE, body=ErasureBody)
def erase(_: JsonObject, candidate: Candidate) -> JsonObject:
    """Erase everything that names a person; figures and past decisions stay. There is no undo."""
    done = erasure_services.erase(db.session(), candidate=candidate, places=places(), act=guard.act())
    return serializers.erasure(done)


@blueprint.get("/candidates/<int:candidate_id>/legal-holds", Permission.PERSON_DATA)
def holds_on(candidate: Candidate) -> JsonObject:
    """The holds that keep a person's data: on the person, or on a requisition on which they are."""
    session = db.session()
    numbers = [record.id for record in person_queries.records_of(session, candidate)]
    holds = hold_queries.holds_on(session, candidate_ids=numbers, today=guard.today())
    with_reason = guard.may(Permission.LEGAL_HOLD, candidate)
    return {"items": [serializers.legal_hold(each, with_reason=with_reason) for each in holds], "next": None}


@blueprint.post("/candidates/<int:candidate_id>/legal-holds", Permission.LEGAL_HOLD, body=HoldBody, status=201)
def hold_person(body: JsonObject, candidate: Candidate) -> JsonObject:
    """Keep everything of a person until a day."""
    hold = hold_services.set_hold(db.session(), subject=candidate, act=guard.act(), **body)
    return serializers.legal_hold(hold, with_reason=True)


@blueprint.get("/legal-holds", Permission.RETENTION)
def requisition_holds() -> JsonObject:
    """The holds on requisitions, the one that ends first first."""
    within = scopes.requisitions(actor())
    holds = hold_queries.requisition_holds(db.session(), today=guard.today(), within=within)
    return {"items": [serializers.legal_hold(each, with_reason=True) for each in holds], "next": None}


@blueprint.post("/legal-holds", Permission.RETENTION, body=RequisitionHoldBody, status=201)
def hold_requisition(body: JsonObject) -> JsonObject:
    """Keep everything of everybody on a requisition until a day."""
    session = db.session()
    subject = hold_services.requisition_named(session, body.pop("requisition"), within=scopes.requisitions(actor()))
    hold = hold_services.set_hold(session, subject=subject, act=guard.act(), **body)
    return serializers.legal_hold(hold, with_reason=True)


@blueprint.get("/legal-holds/<int:hold_id>/lift", Permission.LEGAL_HOLD)
def kept_by(hold: LegalHold) -> JsonObject:
    """What could be erased once a hold is lifted: how many people, and what would end the next night, by group."""
    session, moment = db.session(), guard.act()
    people = hold_queries.people_kept_by(session, hold, today=moment.today)
    ending = retention_queries.added_by(session, places=places(), moment=moment, lifted=hold)
    return {"people": people, "next_night": [{"name": name, "count": count} for name, count in ending.items()]}


@blueprint.post("/legal-holds/<int:hold_id>/lift", Permission.LEGAL_HOLD, body=LiftBody)
def lift(body: JsonObject, hold: LegalHold) -> JsonObject:
    """End a hold before its day; `GET` says what can be erased then."""
    lifted = hold_services.lift(db.session(), hold=hold, reason=body["reason"], act=guard.act())
    return serializers.legal_hold(lifted, with_reason=True)

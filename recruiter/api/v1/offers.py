"""Offers from draft to answer, and other employers' processes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import marshmallow as ma
from marshmallow import validate

from recruiter.api import guard
from recruiter.api.fields import Day, MoneySchema, Strictly, Text
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import offers as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.contacts import competing_processes as processes
from recruiter.keepwarm.lifecycle import offer_steps
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.offers import queries, rules, services
from recruiter.offers.approval import approval_services
from recruiter.offers.models import APPROVER_DECISIONS, ApprovalDecision, Offer, SourceClass
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission

blueprint = Area("offers", "Terms for a seat")


class TermsChange(Body):
    """Terms that can be changed."""

    base = ma.fields.Nested(MoneySchema)
    bonus = ma.fields.Nested(MoneySchema, allow_none=True)
    sign_on = ma.fields.Nested(MoneySchema, allow_none=True)
    equity = Text(longest=500)
    start_on = Day(allow_none=True)
    expires_on = Day(allow_none=True)


class OfferBody(TermsChange):
    """An offer as it is drafted."""

    base = ma.fields.Nested(MoneySchema, required=True)
    opening_id = Strictly()


class ApprovalBody(Body):
    """An approver's word; approves unless told otherwise."""

    decision = Text(
        load_default="approved", validate=validate.OneOf([decision.value for decision in APPROVER_DECISIONS])
    )
    comment = Text(load_default="", longest=2000)
    terms_version = Strictly(
        load_default=None,
        metadata={"description": "The terms that were seen; needed unless If-Match names the version."},
    )


class OfferAnswerBody(Body):
    """What an approver is answered."""

    answer = Text(required=True, longest=2000)


class OfferEndBody(Body):
    """Why an offer ends: a code of the list, or words."""

    reason = Text(load_default="", longest=2000)


class CompetingBody(Body):
    """Another employer's process, as the candidate volunteered it."""

    stage = Text(required=True, longest=120)
    employer = Text(load_default="", longest=200)
    decision_on = Day(load_default=None)
    amount = ma.fields.Nested(MoneySchema, load_default=None, data_key="offer_amount")
    disclosed_on = Day(load_default=None)
    source_class = ma.fields.Enum(
        SourceClass, by_value=True, required=True, data_key="class", metadata={"type": "string"}
    )


def offer_json(offer: Offer) -> JsonObject:
    """An offer as the caller may see it."""
    db.session.flush()
    return serializers.offer(offer, viewer=actor())


@blueprint.get("/applications/<int:application_id>/offers", Permission.PAY_READ)
def index(application: Application) -> JsonObject:
    """Every offer of an application, the latest first."""
    return {"items": [offer_json(offer) for offer in queries.of_application(db.session(), application)], "next": None}


@blueprint.post("/applications/<int:application_id>/offers", Permission.OFFER_WRITE, body=OfferBody, status=201)
def create(body: JsonObject, application: Application) -> JsonObject:
    """Draft an offer for a free seat."""
    opening_id, terms = body.pop("opening_id", None), rules.Terms(**body)
    return offer_json(
        services.draft(db.session(), application=application, terms=terms, opening_id=opening_id, act=guard.act())
    )


@blueprint.get("/offers/<int:offer_id>", Permission.OFFER_READ)
def read(offer: Offer) -> JsonObject:
    """One offer."""
    return offer_json(offer)


@blueprint.patch("/offers/<int:offer_id>", Permission.OFFER_WRITE, body=TermsChange)
def change(body: JsonObject, offer: Offer) -> JsonObject:
    """Change terms; a change of pay makes a new version and voids approvals."""
    terms = dataclasses.replace(rules.terms_of(offer), **body)
    return offer_json(services.change(db.session(), offer=offer, terms=terms, act=guard.act()))


@blueprint.post("/offers/<int:offer_id>/submission", Permission.OFFER_SEND)
def submit(offer: Offer) -> JsonObject:
    """Ask for approval; above the band only with an approved budget case that covers it."""
    return offer_json(approval_services.submit(db.session(), offer=offer, act=guard.act()))


@blueprint.post("/offers/<int:offer_id>/approval", Permission.OFFER_APPROVE, body=ApprovalBody, decides=True)
def approve(body: JsonObject, offer: Offer) -> JsonObject:
    """Approve or refuse the terms that were seen, or ask about them; never one's own request.

    What was seen is named by If-Match or `terms_version`; without either the answer is 428 with what stands now.
    """
    seen, decision = guard.seen(body["terms_version"]), ApprovalDecision(body["decision"])
    return offer_json(
        approval_services.approve(
            db.session(), offer=offer, decision=decision, comment=body["comment"], act=guard.act(), seen=seen
        )
    )


@blueprint.post("/offers/<int:offer_id>/answer", Permission.OFFER_SEND, body=OfferAnswerBody)
def answer(body: JsonObject, offer: Offer) -> JsonObject:
    """Answer the oldest question of an approver that waits."""
    approval_services.answer_question(db.session(), offer=offer, answer=body["answer"], act=guard.act())
    return offer_json(offer)


@blueprint.post("/offers/<int:offer_id>/extension", Permission.OFFER_SEND)
def extend(offer: Offer) -> JsonObject:
    """Send an approved offer out to the candidate."""
    return offer_json(offer_steps.extend(db.session(), offer=offer, act=guard.act()))


@blueprint.post("/offers/<int:offer_id>/acceptance", Permission.OFFER_SEND)
def accept(offer: Offer) -> JsonObject:
    """Record that the candidate has accepted; the seat is filled."""
    return offer_json(offer_steps.accept(db.session(), offer=offer, act=guard.act()))


def _end(service: Callable[..., Offer], offer: Offer, body: JsonObject) -> JsonObject:
    return offer_json(service(db.session(), offer=offer, reason=body["reason"], act=guard.act()))


@blueprint.post("/offers/<int:offer_id>/decline", Permission.OFFER_SEND, body=OfferEndBody)
def decline(body: JsonObject, offer: Offer) -> JsonObject:
    """Record that the candidate has declined; the application ends with it."""
    return _end(keepwarm.decline, offer, body)


@blueprint.post("/offers/<int:offer_id>/lapse", Permission.OFFER_SEND, body=OfferEndBody)
def lapse(body: JsonObject, offer: Offer) -> JsonObject:
    """Record that an offer ran out without an answer."""
    return _end(keepwarm.lapse, offer, body)


@blueprint.post("/offers/<int:offer_id>/rescission", Permission.OFFER_SEND, body=OfferEndBody)
def rescind(body: JsonObject, offer: Offer) -> JsonObject:
    """Take an offer back."""
    return _end(keepwarm.rescind, offer, body)


@blueprint.post("/offers/<int:offer_id>/renege", Permission.OFFER_SEND, body=OfferEndBody)
def renege(body: JsonObject, offer: Offer) -> JsonObject:
    """Record that somebody who had accepted will not come; the seat is open again."""
    return _end(keepwarm.renege, offer, body)


@blueprint.get("/applications/<int:application_id>/competing-processes", Permission.KEEPWARM_READ)
def competing_processes(application: Application) -> JsonObject:
    """Other employers' processes as the candidate told of them."""
    rows = queries.competing_of(db.session(), application)
    return {"items": [serializers.competing_process(process, viewer=actor()) for process in rows], "next": None}


@blueprint.post(
    "/applications/<int:application_id>/competing-processes", Permission.KEEPWARM_WRITE, body=CompetingBody, status=201
)
def record_competing_process(body: JsonObject, application: Application) -> JsonObject:
    """Record what a candidate volunteered."""
    process = processes.record(db.session(), application=application, act=guard.act(), **body)
    return serializers.competing_process(process, viewer=actor())

"""Scorecards: the caller's own, and those of an application that he may see."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from flask import request
from marshmallow import validate

from recruiter.accounts import queries as accounts
from recruiter.api import guard
from recruiter.api.fields import Strictly, Text
from recruiter.api.guard import actor, check_version, needs, now
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import scorecards as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.interviews.models import Interview
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.scorecards import queries, rules, services
from recruiter.scorecards.card_entry import OptionalParts
from recruiter.scorecards.models import CardChannel

blueprint = Area("scorecards", "What interviewers saw")


class MarkBody(Body):
    """One attribute as rated; null where it was not covered."""

    attribute = Text(required=True, longest=120)
    rating = Strictly(load_default=None, allow_none=True)
    evidence = Text(load_default="", longest=rules.LONGEST_TEXT)


class CardBody(Body):
    """A card, saved or sent."""

    ratings = ma.fields.List(ma.fields.Nested(MarkBody), load_default=list)
    overall = Strictly(load_default=None, allow_none=True)
    summary = Text(load_default="", longest=rules.LONGEST_TEXT)
    question = Text(load_default="", longest=rules.LONGEST_TEXT)
    concern = Text(load_default="", longest=rules.LONGEST_TEXT)
    submit = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    amend = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    reason = Text(load_default="")


class EnteredBody(Body):
    """A card that is written down for its author, and how it came."""

    interviewer = Text(required=True, longest=320)
    channel = ma.fields.String(required=True, validate=validate.OneOf([channel.value for channel in CardChannel]))
    ratings = ma.fields.List(ma.fields.Nested(MarkBody), load_default=list)
    overall = Strictly(load_default=None, allow_none=True)
    summary = Text(load_default="", longest=rules.LONGEST_TEXT)
    question = Text(load_default="", longest=rules.LONGEST_TEXT)
    concern = Text(load_default="", longest=rules.LONGEST_TEXT)


@blueprint.route("/interviews/<int:interview_id>/scorecard")
@needs(Permission.SCORECARD_WRITE)
@blueprint.response(200)
def read(interview: Interview) -> dict[str, Any]:
    """The caller's own card."""
    card = queries.card_of(db.session(), interview=interview, author=actor())
    if card is None:
        raise NotFound("You have not begun a scorecard on this interview.")
    return serializers.scorecard(card)


@blueprint.route("/interviews/<int:interview_id>/scorecard", methods=["PUT"])
@needs(Permission.SCORECARD_WRITE, own_version=True)
@blueprint.arguments(CardBody)
@blueprint.response(200)
def write(body: dict[str, Any], interview: Interview) -> dict[str, Any]:
    """Save the draft, or send it with `submit`; put a sent one right with `amend` and a `reason`."""
    session = db.session()
    card = queries.card_of(session, interview=interview, author=actor())
    if card is not None and request.headers.get("If-Match"):
        check_version(card)
    card_input = {
        "interview": interview,
        "author": actor(),
        "marks": [rules.Mark(**mark) for mark in body["ratings"]],
        "overall": body["overall"],
        "summary": body["summary"],
        "optional": OptionalParts(body["question"], body["concern"]),
        "now": now(),
    }
    if body["amend"]:
        card = services.amend(session, **card_input, reason=body["reason"])
    elif body["submit"]:
        card = services.submit(session, **card_input)
    else:
        card = services.save(session, **card_input)
    session.flush()
    return serializers.scorecard(card)


@blueprint.route("/interviews/<int:interview_id>/entered-scorecards", methods=["POST"])
@needs(Permission.SCORECARD_ENTER)
@blueprint.arguments(EnteredBody)
@blueprint.response(201)
def enter(body: dict[str, Any], interview: Interview) -> dict[str, Any]:
    """Write down the card of somebody on the panel who gave it otherwise; it stays marked with who entered it."""
    session = db.session()
    card = services.enter_for(
        session,
        interview=interview,
        author=accounts.by_email_or_refuse(session, body["interviewer"], field="interviewer"),
        channel=CardChannel(body["channel"]),
        marks=[rules.Mark(**mark) for mark in body["ratings"]],
        overall=body["overall"],
        summary=body["summary"],
        optional=OptionalParts(body["question"], body["concern"]),
        act=guard.act(),
    )
    session.flush()
    return serializers.scorecard(card)


@blueprint.route("/applications/<int:application_id>/scorecards")
@needs(Permission.SCORECARD_LIST)
@blueprint.response(200)
def index(application: Application) -> dict[str, Any]:
    """The cards of an application that the caller may see: while he owes one himself, only his own."""
    visible = queries.visible_to(db.session(), viewer=actor(), application=application)
    items = [serializers.scorecard(card) for card in visible.cards]
    return {
        "items": items,
        "next": None,
        "submitted": visible.submitted,
        "expected": visible.expected,
        "hidden": visible.hidden,
    }

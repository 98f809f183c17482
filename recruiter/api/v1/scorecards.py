"""Scorecards: the caller's own, and those of an application that they may see."""

from __future__ import annotations

import marshmallow as ma

from recruiter.accounts import queries as accounts
from recruiter.api.fields import Strictly, Text, choice, many
from recruiter.api.guard import act, actor, check_version
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import scorecards as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews.models import Interview
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.scorecards import queries, rules, services
from recruiter.scorecards.models import CardChannel

blueprint = Area("scorecards", "What interviewers saw")


class MarkBody(Body):
    """One attribute as rated; null where it was not covered."""

    attribute = Text(required=True, longest=120)
    rating = Strictly(load_default=None)
    evidence = Text(load_default="", longest=rules.LONGEST_TEXT)


class ContentBody(Body):
    """What a card says."""

    ratings = many(ma.fields.Nested(MarkBody), most=100, load_default=list)
    overall = Strictly(load_default=None)
    summary = Text(load_default="", longest=rules.LONGEST_TEXT)
    question = Text(load_default="", longest=rules.LONGEST_TEXT)
    concern = Text(load_default="", longest=rules.LONGEST_TEXT)


class CardBody(ContentBody):
    """A card, saved or sent."""

    submit = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    amend = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    reason = Text(load_default="")


class EnteredBody(ContentBody):
    """A card that is written down for its author, and how it came."""

    interviewer = Text(required=True, longest=320)
    channel = choice(CardChannel, required=True)


def _content(body: JsonObject) -> rules.CardContent:
    marks = [rules.Mark(**mark) for mark in body["ratings"]]
    return rules.CardContent(marks, body["overall"], body["summary"], body["question"], body["concern"])


@blueprint.get("/interviews/<int:interview_id>/scorecard", Permission.SCORECARD_WRITE)
def read(interview: Interview) -> JsonObject:
    """The caller's own card."""
    card = queries.card_of(db.session(), interview=interview, author=actor())
    if card is None:
        raise NotFound("You have not begun a scorecard on this interview.")
    return serializers.scorecard(card)


@blueprint.put("/interviews/<int:interview_id>/scorecard", Permission.SCORECARD_WRITE, body=CardBody, own_version=True)
def write(body: JsonObject, interview: Interview) -> JsonObject:
    """Save the draft, or send it with `submit`; put a sent one right with `amend` and a `reason`."""
    session = db.session()
    card = queries.card_of(session, interview=interview, author=actor())
    check_version(card)
    content = _content(body)
    if body["amend"]:
        card = services.amend(session, interview=interview, content=content, reason=body["reason"], act=act())
    else:
        service = services.submit if body["submit"] else services.save
        card = service(session, interview=interview, content=content, act=act())
    return serializers.scorecard(card)


@blueprint.post(
    "/interviews/<int:interview_id>/entered-scorecards", Permission.SCORECARD_ENTER, body=EnteredBody, status=201
)
def enter(body: JsonObject, interview: Interview) -> JsonObject:
    """Write down the card of somebody on the panel who gave it otherwise; it stays marked with who entered it."""
    session, channel, content = db.session(), body["channel"], _content(body)
    author = accounts.by_email_or_refuse(session, body["interviewer"], field="interviewer")
    card = services.enter_for(session, interview=interview, author=author, channel=channel, content=content, act=act())
    return serializers.scorecard(card)


@blueprint.get("/applications/<int:application_id>/scorecards", Permission.SCORECARD_LIST)
def index(application: Application) -> JsonObject:
    """The cards of an application that the caller may see: while they owe one themselves, only their own."""
    visible = queries.visible_to(db.session(), viewer=actor(), application=application)
    counts = {"submitted": visible.submitted, "expected": visible.expected, "hidden": visible.hidden}
    return {"items": [serializers.scorecard(card) for card in visible.cards], "next": None, **counts}

"""Messages to one finalist: a draft from the record, and sending, which a person asks for."""

from __future__ import annotations

import dataclasses

import marshmallow as ma

from recruiter.api import guard
from recruiter.api.fields import Day, Text, choice
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import bench as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.messages import drafts
from recruiter.keepwarm.messages.drafts import Purpose
from recruiter.keepwarm.messages.message_rules import OutgoingMessage
from recruiter.keepwarm.models.records import TouchKind
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_messages

blueprint = Area("messages", "Messages that a person sends to a finalist")


class DraftQuery(Body):
    """What the message is for, and by when we ask for an answer."""

    purpose = choice(Purpose, load_default=None)
    by = Day(load_default=None)


class MessageBody(Body):
    """A message as it is sent; words in brackets are refused. `confirmed` sends it in spite of words that are warned of."""

    subject = Text(required=True, longest=200)
    body = Text(required=True, longest=10_000)
    kind = choice(TouchKind, load_default=TouchKind.UPDATE)
    confirmed = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})


@blueprint.get("/applications/<int:application_id>/message-draft", Permission.KEEPWARM_READ, query=DraftQuery)
def message_draft(query: JsonObject, application: Application) -> JsonObject:
    """A message to start from, made of what was said and promised. Nothing is sent."""
    purpose, ask_by = query["purpose"], query["by"]
    draft = drafts.build_draft(db.session(), application=application, purpose=purpose, act=guard.act(), ask_by=ask_by)
    return {"application_id": application.id, **dataclasses.asdict(draft)}


@blueprint.post("/applications/<int:application_id>/messages", Permission.KEEPWARM_WRITE, body=MessageBody, status=201)
def send(body: JsonObject, application: Application) -> JsonObject:
    """Send a message to one finalist and keep it as a contact; the same text never goes to two.

    Words about protected facts or past pay stop it (422); words that are warned of do until they are confirmed.
    """
    confirmed = body.pop("confirmed")
    message = OutgoingMessage(application, **body, personal=True)
    return serializers.letter(
        checked_messages.send(db.session(), message=message, act=guard.act(), confirmed=confirmed)
    )

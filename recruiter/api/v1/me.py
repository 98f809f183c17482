"""Who asks, and the proof of it before some acts."""

from __future__ import annotations

import marshmallow as ma
from flask import g

from recruiter.accounts import rules, sign_in_services
from recruiter.api.guard import act, actor, now
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import people
from recruiter.api.serializers.values import instant
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.policy.permissions import Permission
from recruiter.request_context import origin, seal, settings

blueprint = Area("me", "Who asks")


class ConfirmationBody(Body):
    """The proof of who asks: one of the two."""

    password = ma.fields.String(load_default="", validate=ma.validate.Length(max=200))
    code = ma.fields.String(load_default="", validate=ma.validate.Length(max=200))


@blueprint.get("/me", Permission.SIGNED_IN)
def read() -> JsonObject:
    """The person whose token this is."""
    return people.me(actor())


@blueprint.post("/me/confirmation", Permission.SIGNED_IN, body=ConfirmationBody)
def confirm(body: JsonObject) -> JsonObject:
    """Prove who asks, for the acts that want it within ten minutes: rights changed, pay taken out, people erased."""
    proof, field = body["password"] or body["code"], "password" if body["password"] else "code"
    if not proof:
        raise RuleBroken.at("password", "Send your password, or the code that your authenticator app shows.")
    good = sign_in_services.proves(
        db.session(), user=actor(), proof=proof, origin=origin(), seal=seal(), act=act(),
        memory_kib=settings().argon2_memory_kib,
    )  # fmt: skip
    if not good:
        db.session.commit()  # the failure counts
        raise RuleBroken.at(field, "That is not your password, nor a code that your app shows now.")
    g.token.confirmed_at = now()
    return {"confirmed_until": instant(now() + rules.FRESH)}

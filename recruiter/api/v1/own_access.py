"""The caller's own ways in: browsers in which they are signed in, and tokens."""

from __future__ import annotations

import marshmallow as ma
from flask import g
from marshmallow import validate

from recruiter.accounts import queries, rules, session_services, token_services
from recruiter.api.fields import Strictly, Text
from recruiter.api.guard import act, actor, now
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import whole
from recruiter.api.serializers import accounts as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.policy.permissions import Permission

blueprint = Area("own_access", "Where you are signed in, and your tokens")


class TokenBody(Body):
    """A new token: what it is for, after how many days it ends, whether it only reads."""

    name = Text(load_default="", longest=100)
    days = Strictly(load_default=rules.TOKEN_DAYS, validate=validate.Range(1, rules.LONGEST_TOKEN_DAYS))
    read_only = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})


def _sessions() -> JsonObject:
    return whole(serializers.browser(row) for row in queries.sessions_of(db.session(), actor(), now=now()))


def _tokens() -> JsonObject:
    rows = queries.tokens_of(db.session(), actor(), now=now())
    return whole(serializers.token(row, current=g.token) for row in rows)


@blueprint.get("/me/sessions", Permission.SIGNED_IN)
def sessions() -> JsonObject:
    """The browsers in which you are signed in, the last used first."""
    return _sessions()


@blueprint.post("/me/sessions/<int:session_id>/end", Permission.SIGNED_IN)
def end_session(session_id: int) -> JsonObject:
    """Sign one of your browsers out; answers those that are left."""
    session_services.end_one(db.session(), user=actor(), session_id=session_id)
    return _sessions()


@blueprint.post("/me/sessions/end", Permission.SIGNED_IN)
def end_sessions() -> JsonObject:
    """Sign every one of your browsers out; tokens go on."""
    session_services.end_all(db.session(), user=actor())
    return _sessions()


@blueprint.get("/me/tokens", Permission.SIGNED_IN)
def tokens() -> JsonObject:
    """Your tokens that work, the newest first."""
    return _tokens()


@blueprint.post("/me/tokens", Permission.SIGN_IN_CHANGE, body=TokenBody, status=201)
def make_token(body: JsonObject) -> JsonObject:
    """Make a token; `token` is its secret, told this once."""
    secret = token_services.new_token(db.session(), user=actor(), act=act(), **body)
    made = queries.live_token(db.session(), secret, now=now())
    return {**(serializers.token(made, current=g.token) if made else {}), "token": secret}


@blueprint.post("/me/tokens/<int:token_id>/revocation", Permission.SIGNED_IN)
def revoke_token(token_id: int) -> JsonObject:
    """End one of your tokens at once; answers those that are left."""
    token_services.revoke(db.session(), user=actor(), token_id=token_id, act=act())
    return _tokens()

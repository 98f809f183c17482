"""People who were entered twice: found, merged, or set apart."""

from __future__ import annotations

from recruiter.api import guard
from recruiter.api.fields import Strictly
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import candidates as serializers
from recruiter.candidates.matching import duplicates
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline import candidate_merge
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission

blueprint = Area("duplicates", "People who were entered twice")
MOST = 50


class OtherBody(Body):
    """The other record."""

    other_id = Strictly(required=True)


def _other(candidate_id: int) -> Candidate:
    """The other person, within sight; NotFound for what is not there."""
    candidate: Candidate = permits.find(db.session(), name="candidate_id", value=candidate_id)
    guard.require(Permission.CANDIDATE_EDIT, candidate)
    return candidate


@blueprint.get("/candidates/duplicates", Permission.CANDIDATE_DUPLICATES)
def index() -> JsonObject:
    """Pairs of people who may be one, the surest first, each with why; `count` is how many there are."""
    pairs = duplicates.duplicate_pairs(db.session(), within=scopes.candidates(actor()), limit=MOST)
    items = []
    for pair in pairs.pairs:
        first, second = (serializers.candidate(person, viewer=actor()) for person in (pair.first, pair.second))
        items.append({"first": first, "second": second, "reasons": pair.reasons})
    return {"items": items, "count": pairs.count, "next": None}


@blueprint.post("/candidates/<int:candidate_id>/merge", Permission.CANDIDATE_EDIT, body=OtherBody)
def merge(body: JsonObject, candidate: Candidate) -> JsonObject:
    """Make two records of a person one: this one is kept; `undo` takes them apart again."""
    session, other, within = db.session(), _other(body["other_id"]), scopes.requisitions(actor())
    secret = candidate_merge.merge(session, survivor=candidate, duplicate=other, within=within, act=guard.act())
    db.session.flush()
    return {**serializers.candidate(candidate, viewer=actor()), "undo": secret}


@blueprint.post("/candidates/<int:candidate_id>/apart", Permission.CANDIDATE_EDIT, body=OtherBody)
def set_apart(body: JsonObject, candidate: Candidate) -> JsonObject:
    """Say that two people who look the same are not; `undo` takes it back."""
    secret = duplicates.set_apart(db.session(), first=candidate, second=_other(body["other_id"]), act=guard.act())
    return {"undo": secret}

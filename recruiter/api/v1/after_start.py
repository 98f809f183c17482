"""After the start: finalists to call and release, people kept in touch with, and what they agreed to."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from recruiter.api.fields import Text
from recruiter.api.guard import actor, calendar, needs, now, today, zone
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import bench as serializers
from recruiter.candidates.models import Candidate
from recruiter.candidates.records import consent_services
from recruiter.foundation.database.db import db
from recruiter.keepwarm.after_start import bench_release, talent_pool
from recruiter.keepwarm.models.records import Channel, ConsentAnswer
from recruiter.keepwarm.overview import fallback_candidates
from recruiter.pipeline import timeline
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_feedback
from recruiter.requisitions.models import Requisition

blueprint = Area("after_start", "Releasing the bench once work has started, and keeping in touch with whoever agreed")


class ReleaseBody(Body):
    """The call: how, which feedback, what they answered, until when they agreed."""

    channel = ma.fields.String(required=True, validate=validate.OneOf([one.value for one in Channel]))
    feedback = Text(required=True, longest=10_000)
    answer = ma.fields.String(required=True, validate=validate.OneOf([one.value for one in ConsentAnswer]))
    ends_on = ma.fields.Date(load_default=None, allow_none=True)


class ConsentBody(Body):
    """A yes to the words of `text`, by which way, until when."""

    ends_on = ma.fields.Date(required=True)
    channel = ma.fields.String(required=True, validate=validate.OneOf(list(consent_services.WAYS)))


@blueprint.route("/keep-warm/calls")
@needs(Permission.KEEPWARM_LIST)
@blueprint.response(200)
def calls() -> dict[str, Any]:
    """Finalists of filled searches who were not called yet, the longest due first."""
    found = bench_release.to_call(
        db.session(), within=scopes.searches(actor()), now=now(), zone=zone(), calendar=calendar()
    )
    return {"items": [serializers.to_call(one) for one in found], "next": None}


@blueprint.route("/applications/<int:application_id>/release", methods=["POST"])
@needs(Permission.KEEPWARM_WRITE)
@blueprint.arguments(ReleaseBody)
@blueprint.response(201)
def release(body: dict[str, Any], application: Application) -> dict[str, Any]:
    """Keep the call that lets a finalist go."""
    checked_feedback.check(body["feedback"], field="feedback")
    said = bench_release.Said(
        Channel(body["channel"]), body["feedback"], ConsentAnswer(body["answer"]), body["ends_on"]
    )
    one = bench_release.release(
        db.session(), application=application, said=said, actor=actor(), now=now(), today=today()
    )
    return serializers.release(one)


@blueprint.route("/keep-warm/in-touch")
@needs(Permission.KEEPWARM_LIST)
@blueprint.response(200)
def staying() -> dict[str, Any]:
    """Everybody who agreed to be kept in touch with, those due first."""
    found = talent_pool.listed(
        db.session(), people=scopes.candidates(actor()), within=scopes.searches(actor()), today=today(), zone=zone()
    )
    return {"items": [serializers.in_touch(one) for one in found], "next": None}


@blueprint.route("/requisitions/<requisition_ref>/earlier-finalists")
@needs(Permission.FINALISTS_READ)
@blueprint.response(200)
def earlier(requisition: Requisition) -> dict[str, Any]:
    """Whom this search may remember: rated 4 or more on what it asks for; and who was second for the same role in 12 months."""
    session, viewer = db.session(), actor()
    known = talent_pool.known_for(
        session, requisition=requisition, viewer=viewer, people=scopes.candidates(viewer),
        within=scopes.searches(viewer), today=today(),
    )  # fmt: skip
    second = fallback_candidates.were_second(
        session, requisition, within=scopes.searches(viewer), viewer=viewer, now=now()
    )
    return {
        "items": [serializers.known(one) for one in known],
        "next": None,
        "were_second": [
            {**serializers.whom(one.application), "position": one.position, "mean": one.mean, "cards": one.cards}
            for one in second
        ],
    }


def _consents(candidate: Candidate) -> dict[str, Any]:
    session = db.session()
    current = consent_services.current(session, candidate, today=today())
    return {
        "items": [
            serializers.consent(one, current=one is current) for one in consent_services.history_of(session, candidate)
        ],
        "next": None,
        "text": consent_services.words_for(consent_services.usual_end(today())),
        "text_version": consent_services.TEXT_VERSION,
    }


@blueprint.route("/candidates/<int:candidate_id>/consents")
@needs(Permission.CANDIDATE_NOTE)
@blueprint.response(200)
def agreed(candidate: Candidate) -> dict[str, Any]:
    """What a person agreed to, the latest first, and the words that are read to them."""
    return _consents(candidate)


@blueprint.route("/candidates/<int:candidate_id>/consents", methods=["POST"])
@needs(Permission.CANDIDATE_NOTE)
@blueprint.arguments(ConsentBody)
@blueprint.response(201)
def agree(body: dict[str, Any], candidate: Candidate) -> dict[str, Any]:
    """Keep that a person said yes, with its words and its end."""
    session = db.session()
    seen = timeline.standing_among(session, [candidate.id], within=scopes.applications(actor()))
    latest = next(iter(seen.get(candidate.id, [])), None)
    one = consent_services.give(
        session, candidate=candidate, actor=actor(), now=now(), today=today(),
        application_id=latest.id if latest else None, **body,
    )  # fmt: skip
    return serializers.consent(one, current=True)


@blueprint.route("/candidates/<int:candidate_id>/consents/withdrawal", methods=["POST"])
@needs(Permission.CANDIDATE_NOTE)
@blueprint.response(200)
def take_back(candidate: Candidate) -> dict[str, Any]:
    """They took it back: they are on no list of people kept in touch with any more."""
    consent_services.withdraw(db.session(), candidate=candidate, actor=actor(), now=now(), today=today())
    return _consents(candidate)

"""After the start: finalists to call and release, people kept in touch with, and what they agreed to."""

from __future__ import annotations

from marshmallow import validate

from recruiter.api import guard
from recruiter.api.fields import Day, Text, choice
from recruiter.api.guard import actor, now, today
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import whole
from recruiter.api.serializers import bench as serializers
from recruiter.candidates.models import Candidate
from recruiter.candidates.records import consent_services
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.after_start import bench_release, talent_pool
from recruiter.keepwarm.models.records import Channel, ConsentAnswer
from recruiter.keepwarm.overview import fallback_candidates
from recruiter.pipeline import history_queries
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_feedback
from recruiter.requisitions.models import Requisition

blueprint = Area("after_start", "Releasing the bench once work has started, and keeping in touch with whoever agreed")


class ReleaseBody(Body):
    """The call: how, which feedback, what they answered, until when they agreed."""

    channel = choice(Channel, required=True)
    feedback = Text(required=True, longest=10_000)
    answer = choice(ConsentAnswer, required=True)
    ends_on = Day(load_default=None, allow_none=True)


class ConsentBody(Body):
    """A yes to the words of `text`, by which way, until when."""

    ends_on = Day(required=True)
    channel = Text(required=True, validate=validate.OneOf(list(consent_services.CHANNELS)))


@blueprint.get("/keep-warm/calls", Permission.KEEPWARM_LIST)
def calls() -> JsonObject:
    """Finalists of filled searches who were not called yet, the longest due first."""
    waiting = bench_release.to_call(db.session(), within=scopes.searches(actor()), moment=guard.act())
    return whole(map(serializers.to_call, waiting))


@blueprint.post("/applications/<int:application_id>/release", Permission.KEEPWARM_WRITE, body=ReleaseBody, status=201)
def release(body: JsonObject, application: Application) -> JsonObject:
    """Keep the call that lets a finalist go."""
    call = bench_release.ReleaseCall(**body)
    return serializers.release(
        checked_feedback.release(db.session(), application=application, call=call, act=guard.act())
    )


@blueprint.get("/keep-warm/in-touch", Permission.KEEPWARM_LIST)
def staying() -> JsonObject:
    """Everybody who agreed to be kept in touch with, those due first."""
    people = talent_pool.people_in_touch(
        db.session(), people=scopes.candidates(actor()), within=scopes.searches(actor()), moment=guard.act()
    )
    return whole(map(serializers.in_touch, people))


@blueprint.get("/requisitions/<requisition_ref>/earlier-finalists", Permission.FINALISTS_READ)
def earlier(requisition: Requisition) -> JsonObject:
    """Whom this search may remember: rated 4 or more on what it asks for; and who was second for the same role in 12 months."""
    session, viewer = db.session(), actor()
    matches = talent_pool.matches_for(
        session, requisition=requisition, viewer=viewer, people=scopes.candidates(viewer),
        within=scopes.searches(viewer), moment=guard.act(),
    )  # fmt: skip
    runners_up = fallback_candidates.past_runners_up(
        session, requisition, within=scopes.searches(viewer), viewer=viewer, now=now()
    )
    return whole(map(serializers.known, matches), were_second=list(map(serializers.runner_up, runners_up)))


def _consents(candidate: Candidate) -> JsonObject:
    session = db.session()
    current = consent_services.current_consent(session, candidate, today=today())
    history = consent_services.history_of(session, candidate)
    return whole(
        [serializers.consent(consent, current=consent is current) for consent in history],
        text=consent_services.consent_text(consent_services.default_end(today())),
        text_version=consent_services.TEXT_VERSION,
    )


@blueprint.get("/candidates/<int:candidate_id>/consents", Permission.CANDIDATE_NOTE)
def agreed(candidate: Candidate) -> JsonObject:
    """What a person agreed to, the latest first, and the words that are read to them."""
    return _consents(candidate)


@blueprint.post("/candidates/<int:candidate_id>/consents", Permission.CANDIDATE_NOTE, body=ConsentBody, status=201)
def agree(body: JsonObject, candidate: Candidate) -> JsonObject:
    """Keep that a person said yes, with its words and its end."""
    session = db.session()
    subject = history_queries.latest_or_person(session, candidate, within=scopes.applications(actor()))
    given_consent = consent_services.record(session, subject=subject, act=guard.act(), **body)
    return serializers.consent(given_consent, current=True)


@blueprint.post("/candidates/<int:candidate_id>/consents/withdrawal", Permission.CANDIDATE_NOTE)
def take_back(candidate: Candidate) -> JsonObject:
    """They took it back: they are on no list of people kept in touch with any more."""
    consent_services.withdraw(db.session(), candidate=candidate, act=guard.act())
    return _consents(candidate)

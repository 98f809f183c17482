"""Lights, dates, clocks, clashes, promises and people of the bench in JSON."""

from __future__ import annotations

import datetime as dt
from typing import Any

from recruiter.api.serializers import people, values
from recruiter.candidates.models import Consent
from recruiter.keepwarm.after_start.bench_release import ToCall
from recruiter.keepwarm.after_start.talent_pool import InTouch, Known
from recruiter.keepwarm.models.agreements import Letter, Snooze
from recruiter.keepwarm.models.records import BenchRelease, Readiness
from recruiter.keepwarm.overview import readiness_rules
from recruiter.keepwarm.overview.feedback_owed import Owed
from recruiter.keepwarm.overview.promise_ledger import Entry, Tally
from recruiter.keepwarm.overview.readiness_rules import Light
from recruiter.keepwarm.schedule.agreement_queries import OurDate
from recruiter.keepwarm.schedule.cadence import CLOCKS, Situation
from recruiter.keepwarm.schedule.deadline_clashes import Clash
from recruiter.pipeline.models import Application


def whom(one: Application) -> dict[str, Any]:
    """Whom a line is about."""
    search = one.requisition
    return {
        "application_id": one.id,
        "candidate": {"id": one.candidate_id, "name": one.candidate.name},
        "requisition": {"id": one.requisition_id, "key": search.key, "title": search.title},
    }


def light(one: Light) -> dict[str, Any]:
    """One condition of readiness, and what would turn it green."""
    return {
        "name": one.name,
        "label": one.label,
        "state": one.state.value,
        "says": one.says,
        "on": values.day(one.on),
        "needs": one.needs or None,
    }


def readiness(application: Application, ready: Readiness | None, found: tuple[Light, ...]) -> dict[str, Any]:
    """What a finalist answered, and the seven lights."""
    return {
        "application_id": application.id,
        "interested": ready.interested if ready else None,
        "interested_asked_on": values.day(ready.interested_asked_on) if ready else None,
        "available_from": values.day(ready.available_from) if ready else None,
        "expectation_within_band": ready.expectation_within_band if ready else None,
        "expectation_asked_on": values.day(ready.expectation_asked_on) if ready else None,
        "references_done_on": values.day(ready.references_done_on) if ready else None,
        "lights": [light(one) for one in found],
        "ready": bool(found) and readiness_rules.ready(found),
    }


def snooze(one: Snooze) -> dict[str, Any]:
    """Until when somebody is left alone."""
    return {
        "id": one.id,
        "application_id": one.application_id,
        "until": values.day(one.until),
        "reason": one.reason,
        "by": people.person(one.by),
        "version": 1,
        "created_at": values.instant(one.at),
    }


def our_date(one: OurDate) -> dict[str, Any]:
    """A date that a search goes by."""
    return {
        "kind": one.kind.value,
        "due_on": values.day(one.due_on),
        "reason": one.reason,
        "promised_by": people.person(one.promised_by) if one.promised_by else None,
    }


def clock(situation: Situation, days: int) -> dict[str, Any]:
    """The days of one situation."""
    usual = CLOCKS[situation]
    return {
        "situation": situation.value,
        "label": usual.label,
        "does": usual.does,
        "days": days,
        "usual": usual.days,
        "unit": usual.unit,
    }


def clash(one: Clash) -> dict[str, Any]:
    """A date elsewhere before ours, with the two ways out."""
    return {
        **whom(one.application),
        "theirs": values.day(one.theirs),
        "ours": values.day(one.ours),
        "because": one.because,
        "ask_application_id": one.ask.id if one.ask else None,
        "move_to": values.day(one.move_to),
    }


def entry(one: Entry) -> dict[str, Any]:
    """One promise of the ledger."""
    return {
        **whom(one.application),
        "promise_id": one.promise.id,
        "what": one.promise.what,
        "due_on": values.day(one.promise.due_on),
        "zone": one.promise.zone or None,
        "by": people.person(one.promise.made_by),
        "outcome": one.outcome.value,
    }


def tally(one: Tally) -> dict[str, Any]:
    """Promises of a person or team, by what became of them."""
    return {
        "name": one.name,
        "kept": one.kept,
        "renewed": one.renewed,
        "told_after": one.told_after,
        "broken": one.broken,
        "open": one.open,
        "settled": one.settled,
    }


def owed(one: Owed, *, today: dt.date) -> dict[str, Any]:
    """Feedback to somebody who was not chosen."""
    return {
        **whom(one.application),
        "ended_on": values.day(one.ended_on),
        "due_on": values.day(one.due_on),
        "given_on": values.day(one.given_on),
        "late": one.late(today),
    }


def letter(one: Letter) -> dict[str, Any]:
    """A message that was sent."""
    return {
        "id": one.id,
        "application_id": one.application_id,
        "touchpoint_id": one.touchpoint_id,
        "subject": one.subject,
        "version": 1,
        "created_at": values.instant(one.at),
    }


def to_call(one: ToCall) -> dict[str, Any]:
    """A finalist who waits for the call after the start."""
    return {
        **whom(one.application),
        "started_at": values.instant(one.started_at),
        "due_on": values.day(one.due_on),
        "closed": one.closed,
        "asked_at": values.instant(one.asked_at),
    }


def release(one: BenchRelease) -> dict[str, Any]:
    """The call that let a finalist go."""
    return {
        "id": one.id,
        "application_id": one.application_id,
        "touchpoint_id": one.touchpoint_id,
        "answer": one.answer.value,
        "consent_id": one.consent_id,
        "version": 1,
        "created_at": values.instant(one.at),
    }


def consent(one: Consent, *, current: bool) -> dict[str, Any]:
    """What a person agreed to, in which words, until when."""
    return {
        "id": one.id,
        "candidate_id": one.candidate_id,
        "application_id": one.application_id,
        "purpose": one.purpose.value,
        "text_version": one.text_version,
        "text": one.text,
        "channel": one.channel,
        "given_on": values.day(one.given_on),
        "ends_on": values.day(one.ends_on),
        "withdrawn_at": values.instant(one.withdrawn_at),
        "current": current,
        "version": 1,
        "created_at": values.instant(one.recorded_at),
    }


def in_touch(one: InTouch) -> dict[str, Any]:
    """Somebody who agreed to be kept in touch with."""
    return {
        "candidate": {"id": one.consent.candidate_id, "name": one.consent.candidate.name},
        "application_id": one.application.id if one.application else None,
        "due_on": values.day(one.due.on),
        "because": one.due.why,
        "asks_again": one.due.asks,
        "last_contact_on": values.day(one.last_contact),
        "ends_on": values.day(one.consent.ends_on),
    }


def known(one: Known) -> dict[str, Any]:
    """Somebody whom a search may remember, and what they share with it."""
    return {
        "candidate": {"id": one.candidate.id, "name": one.candidate.name},
        "shared": [{"attribute": each.name, "mean": each.mean, "cards": each.cards} for each in one.shared],
        "rated_on": values.day(one.rated_on),
        "ends_on": values.day(one.ends_on),
    }

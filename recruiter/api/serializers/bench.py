"""Lights, dates, clocks, clashes, promises and people of the bench in JSON."""

from __future__ import annotations

import datetime as dt

from recruiter.api.serializers import people, values
from recruiter.candidates.models import Consent
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.after_start.bench_release import ToCall
from recruiter.keepwarm.after_start.talent_pool import InTouch, TalentMatch
from recruiter.keepwarm.models.agreements import Letter, Snooze
from recruiter.keepwarm.models.records import BenchRelease, Readiness
from recruiter.keepwarm.overview import readiness_rules
from recruiter.keepwarm.overview.fallback_candidates import Fallback
from recruiter.keepwarm.overview.feedback_owed import OwedFeedback
from recruiter.keepwarm.overview.promise_ledger import LedgerEntry, Tally
from recruiter.keepwarm.overview.readiness_rules import ReadinessCheck
from recruiter.keepwarm.schedule.agreement_queries import OurDate
from recruiter.keepwarm.schedule.cadence import CLOCKS, Situation
from recruiter.keepwarm.schedule.deadline_clashes import Clash
from recruiter.pipeline.models import Application


def whom(application: Application) -> JsonObject:
    """Whom a line is about."""
    requisition = application.requisition
    return {
        "application_id": application.id,
        "candidate": people.candidate(application.candidate),
        "requisition": {"id": requisition.id, "key": requisition.key, "title": requisition.title},
    }


def light(light: ReadinessCheck) -> JsonObject:
    """One condition of readiness, and what would turn it green."""
    return {
        "name": light.name,
        "label": light.label,
        "state": light.state.value,
        "says": light.says,
        "on": values.day(light.on),
        "needs": light.needs or None,
    }


def readiness(application: Application, ready: Readiness | None, lights: tuple[ReadinessCheck, ...]) -> JsonObject:
    """What a finalist answered, and the seven lights."""
    ready = ready or Readiness()
    return {
        "application_id": application.id,
        "interested": ready.interested,
        "interested_asked_on": values.day(ready.interested_asked_on),
        "available_from": values.day(ready.available_from),
        "expectation_within_band": ready.expectation_within_band,
        "expectation_asked_on": values.day(ready.expectation_asked_on),
        "references_done_on": values.day(ready.references_done_on),
        "lights": [light(check) for check in lights],
        "ready": bool(lights) and readiness_rules.ready(lights),
    }


def snooze(snooze: Snooze) -> JsonObject:
    """Until when somebody is left alone."""
    return {
        "id": snooze.id,
        "application_id": snooze.application_id,
        "until": values.day(snooze.until),
        "reason": snooze.reason,
        "by": people.person(snooze.by),
        "version": 1,
        "created_at": values.instant(snooze.at),
    }


def our_date(date: OurDate) -> JsonObject:
    """A date that a search goes by."""
    return {
        "kind": date.kind.value,
        "due_on": values.day(date.due_on),
        "reason": date.reason,
        "promised_by": people.person(date.promised_by) if date.promised_by else None,
    }


def clock(situation: Situation, days: int) -> JsonObject:
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


def clash(clash: Clash) -> JsonObject:
    """A date elsewhere before ours, with the two ways out."""
    return {
        **whom(clash.application),
        "theirs": values.day(clash.theirs),
        "ours": values.day(clash.ours),
        "because": clash.because,
        "ask_application_id": clash.ask.id if clash.ask else None,
        "move_to": values.day(clash.move_to),
    }


def entry(entry: LedgerEntry) -> JsonObject:
    """One promise of the ledger."""
    return {
        **whom(entry.application),
        "promise_id": entry.promise.id,
        "what": entry.promise.what,
        "due_on": values.day(entry.promise.due_on),
        "zone": entry.promise.zone or None,
        "by": people.person(entry.promise.made_by),
        "outcome": entry.outcome.value,
    }


def tally(tally: Tally) -> JsonObject:
    """Promises of a person or team, by what became of them."""
    return {
        "name": tally.name,
        "kept": tally.kept_count,
        "renewed": tally.renewed,
        "told_after": tally.told_after,
        "broken": tally.broken,
        "open": tally.open,
        "settled": tally.settled,
    }


def owed(owed: OwedFeedback, *, today: dt.date) -> JsonObject:
    """Feedback to somebody who was not chosen."""
    return {
        **whom(owed.application),
        "ended_on": values.day(owed.ended_on),
        "due_on": values.day(owed.due_on),
        "given_on": values.day(owed.given_on),
        "late": owed.late(today),
    }


def letter(message: Letter) -> JsonObject:
    """A message that was sent."""
    return {
        "id": message.id,
        "application_id": message.application_id,
        "touchpoint_id": message.touchpoint_id,
        "subject": message.subject,
        "version": 1,
        "created_at": values.instant(message.at),
    }


def to_call(call: ToCall) -> JsonObject:
    """A finalist who waits for the call after the start."""
    return {
        **whom(call.application),
        "started_at": values.instant(call.started_at),
        "due_on": values.day(call.due_on),
        "closed": call.closed,
        "asked_at": values.instant(call.asked_at),
    }


def release(release: BenchRelease) -> JsonObject:
    """The call that let a finalist go."""
    return {
        "id": release.id,
        "application_id": release.application_id,
        "touchpoint_id": release.touchpoint_id,
        "answer": release.answer.value,
        "consent_id": release.consent_id,
        "version": 1,
        "created_at": values.instant(release.at),
    }


def consent(consent: Consent, *, current: bool) -> JsonObject:
    """What a person agreed to, in which words, until when."""
    return {
        "id": consent.id,
        "candidate_id": consent.candidate_id,
        "application_id": consent.application_id,
        "purpose": consent.purpose.value,
        "text_version": consent.text_version,
        "text": consent.text,
        "channel": consent.channel,
        "given_on": values.day(consent.given_on),
        "ends_on": values.day(consent.ends_on),
        "withdrawn_at": values.instant(consent.withdrawn_at),
        "current": current,
        "version": 1,
        "created_at": values.instant(consent.recorded_at),
    }


def in_touch(person: InTouch) -> JsonObject:
    """Somebody who agreed to be kept in touch with."""
    return {
        "candidate": people.candidate(person.consent.candidate),
        "application_id": person.application.id if person.application else None,
        "due_on": values.day(person.due.on),
        "because": person.due.why,
        "asks_again": person.due.asks,
        "last_contact_on": values.day(person.last_contact),
        "ends_on": values.day(person.consent.ends_on),
    }


def known(match: TalentMatch) -> JsonObject:
    """Somebody whom a search may remember, and what they share with it."""
    return {
        "candidate": people.candidate(match.candidate),
        "shared": [{"attribute": rated.name, "mean": rated.mean, "cards": rated.cards} for rated in match.shared],
        "rated_on": values.day(match.rated_on),
        "ends_on": values.day(match.ends_on),
    }


def runner_up(person: Fallback) -> JsonObject:
    """Somebody who was second for the same role, with the mean of their cards."""
    return {**whom(person.application), "position": person.position, "mean": person.mean, "cards": person.cards}

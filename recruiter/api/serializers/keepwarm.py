"""Contacts, promises, concerns, the list of who must hear from us and promotions in JSON."""

from __future__ import annotations

import datetime as dt
from typing import Any

from recruiter.accounts.models import User
from recruiter.api.serializers import offers, people, values
from recruiter.keepwarm.models.records import Concern, Promise, Touchpoint
from recruiter.keepwarm.overview.contact_list import Row
from recruiter.keepwarm.promotion.promote import Promoted
from recruiter.keepwarm.schedule import next_contact


def touchpoint(one: Touchpoint) -> dict[str, Any]:
    """One contact."""
    return {
        "id": one.id,
        "application_id": one.application_id,
        "direction": one.direction.value,
        "channel": one.channel.value,
        "kind": one.kind.value,
        "said": one.said,
        "at": values.instant(one.at),
        "by": people.person(one.by),
        "version": 1,
        "created_at": values.instant(one.created_at),
    }


def promise(one: Promise, *, today: dt.date) -> dict[str, Any]:
    """A promise in the state that the date gives it."""
    return {
        "id": one.id,
        "application_id": one.application_id,
        "what": one.what,
        "due_on": values.day(one.due_on),
        "zone": one.zone or None,
        "state": next_contact.promise_state(one.state, due_on=one.due_on, today=today).value,
        "renews": one.renews_id,
        "by": people.person(one.made_by),
        "version": one.version,
        "created_at": values.instant(one.made_at),
    }


def concern(one: Concern) -> dict[str, Any]:
    """A concern."""
    return {
        "id": one.id,
        "application_id": one.application_id,
        "kind": one.kind.value,
        "text": one.text,
        "state": one.state.value,
        "answer": one.answer,
        "owner": people.person(one.owner) if one.owner else None,
        "version": one.version,
        "created_at": values.instant(one.created_at),
    }


def row(one: Row, *, blind: bool = False) -> dict[str, Any]:
    """One line of the list; the place on the slate is left out while the viewer owes a card on the search."""
    application = one.application
    out = {
        "application_id": application.id,
        "candidate": {"id": application.candidate_id, "name": application.candidate.name},
        "requisition": {
            "id": application.requisition_id,
            "key": application.requisition.key,
            "title": application.requisition.title,
        },
        "warmth": one.standing.warmth.value,
        "due_on": values.day(one.standing.due_on),
        "because": list(one.standing.because),
        "group": one.standing.group.value,
        "last_contact_at": values.instant(one.last_two_way),
        "open_concerns": one.open_concerns,
        "warmth_because": one.standing.warm_because,
        "snoozed_until": values.day(one.snoozed_until),
    }
    return out if blind else {**out, "position": one.finalist.position}


def rows(found: list[Row], *, blind_on: set[int]) -> list[dict[str, Any]]:
    """The lines of the list, by the searches on which the viewer owes a card."""
    return [row(one, blind=one.application.requisition_id in blind_on) for one in found]


def promotion(done: Promoted, *, viewer: User) -> dict[str, Any]:
    """What a promotion did."""
    fell, put_on = done.promotion.fall_through.at, done.promotion.at
    return {
        "ended_application": done.ended.id,
        "promoted_application": done.promoted.id,
        "offer": offers.offer(done.offer, viewer=viewer),
        "opening": done.promotion.opening_id,
        "phase": done.promotion.fall_through.phase.value,
        "fell_through_at": values.instant(fell),
        "promoted_at": values.instant(put_on),
        "undo": done.undo,
    }

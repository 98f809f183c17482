"""Contacts, promises, concerns, the list of who must hear from us and promotions in JSON."""

from __future__ import annotations

from recruiter.accounts.models import User
from recruiter.api.serializers import bench, offers, people, values
from recruiter.foundation.act import Moment
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.models.records import Concern, Promise, Touchpoint
from recruiter.keepwarm.overview.contact_list import ContactListItem
from recruiter.keepwarm.promotion.promote import PromotionResult
from recruiter.keepwarm.schedule import next_contact


def touchpoint(touchpoint: Touchpoint) -> JsonObject:
    """One contact."""
    return {
        "id": touchpoint.id,
        "application_id": touchpoint.application_id,
        "direction": touchpoint.direction.value,
        "channel": touchpoint.channel.value,
        "kind": touchpoint.kind.value,
        "said": touchpoint.text,
        "at": values.instant(touchpoint.at),
        "by": people.person(touchpoint.by),
        "version": 1,
        "created_at": values.instant(touchpoint.created_at),
    }


def promise(promise: Promise, *, moment: Moment) -> JsonObject:
    """A promise in the state that the date gives it."""
    return {
        "id": promise.id,
        "application_id": promise.application_id,
        "what": promise.what,
        "due_on": values.day(promise.due_on),
        "zone": promise.zone or None,
        "state": next_contact.state_of(promise, moment=moment).value,
        "renews": promise.renews_id,
        "by": people.person(promise.made_by),
        "version": promise.version,
        "created_at": values.instant(promise.made_at),
    }


def concern(concern: Concern) -> JsonObject:
    """A concern."""
    return values.fields(concern, "id application_id kind text state answer owner version created_at")


def row(item: ContactListItem, *, blind: bool = False) -> JsonObject:
    """One line of the list; the place on the slate is left out while the viewer owes a card on the search."""
    fields = {
        **bench.whom(item.application),
        "warmth": item.standing.warmth.value,
        "due_on": values.day(item.standing.due_on),
        "because": list(item.standing.because),
        "group": item.standing.group.value,
        "last_contact_at": values.instant(item.contact.last_two_way),
        "open_concerns": item.contact.open_concerns,
        "warmth_because": item.standing.warm_because,
        "snoozed_until": values.day(item.contact.snooze),
    }
    return fields if blind else {**fields, "position": item.finalist.position}


def rows(contacts: list[ContactListItem], *, blind_on: set[int]) -> list[JsonObject]:
    """The lines of the list, by the searches on which the viewer owes a card."""
    return [row(contact, blind=contact.application.requisition_id in blind_on) for contact in contacts]


def promotion(result: PromotionResult, *, viewer: User) -> JsonObject:
    """What a promotion did."""
    promotion, loss = result.promotion, result.promotion.fall_through
    return {
        "ended_application": result.ended.id,
        "promoted_application": result.promoted.id,
        "offer": offers.offer(result.offer, viewer=viewer),
        "opening": promotion.opening_id,
        "phase": loss.phase.value,
        "fell_through_at": values.instant(loss.at),
        "promoted_at": values.instant(promotion.at),
        "undo": result.undo,
    }

"""Contacts, promises, offers, notes and files as events of a timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy.orm import Session

from recruiter.candidates.models import Attachment, Note, NoteVersion
from recruiter.interviews import queries as interviews
from recruiter.keepwarm import queries as contacts
from recruiter.keepwarm.models.records import Channel, Direction, Promise, PromiseState, TouchKind, Touchpoint
from recruiter.offers import queries as offers
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline import history_queries
from recruiter.web.pipeline.application import timeline
from recruiter.web.pipeline.application.timeline import Event, owner_event
from recruiter.web.text.filters import day

ICONS = {Channel.EMAIL: "mail", Channel.PHONE: "phone", Channel.LETTER: "mail", Channel.MESSAGE: "chat"}
WAYS = {
    Channel.EMAIL: "wrote",
    Channel.PHONE: "called",
    Channel.VIDEO: "spoke by video",
    Channel.IN_PERSON: "met",
    Channel.MESSAGE: "sent a message",
    Channel.LETTER: "wrote a letter",
    Channel.OTHER: "was in touch",
}
KINDS = {
    TouchKind.UPDATE: "an update",
    TouchKind.FEEDBACK: "feedback",
    TouchKind.THANK_YOU: "thanks",
    TouchKind.CHECK_IN: "how things stand",
    TouchKind.CALL: "a talk",
    TouchKind.OFFER_TALK: "the offer",
}
SETTLED = {PromiseState.KEPT: "was kept", PromiseState.RENEWED: "was renewed", PromiseState.BROKEN: "was broken"}
LAST_MINUTE = dt.time(23, 59)
OFFER_ENDS = {
    OfferStatus.DECLINED: "was declined",
    OfferStatus.LAPSED: "lapsed",
    OfferStatus.RESCINDED: "was taken back",
    OfferStatus.RENEGED: "was given up after it was accepted",
}


@dataclass(frozen=True)
class NoteDetails:
    """What stands under a note: who reads it where it is private, its earlier words, and whether the viewer may change it."""

    note: Note
    readers: str
    earlier: list[NoteVersion]
    edits: bool


def note_event(note: Note, *, viewer_id: int) -> Event:
    """A note as an event, with its author and whoever else reads it."""
    names = [reader.user.name for reader in note.readers if reader.user_id != viewer_id]
    if note.author_id != viewer_id:
        names.insert(0, note.author.name)
    readers = f"You and {', '.join(names)} read it" if names else "Only you read it"
    details = NoteDetails(note, readers, note.earlier[::-1], edits=note.author_id == viewer_id)
    icon, action = ("lock", "wrote a private note") if note.private else ("chat", "wrote a note")
    return Event(note.created_at, icon, note.author.name, action, note.text, kind="notes", note=details)


def file_event(attachment: Attachment) -> Event:
    """A file that was added."""
    name, action = attachment.uploaded_by.name, f"added the file {attachment.name}"
    href = url_for("candidates.file", file_id=attachment.id)
    return Event(attachment.created_at, "doc", name, action, kind="files", href=href)


def contact_event(touchpoint: Touchpoint, name: str) -> Event:
    """A contact, in the words of whoever was there."""
    is_ours = touchpoint.direction == Direction.TO
    actor = touchpoint.by.name if is_ours else name
    action = f"{WAYS[touchpoint.channel]}: {KINDS[touchpoint.kind]}"
    tone = "" if is_ours else "ok"
    people = () if is_ours else (touchpoint.by.name,)
    icon = ICONS.get(touchpoint.channel, "people")
    return Event(touchpoint.at, icon, actor, action, touchpoint.text, tone, people, kind="contacts")


def promise_events(promise: Promise, *, now: dt.datetime, zone: dt.tzinfo) -> list[Event]:
    """A promise, and what became of it; `zone` is where its date ends unless it names another."""
    promise_text = f"promised something by {day(promise.due_on)}"
    events = [Event(promise.made_at, "clock", promise.made_by.name, promise_text, promise.what, "due", kind="contacts")]
    if promise.settled_at and promise.state in SETTLED:
        tone, action = "late" if promise.state == PromiseState.BROKEN else "ok", SETTLED[promise.state]
        events.append(Event(promise.settled_at, "check", "The promise", action, promise.what, tone, kind="contacts"))
    ends_at = dt.datetime.combine(promise.due_on, LAST_MINUTE, ZoneInfo(promise.zone) if promise.zone else zone)
    if promise.state == PromiseState.OPEN and ends_at < now:
        events.append(Event(ends_at, "clock", "The promised date", "passed", promise.what, "late", kind="contacts"))
    return events


def offer_events(offer: Offer) -> list[Event]:
    """The way of an offer: drafted, sent for approval, sent out, accepted or ended. No amounts."""
    href = url_for("offers.show", offer_id=offer.id)
    steps = [
        (offer.created_at, "was drafted", ""),
        (offer.submitted_at, "was sent for approval", ""),
        (offer.extended_at, "was sent to them", "ok"),
        (offer.accepted_at, "was accepted", "ok"),
        (offer.ended_at, OFFER_ENDS.get(offer.status, "ended"), "late"),
    ]
    return [
        Event(at, "doc", "The offer", action, tone=tone, kind="offers", href=href) for at, action, tone in steps if at
    ]


def changes_of(
    session: Session, application_ids: Sequence[int], *, quiet_on: Collection[int], quiet_talks: bool
) -> list[tuple[int, Event]]:
    """Moves, endings and what was done to interviews, each with its application; no reasons `quiet_on` where a card is owed."""
    events = [
        (move.application_id, timeline.move_event(move, quiet=move.application_id in quiet_on))
        for move in history_queries.moves_among(session, application_ids)
    ]
    for change in history_queries.status_changes_among(session, application_ids):
        quiet = change.application_id in quiet_on
        events.append((change.application_id, timeline.status_event(change, quiet=quiet)))
    for interview, done in interviews.changes_of(session, application_ids):
        event = timeline.interview_change_event(interview, done, quiet=quiet_talks)
        events.append((interview.application_id, event))
    return events


def of_applications(
    session: Session, application_ids: Sequence[int], *, name: str, pay: bool, now: dt.datetime, zone: dt.tzinfo
) -> list[Event]:
    """Contacts, promises, owners and, with `pay`, offers of some applications. Callers leave out those on which the viewer owes a card."""
    if not application_ids:
        return []
    events = [contact_event(touchpoint, name) for touchpoint in contacts.touchpoints_among(session, application_ids)]
    events += [owner_event(change) for change in history_queries.owner_changes_among(session, application_ids)]
    for promise in contacts.promises_among(session, application_ids):
        events += promise_events(promise, now=now, zone=zone)
    for offer in offers.of_applications(session, application_ids) if pay else ():
        events += offer_events(offer)
    return events


FILTERS: list[tuple[str, str]] = [
    ("", "Everything"),
    ("notes", "Notes"),
    ("contacts", "Contacts"),
    ("interviews", "Interviews"),
    ("moves", "Moves"),
    ("offers", "Offers"),
    ("files", "Files"),
]


def filter_events(events: Sequence[Event], kind: str | None) -> tuple[list[Event], list[tuple[str, str, bool]]]:
    """The events of one kind, and the filters that have something to show: (kind, label, whether it is the chosen one)."""
    kinds: set[object] = {event.kind for event in events}
    links = [(key, label, key == (kind or "")) for key, label in FILTERS if not key or key in kinds or key == kind]
    return [event for event in events if not kind or event.kind == kind], links if len(kinds) > 1 or kind else []

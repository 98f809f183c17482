"""Contacts, promises, offers, notes and files as events of a timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy.orm import Session

from recruiter.candidates.models import Attachment, Note, NoteVersion
from recruiter.keepwarm.models.records import Channel, Direction, Promise, PromiseState, TouchKind, Touchpoint
from recruiter.keepwarm.overview import timeline as contacts
from recruiter.offers import timeline as offers
from recruiter.offers.models import OfferStatus
from recruiter.pipeline import timeline
from recruiter.web.pipeline.application.timeline import Event, handed
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
class NoteShown:
    """What stands under a note: whether it is private and who reads it, its earlier words, and whether the viewer may change it."""

    id: int
    private: bool
    readers: str
    edited_at: dt.datetime | None
    earlier: list[NoteVersion]
    edits: bool


def noted(note: Note, *, viewer_id: int) -> Event:
    """A note as an event, with its author and whoever else reads it."""
    names = [one.user.name for one in note.readers if one.user_id != viewer_id]
    if note.author_id != viewer_id:
        names.insert(0, note.author.name)
    shown = NoteShown(
        note.id,
        note.private,
        f"You and {', '.join(names)} read it" if names else "Only you read it",
        note.edited_at,
        list(reversed(note.earlier)),
        note.author_id == viewer_id,
    )
    did = "wrote a private note" if note.private else "wrote a note"
    icon = "lock" if note.private else "chat"
    return Event(note.created_at, icon, note.author.name, did, note.text, kind="notes", note=shown)


def filed(one: Attachment) -> Event:
    """A file that was added."""
    return Event(
        one.created_at,
        "doc",
        one.uploaded_by.name,
        f"added the file {one.name}",
        kind="files",
        href=url_for("candidates.file", file_id=one.id),
    )


def touched(one: Touchpoint, name: str) -> Event:
    """A contact, in the words of whoever was there."""
    ours = one.direction == Direction.TO
    who = one.by.name if ours else name
    did = f"{WAYS[one.channel]}: {KINDS[one.kind]}"
    tone = "" if ours else "ok"
    people = () if ours else (one.by.name,)
    return Event(one.at, ICONS.get(one.channel, "people"), who, did, one.said, tone, people, kind="contacts")


def promised(one: Promise, *, now: dt.datetime, zone: dt.tzinfo) -> list[Event]:
    """A promise, and what became of it; `zone` is where its date ends unless it names another."""
    made = f"promised something by {day(one.due_on)}"
    found = [Event(one.made_at, "clock", one.made_by.name, made, one.what, "due", kind="contacts")]
    if one.settled_at and one.state in SETTLED:
        tone = "late" if one.state == PromiseState.BROKEN else "ok"
        found.append(Event(one.settled_at, "check", "The promise", SETTLED[one.state], one.what, tone, kind="contacts"))
    over = dt.datetime.combine(one.due_on, LAST_MINUTE, ZoneInfo(one.zone) if one.zone else zone)
    if one.state == PromiseState.OPEN and over < now:
        found.append(Event(over, "clock", "The promised date", "passed", one.what, "late", kind="contacts"))
    return found


def offered(one: offers.Way) -> list[Event]:
    """The way of an offer: drafted, sent for approval, sent out, accepted or ended. No amounts."""
    href = url_for("offers.show", offer_id=one.id)
    steps: list[tuple[dt.datetime | None, str, str]] = [
        (one.created_at, "was drafted", ""),
        (one.submitted_at, "was sent for approval", ""),
        (one.extended_at, "was sent to them", "ok"),
        (one.accepted_at, "was accepted", "ok"),
        (one.ended_at, OFFER_ENDS.get(one.status, "ended"), "late"),
    ]
    return [Event(at, "doc", "The offer", did, tone=tone, kind="offers", href=href) for at, did, tone in steps if at]


def of_applications(
    session: Session, application_ids: Sequence[int], *, name: str, pay: bool, now: dt.datetime, zone: dt.tzinfo
) -> list[Event]:
    """Contacts, promises, owners and, with `pay`, offers of some applications. Callers leave out those on which the viewer owes a card."""
    if not application_ids:
        return []
    found: list[Event] = [touched(one, name) for one in contacts.touchpoints_among(session, application_ids)]
    found += [handed(one) for one in timeline.handed_among(session, application_ids)]
    for one in contacts.promises_among(session, application_ids):
        found += promised(one, now=now, zone=zone)
    if pay:
        for way in offers.ways_among(session, application_ids):
            found += offered(way)
    return found


FILTERS: list[tuple[str, str]] = [
    ("", "Everything"),
    ("notes", "Notes"),
    ("contacts", "Contacts"),
    ("interviews", "Interviews"),
    ("moves", "Moves"),
    ("offers", "Offers"),
    ("files", "Files"),
]


def chosen(events: Sequence[Event], kind: str | None) -> tuple[list[Event], list[tuple[str, str, bool]]]:
    """The events of one kind, and the filters that have something to show: (kind, label, whether it is the chosen one)."""
    there: set[Any] = {one.kind for one in events}
    links = [(key, label, key == (kind or "")) for key, label in FILTERS if not key or key in there or key == kind]
    return [one for one in events if not kind or one.kind == kind], links if len(there) > 1 or kind else []

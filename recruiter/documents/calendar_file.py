"""Appointments as an iCalendar text (RFC 5545): what every calendar reads, whoever wrote it. The icalendar library writes it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event, Timezone, vCalAddress

from recruiter.foundation.text import clean

NOT_IN_A_NAME = re.compile(r'["\n\t]')  # the standard has no way to write them there


class Method(StrEnum):
    """What a calendar is to do with the text: show it, ask its owner to come, or take the appointment out."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Person:
    """Somebody who takes part."""

    name: str
    email: str


@dataclass(frozen=True)
class Appointment:
    """One appointment. `uid` names it for good; `sequence` rises when time, place or people change."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    stamped_at: dt.datetime
    summary: str
    description: str = ""
    place: str = ""
    address: str = ""
    organiser: Person | None = None
    attendees: list[Person] = field(default_factory=list)
    private: bool = False


def text(appointment: Appointment, *, method: Method, zone: ZoneInfo) -> str:
    """The whole calendar file of one appointment, its times in `zone`, lines folded and ended as the standard asks."""
    from icalendar import Calendar, Timezone  # it loads slowly, and pages without a calendar must not wait for it

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Recruiter//Interviews//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    starts, ends = _on_the_clock(appointment.starts_at, zone), _on_the_clock(appointment.ends_at, zone)
    if zone in {starts.tzinfo, ends.tzinfo}:
        first, last = dt.date(starts.year - 1, 1, 1), dt.date(ends.year + 2, 1, 1)  # as the zone runs round it
        timezone = Timezone.from_tzinfo(zone, zone.key, first, last)
        _correct_onsets(timezone, zone)
        calendar.add_component(timezone)
    calendar.add_component(_event(appointment, starts, ends, method=method))
    return str(calendar.to_ical(), "utf-8")


def _correct_onsets(timezone: Timezone, zone: ZoneInfo) -> None:
    """Name each change of the clock by the time that the clock showed before it, as the standard asks.

    icalendar 7.3 names a clock that is put forward by the time after it (03:00 for 02:00), which is an hour late for readers.
    """
    observances: list[Any] = timezone.subcomponents  # the library's types allow each property any of 26 kinds
    for observance in observances:
        before = observance["TZOFFSETFROM"].td
        if observance["TZOFFSETTO"].td <= before:
            continue
        for moment in [observance["DTSTART"], *(observance["RDATE"].dts if "RDATE" in observance else [])]:
            onset = moment.dt.replace(tzinfo=zone).astimezone(dt.UTC)
            moment.dt = (onset + before).replace(tzinfo=None)


def _event(appointment: Appointment, starts: dt.datetime, ends: dt.datetime, *, method: Method) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.stamped_at.astimezone(dt.UTC))
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", clean(appointment.summary))
    for name, value in (("description", appointment.description), ("location", appointment.place)):
        if clean(value):
            event.add(name, clean(value))
    if appointment.address:
        event.add("url", appointment.address)
    if appointment.organiser is not None:
        event.add("organizer", _address_of(appointment.organiser))
    for person in appointment.attendees:
        attendee = _address_of(person)
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        if method == Method.REQUEST:
            attendee.params["RSVP"] = "TRUE"
        event.add("attendee", attendee)
    event.add("status", "CANCELLED" if method == Method.CANCEL else "CONFIRMED")
    if appointment.private:
        event.add("class", "PRIVATE")
    return event


def _on_the_clock(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """A moment in its zone; in UTC where the zone's clock shows that hour a second time, which the name cannot say."""
    local = moment.astimezone(zone)
    return local.astimezone(dt.UTC) if zone.key == "UTC" or local.fold else local


def _address_of(person: Person) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = NOT_IN_A_NAME.sub("", clean(person.name))
    return address

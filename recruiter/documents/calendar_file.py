"""Appointments as an iCalendar text (RFC 5545): what every calendar reads, whoever wrote it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

FOLD_AT = 75  # octets of one line, its end not counted
LINE_END = "\r\n"
STAMP = "%Y%m%dT%H%M%S"


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
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Recruiter//Interviews//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"METHOD:{method.value}")
    starts, needs_zone = _moment("DTSTART", appointment.starts_at, zone)
    ends, ends_need_zone = _moment("DTEND", appointment.ends_at, zone)
    if needs_zone or ends_need_zone:
        lines += _zone_lines(zone, appointment.starts_at, appointment.ends_at)
    lines += ["BEGIN:VEVENT", f"UID:{appointment.uid}", f"SEQUENCE:{appointment.sequence}"]
    lines += [f"DTSTAMP:{_utc(appointment.stamped_at)}", starts, ends]
    lines.append(f"SUMMARY:{escaped(appointment.summary)}")
    if appointment.description:
        lines.append(f"DESCRIPTION:{escaped(appointment.description)}")
    if appointment.place:
        lines.append(f"LOCATION:{escaped(appointment.place)}")
    if appointment.address:
        lines.append(f"URL:{appointment.address}")
    if appointment.organiser is not None:
        lines.append(f"ORGANIZER;{_person(appointment.organiser)}")
    reply_request = ";RSVP=TRUE" if method == Method.REQUEST else ""
    lines += [f"ATTENDEE;ROLE=REQ-PARTICIPANT{reply_request};{_person(attendee)}" for attendee in appointment.attendees]
    lines.append(f"STATUS:{'CANCELLED' if method == Method.CANCEL else 'CONFIRMED'}")
    lines += ["CLASS:PRIVATE"] if appointment.private else []
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return LINE_END.join(_folded(line) for line in lines) + LINE_END


def escaped(value: str) -> str:
    """Text as the standard writes it: backslash, comma, semicolon and line ends escaped, other control characters left out."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    printable = "".join(c for c in plain if c in "\n\t" or c.isprintable())
    for bare, escaped_form in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        printable = printable.replace(bare, escaped_form)
    return printable


def _person(person: Person) -> str:
    name = "".join(c for c in person.name if c not in '"\r\n' and c.isprintable())
    return f'CN="{name}":mailto:{person.email}'


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, never cut within a character."""
    pieces, piece, size, room = [], "", 0, FOLD_AT
    for char in line:
        octets = len(char.encode())
        if size + octets > room:
            pieces.append(piece)
            piece, size, room = "", 0, FOLD_AT - 1  # the space that continues a line counts
        piece, size = piece + char, size + octets
    return f"{LINE_END} ".join([*pieces, piece])


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime(STAMP) + "Z"


def _moment(name: str, moment: dt.datetime, zone: ZoneInfo) -> tuple[str, bool]:
    """A moment with the name of its zone; in UTC where the zone's clock shows that hour a second time, which the name cannot say."""
    local = moment.astimezone(zone)
    if zone.key == "UTC" or local.fold:
        return f"{name}:{_utc(moment)}", False
    return f"{name};TZID={zone.key}:{local.strftime(STAMP)}", True


def _zone_lines(zone: ZoneInfo, first: dt.datetime, last: dt.datetime) -> list[str]:
    """The zone as it runs round an appointment: its offset a year before, and each change from then to a year after."""
    begin, end = first.astimezone(dt.UTC) - dt.timedelta(days=366), last.astimezone(dt.UTC) + dt.timedelta(days=366)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone.key}"]
    lines += _observance(begin, begin, zone)
    day = begin
    while day < end:
        following = day + dt.timedelta(days=1)
        if day.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            lines += _observance(_change_between(day, following, zone), day, zone)
        day = following
    return [*lines, "END:VTIMEZONE"]


def _change_between(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    offset = before.astimezone(zone).utcoffset()
    while after - before > dt.timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _observance(at: dt.datetime, before: dt.datetime, zone: ZoneInfo) -> list[str]:
    old, local = before.astimezone(zone).utcoffset() or dt.timedelta(), at.astimezone(zone)
    new = local.utcoffset() or dt.timedelta()
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    wall = (at.astimezone(dt.UTC) + old).strftime(STAMP)  # the clock as it stood before the change
    name = escaped(local.tzname() or zone.key)
    return [
        f"BEGIN:{kind}", f"DTSTART:{wall}", f"TZOFFSETFROM:{_offset(old)}", f"TZOFFSETTO:{_offset(new)}",
        f"TZNAME:{name}", f"END:{kind}",
    ]  # fmt: skip


def _offset(value: dt.timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"

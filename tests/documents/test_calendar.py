"""Calendar files: times that are right in every zone, text that cannot break out, lines that every reader takes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from recruiter.documents import calendar_file
from recruiter.documents.calendar_file import Appointment, Method, Person

BERLIN, UTC = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")


def made(starts, *, zone=BERLIN, method=Method.REQUEST, **more):
    appointment = Appointment(
        uid="interview-7@recruiter", sequence=3, starts_at=starts, ends_at=starts + dt.timedelta(hours=1),
        stamped_at=dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC), summary=more.pop("summary", "Interview"), **more,
    )  # fmt: skip
    return calendar_file.text(appointment, method=method, zone=zone)


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def people(text, name="ATTENDEE"):
    """Who takes part, as a reader of the file finds them: address, name and what is asked of them."""
    match = Calendar.from_ical(text).walk("VEVENT")[0].get(name)
    return [
        (str(address), address.params["CN"], address.params.get("ROLE"), address.params.get("RSVP"))
        for address in (match if isinstance(match, list) else [match])
    ]


def test_a_whole_file():
    text = made(
        dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC), place="Room 4", address="http://x/interviews/7",
        organiser=Person("Calder", "r@example.com"), attendees=[Person("Ines", "ines@example.com")], private=True,
    )  # fmt: skip
    lines = unfolded(text)
    assert text.endswith("END:VCALENDAR\r\n")
    assert lines.count("") == 1
    for line in (
        "METHOD:REQUEST", "UID:interview-7@recruiter", "SEQUENCE:3", "DTSTAMP:20261118T093000Z",
        "DTSTART;TZID=Europe/Berlin:20261126T143000", "DTEND;TZID=Europe/Berlin:20261126T153000", "STATUS:CONFIRMED",
        "CLASS:PRIVATE", "URL:http://x/interviews/7", "LOCATION:Room 4",
    ):  # fmt: skip
        assert line in lines, line
    assert people(text, "ORGANIZER") == [("mailto:r@example.com", "Calder", None, None)]
    assert people(text) == [("mailto:ines@example.com", "Ines", "REQ-PARTICIPANT", "TRUE")]
    assert lines.index("BEGIN:VTIMEZONE") < lines.index("BEGIN:VEVENT")


def test_the_zone_is_told_as_it_runs_round_the_appointment():
    [zone] = Calendar.from_ical(made(dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC))).walk("VTIMEZONE")
    changes = {
        moment.dt.isoformat(): (part.name, part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td)
        for part in zone.subcomponents
        for moment in (part["DTSTART"], *(part["RDATE"].dts if "RDATE" in part else ()))
    }
    hour = dt.timedelta(hours=1)  # each change is named by the clock as it stood before it
    assert changes["2026-10-25T03:00:00"] == ("STANDARD", 2 * hour, hour)
    assert changes["2027-03-28T02:00:00"] == ("DAYLIGHT", hour, 2 * hour)


@pytest.mark.parametrize(
    ("name", "summer", "winter"),
    [("America/New_York", "-0400", "-0500"), ("Asia/Kolkata", "+0530", "+0530"), ("Australia/Lord_Howe", "+1100", "+1030")],
)  # fmt: skip
def test_zones_of_other_places(name, summer, winter):
    text = made(dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC), zone=ZoneInfo(name))
    assert f"TZOFFSETTO:{summer}" in text
    assert f"TZOFFSETTO:{winter}" in text
    assert f"TZID:{name}" in text


def test_an_hour_that_the_clock_shows_twice_is_told_apart():
    first = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)  # 02:30 summer time
    second = first + dt.timedelta(hours=1)  # 02:30 again, winter time
    assert "DTSTART;TZID=Europe/Berlin:20261025T023000" in made(first)
    assert "DTSTART:20261025T013000Z" in made(second)
    assert "DTSTART:20261126T133000Z" in made(dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC), zone=UTC)
    assert "VTIMEZONE" not in made(dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC), zone=UTC)


def test_text_cannot_break_out_and_lines_are_folded_within_no_character():
    bad = "A;B,C\\D\r\nATTENDEE:mailto:evil@example.com\x00\x1b" + "é🎻" * 60
    text = made(
        dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC), summary=bad, description=bad, place=bad,
        attendees=[Person('Eve"\r\nX-EVIL:1', "eve@example.com")],
    )  # fmt: skip
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = unfolded(text)
    assert "SUMMARY:A\\;B\\,C\\\\D\\nATTENDEE:mailto:evil@example.com" + "é🎻" * 60 in lines
    assert not [line for line in lines if line.startswith(("ATTENDEE:", "X-EVIL"))]
    assert people(text) == [("mailto:eve@example.com", "EveX-EVIL:1", "REQ-PARTICIPANT", "TRUE")]


def test_a_cancelled_appointment_is_taken_out():
    lines = unfolded(made(dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC), method=Method.CANCEL))
    assert "METHOD:CANCEL" in lines
    assert "STATUS:CANCELLED" in lines
    assert not [line for line in lines if "RSVP" in line]


NAMES = [
    "\u5c71\u7530\u3000\u592a\u90ce",
    "Núñez\u00a0de la Peña",
    "Ada \U0001f469\u200d\U0001f4bb",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u0915\u094d\u0937\u0924\u094d\u0930\u093f\u092f",
    "O\u2019Brien, Zo\u00eb; X: Y ^n",
]


@pytest.mark.parametrize("name", [*NAMES, (NAMES[2] + " ") * 12 + "x"])
def test_a_name_stands_in_a_calendar_as_it_is_written(name):
    start = dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC)
    text = made(start, summary=name, place=name, description=f"With {name}", attendees=[Person(name, "a@example.com")])
    assert people(text)[0][1] == name
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), str(event["LOCATION"]), str(event["DESCRIPTION"])) == (name, name, f"With {name}")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\x85", "\u2028", "\x0b"])
def test_a_line_break_in_a_name_begins_no_line_of_a_calendar(line_break):
    start, name = dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC), f"Ada{line_break}ATTENDEE:mailto:evil@example.com"
    text = made(start, summary=name, place=name, attendees=[Person(name, "a@example.com")])
    assert [address for address, *_ in people(text)] == ["mailto:a@example.com"]
    assert not [line for line in unfolded(text) if line.startswith("ATTENDEE:mailto:evil")]

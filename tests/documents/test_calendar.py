"""Calendar files: times that are right in every zone, text that cannot break out, lines that every reader takes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

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
        'ORGANIZER;CN="Calder":mailto:r@example.com', "CLASS:PRIVATE", "URL:http://x/interviews/7",
        'ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE;CN="Ines":mailto:ines@example.com', "LOCATION:Room 4",
    ):  # fmt: skip
        assert line in lines, line
    assert lines.index("BEGIN:VTIMEZONE") < lines.index("BEGIN:VEVENT")


def test_the_zone_is_told_as_it_runs_round_the_appointment():
    lines = unfolded(made(dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC)))
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    to_winter = zone.index("DTSTART:20261025T030000")  # the clock as it stood before the change
    assert zone[to_winter - 1] == "BEGIN:STANDARD"
    assert zone[to_winter + 1 : to_winter + 3] == ["TZOFFSETFROM:+0200", "TZOFFSETTO:+0100"]
    to_summer = zone.index("DTSTART:20270328T020000")
    assert zone[to_summer - 1] == "BEGIN:DAYLIGHT"
    assert zone[to_summer + 1 : to_summer + 3] == ["TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"]


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
    assert 'ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE;CN="EveX-EVIL:1":mailto:eve@example.com' in lines


def test_a_cancelled_appointment_is_taken_out():
    lines = unfolded(made(dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC), method=Method.CANCEL))
    assert "METHOD:CANCEL" in lines
    assert "STATUS:CANCELLED" in lines
    assert not [line for line in lines if "RSVP" in line]

"""What makes an interview one that can be held and scored."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from recruiter.interviews import rules
from recruiter.interviews.models import InterviewStatus
from tests.refusals import at, conflict, refusal

NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")


def test_an_interview_ends_after_it_starts_and_within_two_days():
    def times(length):
        return rules.check_times(starts_at=NOW, ends_at=NOW + length)

    times(SECOND)
    times(2 * DAY)
    assert refusal(times, 0 * DAY) == at("ends_at", "Enter an end that comes after the start.")
    assert refusal(times, 2 * DAY + SECOND) == at("ends_at", "An interview lasts two days at most.")


def test_the_focus_is_spelled_as_the_requisition_does():
    attributes = ["Role skills", "Café"]
    assert rules.check_focus(["CAFE", "role SKILLS", "CAFE"], attributes=attributes) == ["Café", "Role skills"]
    assert rules.check_focus([], attributes=attributes) == []
    sentence = "“Courage” is not an attribute of this requisition."
    assert refusal(rules.check_focus, ["cafe", "Courage"], attributes=attributes) == at("focus", sentence)


def test_a_card_is_due_a_day_after_the_end():
    assert rules.card_due(NOW) == NOW + DAY


def test_the_decision_is_the_searchs_own_day_or_two_working_days_on():
    day = dt.date(2026, 12, 1)
    assert rules.decision_date(decide_on=day, ends_at=NOW, zone=dt.UTC) == day
    assert rules.decision_date(decide_on=None, ends_at=NOW, zone=dt.UTC) == dt.date(2026, 11, 20)
    late = dt.datetime(2026, 11, 19, 23, 30, tzinfo=dt.UTC)  # Friday in Berlin
    assert rules.decision_date(decide_on=None, ends_at=late, zone=BERLIN) == dt.date(2026, 11, 24)


def test_a_place_is_one_line():
    assert rules.check_place(" Room 4,\n  left ") == "Room 4, left"
    assert len(rules.check_place("x" * 300)) == 300
    assert refusal(rules.check_place, "x" * 301) == at("place", "Use at most 300 characters for the place.")


def test_a_name_is_one_line_of_something():
    assert rules.check_name(" Panel\n  of five ") == "Panel of five"
    sentence = "Give the interview a name, like System design panel."
    assert refusal(rules.check_name, " \n") == at("name", sentence)


def test_nobody_stays_away_from_what_has_not_begun():
    for status in InterviewStatus:
        rules.check_status(status, starts_at=NOW, now=NOW)
    rules.check_status(InterviewStatus.CANCELLED, starts_at=NOW, now=NOW - SECOND)
    sentence = "This interview has not begun. Cancel it, or wait until it should have started."
    early = {"starts_at": NOW, "now": NOW - SECOND}
    assert refusal(rules.check_status, InterviewStatus.NO_SHOW, **early) == conflict(sentence)


def test_without_a_focus_all_attributes_are_covered():
    assert rules.covered(focus=[], attributes=["A", "B"]) == ["A", "B"]
    assert rules.covered(focus=["B"], attributes=["A", "B"]) == ["B"]


def test_times_on_the_clock_of_a_place():
    day = dt.date(2026, 3, 29)  # the clock goes from 2 to 3
    assert rules.wall_time(day, dt.time(3, 0), BERLIN).utcoffset() == dt.timedelta(hours=2)
    assert rules.wall_time(day, dt.time(1, 59), BERLIN).utcoffset() == dt.timedelta(hours=1)
    sentence = "The clock leaves 02:30 out on that day. Enter another time."
    assert refusal(rules.wall_time, day, dt.time(2, 30), BERLIN) == at("time", sentence)
    autumn = rules.wall_time(dt.date(2026, 10, 25), dt.time(2, 30), BERLIN)  # shown twice, so the first
    assert autumn.astimezone(dt.UTC).hour == 0


@pytest.mark.parametrize(("hour", "twice"), [(0, True), (1, True), (23, False), (2, False)])
def test_an_hour_that_the_clock_shows_twice(hour, twice):
    assert rules.is_ambiguous(dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC), BERLIN) is twice

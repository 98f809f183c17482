"""Clashes, load and working hours: warnings that say when, and never whom else somebody meets."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from recruiter.foundation.errors import RuleBroken
from recruiter.interviews import interviewer_profiles, rules, schedule_checks
from recruiter.interviews.interviewer_profiles import Hours
from recruiter.interviews.models import InterviewStatus
from recruiter.interviews.schedule_checks import Concern, TimeSlot
from recruiter.policy import scopes
from tests import factories
from tests.acts import act_by
from tests.scorecards import arranging

UTC, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def seat(session, people, now):
    return arranging.seat(session, people, now)


def _warned(session, people, now, application, starts, *panel, except_id=None, actor="ruth", zone=UTC):
    warnings = schedule_checks.warnings(
        session, application=application, panel=[getattr(people, name) for name in panel], slot=TimeSlot(starts, starts + HOUR),
        now=now, zone=zone, within=scopes.applications(getattr(people, actor)), except_id=except_id,
    )  # fmt: skip
    return [(warned.kind, warned.says) for warned in warnings]


@pytest.mark.hours
def test_a_panelist_who_is_elsewhere_is_warned_of_without_saying_with_whom(session, people, now, seat):
    hidden = factories.requisition(session, people, now, confidential=True, title="Secret role")
    other = arranging.seat(session, people, now, "CANARY Person", hidden)
    talk = arranging.talk(session, people, now, other, "ines", hours=-25)  # tomorrow, 09:30 to 10:30
    starts = now + dt.timedelta(hours=24, minutes=30)
    assert _warned(session, people, now, seat, starts, "ines", "igor", actor="rolf") == [
        (Concern.CLASH, "Ines is in another interview from 09:30 to 10:30.")
    ]
    assert _warned(session, people, now, seat, talk.ends_at, "ines") == []  # one ends, the next begins
    talk.status = InterviewStatus.CANCELLED
    session.flush()
    assert _warned(session, people, now, seat, starts, "ines") == []


def test_the_interview_that_is_moved_does_not_clash_with_itself(session, people, now, seat):
    talk = arranging.talk(session, people, now, seat, "ines", hours=-25)
    assert _warned(session, people, now, seat, talk.starts_at, "ines", except_id=talk.id) == []
    assert Concern.CLASH in dict(_warned(session, people, now, seat, talk.starts_at, "ines"))


@pytest.mark.hours
def test_the_candidate_clashes_only_within_sight(session, people, now, seat):
    hidden = factories.requisition(session, people, now, confidential=True)
    from recruiter.pipeline import services as pipeline

    twin = pipeline.apply(session, candidate=seat.candidate, requisition=hidden, act=act_by(people.ruth, now=now))
    talk = arranging.talk(session, people, now, twin, "igor", hours=-25)
    clash = [(Concern.CANDIDATE, "Ada Ferreira is in another interview from 09:30 to 10:30.")]
    assert _warned(session, people, now, seat, talk.starts_at, "ines", actor="ruth") == clash
    assert _warned(session, people, now, seat, talk.starts_at, "ines", actor="rolf") == []


def test_load_and_working_hours_are_each_ones_own(session, people, now, seat):
    def write(**more):
        profile = {"title": "", "zone": "", "day_starts": 9 * 60, "day_ends": 17 * 60, "weekly_limit": 1, **more}
        interviewer_profiles.save_profile(session, act=act_by(people.ines, now=now), **profile)

    write()
    arranging.talk(session, people, now, seat, "ines", hours=-25)
    starts = now + dt.timedelta(hours=26)
    assert _warned(session, people, now, seat, starts, "ines", "igor") == [
        (Concern.LOAD, "Ines would hold 2 interviews that week; 1 is the limit.")
    ]
    next_week = starts + dt.timedelta(days=7)
    assert _warned(session, people, now, seat, next_week, "ines") == []
    write(zone="America/New_York", weekly_limit=9)
    assert _warned(session, people, now, seat, starts, "ines") == [
        (Concern.HOURS, "Ines works 09:00 to 17:00 on working days, America/New_York.")
    ]
    assert _warned(session, people, now, seat, now.replace(hour=16) + dt.timedelta(days=1), "ines") == []
    saturday = dt.datetime(2026, 11, 21, 11, tzinfo=dt.UTC)
    assert [kind for kind, _ in _warned(session, people, now, seat, saturday, "igor")] == [Concern.HOURS]


def test_what_is_over_is_said_to_be_in_the_past_and_nothing_else(session, people, now, seat):
    talk = arranging.talk(session, people, now, seat, "ines", hours=3)
    [(kind, says)] = _warned(session, people, now, seat, talk.starts_at, "ines")
    assert kind == Concern.PAST
    assert says.startswith("This is in the past: ")
    assert f" {talk.starts_at:%Y}, from " in says
    assert _warned(session, people, now, seat, talk.starts_at, "ines", except_id=talk.id) == []  # it stood there before
    [(kind, _)] = _warned(session, people, now, seat, talk.starts_at - 24 * HOUR, "ines", except_id=talk.id)
    assert kind == Concern.PAST


def test_the_number_of_statements_does_not_grow(session, people, now, seat, count_statements):
    session.commit()
    with count_statements() as few:
        _warned(session, people, now, seat, now + HOUR, "ines")
    for place in range(5):
        arranging.talk(session, people, now, seat, "ines", "igor", "xenia", hours=-25 - place)
    with count_statements() as many:
        _warned(session, people, now, seat, now + HOUR, "ines", "igor", "xenia")
    assert len(many) == len(few)


def test_a_week_is_counted_on_the_clock_of_the_company():
    sunday_evening = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)  # Monday already in Berlin
    assert schedule_checks.week_of(sunday_evening, BERLIN)[0] == dt.datetime(2026, 11, 23, tzinfo=BERLIN)
    assert schedule_checks.week_of(sunday_evening, UTC)[0] == dt.datetime(2026, 11, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ((2026, 11, 18, 9, 30), (2026, 11, 18, 9, 30)),  # Wednesday, 10:30 in Berlin
        ((2026, 11, 18, 6, 0), (2026, 11, 18, 8, 0)),  # before the day begins
        ((2026, 11, 18, 17, 0), (2026, 11, 19, 8, 0)),  # 18:00 in Berlin: the day is over
        ((2026, 11, 20, 20, 0), (2026, 11, 23, 8, 0)),  # Friday night
        ((2026, 11, 21, 5, 0), (2026, 11, 23, 8, 0)),  # Saturday
        ((2026, 10, 23, 18, 0), (2026, 10, 26, 8, 0)),  # the clock changes over the weekend
    ],
)
def test_reminders_wait_for_working_hours(moment, then):
    next_moment = interviewer_profiles.next_working_moment(dt.datetime(*moment, tzinfo=dt.UTC), Hours(BERLIN))
    assert next_moment == dt.datetime(*then, tzinfo=dt.UTC)


def test_a_time_that_the_clock_leaves_out_is_refused_and_one_shown_twice_is_told():
    with pytest.raises(RuleBroken):
        rules.wall_time(dt.date(2026, 3, 29), dt.time(2, 30), BERLIN)
    assert rules.wall_time(dt.date(2026, 3, 29), dt.time(3, 30), BERLIN).utcoffset() == 2 * HOUR
    first = rules.wall_time(dt.date(2026, 10, 25), dt.time(2, 30), BERLIN)
    assert first.utcoffset() == 2 * HOUR
    assert rules.is_ambiguous(first, BERLIN)
    assert not rules.is_ambiguous(first + 3 * HOUR, BERLIN)


@pytest.mark.parametrize(
    "change",
    [{"zone": "Mars/Olympus"}, {"day_starts": 600, "day_ends": 600}, {"weekly_limit": 0}, {"title": "x" * 200}],
)
def test_what_no_profile_holds_is_refused(session, people, now, change):
    profile = {"title": "", "zone": "", "day_starts": 540, "day_ends": 1080, "weekly_limit": 5, **change}
    with pytest.raises(RuleBroken):
        interviewer_profiles.save_profile(session, act=act_by(people.ines, now=now), **profile)

"""Working days with public holidays, zones and summer time, snoozes and the clocks of a requisition: only dates."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter.foundation.calendar import WEEKDAYS, WorkingDays
from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.models.records import PromiseState
from recruiter.keepwarm.schedule import cadence, next_contact, promise_zone
from recruiter.keepwarm.schedule.cadence import CLOCKS, Cadence, Situation
from recruiter.keepwarm.schedule.next_contact import ContactSummary, Facts, Group, PromiseFact, Warmth
from tests.acts import moment

NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)  # a Wednesday
TODAY = NOW.date()
CONTACTS = {"last_two_way", "snoozed_until", "snoozed_at"}
DAYS = {"bench_days": Situation.BENCH, "offer_days": Situation.OFFER_OUT, "accepted_days": Situation.ACCEPTED}
ZONES = ["UTC", "Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Kiritimati", "America/St_Johns"]  # fmt: skip
days = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))
moments = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC))  # noqa: DTZ001  # Hypothesis adds the zone
holidays = st.frozensets(days, max_size=60)


def _standing(at=NOW, zone=dt.UTC, calendar=WEEKDAYS, **facts):
    own = Cadence({DAYS[name]: facts.pop(name) for name in DAYS.keys() & facts.keys()})
    contact = ContactSummary(**{name: facts.pop(name) for name in CONTACTS & facts.keys()})
    known = {"active": True, "named_on": TODAY, "contact": contact, "cadence": own, **facts}
    return next_contact.standing(Facts(**known), moment=moment(at, zone=zone, calendar=calendar))


@given(start=days, count=st.integers(-40, 40), off=holidays)
def test_working_days_count_neither_weekends_nor_holidays(start, count, off):
    calendar = WorkingDays(off)
    end = calendar.add(start, count)
    low, high = min(start, end), max(start, end)
    passed = [low + dt.timedelta(days=n) for n in range((high - low).days + 1)]
    counted = [day for day in passed if day != start and day.weekday() < 5 and day not in off]
    assert len(counted) == abs(count)
    assert count == 0 or calendar.is_working(end)
    assert (end > start) == (count > 0)


@given(start=days, count=st.integers(0, 20), off=holidays)
def test_a_holiday_never_makes_a_date_come_earlier(start, count, off):
    assert WorkingDays(off).add(start, count) >= WEEKDAYS.add(start, count)
    assert WorkingDays(off).add(start, -count) <= WEEKDAYS.add(start, -count)


@given(day=days, off=holidays)
def test_the_next_working_day_is_the_first_one(day, off):
    calendar = WorkingDays(off)
    working_day = calendar.on_or_after(day)
    assert calendar.is_working(working_day)
    assert not any(calendar.is_working(day + dt.timedelta(days=n)) for n in range((working_day - day).days))


def test_a_holiday_pulls_the_contact_before_a_deadline_forward():
    christmas = WorkingDays(frozenset({dt.date(2026, 12, 25)}))
    at = dt.datetime(2026, 12, 18, 9, tzinfo=dt.UTC)
    facts = {"named_on": at.date(), "decisions_on": (dt.date(2026, 12, 28),), "bench_days": 30}
    assert _standing(at, **facts).due_on == dt.date(2026, 12, 24)
    assert _standing(at, calendar=christmas, **facts).due_on == dt.date(2026, 12, 23)


@given(at=moments, home=st.sampled_from(ZONES), there=st.sampled_from(ZONES), due=st.integers(-2, 2))
def test_a_promise_is_broken_when_its_day_has_ended_where_it_was_made_for(at, home, there, due):
    company = ZoneInfo(home)
    today = at.astimezone(company).date()
    their_day = at.astimezone(ZoneInfo(there)).date()
    fact = PromiseFact("x", today + dt.timedelta(days=due), PromiseState.OPEN, at - dt.timedelta(days=9), there)
    standing = _standing(at, company, named_on=today, promises=(fact,))
    broken = fact.due_on < their_day
    assert any("Broken" in why for why in standing.because) is broken
    assert not broken or standing.warmth == Warmth.COLD
    assert promise_zone.local_date(there, moment=moment(at)) == their_day
    assert promise_zone.local_date("", moment=moment(at, zone=company)) == today


@given(at=moments, zone=st.sampled_from(ZONES), ago=st.integers(0, 40), every=st.integers(1, 30))
def test_summer_time_moves_no_date(at, zone, ago, every):
    place = ZoneInfo(zone)
    spoke = at - dt.timedelta(hours=ago * 11)
    standing = _standing(at, place, named_on=at.astimezone(place).date(), last_two_way=spoke, bench_days=every)
    local = spoke.astimezone(place).date()
    assert standing.due_on == local + dt.timedelta(days=every)


@pytest.mark.parametrize(
    ("clock", "spoke_on"),
    [
        ("2026-10-24T23:30:00", "2026-10-25"),
        ("2026-10-25T00:30:00", "2026-10-25"),
        ("2026-03-28T23:30:00", "2026-03-29"),
    ],
)
def test_the_night_in_which_clocks_change_counts_as_the_local_day(clock, spoke_on):
    spoke = dt.datetime.fromisoformat(clock).replace(tzinfo=dt.UTC)
    berlin = ZoneInfo("Europe/Berlin")
    standing = _standing(spoke, berlin, named_on=spoke.date(), last_two_way=spoke)
    assert standing.due_on == dt.date.fromisoformat(spoke_on) + dt.timedelta(days=7)


@given(
    spoke=st.none() | st.integers(0, 20),
    until=st.integers(1, 30),
    promise=st.none() | st.integers(0, 20),
    decision=st.none() | st.integers(0, 20),
)
def test_a_snooze_moves_the_cadence_and_nothing_else(spoke, until, promise, decision):
    facts = {
        "named_on": TODAY - dt.timedelta(days=20),
        "last_two_way": NOW - dt.timedelta(days=spoke) if spoke is not None else None,
        "promises": (PromiseFact("x", TODAY + dt.timedelta(days=promise), PromiseState.OPEN, NOW),) if promise is not None else (),
        "decisions_on": (TODAY + dt.timedelta(days=decision),) if decision is not None else (),
    }  # fmt: skip
    snooze = TODAY + dt.timedelta(days=until)
    without = _standing(**facts)
    standing = _standing(**facts, snoozed_until=snooze, snoozed_at=NOW)
    assert standing.due_on >= without.due_on
    others = _standing(**facts, bench_days=60).due_on if promise is not None or decision is not None else None
    if others is not None and others < TODAY + dt.timedelta(days=30):
        assert standing.due_on <= others
    elif without.due_on < snooze and others is None:
        assert (standing.due_on, standing.group) == (snooze, Group.LATER)
        assert standing.because == (f"Left alone until {next_contact.short_day(snooze)}",)


def test_a_contact_ends_a_snooze():
    set_at = NOW - dt.timedelta(days=2)
    snooze = {"snoozed_until": TODAY + dt.timedelta(days=20), "snoozed_at": set_at}
    assert _standing(**snooze).due_on == TODAY + dt.timedelta(days=20)
    assert _standing(**snooze, last_two_way=NOW - dt.timedelta(days=1)).due_on == TODAY + dt.timedelta(days=6)


def test_once_the_first_choice_has_accepted_the_bench_has_a_clock_of_its_own():
    standing = _standing(accepted=True, accepted_days=10)
    assert standing.due_on == TODAY + dt.timedelta(days=10)
    assert "until the hire has started" in standing.because[0]


def test_warmth_says_why():
    facts = {
        _standing(last_two_way=NOW).warm_because,
        _standing().warm_because,
        _standing(bench_days=0).warm_because,
        _standing(active=False).warm_because,
        _standing(named_on=TODAY - dt.timedelta(days=9)).warm_because,
    }
    assert len(facts) == 5
    assert all(facts)


@pytest.mark.parametrize("situation", Situation)
def test_every_situation_has_a_clock_that_its_own_check_accepts(situation):
    cadence.check({situation: CLOCKS[situation].days})
    assert Cadence().days(situation) == CLOCKS[situation].days
    assert Cadence({situation: 9}).days(situation) == 9
    for wrong in (-1, CLOCKS[situation].most + 1):
        with pytest.raises(RuleBroken) as refusal:
            cadence.check({situation: wrong})
        assert situation.value in refusal.value.errors


@pytest.mark.parametrize("name", ["Mars/Base", "../etc/passwd", "Europe/Lisbon\x00", "x" * 300])
def test_a_zone_that_nobody_knows_is_refused(name):
    with pytest.raises(RuleBroken) as refusal:
        promise_zone.check(name)
    assert "zone" in refusal.value.errors
    assert (promise_zone.check(" Europe/Lisbon "), promise_zone.check(" ")) == ("Europe/Lisbon", "")

"""Values as people read them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from recruiter.foundation import wording
from recruiter.foundation.money import Money

TODAY = dt.date(2026, 11, 18)


@pytest.mark.parametrize(
    ("count", "noun", "many", "text"),
    [
        (0, "day", "", "0 days"),
        (1, "day", "", "1 day"),
        (2, "person", "people", "2 people"),
        (2400, "search", "searches", "2,400 searches"),
    ],
)
def test_a_count_comes_with_its_noun(count, noun, many, text):
    assert wording.plural(count, noun, many) == text


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (dt.date(2026, 11, 17), "Tue 17 Nov"),
        (dt.date(2027, 1, 4), "Mon 4 Jan"),
        (dt.date(2028, 11, 10), "10 Nov 2028"),
    ],
)
def test_a_day_has_its_year_only_where_it_is_needed(date, text):
    assert wording.day(date, today=TODAY) == text


def test_today_is_called_today():
    assert wording.day_or_today(TODAY, today=TODAY) == "today"
    assert wording.dated(TODAY) == "Wed 18 Nov 2026"


def test_an_instant_is_read_on_the_clock_of_the_company():
    instant = dt.datetime(2026, 11, 17, 23, 30, tzinfo=dt.UTC)
    assert wording.at_time(instant, zone=ZoneInfo("Pacific/Auckland"), today=TODAY) == "at 12:30"
    assert wording.at_time(instant, zone=dt.UTC, today=TODAY) == "on Tue 17 Nov at 23:30"


@pytest.mark.parametrize(("position", "text"), [(1, "1st choice"), (2, "Backup 1"), (4, "Backup 3")])
def test_a_place_on_the_bench(position, text):
    assert wording.bench_place(position) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, ""),
        (Money(9_200_000, "EUR"), "92,000"),
        (Money(9_200_050, "EUR"), "92,000.50"),
        (Money(9_200_005, "JPY"), "9,200,005"),
        (Money(1_234_567, "KWD"), "1,234.567"),
        (Money(5, "EUR"), "0.05"),
    ],
)
def test_an_amount_as_it_is_typed(amount, text):
    assert wording.typed_amount(amount) == text

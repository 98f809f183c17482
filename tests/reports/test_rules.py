"""How a count is put into words."""

import datetime as dt

import pytest

from recruiter.reports import rules

NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("count", "n", "phrase"),
    [
        (0, 0, "none yet"),
        (1, 1, "1 of 1"),
        (3, 19, "3 of 19"),
        (3, 20, "3 of 20 (15%)"),
        (30, 40, "30 of 40 (75%)"),
        (1_500, 3_000, "1,500 of 3,000 (50%)"),
    ],
)
def test_a_rate_stands_beside_its_count_from_twenty_on(count, n, phrase):
    assert rules.share(count, n) == phrase


def test_what_stands_on_little_says_so():
    none = "There is no offer in this view yet, so there is nothing to count."
    assert rules.caution(0, singular="offer") == none
    few = "Only 1 offer: read each case, and take no rate from so few."
    assert rules.caution(1, singular="offer") == few
    assert rules.caution(19, singular="person", plural="people").startswith("Only 19 people: ")
    assert rules.caution(19, singular="offer").startswith("Only 19 offers: ")
    assert rules.caution(20, singular="offer") == ""


@pytest.mark.parametrize(
    ("hours", "phrase"),
    [
        (0, "0 min"),
        (0.66, "40 min"),
        (0.75, "45 min"),
        (1, "1.0 h"),
        (3.5, "3.5 h"),
        (47.9, "47.9 h"),
        (48, "2.0 days"),
        (60, "2.5 days"),
    ],
)
def test_a_stretch_of_time(hours, phrase):
    assert rules.duration_text(hours) == phrase


def test_days_and_medians():
    assert rules.days_between(NOW, NOW + dt.timedelta(hours=36)) == 1.5
    assert rules.days_between(NOW, NOW - dt.timedelta(hours=1)) == 0.0
    assert rules.median_of([]) is None
    assert rules.median_of([3, 1, 2, 9]) == 2.5
    assert rules.one_decimal(None) is None
    assert rules.one_decimal(2.349) == 2.3

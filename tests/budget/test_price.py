"""What an empty seat costs, and pay fairness in counts: arithmetic on whole minor units."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter.budget.evidence.figures import vacancy_assumptions, vacancy_pricing
from recruiter.budget.evidence.figures.hiring_history import HiringHistory
from recruiter.budget.evidence.sections import pay_equity
from recruiter.budget.evidence.types import PER_YEAR, CaseContext, percent
from recruiter.documents.model import Claim
from recruiter.foundation.money import quotient
from recruiter.foundation.wording import plural
from tests.acts import moment

NOTHING = HiringHistory(0, None, None, None, 0, 0, 0, None)
KNOWN = HiringHistory(8, 41, 55, 78, 4, 1, 1, 6.0)


def context(middle=7_500_000, interval="year", low=6_500_000, high=8_500_000):
    band = SimpleNamespace(min=low, mid=middle, max=high, currency="EUR", interval=interval)
    return CaseContext(None, None, band, moment(dt.datetime(2026, 11, 18, tzinfo=dt.UTC)), None, ())


def test_without_history_every_assumption_is_called_a_guess():
    assumptions = vacancy_pricing.assumptions({}, NOTHING)
    assert {name: assumption.value for name, assumption in assumptions.items()} == vacancy_assumptions.DEFAULTS
    assert {assumption.origin for assumption in assumptions.values()} == {"assumed"}


def test_own_history_comes_before_a_guess_and_the_writer_before_both():
    assumptions = vacancy_pricing.assumptions(
        {"assumption:days_middle": "60", "assumption:search_low": "0", "ask": "words"}, KNOWN
    )
    assert (assumptions["days_low"].value, assumptions["days_low"].origin) == (41, "own history, n = 8")
    assert (assumptions["days_middle"].value, assumptions["days_middle"].origin) == (60, "set by the writer")
    assert (assumptions["search_low"].value, assumptions["search_low"].origin) == (0, "set by the writer")
    assert assumptions["empty_seat_low"].origin == "assumed"


def test_the_price_worked_by_hand():
    low, middle, high = vacancy_pricing.vacancy_costs(context(), vacancy_pricing.assumptions({}, NOTHING))
    # 75,000.00 a year: a day is 205.479...; half of it 102.74, all of it 205.48, one and a half 308.22
    assert (low.a_day, middle.a_day, high.a_day) == (10_274, 20_548, 30_822)
    assert (low.search, middle.search, high.search) == (375_000, 750_000, 1_500_000)
    assert low.total == 30 * 10_274 + 375_000
    assert middle.total == 60 * 20_548 + 750_000
    assert high.total == 90 * 30_822 + 1_500_000


def test_a_monthly_band_is_priced_by_the_year():
    yearly = vacancy_pricing.vacancy_costs(context(7_500_000), vacancy_pricing.assumptions({}, NOTHING))[1]
    monthly = vacancy_pricing.vacancy_costs(context(625_000, "month"), vacancy_pricing.assumptions({}, NOTHING))[1]
    assert yearly == monthly


def test_without_a_midpoint_the_middle_of_the_band_counts():
    assert context(None).middle.amount == 7_500_000
    assert context(None, low=1, high=4).middle.amount == 2


@given(
    middle=st.integers(1, 10**12),
    days=st.integers(0, 3650),
    share=st.integers(0, 1000),
    search=st.integers(0, 500),
    interval=st.sampled_from(sorted(PER_YEAR)),
)
def test_prices_are_whole_never_negative_and_grow_with_each_assumption(middle, days, share, search, interval):
    base = {f"{kind}_{level}": 1 for kind in vacancy_assumptions.KINDS for level in vacancy_assumptions.LEVELS}

    def total(days, share, search):
        given = {**base, "days_low": days, "empty_seat_low": share, "search_low": search}
        assumptions = {name: vacancy_pricing.Assumption(name, value, "assumed") for name, value in given.items()}
        return vacancy_pricing.vacancy_costs(context(middle, interval), assumptions)[0].total

    at = total(days, share, search)
    assert isinstance(at, int)
    assert at >= 0
    assert total(days + 1, share, search) >= at
    assert total(days, share + 1, search) >= at
    assert total(days, share, search + 1) >= at


@given(st.integers(0, 10**15), st.integers(1, 10**6))
def test_a_quotient_is_rounded_half_up(numerator, denominator):
    result = quotient(numerator, denominator)
    assert abs(result * denominator - numerator) * 2 <= denominator
    if 2 * numerator % (2 * denominator) == denominator:
        assert result * denominator > numerator


@pytest.mark.parametrize(("name", "limit"), [("days_low", 3650), ("empty_seat_high", 1000), ("search_middle", 500)])
def test_each_assumption_has_a_largest_value(name, limit):
    assert vacancy_assumptions.largest_value(name) == limit


@pytest.mark.parametrize("bases", [[], [1], [8_000_000] * 4])
def test_fewer_than_five_people_are_not_compared(bases):
    assert pay_equity.compare_pay(9_000_000, bases) is None


def test_the_comparison_worked_by_hand():
    comparison = pay_equity.compare_pay(10_000_000, [8_000_000, 8_900_000, 9_000_000, 9_500_000, 11_000_000])
    assert (comparison.n, comparison.below, comparison.far_below) == (5, 4, 2)
    assert comparison.ratio == 10 / 9
    assert comparison.remedy == 1_000_000 + 100_000


def test_exactly_ten_percent_below_is_within():
    assert pay_equity.compare_pay(10_000_000, [9_000_000] * 5).far_below == 0
    assert pay_equity.compare_pay(10_000_000, [8_999_999] * 5).remedy == 5


@given(st.integers(1, 10**10), st.lists(st.integers(1, 10**10), min_size=5, max_size=40))
def test_after_the_remedy_nobody_is_far_below(ask, bases):
    comparison = pay_equity.compare_pay(ask, bases)
    assert comparison.far_below <= comparison.below <= comparison.n == len(bases)
    lifted = [max(base, -(-ask * 90 // 100)) for base in bases]
    assert pay_equity.compare_pay(ask, lifted).far_below == 0
    assert sum(lifted) - sum(bases) == comparison.remedy
    assert pay_equity.compare_pay(ask, sorted(bases, reverse=True)) == comparison


@pytest.mark.parametrize(("statement", "source"), [("", "x"), ("x", ""), ("x", "  ")])
def test_a_claim_without_a_source_cannot_be_made(statement, source):
    with pytest.raises(ValueError, match="needs a statement and a source"):
        Claim(statement, source)


def test_words_for_counts_and_shares():
    assert plural(1, "card") == "1 card"
    assert plural(2, "person", "people") == "2 people"
    assert percent(1, 3) == "33.3 %"
    assert percent(1, 0) == "\u2013"

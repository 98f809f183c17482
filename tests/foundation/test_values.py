"""Money, text, dates and cursors."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter import settings
from recruiter.foundation import calendar, money, text
from recruiter.foundation.calendar import WorkingDays
from recruiter.foundation.database import paging
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.files import csvs
from recruiter.foundation.money import Money
from recruiter.requisitions import rules as requisitions


def test_amounts_read_well():
    assert money.show(Money(9_200_000, "EUR")) == "EUR 92,000"
    assert money.show(Money(-150, "EUR")) == "\u2212EUR 1.50"
    assert money.show(Money(1500, "JPY"), signed=True) == "+JPY 1,500"


def test_currencies_do_not_mix():
    with pytest.raises(ValueError, match="rate"):
        Money(1, "EUR") + Money(1, "USD")


def test_a_name_turns_the_direction_of_nothing():
    assert text.clean("Evil\u202ecod.exe") == "Evilcod.exe"
    assert text.clean("\u0645\u0631\u064a\u0645") == "\u0645\u0631\u064a\u0645"


@given(st.text(max_size=200))
def test_cleaning_is_stable_and_leaves_no_control_characters(value):
    once = text.clean(value)
    assert text.clean(once) == once
    assert "\x00" not in once
    once.encode()


def test_folding_makes_the_same_of_what_reads_the_same():
    assert text.folded("José  NÚÑEZ") == text.folded("Jose\u0301 nunez") == "jose nunez"
    assert text.folded("Straße Łódź Dağ İnce") == "strasse lodz dag ince"


def test_working_days_pass_over_weekends():
    friday = dt.date(2026, 11, 20)
    assert calendar.add_working_days(friday, 3) == dt.date(2026, 11, 25)
    assert calendar.add_working_days(dt.date(2026, 11, 23), -2) == dt.date(2026, 11, 19)
    assert calendar.add_working_days(friday, 0) == friday


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(-300, 300).filter(bool))
def test_a_moved_working_day_is_one(start, count):
    assert calendar.add_working_days(start, count).weekday() < 5


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-cmd", "@x", "\tx"])
def test_no_cell_is_a_formula(cell):
    assert csvs.guarded(cell) == "'" + cell
    assert csvs.guarded(-5) == -5


FOREIGN = [(1, 2), ("a",), ("a", -1), ("a", 2**63), ("a", True), ("a", 1.5), ("a\0", 1), ("\ud800", 1), ("a", 1, 1)]


@pytest.mark.parametrize("cursor", ["@@", "e30", "bnVsbA", *(paging.encode(*keys) for keys in FOREIGN)])
def test_foreign_cursors_are_refused(cursor):
    with pytest.raises(paging.BadCursor):
        paging.decode(cursor, str, int)


def test_a_cursor_brings_back_the_keys_of_its_row():
    assert paging.decode(paging.encode("zoë ångström", 7), str, int) == ["zoë ångström", 7]
    assert paging.decode(None, str, int) is None


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("7", 7),
        ("0", 0),
        ("9" * 9, 999_999_999),
        *((unreadable, None) for unreadable in (None, "", "007", "-1", "1.0", "\u0661", "²", "9" * 10, "9" * 5000)),
    ],
)
def test_a_number_from_outside_is_plain_digits_that_a_database_counts(given, number):
    assert text.number(given) == number


def test_a_title_fits_on_a_card():
    requisitions.check_title("x" * requisitions.LONGEST_TITLE)
    for title in ("", "x" * (requisitions.LONGEST_TITLE + 1)):
        with pytest.raises(RuleBroken):
            requisitions.check_title(title)


def test_public_holidays_of_a_country_stand_beside_own_dates():
    own = dt.date(2026, 12, 24)
    bavaria = WorkingDays(frozenset({own}), "DE", "BY")
    assert not bavaria.is_working(dt.date(2026, 1, 6))  # Epiphany, in some regions alone
    assert WorkingDays(frozenset(), "DE", "BE").is_working(dt.date(2026, 1, 6))
    assert WorkingDays(frozenset()).is_working(dt.date(2026, 12, 25))
    assert bavaria.days_off(dt.date(2026, 12, 20), dt.date(2027, 1, 1)) == [
        own, dt.date(2026, 12, 25), dt.date(2026, 12, 26), dt.date(2027, 1, 1),
    ]  # fmt: skip
    assert bavaria.add(dt.date(2026, 12, 23), 1) == dt.date(2026, 12, 28)


@pytest.mark.parametrize(("country", "region"), [("XX", ""), ("DE", "XX"), ("", "BY")])
def test_a_country_that_nobody_knows_is_refused_when_settings_are_read(tmp_path, country, region):
    given = {
        "RECRUITER_INSTANCE": str(tmp_path), "RECRUITER_HOLIDAYS_COUNTRY": country, "RECRUITER_HOLIDAYS_REGION": region
    }  # fmt: skip
    with pytest.raises(ValueError, match="RECRUITER_HOLIDAYS_"):
        settings.from_environment(given)


def test_settings_name_the_country_of_public_holidays(tmp_path):
    given = {
        "RECRUITER_INSTANCE": str(tmp_path), "RECRUITER_HOLIDAYS_COUNTRY": "de", "RECRUITER_HOLIDAYS_REGION": "by"
    }  # fmt: skip
    assert not settings.from_environment(given).calendar.is_working(dt.date(2026, 1, 6))

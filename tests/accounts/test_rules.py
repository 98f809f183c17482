"""What makes an account, a password and a session good, with each limit on both sides."""

import datetime as dt

import pytest

from recruiter.accounts import password_rules, rules, sign_in_rules
from tests.refusals import at, refusal

NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
MINUTE, SECOND = dt.timedelta(minutes=1), dt.timedelta(seconds=1)
GUESSED = (
    "This password is too easy to guess. Use a few words in a row that only you would put together, without your name "
    "or the company's."
)
GOOD = "five green bottles"


def check(password, name="Ruth Roe", email="rr@example.com"):
    return password_rules.check_password(password, name=name, email=email, organisation="Northwind")


def test_addresses():
    assert rules.email_key(" Ruth@Example.com ") == "ruth@example.com"
    assert refusal(rules.email_key, "ruth") == at("email", "Enter an e-mail address, like ana@example.com.")


def test_the_length_of_a_password():
    assert check(GOOD) is None
    assert check("five green bott") is None  # 15
    assert check(("five green bottles " * 7)[:128]) is None
    short = "Use at least 15 characters. A few words in a row do well."
    assert refusal(check, "five green bot") == at("password", short)
    long = ("five green bottles " * 7)[:129]
    assert refusal(check, long) == at("password", "Use at most 128 characters.")


@pytest.mark.parametrize(
    "password",
    [
        "password password1",
        "PasswordPassword!",
        "recruiter 2026 recruiter",
        "letmein, letmein.",
        "ruthroe ruthroe 1",
        "RuthRoeRuthRoe1",
        "ruth.roe.ruth.roe",
        "abcdeabcdeabcdeabcde",
        "1234567890123456",
        "qwertyuiop12345678",
    ],
)
def test_what_is_easily_guessed(password):
    assert refusal(check, password, email="ruth.roe@example.com") == at("password", GUESSED)


def test_a_short_or_empty_name_makes_nothing_obvious():
    assert check(GOOD, name="", email="") is None
    assert (
        check("le vent bleu chante", name="Le Li", email="li@example.com") is None
    )  # words of two letters are nobody's


def test_sessions_end_after_two_idle_hours_and_after_twelve():
    def lives(created, seen):
        return rules.session_lives(created_at=NOW - created, seen_at=NOW - seen, now=NOW)

    hour = 60 * MINUTE
    assert lives(11 * hour, 10 * MINUTE)
    assert lives(12 * hour - SECOND, 30 * MINUTE - SECOND)
    assert not lives(12 * hour, MINUTE)
    assert not lives(11 * hour, 30 * MINUTE)


@pytest.mark.parametrize(
    ("created", "seen", "seconds", "extendable"),
    [
        (30 * MINUTE, 0 * MINUTE, 1800, True),
        (30 * MINUTE, 28 * MINUTE, 120, True),
        (12 * 60 * MINUTE - SECOND, 0 * MINUTE, 1, False),
        (60 * MINUTE, 45 * MINUTE, 0, True),
    ],
)
def test_how_long_a_session_goes_on(created, seen, seconds, extendable):
    left = rules.time_left(created_at=NOW - created, seen_at=NOW - seen, now=NOW)
    assert left == rules.TimeLeft(seconds, extendable)


def test_a_proof_is_fresh_for_ten_minutes():
    assert rules.is_fresh(confirmed_at=NOW - 10 * MINUTE + SECOND, now=NOW)
    assert not rules.is_fresh(confirmed_at=NOW - 10 * MINUTE, now=NOW)
    assert not rules.is_fresh(confirmed_at=None, now=NOW)
    assert not rules.is_fresh(confirmed_at=NOW + SECOND, now=NOW)  # a clock that was set back


def test_waits_double_after_five_failures():
    def wait(count, ago=dt.timedelta(0)):
        return sign_in_rules.must_wait([NOW - ago] * count, now=NOW)

    assert [wait(count) for count in (0, 4, 5, 6, 7, 8, 14, 15, 30)] == [0, 0, 1, 2, 4, 8, 512, 900, 900]
    assert wait(8, 5 * SECOND) == 3
    assert wait(8, 8 * SECOND) == 0
    assert wait(8, 60 * SECOND) == 0
    assert sign_in_rules.must_wait([NOW - 15 * MINUTE] * 10, now=NOW) == 0  # forgotten
    assert sign_in_rules.must_wait([NOW, *[NOW - 15 * MINUTE] * 10], now=NOW) == 0
    assert sign_in_rules.must_wait([NOW - 15 * MINUTE + SECOND] * 15, now=NOW) == 900 - 899
    assert sign_in_rules.must_wait([NOW - MINUTE, *[NOW - 2 * MINUTE] * 11], now=NOW) == 128 - 60  # since the latest

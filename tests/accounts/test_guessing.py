"""Guessing is slowed; its victim is not locked out (TRUST T-047, T-048, T-050, T-051)."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyotp import TOTP

from recruiter.accounts import queries, second_factor_services, sign_in_rules, sign_in_services
from recruiter.accounts.models import FailedSignIn, UserSession
from recruiter.accounts.session_services import Origin
from recruiter.accounts.sign_in_rules import Try
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.seal import Seal
from tests.acts import act_by, moment

PASSWORD = "five green bottles standing"
SEAL = Seal("t" * 64, purpose="test")
NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)


def attempt(session, now, origin, password=PASSWORD, email="ines@example.com"):
    """The session, None for a wrong password, or how long one waits."""
    try:
        return sign_in_services.sign_in(
            session, email=email, password=password, origin=origin, moment=moment(now), memory_kib=8
        )
    except sign_in_services.TooManyTries as wait:
        return wait.seconds


def failures(now, count, network):
    """Wrong passwords for as many accounts."""
    return [FailedSignIn(email_key=f"person{number}@example.com", address=network, at=now) for number in range(count)]


@pytest.mark.parametrize("address", [lambda n: "203.0.113.5", lambda n: f"203.0.{n}.5", lambda n: f"2001:db8:{n}::1"])
def test_fifty_wrong_passwords_slow_strangers_and_never_the_owners_own_browser(session, people, now, address):
    own = Origin("192.0.2.7", device=attempt(session, now, Origin("192.0.2.7")).device)
    answers = [attempt(session, now, Origin(address(number)), "wrong") for number in range(50)]
    assert any(answers)
    assert answers[:4] == [None] * 4
    assert attempt(session, now, Origin(address(51))) > 0  # even the right password waits, from where strangers try
    assert attempt(session, now, own).user.id == people.ines.id
    assert attempt(session, now, Origin(address(52), device="made up")) > 0


def test_a_known_browser_is_slowed_by_its_own_tries_alone(session, people, now):
    own = Origin("192.0.2.7", device=attempt(session, now, Origin("192.0.2.7")).device)
    assert [attempt(session, now, own, "wrong") for _ in range(5)] == [None] * 5
    assert attempt(session, now, own) == 1
    assert attempt(session, now + dt.timedelta(seconds=1), own)


def test_one_network_that_tries_many_accounts_is_slowed_and_others_are_not(session, people, now):
    guesser = Origin("203.0.113.5")
    session.add_all(failures(now, 49, "203.0.113.0/24"))
    answers = [attempt(session, now, guesser, "wrong", f"somebody{number}@example.com") for number in range(3)]
    assert answers == [None, 1, 1]
    assert attempt(session, now, Origin("192.0.2.7"))


def test_addresses_that_nobody_has_are_slowed_like_those_of_people(session, people, now):
    known = [attempt(session, now, Origin("203.0.113.5"), "wrong") for _ in range(8)]
    unknown = [attempt(session, now, Origin("198.51.100.5"), "wrong", "nobody@example.com") for _ in range(8)]
    assert known == unknown


@settings(max_examples=40)
@given(st.lists(st.integers(0, 1200), max_size=60), st.integers(1, 60))
def test_nobody_waits_longer_than_a_quarter_of_an_hour(ages, free):
    wait = sign_in_rules.must_wait([NOW - dt.timedelta(seconds=age) for age in ages], now=NOW, free=free)
    assert 0 <= wait <= sign_in_rules.LONGEST_WAIT
    recent = [age for age in ages if age < 900]
    assert wait == 0 or len(recent) >= free


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 9)), max_size=200))
def test_no_try_of_a_stranger_makes_a_known_browser_wait(tries):
    strangers = [Try(NOW - dt.timedelta(seconds=age), f"203.0.{network}.0/24") for age, network in tries]
    for network in ("203.0.1.0/24", "192.0.2.0/24"):
        assert sign_in_rules.wait_at_account(strangers, network=network, device_id=1, now=NOW) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("somewhere", "somewhere"),
    ],
)
def test_an_address_is_counted_with_its_network(address, network):
    assert sign_in_rules.network_of(address) == network


def test_what_comes_through_a_proxy_that_is_not_set_up_is_no_network(session, people, now):
    session.add_all(failures(now, 60, "127.0.0.0/24"))
    assert attempt(session, now, Origin("127.0.0.1"))


@pytest.fixture
def factor(session, people, now):
    """Ines signs in with a code; answers her app and her recovery codes."""
    secret = second_factor_services.new_secret()
    app = TOTP(secret)
    codes = second_factor_services.turn_on(
        session, user=people.ines, secret=secret, code=app.at(now),
        browser_id=0, seal=SEAL, act=act_by(people.ines, now=now),
    )  # fmt: skip
    return app, codes


OWN = Origin("192.0.2.7")


def enter(session, now, code, origin=OWN):
    half = attempt(session, now, origin)
    browser = queries.half_open_session(session, half.secret, now=now)
    return sign_in_services.enter_code(session, half=browser, code=code, origin=origin, seal=SEAL, moment=moment(now))


def test_the_password_alone_opens_nothing(session, people, now, factor):
    half = attempt(session, now, Origin("192.0.2.7"))
    assert half.awaits_code
    assert queries.live_session(session, half.secret, now=now) is None
    assert queries.lapsed_session(session, half.secret, now=now) is None
    assert queries.sessions_of(session, people.ines, now=now) == []
    assert queries.half_open_session(session, half.secret, now=now + dt.timedelta(minutes=10)) is None


def test_a_code_counts_once_and_in_its_own_minute(session, people, now, factor):
    app, _ = factor
    later = now + dt.timedelta(minutes=3)
    for wrong in (
        app.at(now),
        app.at(later - dt.timedelta(seconds=90)),
        "",
        " ",
        "None",
        "000 000",
        app.at(later) + "0",
    ):
        assert enter(session, later, wrong, Origin(f"203.0.{len(wrong)}.{ord((wrong or '.')[-1])}")) is None
    assert enter(session, later, app.at(later))
    assert enter(session, later, app.at(later)) is None


def test_a_recovery_code_counts_once(session, people, now, factor):
    _, codes = factor
    assert len(set(codes)) == 10
    assert enter(session, now, codes[0].upper().replace("-", " "))
    assert enter(session, now, codes[0]) is None
    assert len(queries.unused_recovery_codes(session, people.ines)) == 9


def test_a_thousand_codes_are_cut_at_five_and_the_password_waits_then(session, people, now, factor):
    half = attempt(session, now, Origin("203.0.113.5"))
    tried = 0
    for number in range(1000):
        browser = queries.half_open_session(session, half.secret, now=now)
        if browser is None:
            break
        sign_in_services.enter_code(
            session, half=browser, code=f"{number:06}", origin=Origin("203.0.113.5"), seal=SEAL, moment=moment(now)
        )
        tried += 1
    assert tried == 5
    assert attempt(session, now, Origin("203.0.113.5")) >= 1


def test_a_new_factor_signs_other_browsers_out_and_its_secret_is_sealed(session, people, now):
    elsewhere = attempt(session, now, Origin("192.0.2.7"))
    secret = second_factor_services.new_secret()
    about = {"user": people.ines, "browser_id": 0, "seal": SEAL, "act": act_by(people.ines, now=now)}
    with pytest.raises(RuleBroken):
        second_factor_services.turn_on(session, secret=secret, code="000000", **about)
    second_factor_services.turn_on(session, secret=secret, code=TOTP(secret).at(now), **about)
    assert queries.live_session(session, elsewhere.secret, now=now) is None
    assert secret not in people.ines.totp_secret
    assert SEAL.opened(people.ines.totp_secret) == secret
    assert Seal("u" * 64, purpose="test").opened(people.ines.totp_secret) is None
    assert Seal("t" * 64, purpose="other").opened(people.ines.totp_secret) is None


def test_an_app_that_is_lost_is_forgotten_with_its_codes(session, people, now, factor):
    second_factor_services.turn_off(session, user=people.ines, act=act_by(people.anja, now=now))
    assert queries.unused_recovery_codes(session, people.ines) == []
    assert attempt(session, now, Origin("192.0.2.7")).awaits_code is False
    assert session.query(UserSession).count() == 1

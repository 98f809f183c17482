"""Accounts, passwords, sessions."""

import datetime as dt

import pytest

from recruiter.accounts import queries, rules, services
from recruiter.accounts.models import Role
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from tests.acts import moment

PASSWORD = "five green bottles standing"


@pytest.mark.parametrize(
    "password", ["short", "passwordpassword", "aaaaaaaaaaaaaaaaaaaa", "x" * 129, "inesinesinesines"]
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(RuleBroken):
        rules.check_password(password, name="Ines", email="ines@example.com")


def test_waiting_doubles_after_five_failures(now):
    failures = [now - dt.timedelta(seconds=1)] * 5
    assert rules.must_wait(failures[:4], now=now) == 0
    assert rules.must_wait([now] * 5, now=now) == 1
    assert rules.must_wait([now] * 8, now=now) == 8
    assert rules.must_wait([now - dt.timedelta(minutes=16)] * 20, now=now) == 0


def test_a_password_signs_in_and_a_wrong_one_does_not(session, people, now):
    user, secret = services.sign_in(
        session, email="INES@example.com", password=PASSWORD, address="::1", moment=moment(now), memory_kib=8
    )
    assert user.id == people.ines.id
    assert queries.live_session(session, secret, now=now).user_id == user.id
    assert (
        services.sign_in(
            session, email="ines@example.com", password="other", address="::1", moment=moment(now), memory_kib=8
        )
        is None
    )
    assert (
        services.sign_in(
            session, email="nobody@example.com", password="other", address="::1", moment=moment(now), memory_kib=8
        )
        is None
    )


def test_guessing_is_slowed(session, people, now):
    for _ in range(5):
        services.sign_in(
            session, email="ines@example.com", password="wrong", address="::1", moment=moment(now), memory_kib=8
        )
    with pytest.raises(services.TooManyTries):
        services.sign_in(
            session, email="ines@example.com", password=PASSWORD, address="::1", moment=moment(now), memory_kib=8
        )


def test_sessions_end_when_idle_and_after_half_a_day(session, people, now):
    _, secret = services.sign_in(
        session, email="ines@example.com", password=PASSWORD, address="::1", moment=moment(now), memory_kib=8
    )
    assert queries.live_session(session, secret, now=now + dt.timedelta(minutes=119))
    assert queries.live_session(session, secret, now=now + dt.timedelta(minutes=121)) is None


def test_disabling_ends_everything_at_once(session, people, now):
    _, secret = services.sign_in(
        session, email="ines@example.com", password=PASSWORD, address="::1", moment=moment(now), memory_kib=8
    )
    token = services.new_token(session, user=people.ines, act=moment(now))
    invitation = services.invite(session, user=people.ines, act=moment(now))
    services.disable(session, user=people.ines, act=moment(now))
    assert queries.live_session(session, secret, now=now) is None
    assert queries.by_token(session, token) is None
    with pytest.raises(NotFound):
        services.accept_invitation(
            session, secret=invitation, password="another five bottles", moment=moment(now), memory_kib=8
        )
    with pytest.raises(Conflict):
        services.new_token(session, user=people.ines, act=moment(now))


def test_an_invitation_works_once_and_for_a_week(session, now):
    user = services.add(session, email="new@example.com", name="New", role=Role.INTERVIEWER, act=moment(now))
    first = services.invite(session, user=user, act=moment(now))
    second = services.invite(session, user=user, act=moment(now))
    with pytest.raises(NotFound):
        services.accept_invitation(session, secret=first, password=PASSWORD, moment=moment(now), memory_kib=8)
    services.accept_invitation(session, secret=second, password=PASSWORD, moment=moment(now), memory_kib=8)
    with pytest.raises(NotFound):
        services.accept_invitation(session, secret=second, password=PASSWORD, moment=moment(now), memory_kib=8)


def test_an_address_has_one_account(session, people, now):
    with pytest.raises(Conflict):
        services.add(session, email="Ines@Example.com", name="Again", role=Role.ADMIN, act=moment(now))
    with pytest.raises(RuleBroken):
        services.add(session, email="not an address", name="X", role=Role.ADMIN, act=moment(now))

"""Accounts, passwords, sessions, links and tokens."""

import datetime as dt

import pytest

from recruiter.accounts import (
    link_services,
    password_rules,
    password_services,
    queries,
    services,
    session_services,
    sign_in_services,
    token_services,
)
from recruiter.accounts.models import Invitation, Role
from recruiter.accounts.services import PersonTerms
from recruiter.accounts.session_services import Origin
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from tests.acts import act_by, moment

PASSWORD = "five green bottles standing"
OTHER = "another five bottles"
HERE = Origin("192.0.2.7")
PERSON = {"name": "Ines Okonkwo", "email": "ines.okonkwo@example.com", "organisation": "Northwind Traders"}


def sign_in(session, now, email="ines@example.com", password=PASSWORD, origin=HERE):
    return sign_in_services.sign_in(
        session, email=email, password=password, origin=origin, moment=moment(now), memory_kib=8
    )


def choose(session, now, secret, password=PASSWORD):
    return link_services.choose_password(
        session, secret=secret, password=password, organisation="", moment=moment(now), memory_kib=8
    )


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "passwordpassword",
        "aaaaaaaaaaaaaaaaaaaa",
        "x" * 129,
        "inesinesinesines",
        "qwertyuiopasdfgh",
        "Recruiter2026!!!",
        "Northwind-Hiring-2026!",
        "InesOkonkwo1990!!",
        "ines.okonkwo@example.com",
        "                    ",
        "NorthwindTraders2026",
    ],
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(RuleBroken) as refused:
        password_rules.check_password(password, **PERSON)
    assert list(refused.value.errors) == ["password"]


@pytest.mark.parametrize(
    "password", [PASSWORD, OTHER, "zwölf graue Gänse im Regen", "x9$Kq!27vbLmZ0@w", "五只绿色的瓶子站在墙上面看着月亮"]
)
def test_good_passwords_of_any_characters_are_taken(password):
    password_rules.check_password(password, **PERSON)


def test_a_password_signs_in_and_a_wrong_one_does_not(session, people, now):
    signed_in = sign_in(session, now, "INES@example.com")
    assert signed_in.user.id == people.ines.id
    assert queries.live_session(session, signed_in.secret, now=now).user_id == people.ines.id
    assert sign_in(session, now, password="other") is None
    assert sign_in(session, now, "nobody@example.com", "other") is None


def test_sessions_end_when_idle_and_after_half_a_day(session, people, now):
    secret = sign_in(session, now).secret
    assert queries.live_session(session, secret, now=now + dt.timedelta(minutes=29))
    assert queries.live_session(session, secret, now=now + dt.timedelta(minutes=30)) is None


def test_disabling_ends_everything_at_once(session, people, now):
    secret = sign_in(session, now).secret
    token = token_services.new_token(session, user=people.ines, act=moment(now))
    invitation = link_services.invite(session, user=people.ines, act=moment(now))
    services.disable(session, user=people.ines, act=moment(now))
    assert queries.live_session(session, secret, now=now) is None
    assert queries.live_token(session, token, now=now) is None
    with pytest.raises(NotFound):
        choose(session, now, invitation)
    with pytest.raises(Conflict):
        token_services.new_token(session, user=people.ines, act=moment(now))


def test_an_invitation_works_once_and_for_a_week(session, now):
    user = services.add(session, email="new@example.com", name="New", role=Role.INTERVIEWER, act=moment(now))
    first = link_services.invite(session, user=user, act=moment(now))
    second = link_services.invite(session, user=user, act=moment(now))
    with pytest.raises(NotFound):
        choose(session, now, first)
    with pytest.raises(NotFound):
        choose(session, now + dt.timedelta(days=7), second)
    choose(session, now, second)
    with pytest.raises(NotFound):
        choose(session, now, second)


def test_an_address_has_one_account(session, people, now):
    with pytest.raises(Conflict):
        services.add(session, email="Ines@Example.com", name="Again", role=Role.ADMIN, act=moment(now))
    with pytest.raises(RuleBroken):
        services.add(session, email="not an address", name="X", role=Role.ADMIN, act=moment(now))


def test_a_changed_password_leaves_one_browser_signed_in(session, people, now):
    here, elsewhere = sign_in(session, now), sign_in(session, now)
    browser = queries.live_session(session, here.secret, now=now)
    password_services.change(
        session, user=people.ines, password=OTHER, browser_id=browser.id, organisation="", memory_kib=8,
        act=act_by(people.ines, now=now),
    )  # fmt: skip
    assert queries.live_session(session, here.secret, now=now)
    assert queries.live_session(session, elsewhere.secret, now=now) is None
    assert sign_in(session, now) is None
    assert sign_in(session, now, password=OTHER)


def test_a_forgotten_password_is_replaced_once_within_an_hour(session, people, now):
    signed_in = sign_in(session, now)
    user, secret = link_services.request_reset(session, email="INES@example.com", moment=moment(now))
    assert user.id == people.ines.id
    with pytest.raises(NotFound):
        choose(session, now + dt.timedelta(hours=1), secret, OTHER)
    choose(session, now, secret, OTHER)
    assert queries.live_session(session, signed_in.secret, now=now) is None
    with pytest.raises(NotFound):
        choose(session, now, secret, OTHER)
    assert sign_in(session, now, password=OTHER)


def test_a_mailbox_gets_three_links_an_hour_and_strangers_none(session, people, now):
    def ask(at, email="ines@example.com"):
        return link_services.request_reset(session, email=email, moment=moment(at))

    assert [bool(ask(now)) for _ in range(4)] == [True, True, True, False]
    assert ask(now + dt.timedelta(minutes=61))
    assert ask(now, "nobody@example.com") is None
    assert ask(now, "not an address") is None
    services.disable(session, user=people.ruth, act=moment(now))
    assert ask(now, "ruth@example.com") is None
    assert session.query(Invitation).count() == 4


def test_tokens_end_and_are_revoked_by_their_owner_alone(session, people, now):
    secret = token_services.new_token(session, user=people.ines, act=moment(now), name="Pipeline", days=7)
    token = queries.live_token(session, secret, now=now)
    assert (token.name, token.user.id) == ("Pipeline", people.ines.id)
    assert queries.live_token(session, secret, now=now + dt.timedelta(days=7)) is None
    with pytest.raises(NotFound):
        token_services.revoke(session, user=people.igor, token_id=token.id, act=act_by(people.igor, now=now))
    token_services.revoke(session, user=people.ines, token_id=token.id, act=act_by(people.ines, now=now))
    assert queries.live_token(session, secret, now=now) is None
    assert queries.tokens_of(session, people.ines, now=now) == []
    for days in (0, -1, 367):
        with pytest.raises(RuleBroken):
            token_services.new_token(session, user=people.ines, act=moment(now), days=days)


def test_the_last_administrator_stays(session, people, now):
    anja = PersonTerms("Anja", Role.RECRUITER, "", pay_view=False)
    with pytest.raises(Conflict):
        services.change(session, user=people.anja, terms=anja, act=moment(now))
    with pytest.raises(Conflict):
        services.disable(session, user=people.anja, act=moment(now))
    services.add(session, email="ada@example.com", name="Ada", role=Role.ADMIN, act=moment(now))
    services.change(session, user=people.anja, terms=anja, act=moment(now))
    assert people.anja.role == Role.RECRUITER


def test_a_browser_that_is_known_makes_room_for_newer_ones(session, people, now):
    secrets = [
        session_services.remember_device(session, user=people.ines, secret="", now=now + dt.timedelta(minutes=place))
        for place in range(session_services.MOST_DEVICES + 1)
    ]
    known = [bool(queries.known_device(session, user=people.ines, secret=secret)) for secret in secrets]
    assert known == [False] + [True] * session_services.MOST_DEVICES
    assert queries.known_device(session, user=people.igor, secret=secrets[-1]) is None

"""Signing in, a forgotten password, a code, and where one is signed in (TRUST T-044 to T-051, T-057)."""

import datetime as dt
import re

import pytest
from pyotp import TOTP
from sqlalchemy import func, select

from recruiter.accounts.models import ApiToken, Invitation, User, UserSession
from recruiter.audit.models import AuditEntry
from recruiter.foundation.jobs import Job
from tests.sound_page import sound

PASSWORD = "five green bottles standing"
OTHER = "another five bottles"
RUTH = {"email": "ruth@example.com", "password": PASSWORD}


@pytest.fixture
def visitor(app, people):
    """`visitor()`: a browser of nobody, without CSRF."""
    app.config["WTF_CSRF_ENABLED"] = False
    yield app.test_client
    app.config["WTF_CSRF_ENABLED"] = True


def mails(session):
    sent = list(session.scalars(select(Job.payload).where(Job.kind == "mail").order_by(Job.id)))
    session.commit()  # nobody waits for what is only looked at
    return sent


def test_a_forgotten_password_is_told_alike_for_everybody_and_replaced_by_link(visitor, session, people):
    known, unknown = (
        visitor().post("/sign-in/forgotten", data={"email": email})
        for email in ("ruth@example.com", "none@example.com")
    )
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("ruth@", "") == unknown.text.replace("none@", "")
    (mail,) = mails(session)
    assert (mail["to"], mail["subject"]) == ("ruth@example.com", "Choose a new password")
    path = re.search(r"/password-reset/\S+", mail["body"]).group()
    browser = visitor()
    sound(browser.get(path))
    for weak in ("short", "Recruiter-2026-Ruth!!", "ruth@example.com ruth"):
        assert browser.post(path, data={"password": weak}).status_code == 422
    with_another_user = {"password": OTHER, "user_id": people.anja.id, "email": "anja@example.com"}
    assert browser.post(path, data=with_another_user).status_code == 303
    assert browser.post(path, data={"password": OTHER}).status_code == 404
    assert visitor().post("/sign-in", data=RUTH).status_code == 422
    assert browser.post("/sign-in", data={**RUTH, "password": OTHER}).status_code == 303
    assert "Your password was changed" in mails(session)[-1]["subject"]
    assert session.scalar(select(func.count(Invitation.id)).where(Invitation.used_at.is_(None))) == 0


def test_an_invitation_is_no_reset_and_the_other_way_round(visitor, browse):
    page = browse("anja").post(
        "/settings/people", data={"name": "Kim", "email": "kim@example.com", "role": "recruiter"}
    )
    secret = re.search(r"/invitation/([\w-]+)", page.text).group(1)
    assert visitor().get(f"/password-reset/{secret}").status_code == 404
    assert visitor().get(f"/invitation/{secret}").headers["Referrer-Policy"] == "no-referrer"


def test_a_password_is_changed_with_the_current_one(browse, visitor, session):
    elsewhere, ruth = browse("ruth"), browse("ruth")
    sound(ruth.get("/account/password"))
    wrong = ruth.post("/account/password", data={"current": "guessed", "password": OTHER})
    assert wrong.status_code == 422
    weak = ruth.post("/account/password", data={"current": PASSWORD, "password": "passwordpassword"})
    assert weak.status_code == 422
    assert PASSWORD not in weak.text
    same = ruth.post("/account/password", data={"current": PASSWORD, "password": PASSWORD})
    assert (same.status_code, "Choose another one" in same.text) == (422, True)
    assert ruth.post("/account/password", data={"current": PASSWORD, "password": OTHER}).status_code == 303
    assert ruth.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert visitor().post("/sign-in", data={**RUTH, "password": OTHER}).status_code == 303


def test_wrong_current_passwords_are_slowed(browse):
    ruth = browse("ruth")
    answers = [ruth.post("/account/password", data={"current": "guessed", "password": OTHER}).text for _ in range(6)]
    assert "Too many tries" not in answers[4]
    assert "Too many tries" in answers[5]


def test_own_browsers_are_listed_and_signed_out(browse, session, people):
    elsewhere, ruth, ines = browse("ruth"), browse("ruth"), browse("ines")
    page = sound(ruth.get("/account"))
    assert "This browser" in page
    numbers = {
        name: session.scalars(select(UserSession.id).join(User).where(User.name == name)).all()
        for name in ("Ruth", "Ines")
    }
    session.commit()
    assert ruth.post(f"/account/sessions/{numbers['Ines'][0]}/end").status_code in {303, 404}
    assert ines.get("/account").status_code == 200
    assert ruth.post(f"/account/sessions/{min(numbers['Ruth'])}/end").status_code == 303
    assert elsewhere.get("/account").status_code == 303
    third = browse("ruth")
    assert ruth.post("/account/sessions/end").status_code == 303
    assert third.get("/account").status_code == 303
    assert ruth.get("/account").status_code == 200


def test_an_own_token_is_named_ends_and_is_revoked(browse, app, session):
    ruth = browse("ruth")
    page = ruth.post("/account/token", data={"name": "Nightly figures", "days": "30", "read_only": "y"}).text
    secret = re.search(r'class="secret">([^<]+)<', page).group(1)
    about = {"Authorization": f"Bearer {secret}"}
    client = app.test_client()
    assert client.get("/api/v1/me", headers=about).status_code == 200
    assert (
        client.post("/api/v1/candidates", json={"name": "A", "emails": ["a@example.com"]}, headers=about).status_code
        == 403
    )
    listed = sound(ruth.get("/account"))
    for phrase in ("Nightly figures", "last used at", "only reads", "Ends on"):
        assert phrase in listed
    token_id = session.scalars(select(ApiToken.id)).one()
    session.commit()
    assert browse("ines").post(f"/account/tokens/{token_id}/revoke").status_code in {303, 404}
    assert client.get("/api/v1/me", headers=about).status_code == 200
    ruth.post(f"/account/tokens/{token_id}/revoke")
    assert client.get("/api/v1/me", headers=about).status_code == 401
    assert ruth.post("/account/token", data={"days": "3650"}).status_code == 422


def set_up(client, now):
    """Set an authenticator app up on the page; answers the app and the page with the recovery codes."""
    page = sound(client.get("/account/second-factor"))
    sealed = re.search(r'name="sealed"[^>]*value="([^"]+)"', page.text if hasattr(page, "text") else str(page)).group(1)
    secret = re.search(r'class="secret">\s*([A-Z2-7 ]+?)\s*<', str(page)).group(1).replace(" ", "")
    app = TOTP(secret)
    assert client.post("/account/second-factor", data={"sealed": sealed, "code": "000000"}).status_code == 422
    answer = client.post("/account/second-factor", data={"sealed": sealed, "code": app.at(now)})
    assert answer.status_code == 200
    return app, re.findall(r"[2-9a-z]{5}-[2-9a-z]{5}-[2-9a-z]{5}", answer.text)


def test_a_code_is_asked_for_once_it_is_set_up(browse, visitor, clock, now):
    ruth = browse("ruth")
    app, codes = set_up(ruth, now)
    assert len(codes) == 10
    clock.at = now + dt.timedelta(minutes=2)
    browser = visitor()
    assert browser.post("/sign-in", data=RUTH).location.startswith("/sign-in/code")
    assert browser.get("/account").status_code == 303  # half-way is not in
    sound(browser.get("/sign-in/code"))
    assert browser.post("/sign-in/code", data={"code": app.at(now)}).status_code == 422
    assert browser.post("/sign-in/code", data={"code": app.at(clock.at)}).status_code == 303
    assert browser.get("/account").status_code == 200
    assert app.secret not in ruth.get("/account").text
    another = visitor()
    another.post("/sign-in", data=RUTH)
    assert another.post("/sign-in/code", data={"code": codes[0]}).status_code == 303
    assert ruth.post("/account/second-factor/codes").status_code == 200
    assert ruth.post("/account/second-factor/off").status_code == 303
    assert visitor().post("/sign-in", data=RUTH).location == "/"


def test_half_a_sign_in_does_not_mix_people(browse, visitor, now):
    set_up(browse("ruth"), now)
    browser = visitor()
    browser.post("/sign-in", data={**RUTH, "email": "ines@example.com"})
    browser.post("/sign-in", data=RUTH)  # another tab
    assert "Ines" in browser.get("/account").text
    assert browser.post("/sign-in/code", data={"code": "000000"}).status_code == 422
    assert "Ines" in browser.get("/account").text


def test_a_lost_app_is_forgotten_by_an_administrator(browse, visitor, people, now, session):
    set_up(browse("ruth"), now)
    assert browse("anja").post(f"/settings/people/{people.ruth.id}/second-factor").status_code == 303
    assert visitor().post("/sign-in", data=RUTH).location == "/"
    assert "no longer asks for a code" in mails(session)[-1]["body"]


@pytest.fixture
def asks_recruiters_for_a_code(app):
    import dataclasses

    before = app.extensions["recruiter_settings"]
    app.extensions["recruiter_settings"] = dataclasses.replace(before, second_factor_roles=frozenset({"recruiter"}))
    yield
    app.extensions["recruiter_settings"] = before


@pytest.mark.usefixtures("asks_recruiters_for_a_code")
def test_a_role_that_signs_in_with_a_code_sets_it_up_first(browse, api, now):
    ruth, ines = browse("ruth"), browse("ines")
    assert ruth.get("/candidates").location == "/account/second-factor"
    assert ines.get("/").status_code == 200
    assert "second-factor" in api.ruth.get("/candidates").get_json()["detail"]
    assert api.ruth.get("/candidates").status_code == 403
    set_up(ruth, now)
    assert ruth.get("/candidates").status_code == 200
    assert api.ruth.get("/candidates").status_code == 200
    assert ruth.post("/account/second-factor/off").status_code == 303
    assert ruth.get("/candidates").status_code == 200


def test_reading_keeps_a_session_and_nothing_else_does(browse, clock, now, session):
    typing, clicking, polling = browse("ruth"), browse("ruth"), browse("ruth")
    for minutes in (29, 58, 87):
        clock.at = now + dt.timedelta(minutes=minutes)
        assert typing.post("/account/activity").get_json() == {"seconds": 30 * 60, "extendable": True}
        assert clicking.get("/account").status_code == 200
        answer = polling.get("/search?q=ada", headers={"Sec-Fetch-Mode": "cors"})
        assert answer.status_code == (200 if minutes == 29 else 303)
    assert polling.get("/account?keepalive=1&skip_timeout_update=1").status_code == 303


def test_a_session_tells_how_long_it_lasts_and_ends_after_twelve_hours(browse, clock, now):
    ruth = browse("ruth")
    for minutes, seconds, extendable in [(0, 1800, True), (28, 120, True), (29, 60, True)]:  # to ask keeps nobody in
        clock.at = now + dt.timedelta(minutes=minutes)
        assert ruth.get("/account/activity").get_json() == {"seconds": seconds, "extendable": extendable}
    assert 'data-seconds-left="1800"' in ruth.get("/account").text  # to open a page does
    for minutes in range(58, 12 * 60, 29):
        clock.at = now + dt.timedelta(minutes=minutes)
        assert ruth.get("/account").status_code == 200
    clock.at = now + dt.timedelta(hours=12) - dt.timedelta(seconds=90)
    assert ruth.post("/account/activity").get_json() == {"seconds": 90, "extendable": False}
    clock.at = now + dt.timedelta(hours=12)
    assert ruth.post("/account/activity").status_code == 303  # twelve hours are twelve hours


def test_what_happens_to_an_account_is_on_record(browse, session, now):
    ruth = browse("ruth")
    set_up(ruth, now)
    ruth.post("/account/second-factor/off")
    session.expire_all()
    actions = set(session.scalars(select(AuditEntry.action)))
    assert {"user.second_factor_on", "user.second_factor_off"} <= actions

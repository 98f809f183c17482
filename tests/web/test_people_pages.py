"""Inviting people, ending accounts, one's own settings."""

import datetime as dt

import pytest

from recruiter.accounts import token_services
from recruiter.accounts.models import ApiToken, User
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from tests import factories
from tests.acts import act_by
from tests.conftest import PASSWORD
from tests.sound_page import sound

NEW = {"name": "Kim <b>Ode</b>", "email": "kim@example.com", "role": "interviewer", "team": "Data"}


def test_an_administrator_invites_and_the_link_is_shown_once(browse, app, session):
    answer = browse("anja").post("/settings/people", data={**NEW, "pay": "y"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "/invitation/" in page
    assert "Kim &lt;b&gt;Ode&lt;/b&gt;" in page
    assert "/invitation/" not in browse("anja").get("/settings/people").get_data(as_text=True)
    made = session.query(User).filter_by(email="kim@example.com").one()
    assert (made.role.value, made.team, made.pay_view) == ("interviewer", "Data", True)


def test_the_invited_choose_a_password_and_sign_in(browse, app):
    page = browse("anja").post("/settings/people", data=NEW).get_data(as_text=True)
    path = "/invitation/" + page.split("/invitation/")[1].split("<")[0].strip()
    client = app.test_client()
    assert client.post(path, data={"password": "seven quiet herons standing"}).status_code == 303
    signed = client.post("/sign-in", data={"email": "kim@example.com", "password": "seven quiet herons standing"})
    assert signed.status_code == 303
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [({"name": ""}, 422), ({"email": "nobody"}, 422), ({"role": "admin"}, 422), ({"email": "ruth@example.com"}, 409)],
)
def test_what_is_not_right_is_said_and_kept(browse, session, change, status):
    before = session.query(User).count()
    answer = browse("anja").post("/settings/people", data={**NEW, **change})
    assert answer.status_code == status
    assert 'value="Data"' in answer.get_data(as_text=True)
    session.expire_all()
    assert session.query(User).count() == before


@pytest.mark.parametrize("name", ["ruth", "hana", "ines", "arne"])
def test_only_administrators_manage_people(browse, people, name):
    client = browse(name)
    assert client.get("/settings/people").status_code == 403
    assert client.post("/settings/people", data=NEW).status_code == 403
    assert client.post(f"/settings/people/{people.igor.id}/end").status_code == 404


def test_an_ended_account_is_out_at_once(browse, people, session):
    ines = browse("ines")
    assert ines.get("/").status_code == 200
    assert browse("anja").post(f"/settings/people/{people.ines.id}/end").status_code == 303
    assert ines.get("/").status_code == 303
    session.expire_all()
    assert session.get(User, people.ines.id).active is False


def test_what_follows_is_told_before_an_account_is_disabled(browse, people, session, now):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    at = now + dt.timedelta(days=2)
    interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name="Panel", starts_at=at,
        ends_at=at + dt.timedelta(hours=1), panel=[Seat(people.hana)], act=act_by(people.ruth, now=now) )  # fmt: skip
    token_services.new_token(session, user=people.hana, name="Calendar", act=act_by(people.hana, now=now))
    session.commit()
    browse("hana")
    page = sound(browse("anja").get(f"/settings/people/{people.hana.id}/end"))
    for phrase in (
        "in 1 browser",
        "1 API token revoked for good: Calendar",
        "1 coming interview",
        "1 open requisition",
    ):
        assert phrase in page
    assert application.candidate.name not in page
    assert "Nothing waits for them" in sound(browse("anja").get(f"/settings/people/{people.igor.id}/end"))


def test_a_disabled_person_is_listed_and_enabled(browse, app, people, session):
    anja = browse("anja")
    anja.post(f"/settings/people/{people.ines.id}/end")
    added = "/settings/people/{}/end"
    anja.post("/settings/people", data=NEW)
    kim = session.query(User).filter_by(email="kim@example.com").one()
    session.commit()
    assert "Invited" in sound(anja.get("/settings/people"))
    anja.post(added.format(kim.id))  # never had a password, and stays in sight
    assert "ines@example.com" not in str(anja.get("/settings/people").text)
    listed = str(sound(anja.get("/settings/people?state=disabled")))
    assert "ines@example.com" in listed
    assert "kim@example.com" in listed
    assert anja.post(f"/settings/people/{people.ines.id}/enable").status_code == 303
    assert anja.post(f"/settings/people/{people.ruth.id}/enable").status_code == 303  # says that she is active
    app.config["WTF_CSRF_ENABLED"] = False
    signed = app.test_client().post("/sign-in", data={"email": "ines@example.com", "password": PASSWORD})
    assert signed.status_code == 303


def test_an_administrator_signs_somebody_out_everywhere(browse, people):
    ines, anja = browse("ines"), browse("anja")
    assert "Sign out everywhere" in sound(anja.get(f"/settings/people/{people.ines.id}"))
    assert anja.post(f"/settings/people/{people.ines.id}/sessions/end").status_code == 303
    assert ines.get("/").status_code == 303


def test_nobody_ends_their_own_account(browse, people):
    assert browse("anja").post(f"/settings/people/{people.anja.id}/end").status_code == 409


def test_a_theme_is_kept(browse):
    ruth = browse("ruth")
    assert ruth.post("/account/theme", data={"theme": "dark"}).status_code == 303
    assert 'data-theme="dark"' in ruth.get("/").get_data(as_text=True)
    assert ruth.post("/account/theme", data={"theme": "pink"}).status_code == 422


def test_a_token_is_shown_once_and_works(browse, app, session):
    page = browse("ruth").post("/account/token").get_data(as_text=True)
    secret = page.split('class="secret">')[1].split("<")[0]
    answer = app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    assert answer.get_json()["email"] == "ruth@example.com"
    assert session.query(ApiToken).count() == 1


def changed(browse, people, who="rolf", **fields):
    user = getattr(people, who)
    start = {"name": user.name, "role": user.role.value, "team": user.team, "version": user.version}
    return browse("anja").post(f"/settings/people/{user.id}", data={**start, **fields})


def test_what_somebody_may_do_is_changed_from_their_next_request_on(browse, api, people, session):
    rolf = browse("rolf")
    assert api.rolf.get("/me").get_json()["pay_view"] is False
    assert rolf.get("/candidates").status_code == 200
    assert changed(browse, people, role="approver", pay="y", team="Data").status_code == 303
    now = api.rolf.get("/me").get_json()
    assert (now["role"], now["team"], now["pay_view"]) == ("approver", "Data", True)
    assert rolf.get("/import").status_code in {403, 404}
    session.expire_all()
    people.rolf = session.get(User, people.rolf.id)
    session.commit()
    assert changed(browse, people, role="recruiter").status_code == 303  # and back, without pay
    assert api.rolf.get("/me").get_json()["pay_view"] is False


@pytest.mark.parametrize(
    ("change", "status"),
    [({"name": ""}, 422), ({"name": "\u200b"}, 422), ({"role": "admin"}, 422), ({"version": "0"}, 409)],
)
def test_a_change_that_is_not_right_is_said_and_kept(browse, people, session, change, status):
    answer = changed(browse, people, **{"team": "Data", **change})
    assert answer.status_code == status
    session.expire_all()
    assert session.get(User, people.rolf.id).team == ""


def test_nobody_raises_their_own_rights(browse, people):
    assert changed(browse, people, "anja", pay="y").status_code == 409
    assert changed(browse, people, "anja", role="recruiter").status_code == 409
    assert changed(browse, people, "anja", team="People").status_code == 303


def test_the_list_is_searched_and_the_invitation_stands_above_it(browse, people):
    anja = browse("anja")
    page = sound(anja.get("/settings/people"))
    assert page.index('id="invite"') < page.index("<table")
    listed = sound(anja.get("/settings/people?q=HANA+example"))
    assert ("hana@example.com" in listed, "ruth@example.com" in listed) == (True, False)
    assert "Nobody matches" in sound(anja.get("/settings/people?q=nobody%25"))
    refused = anja.post("/settings/people", data={"name": "", "email": "x"})
    assert 'id="invite" open' in refused.get_data(as_text=True)

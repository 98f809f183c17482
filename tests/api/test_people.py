"""Accounts by API: what an administrator does to those of others, and one's own sessions and tokens."""

import pytest
from sqlalchemy import select

from recruiter.accounts.models import IdempotentAnswer, User, UserSession
from recruiter.audit.models import AuditEntry

KIM = {"name": "Kim", "email": "kim@example.com", "role": "interviewer"}


def test_somebody_is_invited_changed_disabled_and_enabled(api, people, session):
    made = api.anja.post("/people", {**KIM, "team": "Data"})
    assert made.status_code == 201
    person, path = made.get_json(), f"/people/{made.get_json()['id']}"
    assert person["invitation"].rpartition("/")[0].endswith("/invitation")
    assert (person["active"], person["joined"], person["role"]) == (True, False, "interviewer")
    seen = {"If-Match": f'"{person["version"]}"'}
    changed = api.anja.call("PATCH", path, {"pay_view": True}, headers=seen)
    assert (changed.get_json()["pay_view"], changed.get_json()["team"]) == (True, "Data")
    assert api.anja.call("PATCH", path, {"team": "Other"}, headers=seen).status_code == 409
    assert api.anja.call("POST", f"{path}/deactivation", headers=seen).status_code == 409
    assert api.anja.post(f"{path}/deactivation").get_json()["active"] is False
    assert api.anja.post(f"{path}/deactivation").status_code == 409
    assert api.anja.post(f"{path}/invitation").status_code == 409
    assert [each["name"] for each in api.anja.get("/people?active=false").get_json()["items"]] == ["Kim"]
    assert api.anja.post(f"{path}/activation").get_json()["active"] is True
    assert api.anja.post(f"{path}/activation").status_code == 409
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(2)).all()
    assert actions == ["user.enabled", "user.disabled"]


def test_people_are_found_and_listed_a_page_at_a_time(api, people):
    page, names = api.anja.get("/people?limit=4").get_json(), []
    while page:
        names += [each["name"] for each in page["items"]]
        page = api.anja.get(page["next"]).get_json() if page["next"] else None
    assert names == sorted(names)
    assert len(names) == 9
    assert [each["email"] for each in api.anja.get("/people?q=XEN example").get_json()["items"]] == [
        "xenia@example.com"
    ]
    assert {each["name"] for each in api.anja.get("/people?role=recruiter").get_json()["items"]} == {"Ruth", "Rolf"}
    assert api.anja.get("/people?active=maybe").status_code == 400


@pytest.mark.parametrize(
    ("change", "status"), [({"role": "admin"}, 422), ({"name": "\u200b"}, 422), ({"team": "x" * 121}, 422)]
)
def test_what_the_page_refuses_the_api_refuses(api, people, change, status):
    assert api.anja.patch(f"/people/{people.igor.id}", change).status_code == status


def test_nobody_acts_on_their_own_rights(api, people):
    own = f"/people/{people.anja.id}"
    assert api.anja.patch(own, {"pay_view": True}).status_code == 409
    assert api.anja.patch(own, {"team": "People"}).status_code == 200
    for act in ("deactivation", "second-factor/removal"):
        assert api.anja.post(f"{own}/{act}").status_code == 409


def test_an_address_of_somebody_disabled_is_told_as_that(api, people):
    api.anja.post(f"/people/{people.igor.id}/deactivation")
    again = api.anja.post("/people", {**KIM, "email": "igor@example.com"})
    assert "Enable it instead" in again.get_json()["errors"]["email"][0]
    refused = api.ruth.post("/requisitions", {"title": "Seat", "hiring_manager": "igor@example.com"})
    assert "is disabled" in refused.get_json()["errors"]["hiring_manager"][0]


def test_somebody_is_signed_out_everywhere(api, browse, people, session):
    igor = browse("igor")
    assert api.anja.post(f"/people/{people.igor.id}/sessions/end").status_code == 200
    assert igor.get("/").status_code == 303
    assert api.igor.get("/me").status_code == 200


def test_own_sessions_and_tokens(api, browse, people, session):
    browse("ruth"), browse("ruth"), browse("ines")
    listed = api.ruth.get("/me/sessions").get_json()["items"]
    assert len(listed) == 2
    assert listed[0]["ends_at"] > listed[0]["seen_at"]
    foreign = session.scalar(select(UserSession.id).join(User).where(User.name == "Ines"))
    session.commit()
    for number in (foreign, 2**31, 2**70):
        assert api.ruth.post(f"/me/sessions/{number}/end").status_code == 404
    assert len(api.ruth.post(f"/me/sessions/{listed[0]['id']}/end").get_json()["items"]) == 1
    assert api.ruth.post("/me/sessions/end").get_json()["items"] == []
    made = api.ruth.post("/me/tokens", {"name": "CI", "days": 7, "read_only": True}).get_json()
    assert (made["name"], made["read_only"], made["current"]) == ("CI", True, False)
    reader = type(api.ruth)(api.ruth.client.application, made["token"])
    assert [(each["name"], each["current"]) for each in reader.get("/me/tokens").get_json()["items"]] == [
        ("CI", True),
        ("", False),
    ]
    assert reader.post("/me/tokens", {}).status_code == 403
    for number in (made["id"] + 1000, 2**70):
        assert api.ruth.post(f"/me/tokens/{number}/revocation").status_code == 404
    assert len(api.ruth.post(f"/me/tokens/{made['id']}/revocation").get_json()["items"]) == 1
    assert reader.get("/me").status_code == 401


def test_a_secret_that_is_answered_twice_lies_sealed(api, session):
    about = {"Idempotency-Key": "once"}
    first = api.ruth.call("POST", "/me/tokens", {}, headers=about).get_json()
    assert api.ruth.call("POST", "/me/tokens", {}, headers=about).get_json() == first
    assert first["token"] not in session.scalars(select(IdempotentAnswer.body)).one()

"""Before the acts that TRUST lists, people prove again who they are: in pages and in the API."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from recruiter.accounts.models import User
from recruiter.policy.permissions import Permission

PASSWORD = "five green bottles standing"
PROOF = {"proof_of_identity": PASSWORD}
STEP_UP = [permission for permission in Permission if permission.step_up]
LATER = dt.timedelta(minutes=11)
PEOPLE = {"name": "Kim", "email": "kim@example.com", "role": "recruiter", "team": "Data"}


def doors(app):
    """Every address and method whose permission asks who one is."""
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        if permission in STEP_UP:
            for method in sorted(
                rule.methods & ({"GET"} if permission.is_look else {"POST", "PUT", "PATCH", "DELETE"})
            ):
                yield rule.rule, method


def address(rule, people):
    path = rule.replace("<int:user_id>", str(people.igor.id))
    return re.sub(r"<[^>]+>", "1", path)


def test_what_trust_lists_asks_who_one_is():
    assert {
        Permission.PEOPLE_EDIT,
        Permission.CHAINS_EDIT,
        Permission.SIGN_IN_CHANGE,
        Permission.CASE_LIST_TAKE_OUT,
    } <= set(STEP_UP)


def test_every_such_door_asks_after_ten_minutes(app, browse, api, people, clock, now):
    anja = browse("anja")
    clock.at = now + LATER
    guarded = list(doors(app))
    assert len(guarded) >= 10
    for rule, method in guarded:
        path = address(rule, people)
        if path.startswith("/api/"):
            answer = api.anja.call(method, path)
            assert answer.status_code in {403, 404}, (method, path)
            assert answer.status_code == 404 or "/me/confirmation" in answer.get_json()["detail"], (method, path)
            continue
        answer = anja.open(path, method=method)
        if method == "GET":
            assert answer.location.startswith("/account/confirm"), path
        else:
            assert answer.status_code in {403, 404}, (method, path)
            assert answer.status_code == 404 or "proof_of_identity" in answer.text, (method, path)


def test_what_was_typed_goes_with_the_proof(browse, session, clock, now):
    anja = browse("anja")
    clock.at = now + LATER
    question = anja.post("/settings/people", data=PEOPLE)
    assert question.status_code == 403
    assert (
        anja.post("/settings/people", data={**PEOPLE, "name": "", **PROOF}).status_code == 422
    )  # refused, and yet proved
    assert anja.get("/account").status_code == 200
    clock.at += LATER
    question = anja.post("/settings/people", data=PEOPLE)
    for name, value in PEOPLE.items():
        assert f'name="{name}" value="{value}"' in " ".join(question.text.split())
    assert session.scalars(select(User).where(User.email == "kim@example.com")).first() is None
    session.commit()
    wrong = anja.post("/settings/people", data={**PEOPLE, "proof_of_identity": "guessed"})
    assert (wrong.status_code, "That is not your password" in wrong.text) == (403, True)
    assert anja.post("/settings/people", data={**PEOPLE, **PROOF}).status_code == 200
    assert session.scalars(select(User).where(User.email == "kim@example.com")).first()
    session.commit()
    assert (
        anja.post("/settings/people", data={**PEOPLE, "email": "lee@example.com"}).status_code == 200
    )  # for ten minutes
    clock.at += LATER
    assert anja.post("/settings/people", data={**PEOPLE, "email": "mo@example.com"}).status_code == 403


def test_a_file_with_pay_is_handed_out_after_the_proof(browse, clock, now):
    ruth = browse("ruth")
    for path in (
        "/cases/register.csv",
        "/reports/offers-declined/table.csv",
        "/reports/exceptions-per-band/table.xlsx",
    ):
        clock.at += LATER
        question = ruth.get(path)
        assert question.location.startswith("/account/confirm")
        assert ruth.get(question.location).status_code == 200
        assert ruth.post(question.location, data={"proof_of_identity": "guessed"}).status_code == 403
        assert ruth.post(question.location, data=PROOF).location == path
        assert ruth.get(path).status_code == 200
    clock.at += LATER
    assert ruth.get("/reports/funnel/table.csv").status_code == 200  # without pay


def test_guessing_a_proof_is_slowed(browse, clock, now):
    ruth = browse("ruth")
    clock.at = now + LATER
    texts = [ruth.post("/account/confirm", data={"proof_of_identity": "guessed"}).text for _ in range(6)]
    assert ["Too many tries" in text for text in texts] == [False] * 5 + [True]


def test_the_secret_of_a_session_changes_with_the_proof(browse, clock, now):
    ruth = browse("ruth")
    with ruth.session_transaction() as cookie:
        before = cookie["sid"]
    clock.at = now + LATER
    ruth.post("/account/confirm", data=PROOF)
    with ruth.session_transaction() as cookie:
        assert cookie["sid"] != before
    assert ruth.get("/account").status_code == 200


def test_a_token_is_confirmed_for_ten_minutes(api, clock, now):
    assert api.ruth.post("/me/confirmation", {}).status_code == 422
    assert api.ruth.post("/me/confirmation", {"password": "guessed"}).status_code == 422
    answer = api.ruth.post("/me/confirmation", {"password": PASSWORD})
    assert answer.status_code == 200
    assert answer.get_json()["confirmed_until"] == (now + dt.timedelta(minutes=10)).isoformat().replace("+00:00", "Z")


def test_guessing_by_token_is_slowed(api):
    answers = [api.ruth.post("/me/confirmation", {"password": "guessed"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


@pytest.mark.parametrize("name", ["ruth", "hana", "ines", "arne"])
def test_who_may_not_is_refused_without_being_asked(browse, clock, now, name):
    browser = browse(name)
    clock.at = now + LATER
    assert browser.post("/settings/people", data=PEOPLE).status_code == 403
    assert "proof_of_identity" not in browser.post("/settings/people", data=PEOPLE).text


def test_who_would_rather_not_goes_back_to_the_nearest_page_that_does_not_ask(app, browse, people, session, now):
    """For every page act that asks, found by introspection: Cancel leads to a page of this site that does not ask itself."""
    from recruiter.web.request import step_up

    asking = 0
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        if permission is None or not permission.step_up or rule.rule.startswith("/api/") or "POST" not in rule.methods:
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        with app.test_request_context(path, method="POST"):
            back = step_up.way_back()
            wanted = step_up._permission_of(back)
            assert wanted is not None, path
            assert not wanted.step_up, (path, back)
        with app.test_request_context(path, method="POST", data={"came_from": "/candidates"}):
            assert step_up.way_back() == "/candidates"
        asking += 1
    assert asking > 5

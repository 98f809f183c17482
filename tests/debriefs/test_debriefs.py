"""The debrief over the API and its rules: open when the cards are in, sorted by disagreement, blind to who owes one."""

import datetime as dt

import pytest

from recruiter.debriefs import rules
from recruiter.foundation.errors import Conflict, RuleBroken
from tests import factories


def _card(design, talk=None, note="CANARY"):
    marks = [
        {"attribute": "System design", "rating": design, "evidence": f"{note} design"},
        {"attribute": "Communication", "rating": talk, "evidence": f"{note} talk"},
    ]
    return {"ratings": marks, "overall": 3, "summary": note, "submit": True}


@pytest.fixture
def seat(api, session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, "Ada Ferreira", stage="interview")
    factories.application(session, people, now, requisition, "Not Yet")
    session.commit()
    return requisition, application


def _plan(api, application, now, *panel):
    end = now - dt.timedelta(hours=3)
    body = {
        "name": "Panel",
        "stage": "Interview",
        "starts_at": (end - dt.timedelta(hours=1)).isoformat(),
        "ends_at": end.isoformat(),
        "panel": [{"email": f"{name}@example.com"} for name in panel],
    }
    return api.ruth.post(f"/applications/{application.id}/interviews", body).get_json()["id"]


@pytest.mark.hours
def test_it_opens_when_every_card_is_in(api, now, seat):
    requisition, application = seat
    path = f"/requisitions/{requisition.key}/debrief"
    talk = _plan(api, application, now, "ines", "igor")
    api.ines.put(f"/interviews/{talk}/scorecard", _card(4, 2))
    debrief = api.ruth.get(path).get_json()
    assert (debrief["open"], debrief["hidden"]) == (False, False)
    assert [(who["interviewer"]["name"], who["due_at"]) for who in debrief["waiting"]] == [
        ("Igor", "2026-11-19T06:30:00Z")
    ]
    assert [(row["application_id"], row["attributes"]) for row in debrief["applications"]] == [(application.id, [])]
    assert "CANARY" not in api.ruth.get(path).get_data(as_text=True)
    api.igor.put(f"/interviews/{talk}/scorecard", _card(3, 5, note="Igor"))
    debrief = api.hana.get(path).get_json()
    assert (debrief["open"], debrief["waiting"]) == (True, [])
    table = debrief["applications"][0]
    assert [(row["attribute"], row["mean"], row["spread"]) for row in table["attributes"]] == [
        ("Communication", 3.5, 3.0),
        ("System design", 3.5, 1.0),
    ]
    ratings = table["attributes"][0]["ratings"]
    assert [(r["interviewer"]["name"], r["rating"], r["evidence"]) for r in ratings] == [
        ("Ines", 2.0, "CANARY talk"),
        ("Igor", 5.0, "Igor talk"),
    ]
    assert (table["submitted"], table["expected"], table["not_assessed"]) == (2, 2, [])


def test_ratings_stay_as_they_were_before_the_reveal(api, now, seat):
    requisition, application = seat
    talk = _plan(api, application, now, "ines", "igor")
    api.igor.put(f"/interviews/{talk}/scorecard", _card(3))
    api.ines.put(f"/interviews/{talk}/scorecard", _card(5))
    amended = {**_card(2, note="later"), "submit": False, "amend": True, "reason": "Heard Igor"}
    assert api.ines.put(f"/interviews/{talk}/scorecard", amended).status_code == 200
    row = api.ruth.get(f"/requisitions/{requisition.key}/debrief").get_json()["applications"][0]["attributes"][0]
    assert [(r["rating"], r["amended_to"]) for r in row["ratings"]] == [(3.0, None), (5.0, 2.0)]


def test_a_decision_waits_for_the_cards_or_says_why_not(api, now, seat):
    requisition, application = seat
    path = f"/requisitions/{requisition.key}/debrief"
    _plan(api, application, now, "ines")
    body = {"decision": "Offer to Ada", "application_id": application.id}
    refused = api.ruth.post(path, body)
    assert refused.status_code == 409
    assert "Ines" in refused.get_json()["detail"]
    made = api.ruth.post(path, {**body, "open_early": "Her other offer expires"})
    assert made.status_code == 201
    assert (made.get_json()["decision"], made.get_json()["opened_early"]) == ("Offer to Ada", True)
    records = api.ruth.get(path).get_json()["records"]
    assert [(record["decision"], record["opened_early"]) for record in records] == [
        ("Offer to Ada", True),
        ("Her other offer expires", True),
    ]
    assert api.ruth.get(path).get_json()["open"] is True
    assert api.ruth.post(path, {"decision": "Whole slate"}).status_code == 201


@pytest.mark.parametrize(
    "body", [{}, {"decision": " "}, {"decision": "x", "application_id": 999}, {"decision": "x", "other": 1}]
)
def test_what_is_not_a_decision_is_refused(api, seat, body):
    assert api.ruth.post(f"/requisitions/{seat[0].key}/debrief", body).status_code == 422


def test_an_application_of_another_requisition_is_not_decided_on(api, session, people, now, seat):
    other = factories.application(session, people, now, factories.requisition(session, people, now))
    session.commit()
    body = {"decision": "x", "application_id": other.id}
    assert api.ruth.post(f"/requisitions/{seat[0].key}/debrief", body).status_code == 422


def test_whoever_owes_a_card_sees_nothing_of_the_others(api, now, seat):
    requisition, application = seat
    path = f"/requisitions/{requisition.key}/debrief"
    talk = _plan(api, application, now, "ines", "hana")
    api.ines.put(f"/interviews/{talk}/scorecard", _card(4))
    api.ruth.post(path, {"decision": "CANARY decided", "open_early": "CANARY because"})
    answer = api.hana.get(path)
    assert answer.get_json()["hidden"] is True
    assert "CANARY" not in answer.get_data(as_text=True)
    assert "CANARY design" in api.ruth.get(path).get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "status"), [("rolf", 200), ("anja", 200), ("henk", 404), ("igor", 404), ("arne", 404)]
)
def test_who_reads_it(api, seat, name, status):
    path = f"/requisitions/{seat[0].id}/debrief"
    assert getattr(api, name).get(path).status_code == status
    assert getattr(api, name).post(path, {"decision": "x"}).status_code == (201 if status == 200 else status)


def test_the_widest_disagreement_sorts_first_and_no_rating_last():
    rows = [[4, 4], [], [1, 5], [2, 4, 3], [2, 4, 4, 2], [5]]
    assert sorted(rows, key=rules.disagreement) == [[1, 5], [2, 4, 4, 2], [2, 4, 3], [4, 4], [5], []]
    assert rules.spread([3]) is None
    assert rules.mean([]) is None


def test_it_opens_early_only_with_a_reason():
    assert rules.check_open(missing=[], opened=False, reason="") is False
    assert rules.check_open(missing=["Ines"], opened=True, reason="") is False
    assert rules.check_open(missing=["Ines"], opened=False, reason="Offer expires") is True
    with pytest.raises(Conflict, match="Ines, Igor"):
        rules.check_open(missing=["Ines", "Igor", "Ines"], opened=False, reason="")
    with pytest.raises(RuleBroken):
        rules.check_reason(" \x00 ")
    with pytest.raises(RuleBroken):
        rules.check_decision("x" * 10_001)

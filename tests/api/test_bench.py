"""What the bench pages can do, over JSON: the same rules, the same sight, nothing that is refused changes anything."""

import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.agreements import Letter, Snooze
from recruiter.offers.models import ApprovalChain
from recruiter.requisitions.models import StageKind
from tests import factories
from tests.acts import act_by
from tests.offers import arranging


@pytest.fixture
def search(session, people, now):
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition)
    session.commit()
    return requisition, slate


def _day(now, days):
    return (now.date() + dt.timedelta(days=days)).isoformat()


def test_readiness_is_seven_lights_and_answers_keep_their_day(api, search, now):
    path = f"/applications/{search[1][0].id}/readiness"
    answer = api.ruth.get(path).get_json()
    assert [item["name"] for item in answer["lights"]] == [
        "scorecards", "interest", "package", "references", "promise", "deadline", "consent",
    ]  # fmt: skip
    assert all(bool(item["needs"]) == (item["state"] != "green") for item in answer["lights"])
    body = {"interested": True, "expectation_within_band": True, "references_done_on": _day(now, 0)}
    response = api.ruth.post(path, body)
    assert response.status_code == 201
    states = {item["name"]: item["state"] for item in response.get_json()["lights"]}
    assert states == dict.fromkeys(states, "green") | {"scorecards": "amber"}
    assert response.get_json()["interested_asked_on"] == _day(now, 0)
    assert response.get_json()["ready"] is False
    assert api.henk.get(path).status_code == 404


def test_somebody_is_left_alone_until_a_date(api, session, search, now):
    path = f"/applications/{search[1][0].id}/snooze"
    response = api.ruth.post(path, {"until": _day(now, 12), "reason": "On holiday"})
    assert (response.status_code, response.get_json()["until"]) == (201, _day(now, 12))
    rows = api.ruth.get("/keep-warm").get_json()["items"]
    assert {item["application_id"]: item["snoozed_until"] for item in rows}[search[1][0].id] == _day(now, 12)
    for wrong in ({"until": _day(now, 0), "reason": "x"}, {"until": _day(now, 3), "reason": " "}, {"until": "soon"}):
        assert api.ruth.post(path, wrong).status_code == 422
    session.expire_all()
    assert len(session.scalars(select(Snooze)).all()) == 1


def test_dates_are_one_for_the_interviews_and_the_bench(api, search, now):
    requisition, slate = search
    path = f"/requisitions/{requisition.key}/dates"
    assert api.ruth.get(path).get_json()["items"] == []
    assert api.ruth.post(path, {"kind": "decision", "due_on": _day(now, 9)}).status_code == 201
    response = api.ruth.post(path, {"kind": "approval", "due_on": _day(now, 7), "promised_by": "arne@example.com"})
    assert [(item["kind"], item["due_on"]) for item in response.get_json()["items"]] == [
        ("approval", _day(now, 7)), ("decision", _day(now, 9)),
    ]  # fmt: skip
    assert api.ruth.get(f"/requisitions/{requisition.key}/interview-plan").get_json()["decide_on"] == _day(now, 9)
    assert api.ruth.post(path, {"kind": "decision", "due_on": _day(now, 11)}).status_code == 422
    assert (
        api.ruth.post(path, {"kind": "approval", "due_on": _day(now, 3), "promised_by": "nobody@x"}).status_code == 422
    )
    body = {"stage": "Offer", "class": "credible", "decision_on": _day(now, 5)}
    assert api.ruth.post(f"/applications/{slate[1].id}/competing-processes", body).status_code == 201
    clash = api.ruth.get("/keep-warm/clashes").get_json()["items"][0]
    assert (clash["application_id"], clash["theirs"], clash["ours"]) == (slate[1].id, _day(now, 5), _day(now, 9))
    assert clash["ask_application_id"] == slate[0].id
    assert "arne" in clash["because"].lower()
    assert api.henk.get("/keep-warm/clashes").get_json()["items"] == []


def test_clocks_are_set_by_situation(api, search):
    path = f"/requisitions/{search[0].key}/cadence"
    usual = {item["situation"]: item["days"] for item in api.ruth.get(path).get_json()["items"]}
    assert (usual["bench"], usual["offer_out"], usual["in_touch_first"]) == (7, 3, 30)
    response = api.ruth.patch(path, {"bench": 5, "in_touch_first": 21}).get_json()["items"]
    assert {item["situation"]: item["days"] for item in response} == usual | {"bench": 5, "in_touch_first": 21}
    assert api.ruth.patch(path, {"bench": 99}).status_code == 422
    assert api.ruth.patch(path, {"moon": 1}).status_code == 422


def test_a_draft_comes_from_what_was_said_and_the_same_text_never_goes_to_two(api, session, search, now):
    (_, (ada, bela, _)) = search
    touchpoint = {
        "direction": "from",
        "channel": "phone",
        "kind": "call",
        "said": "On the phone: \u201cI want to see the team first\u201d",
    }
    api.ruth.post(f"/applications/{ada.id}/touchpoints", touchpoint)
    draft = api.ruth.get(f"/applications/{ada.id}/message-draft").get_json()
    assert "I want to see the team first" in draft["body"]
    assert "[Why you write to them today]" in api.ruth.get(f"/applications/{bela.id}/message-draft").get_json()["body"]
    assert api.ruth.get(f"/applications/{ada.id}/message-draft?purpose=love").status_code == 400
    text = {"subject": "Where we are", "body": "Hello, we meet on Friday about your question on the team."}
    assert api.ruth.post(f"/applications/{ada.id}/messages", text).status_code == 201
    refused = api.ruth.post(f"/applications/{bela.id}/messages", text)
    assert (refused.status_code, "body" in refused.get_json()["errors"]) == (422, True)
    session.expire_all()
    assert len(session.scalars(select(Letter)).all()) == 1
    assert api.henk.post(f"/applications/{ada.id}/messages", text).status_code == 404


def test_the_ledger_and_feedback_are_within_sight(api, session, people, search, now):
    (_, (ada, _, chidi)) = search
    api.ruth.post(f"/applications/{ada.id}/promises", {"what": "You will hear from us", "due_on": _day(now, 2)})
    services.reject(session, application=chidi, reason="Not now", release_bench=True, act=act_by(people.ruth, now=now))
    session.commit()
    answer = api.ruth.get("/keep-warm/promises").get_json()
    assert [item["outcome"] for item in answer["items"]] == ["open"]
    assert answer["by_person"][0]["name"] == "Ruth"
    owed = api.ruth.get("/keep-warm/feedback").get_json()["items"]
    assert [(item["application_id"], item["given_on"], item["late"]) for item in owed] == [(chidi.id, None, False)]
    assert api.henk.get("/keep-warm/promises").get_json()["items"] == []
    assert api.ines.get("/keep-warm/promises").status_code == 404


def test_after_the_start_a_call_releases_and_consent_is_kept_and_taken_back(api, session, people, search, now):
    requisition, (ada, bela, chidi) = search
    body = {"channel": "phone", "feedback": "Strong on design", "answer": "yes", "ends_on": _day(now, 300)}
    assert api.ruth.post(f"/applications/{bela.id}/release", body).status_code == 409
    arranging.offer(session, people, ada, now, to="accepted")
    hired = next(stage for stage in requisition.stages if stage.kind == StageKind.HIRED)
    services.move(session, application=ada, to=hired, act=act_by(people.ruth, now=now))
    session.commit()
    assert [item["application_id"] for item in api.ruth.get("/keep-warm/calls").get_json()["items"]] == [
        bela.id,
        chidi.id,
    ]
    done = api.ruth.post(f"/applications/{bela.id}/release", body)
    assert (done.status_code, done.get_json()["answer"]) == (201, "yes")
    path = f"/candidates/{bela.candidate_id}/consents"
    pool = api.ruth.get(path).get_json()
    assert [(item["ends_on"], item["current"], item["text_version"]) for item in pool["items"]] == [
        (_day(now, 300), True, "1")
    ]
    assert [item["candidate"]["name"] for item in api.ruth.get("/keep-warm/in-touch").get_json()["items"]] == [
        "Bela Novak"
    ]
    assert api.ruth.post(f"{path}/withdrawal").status_code == 200
    assert api.ruth.get("/keep-warm/in-touch").get_json()["items"] == []
    assert api.ruth.post(f"{path}/withdrawal").status_code == 409
    assert api.ruth.post(path, {"ends_on": _day(now, 900), "channel": "phone"}).status_code == 422
    assert api.ruth.post(path, {"ends_on": _day(now, 90), "channel": "phone"}).status_code == 201
    assert api.ruth.get(f"/requisitions/{requisition.key}/earlier-finalists").get_json()["items"] == []


def test_chains_and_stand_ins_are_kept_by_whoever_may(api, session, people, search, now):
    group = {"step": 1, "name": "Finance", "needed": 1, "members": ["arne@example.com"]}
    body = {"name": "Far above", "groups": [group], "from_percent": 7.5, "for_offers": False}
    assert api.ruth.post("/approval-chains", body).status_code == 403
    made = api.anja.post("/approval-chains", body)
    assert (made.status_code, made.get_json()["from_percent"]) == (201, 7.5)
    number = made.get_json()["id"]
    changed = api.anja.put(f"/approval-chains/{number}", {**body, "answer_days": 3})
    assert changed.get_json()["answer_days"] == 3
    wrong = api.anja.put(f"/approval-chains/{number}", {**body, "groups": [{**group, "needed": 2}]})
    assert wrong.status_code == 422
    assert len(api.anja.get("/approval-chains").get_json()["items"]) == 1
    assert api.anja.post(f"/approval-chains/{number}/retirement").status_code == 200
    assert api.anja.get("/approval-chains").get_json()["items"] == []
    session.expire_all()
    assert session.get(ApprovalChain, number).retired_at is not None
    days = {"from_on": _day(now, 0), "until_on": _day(now, 3)}
    refused = api.arne.post("/stand-ins", {"user": "arne@example.com", "deputy": "arne@example.com", **days})
    assert (refused.status_code, "deputy" in refused.get_json()["errors"]) == (422, True)


def test_an_approver_finds_what_waits_for_his_word(api, session, people, search, now):
    made = arranging.offer(session, people, search[1][0], now, to="pending")
    session.commit()
    assert [item["id"] for item in api.arne.get("/approvals").get_json()["items"]] == [made.id]
    assert api.ruth.get("/approvals").get_json()["items"] == []
    assert api.arne.post(f"/offers/{made.id}/approval", {"terms_version": 1}).status_code == 200
    assert api.arne.get("/approvals").get_json()["items"] == []


def test_reports_are_listed_by_name(api):
    answer = api.ruth.get("/reports").get_json()
    assert "promises-kept" in [item["name"] for item in answer["items"]]
    for item in answer["items"]:
        assert api.ruth.get(f"/reports/{item['name']}").get_json()["name"] == item["name"]


def test_a_promise_answered_by_the_api_is_a_contact_as_on_the_page(api, session, people, now):
    application = factories.finalists(session, people, now, factories.requisition(session, people, now))[0]
    session.commit()
    path, later = f"/applications/{application.id}", (now + dt.timedelta(days=5)).date().isoformat()
    contact = {"direction": "to", "channel": "phone", "kind": "call", "said": "All well", "hear_by": later}
    assert api.ruth.post(f"{path}/touchpoints", contact).status_code == 201
    (promise,) = api.ruth.get(f"{path}/promises").get_json()["items"]
    assert (promise["what"], promise["due_on"], promise["state"]) == ("You will hear from us", later, "open")
    settled = api.ruth.patch(
        f"/promises/{promise['id']}", {"state": "kept", "answer": "You are in", "channel": "phone"}
    )
    assert (settled.status_code, settled.get_json()["state"]) == (200, "kept")
    latest = api.ruth.get(f"{path}/touchpoints").get_json()["items"][0]
    assert (latest["said"], latest["channel"], latest["direction"]) == ("You are in", "phone", "to")
    late = api.ruth.post(f"{path}/touchpoints", {**contact, "hear_by": "2020-01-01"})
    assert (late.status_code, list(late.get_json()["errors"])) == (422, ["hear_by"])

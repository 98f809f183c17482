"""The model, its switches and wishes by API: shapes, refusals, one fit at a time."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.foundation.jobs import Job
from recruiter.jobs import worker
from tests.ranking import arranging, small_model


def test_a_second_fit_is_answered_with_the_first(api, session):
    first = api.ruth.post("/model/fits")
    second = api.anja.post("/model/fits")
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json["id"] == second.json["id"]
    with Session(session.get_bind()) as own:
        assert own.scalar(select(func.count()).select_from(Job)) == 1


def test_a_fit_is_followed_to_its_end(api, app, session, people, now):
    assert api.ruth.get("/model/fits").json == {"items": [], "next": None}
    api.ruth.post("/model/fits")
    waiting = api.hana.get("/model/fits").json["items"][0]
    assert (waiting["status"], waiting["progress"], waiting["phase"]) == ("queued", 0, "")
    worker.step(app)
    failed = api.hana.get("/model").json["fit"]
    assert failed["status"] == "failed"
    assert failed["problem"].startswith("There are no past decisions to learn from yet.")
    _, slate = arranging.searched(session, people, now)
    arranging.filled(session, people, slate, now)
    assert api.ruth.post("/model/fits").json["id"] != waiting["id"]
    while worker.step(app):  # notices of the interviews first
        pass
    answer = api.hana.get("/model").json
    assert answer["fit"]["status"] == "done"
    assert answer["active"]["n_decisions"] == 1
    assert {active["name"] for active in answer["active"]["gates"]} >= {
        "enough_data",
        "prior_only",
        "plain_mean",
        "fairness",
    }
    assert answer["active"]["card"]["sha256"] == answer["active"]["sha256"]
    assert answer["off_everywhere"] is False


def test_the_database_holds_one_fit_at_a_time(session, now):
    from sqlalchemy.exc import IntegrityError

    from recruiter.foundation import jobs

    jobs.enqueue(session, "model.fit", payload={}, now=now)
    with pytest.raises(IntegrityError):
        jobs.enqueue(session, "model.fit", payload={}, now=now)


def test_a_fit_is_switched_by_api(api, session, now):
    run = small_model.run(session, now)
    session.commit()
    home = f"/model/runs/{run.id}"
    assert api.hana.get(home).json["card"]["label"] == "partly learnt"
    assert api.hana.post(f"{home}/deactivation", {"reason": "Odd"}).status_code == 403
    assert api.ruth.post(f"{home}/deactivation", {}).status_code == 422
    assert api.ruth.post(f"{home}/deactivation", {"reason": "Odd"}).json["active"] is False
    assert api.ruth.post(f"{home}/deactivation", {"reason": "Odd"}).status_code == 409
    refused = api.ruth.post(f"{home}/activation", {})
    assert refused.status_code == 422
    assert "fairness_noted" in refused.json["errors"]
    assert api.ruth.post(f"{home}/activation", {"fairness_noted": True, "zip": 1}).status_code == 422
    assert api.ruth.post(f"{home}/activation", {"fairness_noted": True}).json["active"] is True
    assert api.ruth.get("/model/runs/987654").status_code == 404


def test_suggestions_are_switched_by_api(api, session, people, now):
    requisition, _ = arranging.searched(session, people, now)
    home = f"/requisitions/{requisition.key}"
    assert api.ruth.get(f"{home}/suggestion").json["on"] is True
    assert api.ruth.put(f"{home}/suggestion", {"on": False}).status_code == 422
    assert api.ruth.put(f"{home}/suggestion", {"on": "no", "reason": "x"}).status_code == 422
    done = api.hana.put(f"{home}/suggestion", {"on": False, "reason": "Two only"}).json
    assert (done["on"], done["by"], done["reason"]) == (False, "hana@example.com", "Two only")
    answer = api.ruth.get(f"{home}/finalists").json["suggestion"]
    assert (answer["state"], answer["off_for"]) == ("off", "requisition")
    assert api.hana.put(f"{home}/suggestion", {"on": False, "reason": "Two only"}).status_code == 409
    api.hana.put(f"{home}/suggestion", {"on": True})
    assert api.hana.put("/model/switch", {"on": False, "reason": "All"}).status_code == 403
    assert api.rolf.put("/model/switch", {"on": False, "reason": "All"}).json["on"] is False
    assert api.ruth.get(f"{home}/finalists").json["suggestion"]["off_for"] == "company"
    assert api.ruth.get("/model/switch").json["reason"] == "All"
    assert api.ruth.get("/model").json["off_everywhere"] is True


def test_a_wish_by_api(api, session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    home = f"/applications/{slate[1].id}/ranking"
    assert api.ruth.get(home).json == {
        "application_id": slate[1].id, "ranked": True, "by": None, "at": None, "reason": "",
    }  # fmt: skip
    assert api.ruth.put(home, {"ranked": False}).status_code == 422
    assert api.hana.put(home, {"ranked": False, "reason": "Asked"}).status_code == 403
    assert api.henk.put(home, {"ranked": False, "reason": "Asked"}).status_code == 404
    done = api.rolf.put(home, {"ranked": False, "reason": "Asked by mail"}).json
    assert (done["ranked"], done["by"]) == (False, "rolf@example.com")
    answer = api.ruth.get(f"/requisitions/{requisition.key}/finalists").json
    assert answer["suggestion"]["not_ranked"] == [slate[1].id]
    assert slate[1].id not in {suggestion["application_id"] for suggestion in answer["suggestion"]["ranking"]}
    assert slate[1].id in {item["application_id"] for item in answer["items"]}
    order = [{"application_id": application.id, "reason": "Evidence"} for application in (slate[1], slate[0], slate[2])]
    assert api.ruth.put(f"/requisitions/{requisition.key}/finalists", {"order": order}).status_code == 200

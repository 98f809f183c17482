"""The model as a page: what carries suggestions, how well it would have done, and a fit that is asked for."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.foundation.jobs import Job, JobStatus
from recruiter.jobs import worker
from tests.acts import act_by
from tests.ranking import arranging, small_model


def fitted(session, now, *, name="20261101-abc", active=True, **more):
    run = small_model.run(session, now, name=name, active=active, attributes=(small_model.STRANGE, "Care"), **more)
    session.commit()
    return run


def jobs_in(session):
    with Session(session.get_bind()) as own:
        return own.scalar(select(func.count()).select_from(Job).where(Job.kind == "model.fit"))


def page_of(client):
    answer = client.get("/model")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "sees", "fits"),
    [("ruth", 200, 303), ("anja", 200, 303), ("hana", 200, 403), ("ines", 404, 403), ("arne", 404, 403)],
)
def test_who_sees_the_model_and_who_fits_it(browse, session, name, sees, fits):
    assert browse(name).get("/model").status_code == sees
    assert browse(name).post("/model/fits").status_code == fits
    assert jobs_in(session) == (1 if fits == 303 else 0)


def test_no_decisions_yet_is_said(browse):
    page = page_of(browse("ruth"))
    assert "No past decisions yet" in page
    assert "scorecard weights" in page.lower()
    assert "Fit the model</button>" in page
    assert "none of the public sets" in page.lower()
    assert "Fit the model</button>" not in page_of(browse("hana"))


def test_the_card_the_backtest_and_the_fits_before(browse, session, now):
    fitted(session, now, name="20261001-old", active=False)
    fitted(session, now)
    page = page_of(browse("hana"))
    assert page.count("<h1>") == 1
    assert "style=" not in page
    assert "Depth &lt;b&gt;&amp;&#39;é&lt;/b&gt; 🎻 שרה" in page
    assert "Probably better than &lt;plain&gt;." in page
    for html in ("partly learnt", "20261001-old", "Not active", "0.08 to 0.33", "61 of 100"):
        assert html in page
    for html in (
        "better than chance",
        "worse than chance",
        "no better than chance, as far",
        "\u22120.40 to \u22120.10",
        "p-dot",
    ):
        assert html in page


def test_a_fit_that_is_not_active_is_said(browse, session, now):
    fitted(session, now, active=False)
    page = page_of(browse("ruth"))
    assert "No fit is active" in page
    assert "Scorecard weights" in page


def test_a_fit_is_asked_for_once_and_its_end_is_told(browse, session, app, now):
    ruth = browse("ruth")
    assert "being fitted" in ruth.post("/model/fits", follow_redirects=True).get_data(as_text=True)
    page = page_of(ruth)
    assert "waits for its turn" in page
    assert "Fit the model</button>" not in page
    assert "under way already" in ruth.post("/model/fits", follow_redirects=True).get_data(as_text=True)
    assert jobs_in(session) == 1
    assert worker.step(app)
    assert not worker.step(app)  # a refusal is final: it would be refused again
    page = page_of(ruth)
    assert "The last fit failed:" in page
    assert "no past decisions to learn from" in page
    assert "Fit the model</button>" in page


@pytest.mark.parametrize(
    ("status", "result", "message"),
    [
        (JobStatus.RUNNING, None, "A fit is running."),
        (JobStatus.DONE, {"model_version": "x", "active": True}, "it carries suggestions."),
        (JobStatus.DONE, {"model_version": "x", "active": False}, "A gate stopped it"),
    ],
)
def test_how_far_a_fit_is(browse, session, now, status, result, message):
    session.add(Job(kind="model.fit", payload={}, status=status, result=result, created_at=now, due_at=now, ended_at=now))  # fmt: skip
    session.commit()
    assert message in page_of(browse("ruth"))


def test_the_page_takes_as_many_statements_for_many_as_for_few(browse, session, now, count_statements):
    def ask():
        client = browse("ruth")
        with count_statements() as seen:
            page_of(client)
        return len(seen)

    fitted(session, now)
    few = ask()
    for place in range(15):
        fitted(session, now, name=f"old-{place}", active=False)
    assert ask() == few <= 17


def test_progress_is_shown_with_its_phase(browse, session, now):
    session.add(Job(kind="model.fit", payload={"phase": "looking for drift"}, status=JobStatus.RUNNING, progress=70, created_at=now, due_at=now))  # fmt: skip
    session.commit()
    page = page_of(browse("ruth"))
    assert 'value="70"' in page
    assert "70 of 100: looking for drift" in page
    assert "Fit the model</button>" not in page


def test_a_job_fits_in_steps_and_its_model_carries_suggestions(browse, session, app, people, now):
    _, slate = arranging.searched(session, people, now)
    arranging.filled(session, people, slate, now)
    ruth = browse("ruth")
    ruth.post("/model/fits")
    while worker.step(app):  # notices of the interviews first
        pass
    with Session(session.get_bind()) as own:
        job = own.scalars(select(Job).where(Job.kind == "model.fit")).one()
        assert (job.status, job.progress, job.problem) == (JobStatus.DONE, 100, None)
        assert job.payload == {"phase": "writing it down"}
        assert job.result["active"]
        assert job.result["n_decisions"] == 1
    page = page_of(ruth)
    for html in (
        "No gate stopped it",
        "1 decision held a choice",
        "What it is not for",
        "asked for by <bdi",
        "Noted by Ruth",
        "Never: name, sex",
    ):
        assert html in page


def test_the_card_says_what_there_is_to_say(browse, session, now):
    fitted(session, now)
    page = page_of(browse("hana"))
    for html in (
        "2025-05-01 to 2026-10-01", "3 searches without a choice", "2 people who withdrew", "points of weight lie elsewhere",
        "2 of 2 interviewers can be compared", "Its chances were off by 3 of 100", "Much the same.", "first offer that went out",
    ):  # fmt: skip
        assert html in page
    assert "Deactivate" not in page
    assert "person-1" not in page


def test_drift_warns(browse, session, now):
    warning = "On the last 30 decisions its skill was 0.10 against 0.30: the declared weights alone did better."
    late = {"warns": True, "sentence": warning}
    fitted(session, now, figures={"drift": {"warnings": [warning], "lately": late}})
    assert page_of(browse("ruth")).count(warning) == 1


def test_a_stored_model_that_was_altered_is_said_and_breaks_nothing(browse, session, now):
    run = fitted(session, now)
    run.artefact = run.artefact.replace('"halo":', '"halo_":')
    session.commit()
    page = page_of(browse("ruth"))
    assert "The stored model cannot be read." in page
    assert browse("ruth").get(f"/model/runs/{run.id}").status_code == 200


def test_a_fit_from_before_there_were_gates_is_still_shown(browse, session, now):
    run = fitted(session, now)
    run.figures = {"backtest": small_model.BACKTEST}
    session.commit()
    assert "Fairness was not looked at" in page_of(browse("ruth"))


# Put on and taken off


def test_a_fit_is_taken_off_and_put_on_by_page(browse, session, now):
    run = fitted(session, now)
    ruth, home = browse("ruth"), f"/model/runs/{run.id}"
    answer = ruth.post(f"{home}/deactivation", data={"reason": " "})
    assert answer.status_code == 422
    assert "Say why." in answer.get_data(as_text=True)
    page = ruth.post(f"{home}/deactivation", data={"reason": "Looks <odd>"}, follow_redirects=True).get_data(
        as_text=True
    )
    assert "carries no suggestions any more" in page
    assert "Looks &lt;odd&gt;" in page
    answer = ruth.post(f"{home}/activation", data={"reason": "Kept words"})
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert "Take note that the fairness" in html
    assert "Kept words" in html
    page = ruth.post(f"{home}/activation", data={"fairness_noted": "y"}, follow_redirects=True).get_data(as_text=True)
    assert "carries suggestions now" in page
    assert "It carries suggestions</h2>" in page


def test_a_gate_stops_it_by_page_too(browse, session, now):
    stopped = {
        "name": "plain_mean",
        "passed": False,
        "blocks": True,
        "sentence": "Skill 0.10 against 0.30: behind the plain mean.",
    }
    run = fitted(session, now, active=False, figures={"gates": [stopped]})
    answer = browse("ruth").post(f"/model/runs/{run.id}/activation", data={"fairness_noted": "y"})
    assert answer.status_code == 409
    assert "behind the plain mean" in answer.get_data(as_text=True)
    page = page_of(browse("hana"))
    assert "Stopped" in page
    assert "Activate" not in page


# Off switches and wishes


def test_the_company_is_switched_off_and_on(browse, session, people, now):
    requisition, _ = arranging.searched(session, people, now)
    ruth = browse("ruth")
    assert ruth.post("/model/switch", data={"reason": ""}).status_code == 422
    page = ruth.post("/model/switch", data={"reason": "Works council"}, follow_redirects=True).get_data(as_text=True)
    assert "Suggestions are off in the whole company" in page
    assert "Works council" in page
    html = ruth.get(f"/requisitions/{requisition.key}/finalists").get_data(as_text=True)
    assert "switched off in the whole company" in html
    ruth.post("/model/switch", data={"reason": ""})
    assert "switched off" not in ruth.get(f"/requisitions/{requisition.key}/finalists").get_data(as_text=True)


def test_one_search_is_switched_off_and_on(browse, session, people, now):
    requisition, _ = arranging.searched(session, people, now)
    hana, home = browse("hana"), f"/requisitions/{requisition.key}/suggestion"
    assert "is on." in hana.get(home).get_data(as_text=True)
    page = hana.post(home, data={"reason": "Two finalists only"}, follow_redirects=True).get_data(as_text=True)
    assert "switched off for this requisition" in page
    assert "Two finalists only" in hana.get(home).get_data(as_text=True)
    hana.post(home, data={})
    assert "switched off" not in hana.get(f"/requisitions/{requisition.key}/finalists").get_data(as_text=True)
    assert "Suggested ranking: on" in hana.get(f"/requisitions/{requisition.key}/setup").get_data(as_text=True)


def test_a_candidate_who_asks_is_not_ranked(browse, session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    ruth, home = browse("ruth"), f"/applications/{slate[1].id}/ranking"
    assert "Do not rank…" in ruth.get(f"/applications/{slate[1].id}").get_data(as_text=True)
    assert "Do not rank…" not in browse("hana").get(f"/applications/{slate[1].id}").get_data(as_text=True)
    assert ruth.post(home, data={"reason": ""}).status_code == 422
    page = ruth.post(home, data={"reason": "Asked by mail"}, follow_redirects=True).get_data(as_text=True)
    assert "Asked not to be ranked" in page
    assert "Rank again…" in page
    assert ruth.get(f"/requisitions/{requisition.key}/finalists").status_code == 200
    ruth.post(home, data={"reason": "Changed her mind"})
    assert "Asked not to be ranked" not in ruth.get(f"/applications/{slate[1].id}").get_data(as_text=True)


# The run log


def order_of(slate):
    return {"order": [{"application_id": application.id, "reason": "Evidence"} for application in slate]}


def test_an_order_by_api_is_in_the_log_and_made_again(api, browse, session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    assert api.ruth.put(f"/requisitions/{requisition.key}/finalists", order_of(slate[::-1])).status_code == 200
    ruth = browse("ruth")
    page = ruth.get("/model/log").get_data(as_text=True)
    for html in (requisition.key, "Order of offers set", "Departed from it", "Declared weights"):
        assert html in page
    made = api.ruth.get("/model/log").json["items"][0]
    assert "The same to the last bit." in ruth.get(f"/model/log/{made['id']}/replay").get_data(as_text=True)
    assert api.ruth.get(f"/model/log/{made['id']}/replay").json["same"]
    assert "Of 1 search with a clear lead, 0 kept to who was ahead and 1 departed from it" in page
    assert api.ruth.get("/model").json["followed"] == {"searches": 1, "followed": 0, "departed": 1}


def test_an_order_by_page_is_in_the_log(browse, session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    data = {"stood": ",".join(str(application.id) for application in slate)}
    for place, application in enumerate(slate, 1):
        data |= {f"place_{application.id}": str(place), f"reason_{application.id}": "Evidence"}
    assert browse("hana").post(f"/requisitions/{requisition.key}/finalists/order", data=data).status_code == 303
    assert "Kept to who was ahead" in browse("hana").get("/model/log").get_data(as_text=True)


def test_the_log_of_a_confidential_search_is_for_its_own_people(api, browse, session, people, now):
    requisition, slate = arranging.searched(session, people, now, confidential=True)
    api.ruth.put(f"/requisitions/{requisition.key}/finalists", order_of(slate))
    assert requisition.key in browse("ruth").get("/model/log").get_data(as_text=True)
    assert requisition.key not in browse("rolf").get("/model/log").get_data(as_text=True)
    assert api.rolf.get("/model/log").json["items"] == []


def test_looking_is_not_logged(api, session, people, now):
    requisition, _ = arranging.searched(session, people, now)
    api.ruth.get(f"/requisitions/{requisition.key}/finalists")
    assert api.ruth.get("/model/log").json["items"] == []


def test_the_log_takes_as_many_statements_for_many_as_for_few(browse, session, people, now, count_statements):
    from recruiter.ranking.models import RankingUse
    from recruiter.ranking.suggestion import run_log

    requisition, slate = arranging.searched(session, people, now)
    ruth = browse("ruth")

    def relied():
        run_log.log_use(
            session, requisition=requisition, application_ids=[application.id for application in slate], ranking_use=RankingUse.RANK,
            act=act_by(people.ruth, now=now) )  # fmt: skip
        session.commit()

    def ask():
        with count_statements() as seen:
            assert ruth.get("/model/log").status_code == 200
        return len(seen)

    relied()
    few = ask()
    for rating in (1, 2, 3):
        arranging.card(session, people, slate[rating - 1], people.xenia, (rating, 5), 4, at=now)
        relied()
    assert ask() == few <= 9

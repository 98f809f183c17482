"""The model as a page: what carries suggestions, how well it would have done, and a fit that is asked for."""

import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.foundation.jobs import Job, JobStatus
from recruiter.jobs import worker
from recruiter.learning.storage import digest_of
from recruiter.ranking.models import ModelRun

FIGURES = {
    "suggestion": {"skill": 0.21, "top1": 0.61, "auc": 0.74, "skill_range": [0.08, 0.33]},
    "mean_overall": {"skill": 0.17, "top1": 0.55, "auc": 0.7, "skill_range": [-0.02, 0.31]},
    "forest": {"skill": -0.2, "top1": 0.31, "auc": 0.5, "skill_range": [-0.4, -0.1]},
}
STRANGE = "Depth <b>&'é</b> 🎻 שרה"


def fitted(session, now, *, name="20261101-abc", active=True, **more):
    body = {"declared": {"overall": 0.5, STRANGE: 0.5}, "learnt": {"overall": 0.9, STRANGE: -0.3}, "raters": ["a", "b"]}
    run = ModelRun(
        name=name, active=active, artefact=json.dumps(body), artefact_hash=digest_of(body), input_digest="0" * 64,
        n_decisions=34, verdict="Probably better than <plain>.", figures={"backtest": FIGURES}, fitted_at=now, **more,
    )  # fmt: skip
    session.add(run)
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
    [("ruth", 200, 303), ("anja", 200, 303), ("hana", 200, 403), ("ines", 403, 403), ("arne", 403, 403)],
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
    for told in ("partly learnt", "20261001-old", "Not active", "counts against", "0.08 to 0.33", "61 of 100"):
        assert told in page
    for told in (
        "better than chance",
        "worse than chance",
        "no better than chance, as far",
        "\u22120.40 to \u22120.10",
        "p-dot",
    ):
        assert told in page


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
    for _ in range(3):
        worker.step(app)
    page = page_of(ruth)
    assert "The last fit failed:" in page
    assert "no past decisions to learn from" in page
    assert "Fit the model</button>" in page


@pytest.mark.parametrize(
    ("status", "result", "told"),
    [
        (JobStatus.RUNNING, None, "A fit is running."),
        (JobStatus.DONE, {"model_version": "x", "active": True}, "It carries suggestions now."),
        (JobStatus.DONE, {"model_version": "x", "active": False}, "behind the plain mean"),
    ],
)
def test_how_far_a_fit_is(browse, session, now, status, result, told):
    session.add(Job(kind="model.fit", payload={}, status=status, result=result, created_at=now, due_at=now, ended_at=now))  # fmt: skip
    session.commit()
    assert told in page_of(browse("ruth"))


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
    assert ask() == few <= 15

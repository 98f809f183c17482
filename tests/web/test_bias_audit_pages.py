"""The page of the fairness audit: who sees what of it, its empty states, a run that is asked for, answers brought in."""

import csv
import datetime as dt
import io
import subprocess
import sys

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.audit.models import AuditEntry
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.jobs import worker
from recruiter.learning.fairness.audit import as_dict, audit_slates
from recruiter.ranking.bias_audit.models import AuditRun
from recruiter.ranking.bias_audit.protected import AnswerLoad, ProtectedAnswer
from tests import factories
from tests.learning.biased_truth import make_biased
from tests.ranking.conftest import answer, decided, lines  # noqa: F401  # fixtures

STRANGE = "Other <b>&'é</b> שרה"


@pytest.fixture(scope="module")
def seen():
    """A stored audit of made slates with a category of three people."""
    made = make_biased(30, 4, unknown=0.1)
    sex = dict(made.answers["sex"])
    items = list(sex)
    for item in items[:3]:
        sex[item] = STRANGE
    race = {item: ("Asian", "White")[k % 2] for k, item in enumerate(items)}
    return as_dict(audit_slates(made.slates, {"sex": sex, "race_ethnicity": race}))


@pytest.fixture
def stored(session, now, seen):
    """`stored(result=…)`: puts an audit on record."""

    def put(result=seen, at=now):
        session.add(
            AuditRun(
                model_version="20261001-abc",
                in_use_since=now,
                decided_from=now,
                decided_until=now,
                input_digest="a" * 64,
                result=result,
                made_at=at,
            )
        )
        session.commit()

    return put


def count(session, what):
    with Session(session.get_bind()) as own:
        return own.scalar(select(func.count()).select_from(what))


def page_of(client, path="/bias-audit"):
    answered = client.get(path)
    assert answered.status_code == 200
    return answered.get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "sees", "runs", "rows", "loads"),
    [
        ("anja", 200, 303, 409, 200), ("ruth", 200, 303, 403, 403), ("arne", 200, 403, 403, 403),
        ("hana", 404, 403, 403, 403), ("ines", 404, 403, 403, 403),
    ],
)  # fmt: skip
def test_who_may_what(browse, name, sees, runs, rows, loads):
    client = browse(name)
    assert client.get("/bias-audit").status_code == sees
    assert client.get("/bias-audit/tables.csv").status_code == sees
    assert client.post("/bias-audit/runs").status_code == runs
    assert client.post("/bias-audit/rows").status_code == rows
    assert client.get("/bias-audit/answers").status_code == loads


def test_no_audit_and_no_answers_are_said(browse, stored, seen):
    page = page_of(browse("ruth"))
    assert "No audit yet" in page
    assert "Evidence, not a certificate" in page
    assert "Download tables" not in page
    stored({**seen, "questions": [], "cells": []})
    page = page_of(browse("ruth"))
    assert "Not enough data to compare groups safely." in page
    assert "Download tables" not in page


def test_the_audit_with_its_dates_denominators_and_rules(browse, stored):
    stored()
    page = page_of(browse("anja"))
    assert page.count("<h1>") == 1
    assert "style=" not in page
    for html in (
        "A flag is not a finding", "18 November 2026", "scorecard weights", "In use since", "unknown or declined", "a" * 64,
        "needs 2% to be rated", "Other &lt;b&gt;&amp;&#39;é&lt;/b&gt; שרה", "Past decisions: first choice",
        "The model: put first by the model", "Findable from", "Not enough data", "Sex by race or ethnicity", "Highest",
        "Auditor\u2019s rows", "Bring in answers", "Run the audit",
    ):  # fmt: skip
        assert html in page, html
    assert "more than a year old" not in page


def test_small_cells_are_for_nobody(browse, stored):
    stored()
    for name in ("anja", "arne"):
        browser = browse(name)
        assert "withheld: fewer than 5" in page_of(browser)
        text = browser.get("/bias-audit/tables.csv").get_data(as_text=True).removeprefix("\ufeff")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["assessed"] for row in rows if row["category"] == STRANGE and row["question"] == "sex"} == {""}
    assert "Auditor\u2019s rows" not in page_of(browse("arne"))
    assert "Run the audit" not in page_of(browse("arne"))


def test_an_old_audit_is_called_old(browse, stored, now):
    stored(at=now - dt.timedelta(days=366))
    assert "more than a year old" in page_of(browse("ruth"))
    stored()
    page = page_of(browse("ruth"))
    assert "more than a year old" not in page
    assert "Audits before" in page


def test_the_auditors_rows_name_nobody_and_their_taking_is_on_record(browse, stored, session, people, seen):
    stored()
    answered = browse("anja").post("/bias-audit/rows")
    assert answered.headers["Content-Disposition"] == 'attachment; filename="bias-audit-rows-2026-11-18.csv"'
    rows = list(csv.DictReader(io.StringIO(answered.get_data(as_text=True).removeprefix("\ufeff"))))
    assert len(rows) == seen["assessed"]
    assert set(rows[0]) == {"row", "sex", "race_ethnicity", "first_choice", "model_first", "marks_above", "score_above"}
    with Session(session.get_bind()) as own:
        entry = own.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.actor_id) == ("bias_audit.rows_taken_out", people.anja.id)


def test_an_audit_is_asked_for_once_made_beside_and_shown(browse, session, app, decided, answer):  # noqa: F811
    answer(lines(decided(6)))
    session.commit()
    ruth = browse("ruth")
    assert "audit is being made" in ruth.post("/bias-audit/runs", follow_redirects=True).get_data(as_text=True)
    page = page_of(ruth)
    assert "waits for its turn" in page
    assert "Run the audit</button>" not in page
    assert "under way already" in ruth.post("/bias-audit/runs", follow_redirects=True).get_data(as_text=True)
    worker.step(app)
    with Session(session.get_bind()) as own:
        job = own.scalars(select(Job).where(Job.kind == "model.audit")).one()
        assert (job.status, job.result["slates"]) == (JobStatus.DONE, 6)
    page = page_of(ruth)
    assert "What the choices say is withheld with the small categories." in page
    assert "Run the audit</button>" in page


@pytest.mark.parametrize(
    ("status", "message"), [(JobStatus.RUNNING, "An audit is being made."), (JobStatus.FAILED, "The last audit failed")]
)
def test_how_far_an_audit_is(browse, session, now, status, message):
    session.add(Job(kind="model.audit", payload={}, status=status, problem="Oops", created_at=now, due_at=now))
    session.commit()
    assert message in page_of(browse("ruth"))


def test_answers_are_brought_in_by_file(browse, session, people, now):
    ada = factories.candidate(session, people, now)
    session.commit()
    client = browse("anja")

    def send(body, consent="2026-03"):
        sent = {"file": (io.BytesIO(body.encode()), "told.csv"), "consent_version": consent}
        return client.post("/bias-audit/answers", data=sent, content_type="multipart/form-data")

    wrong = send("candidate_id,sex\n99999,Female\n", "text of 2026-03 & more")
    assert wrong.status_code == 422
    page = wrong.get_data(as_text=True)
    assert "line 2: there is no such candidate" in page
    assert "text of 2026-03 &amp; more" in page
    assert send("candidate_id,sex\n1,Female\n", "").status_code == 422
    assert client.post("/bias-audit/answers", data={"consent_version": "x"}).status_code == 422
    assert count(session, AnswerLoad) == count(session, ProtectedAnswer) == 0
    assert send(f"candidate_id,sex\n{ada.id},Female\n").status_code == 303
    assert (count(session, AnswerLoad), count(session, ProtectedAnswer)) == (1, 1)


def test_no_address_reads_single_answers(app, browse, api, session, people, now, stored, count_statements):
    application = factories.application(
        session, people, now, factories.requisition(session, people, now), stage="final"
    )
    stored()
    client = browse("anja")
    with count_statements() as seen:
        for rule in app.url_map.iter_rules():
            if "GET" in rule.methods and not rule.endpoint.startswith("static"):
                path = rule.rule
                for part in ("int:application_id", "int:candidate_id"):
                    path = path.replace(
                        f"<{part}>", str(application.id if "application" in part else application.candidate_id)
                    )
                path = path.replace("<requisition_ref>", application.requisition.key)
                if "<" not in path:
                    (api.anja.get(path) if path.startswith("/api/") else client.get(path))
    assert len(seen) > 100
    columns = ("protected_answer.category", "protected_answer.question", "answer_load")
    assert not [statement for statement in seen if any(column in statement for column in columns)]
    assert not [statement for statement in seen if "protected_answer" in statement and "answered_on" not in statement]


def test_the_page_loads_neither_scikit_learn_nor_scipy():
    code = "import sys, recruiter.web.bias_audit.routes; sys.exit(bool({'sklearn', 'scipy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_page_takes_as_many_statements_for_many_as_for_few(browse, stored, count_statements):
    def ask():
        client = browse("ruth")
        with count_statements() as seen:
            page_of(client)
        return len(seen)

    stored()
    few = ask()
    for _ in range(8):
        stored()
    assert ask() == few <= 12

"""Every address that changes something honours If-Match, and a decision names what was seen."""

from __future__ import annotations

import datetime as dt
import io
import re
import threading

import pytest

from recruiter.budget.models import BudgetCase
from recruiter.foundation.database.db import Versioned
from recruiter.foundation.money import Money
from recruiter.offers import rules, services
from recruiter.offers.models import Offer, StandIn
from recruiter.policy.permits import SUBJECTS
from tests import factories
from tests.acts import act_by
from tests.api.test_imports import FILES, send, zipped
from tests.budget import arranging as cases
from tests.conftest import PASSWORD
from tests.offers import arranging as offers
from tests.ranking import small_model

UNSAFE = ("post", "put", "patch", "delete")
NO_VERSION = "What this address names has no version to compare. Send the request without If-Match."
STALE = "Somebody changed this since you read it. Read it again, then repeat your change."
CALLERS = ("ruth", "anja", "arne", "hana", "ines")
OF_BATCHES, OWN = "batch_id", "/interviews/{interview_id}/scorecard"  # versions that no id of the policy's table names


@pytest.fixture
def changes(app):
    """Every operation of the description that changes something: method and path."""
    with app.app_context():
        described = app.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    return [(method, path) for path, methods in described.items() for method in methods if method in UNSAFE]


@pytest.fixture
def world(session, people, now, api):
    """One of each record that an address names: the values of the parts of paths."""
    offer = cases.ground(session, people, now)
    case = cases.submitted(session, people, now, offer)
    application = offer.application
    other = factories.application(session, people, now, application.requisition, name="Dora Lind")
    talk = cases.panel(session, people, now, other, "ines")
    waits = offers.offer(session, people, other, now, to="pending")
    run = small_model.run(session, now)
    prediction = small_model.prediction(session, application.requisition, now)
    day = dt.date(2026, 12, 1)
    away = StandIn(user_id=people.arne.id, deputy_id=people.anja.id, from_on=day, until_on=day, set_by_id=people.anja.id, created_at=now)  # fmt: skip
    session.add(away)
    session.commit()
    for name in CALLERS:  # some acts ask who it is once more
        assert getattr(api, name).post("/me/confirmation", {"password": PASSWORD}).status_code < 300
    mine = f"/applications/{application.id}"
    attached = {"file": (io.BytesIO(b"a plain text"), "a.txt"), "kind": "other"}
    tomorrow = {"due_on": "2026-12-01"}
    chain = {"name": "One", "for_offers": True, "for_cases": False, "from_percent": 90, "answer_days": 2}
    period = {"purpose": "unsuccessful", "length": 3}
    hold = {"reason": "Claim", "until": "2026-12-01"}
    groups = [{"step": 1, "name": "HR", "needed": 1, "members": ["arne@example.com"]}]
    made = {
        "note_id": api.ruth.post(f"{mine}/notes", {"text": "Plays the organ"}),
        "task_id": api.ruth.post(f"{mine}/tasks", {"what": "Call", "assignee": "ruth@example.com", **tomorrow}),
        "promise_id": api.ruth.post(f"{mine}/promises", {"what": "News", **tomorrow}),
        "concern_id": api.ruth.post(f"{mine}/concerns", {"kind": "scope", "text": "Wants a team"}),
        "request_id": api.ruth.post(f"/candidates/{other.candidate_id}/data-requests", {"kind": "access"}),
        "dispute_id": api.ruth.post(
            f"/candidates/{other.candidate_id}/data-requests", {"kind": "correction", "disputed": ["location"]}
        ),
        "hold_id": api.anja.post(f"/candidates/{other.candidate_id}/legal-holds", hold),
        "period_id": api.anja.post("/retention/periods", period),
        "chain_id": api.anja.post("/approval-chains", {**chain, "groups": groups}),
        "file_id": api.ruth.call(
            "POST",
            f"{mine}/files",
            data=attached,
            content_type="multipart/form-data",
        ),
        "batch_id": send(api.ruth, zipped(FILES)),
    }
    refused = {name: answer.get_json() for name, answer in made.items() if answer.status_code >= 300}
    assert refused == {}
    return {
        **{name: answer.get_json()["id"] for name, answer in made.items()},
        "dispute_id": made["dispute_id"].get_json()["disputes"][0]["id"],
        "prediction_id": prediction.id,
        "application_id": other.id,
        "candidate_id": application.candidate_id,
        "case_id": case.id,
        "interview_id": talk.id,
        "offer_id": waits.id,
        "requisition_ref": application.requisition.key,
        "run_id": run.id,
        "secret": "x",
        "session_id": 1,
        "stand_in_id": away.id,
        "token_id": 1,
        "user_id": people.igor.id,
    }


def _expected(path):
    """What a stale If-Match is answered: nothing but what has no version at all goes without one."""
    parts = re.findall(r"\{(\w+)\}", path)
    kinds = [SUBJECTS[name] for name in parts if name in SUBJECTS]
    versioned = OF_BATCHES in parts or "requisition_ref" in parts or any(issubclass(kind, Versioned) for kind in kinds)
    return STALE if versioned else NO_VERSION


def test_what_is_stale_is_refused_everywhere_and_changes_nothing(api, session, world, changes):
    """By introspection: each operation is sent an old version by those who may do it."""
    before = offers.counts(session)
    answers = {}
    for method, path in changes:
        address = path.format(**world).removeprefix("/api/v1")
        for name in CALLERS:
            answer = getattr(api, name).call(method.upper(), address, {}, headers={"If-Match": '"999"'})
            if answer.status_code not in {403, 404}:
                answers[method, path] = answer.status_code, (answer.get_json() or {}).get("detail")
                break
    missed = {operation for operation in changes if operation not in answers}
    assert missed == set()
    assert {at: it for at, it in answers.items() if it != (409, _expected(at[1]))} == {}
    assert offers.counts(session) == before


@pytest.mark.parametrize("sent", ['"1"', "1", 'W/"1"', '"7", "1"', "*"])
def test_the_version_that_stands_is_taken_in_each_form(api, session, people, now, sent):
    ada = factories.application(session, people, now, factories.requisition(session, people, now))
    session.commit()
    moved = api.ruth.post(f"/applications/{ada.id}/moves", {"to_stage": "Screen"}, headers={"If-Match": sent})
    assert moved.status_code == 201
    later = api.ruth.post(f"/applications/{ada.id}/moves", {"to_stage": "Applied", "reason": "Back"}, headers={"If-Match": '"1"'})  # fmt: skip
    assert later.status_code == 409


ACTS = {
    "a move": ("ruth", "POST", "/applications/{application_id}/moves", {"to_stage": "Screen"}),
    "a note": ("ruth", "POST", "/applications/{application_id}/notes", {"text": "Plays the organ"}),
    "a contact": (
        "ruth",
        "POST",
        "/applications/{application_id}/touchpoints",
        {"direction": "to", "channel": "phone", "kind": "call", "said": "Hello"},
    ),
    "an order": (
        "ruth",
        "PUT",
        "/requisitions/{requisition_ref}/finalists",
        {"order": [{"application_id": "{application_id}", "reason": "First"}]},
    ),
    "an approval": ("arne", "POST", "/offers/{offer_id}/approval", {"decision": "question", "comment": "Why?"}),
    "a decision": ("arne", "POST", "/budget-cases/{case_id}/decision", {"decision": "question", "comment": "Why?"}),
    "a headline": ("ruth", "PATCH", "/candidates/{candidate_id}", {"headline": "Plays the organ"}),
}


@pytest.mark.parametrize("act", ACTS)
def test_of_several_acts_on_the_same_version_one_goes_through(api, session, people, now, act):
    """All at once on either engine: the version rises with every act, under the lock."""
    offer = cases.ground(session, people, now, carded=act == "a decision")
    case = cases.submitted(session, people, now, offer) if act == "a decision" else None
    ada = factories.application(session, people, now, offer.application.requisition, name="Dora Lind")
    session.flush()
    within = offers.offer(session, people, ada, now, to="pending")
    session.commit()
    records = {"application": ada, "requisition": ada.requisition, "offer": within, "case": case, "candidate": ada.candidate}  # fmt: skip
    who, method, path, body = ACTS[act]
    record = records[re.search(r"\{(\w+?)_(id|ref)\}", path)[1]]
    session.refresh(record)
    address = path.format(application_id=ada.id, requisition_ref=ada.requisition.key, offer_id=within.id, case_id=case and case.id, candidate_id=ada.candidate_id)  # fmt: skip
    if act == "an order":
        body = {"order": [{"application_id": ada.id, "reason": "First"}]}
    version, came = record.version, []
    session.rollback()

    def act_now():
        answer = getattr(api, who).call(method, address, body, headers={"If-Match": f'"{version}"'})
        came.append(answer.status_code)

    threads = [threading.Thread(target=act_now) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    done, *refused = sorted(came)
    assert (done in {200, 201}, refused) == (True, [409, 409, 409]), came
    session.expire_all()
    session.refresh(record)
    assert record.version > version


def test_an_approval_names_the_terms_that_were_seen(api, session, people, now):
    """The example of the report: the pay rises between the look and the yes."""
    ada = factories.application(session, people, now, factories.requisition(session, people, now))
    offer = offers.offer(session, people, ada, now, to="pending")
    session.commit()
    seen = api.arne.get(f"/offers/{offer.id}").get_json()
    services.change(session, offer=offer, terms=rules.Terms(base=Money(8_000_000, "EUR")), act=act_by(people.ruth, now=now))  # fmt: skip
    offers.submit(session, people, offer, now)
    session.commit()
    at = f"/offers/{offer.id}/approval"
    none = api.arne.post(at, {"decision": "approved"})
    body = none.get_json()
    assert (none.status_code, body["title"], body["terms_version"]) == (428, "Not seen", 2)
    assert body["version"] == api.arne.get(f"/offers/{offer.id}").get_json()["version"]
    assert api.arne.post(at, {}, headers={"If-Match": "*"}).status_code == 428
    assert api.arne.post(at, {}, headers={"If-Match": f'"{seen["version"]}"'}).status_code == 409
    assert api.arne.post(at, {"terms_version": seen["terms_version"]}).status_code == 409
    assert api.arne.post(at, {"terms_version": "what stands now"}).status_code == 422
    session.expire_all()
    assert session.get(Offer, offer.id).approvals == []
    session.rollback()
    assert api.arne.post(at, {"terms_version": 2}).get_json()["status"] == "approved"


def test_a_decision_names_the_content_that_was_seen(api, session, people, now):
    case = cases.submitted(session, people, now, cases.ground(session, people, now))
    at, yes = f"/budget-cases/{case.id}/decision", {"decision": "approved"}
    none = api.arne.post(at, yes).get_json()
    assert (none["status"], none["version"], "sha256" in none) == (428, case.version, False)
    assert api.arne.post(at, {**yes, "sha256": "0" * 64}).status_code == 409
    assert api.arne.post(at, {**yes, "sha256": "what stands now"}).status_code == 409
    assert api.arne.post(at, yes, headers={"If-Match": f'"{case.version + 1}"'}).status_code == 409
    session.expire_all()
    assert session.get(BudgetCase, case.id).decisions == []
    sha256 = case.sha256
    session.rollback()
    decided = api.arne.post(at, {**yes, "sha256": sha256})
    assert decided.get_json()["status"] == "approved"

"""Every operation of the API does what it is for at least once: right input, the right person, an answer of 2xx."""

import io
import re

import pytest

from recruiter.accounts.models import UserSession
from recruiter.foundation.files.folder_store import FolderStore
from recruiter.pipeline import queries as pipeline
from tests import factories, snapshot
from tests.api.test_imports import FILES, zipped
from tests.conftest import PASSWORD
from tests.policy.test_every_route import World
from tests.ranking import arranging

EUR = {"amount": 8_000_000, "currency": "EUR"}
LATER = "2026-12-10"
MARKS = [{"attribute": "System design", "rating": 4}, {"attribute": "Communication", "rating": 3}]
CARD = {"ratings": MARKS, "overall": 3, "summary": "Clear"}
GROUPS = [{"step": 1, "name": "HR", "needed": 1, "members": ["arne@example.com"]}]
CHAIN = {"name": "Far out", "for_offers": True, "for_cases": False, "from_percent": 888, "groups": GROUPS}
REASON = {"reason": "Said so"}
OFFER, CASE = "/offers/{offer_id}", "/budget-cases/{case_id}"
OF_FREE = "/applications/{free}"
APPROVED = [
    ("ruth", "POST", f"{OF_FREE}/offers", {"base": EUR, "expires_on": LATER}),
    ("ruth", "POST", "/offers/{last}/submission", {}),
    ("arne", "POST", "/offers/{last}/approval", {"decision": "approved", "terms_version": 1}),
]
EXTENDED = [*APPROVED, ("ruth", "POST", "/offers/{last}/extension", {})]
ACCEPTED = [*EXTENDED, ("ruth", "POST", "/offers/{last}/acceptance", {})]
DECIDED = [("arne", "POST", f"{CASE}/decision", {"decision": "question", "comment": "Why?", "sha256": "{sha256}"})]
RETURNED = [
    ("arne", "POST", f"{CASE}/decision", {"decision": "changes_requested", "comment": "Why now?", "sha256": "{sha256}"})
]
ABOVE = {"base": {"amount": 9_200_000, "currency": "EUR"}, "expires_on": LATER}
HIRED_ABOVE = [
    ("arne", "POST", f"{CASE}/decision", {"decision": "approved", "comment": "Fine", "sha256": "{sha256}"}),
    ("ruth", "PATCH", OFFER, ABOVE),
    ("ruth", "POST", f"{OFFER}/submission", {}),
    ("arne", "POST", f"{OFFER}/approval", {"decision": "approved", "terms_version": 2}),
    ("ruth", "POST", f"{OFFER}/extension", {}),
    ("ruth", "POST", f"{OFFER}/acceptance", {}),
    ("ruth", "POST", "/applications/{application_id}/moves", {"to_stage": "Hired", "reason": "Started"}),
]
DEBRIEF = "/requisitions/{requisition_ref}/debrief"
HIRED = [*ACCEPTED, ("ruth", "POST", f"{OF_FREE}/moves", {"to_stage": "Hired", "reason": "Started"})]
PERIOD = {"purpose": "unsuccessful", "length": 3}
TURN = {"of": "arne@example.com", "to": "bea@example.com"}
ARNE_ASKED = ("anja", "POST", "/approval-chains", {**CHAIN, "for_cases": True, "from_percent": 0})
DEPARTED = ("anja", "POST", "/people/{arne}/deactivation", {})
OF_OFFER = [
    ARNE_ASKED,
    ("ruth", "PATCH", OFFER, {"base": {"amount": 8_100_000, "currency": "EUR"}}),
    ("ruth", "POST", f"{OFFER}/submission", {}),
    DEPARTED,
]
OF_CASE = [ARNE_ASKED, *RETURNED, ("ruth", "POST", f"{CASE}/submission", {}), DEPARTED]
UNDO = [("ruth", "POST", f"{OF_FREE}/moves", {"to_stage": "Offer", "reason": "On"})]

# operation: who, what is sent, what happened before. {free} has no offer, {backup} waits on the bench, {last} is the number of
# the last answer before.
EXAMPLES = {
    "POST /applications": ("ruth", {"candidate_id": "{stranger}", "requisition_id": "{requisition}"}),
    "POST /applications/bulk": ("ruth", {"ids": ["{free}"], "action": "move", "to_stage": "Offer", "reason": "On"}),
    "PATCH /applications/{application_id}": ("ruth", {"owner": "rolf@example.com"}),
    "POST /applications/{application_id}/competing-processes": ("ruth", {"stage": "Offer", "class": "credible"}),
    "POST /applications/{application_id}/concerns": ("ruth", {"kind": "scope", "text": "Wants a team"}),
    "POST /applications/{application_id}/files": ("ruth", {"file": (b"plain", "a.txt"), "kind": "other"}),
    "POST /applications/{application_id}/interviews": (
        "ruth",
        {
            "name": "Panel",
            "stage": "Interview",
            "starts_at": "2026-11-20T10:00:00Z",
            "ends_at": "2026-11-20T11:00:00Z",
            "panel": [{"email": "ines@example.com"}],
        },
    ),
    "POST /applications/{application_id}/messages": ("ruth", {"subject": "News", "body": "Dear you, we decide soon."}),
    "POST /applications/{application_id}/moves": ("ruth", {"to_stage": "Offer", "reason": "On"}),
    "POST /applications/{application_id}/notes": ("ruth", {"text": "Plays the organ"}),
    "POST /applications/{application_id}/offers": ("ruth", {"base": EUR}, [], {"application_id": "{free}"}),
    "POST /applications/{application_id}/promises": ("ruth", {"what": "News", "due_on": LATER}),
    "PUT /applications/{application_id}/ranking": ("ruth", {"ranked": False, "reason": "They asked for it"}),
    "POST /applications/{application_id}/readiness": ("ruth", {"interested": True}),
    "POST /applications/{application_id}/rejection": (
        "ruth",
        {"reason": "skills", "release_bench": True},
        [],
        {"application_id": "{free}"},
    ),
    "POST /applications/{application_id}/release": (
        "ruth",
        {"channel": "phone", "feedback": "Very close", "answer": "no"},
        HIRED,
        {"application_id": "{backup}"},
    ),
    "POST /applications/{application_id}/reopening": (
        "ruth",
        REASON,
        [("ruth", "POST", f"{OF_FREE}/withdrawal", {"reason": "timing"})],
        {"application_id": "{free}"},
    ),
    "POST /applications/{application_id}/snooze": ("ruth", {"until": "2026-11-25", "reason": "On holiday"}),
    "POST /applications/{application_id}/tasks": (
        "ruth",
        {"what": "Call", "due_on": LATER, "assignee": "ruth@example.com"},
    ),
    "POST /applications/{application_id}/touchpoints": (
        "ruth",
        {"direction": "to", "channel": "phone", "kind": "call", "said": "Hello"},
    ),
    "POST /applications/{application_id}/verdicts": (
        "ines",
        {"after": 3, "reason": "Still so"},
        [("ruth", "POST", DEBRIEF, {"decision": "We talk", "open_early": "Igor is away"})],
    ),
    "POST /applications/{application_id}/withdrawal": ("ruth", {"reason": "timing"}),
    "POST /approval-chains": ("anja", CHAIN),
    "PUT /approval-chains/{chain_id}": ("anja", CHAIN),
    "POST /approval-chains/{chain_id}/retirement": ("anja", {}),
    "PATCH /budget-cases/{case_id}": (
        "ruth",
        {"sections": {"risks": "None that we know of"}},
        RETURNED,
    ),
    "POST /budget-cases/{case_id}/answer": ("ruth", {"answer": "Because"}, DECIDED),
    "POST /budget-cases/{case_id}/decision": ("arne", {"decision": "refused", "comment": "No", "sha256": "{sha256}"}),
    "POST /budget-cases/{case_id}/departure": ("ruth", {"left_on": "2026-11-18"}, HIRED_ABOVE),
    "POST /budget-cases/{case_id}/endorsements": (
        "ruth",
        {"email": "lee@example.com", "question": "Would your team gain?"},
        RETURNED,
    ),
    "POST /budget-cases/{case_id}/submission": ("ruth", {}, RETURNED),
    "POST /budget-cases/{case_id}/withdrawal": ("ruth", {}),
    "POST /candidates": ("ruth", {"name": "Lee Ray", "emails": ["lee.ray@example.com"]}),
    "PATCH /candidates/{candidate_id}": ("ruth", {"headline": "Organist"}),
    "POST /candidates/{candidate_id}/apart": ("ruth", {"other_id": "{stranger}"}),
    "POST /candidates/{candidate_id}/consents": ("ruth", {"ends_on": "2027-06-01", "channel": "email"}),
    "POST /candidates/{candidate_id}/consents/withdrawal": (
        "ruth",
        {},
        [("ruth", "POST", "/candidates/{candidate_id}/consents", {"ends_on": "2027-06-01", "channel": "email"})],
    ),
    "POST /candidates/{candidate_id}/files": ("ruth", {"file": (b"plain", "a.txt"), "kind": "other"}),
    "POST /candidates/{candidate_id}/merge": ("ruth", {"other_id": "{stranger}"}),
    "POST /candidates/{candidate_id}/notes": ("ruth", {"text": "Plays the organ"}),
    "POST /candidates/{candidate_id}/tasks": (
        "ruth",
        {"what": "Call", "due_on": LATER, "assignee": "ruth@example.com"},
    ),
    "POST /candidates/{candidate_id}/data-requests": ("ruth", {"kind": "access", "received_on": "2026-11-02"}),
    "POST /candidates/{candidate_id}/data-export": ("anja", {}),
    "POST /candidates/{candidate_id}/portable-data": ("anja", {}),
    "POST /candidates/{candidate_id}/erasure": ("anja", {"sure": True}),
    "POST /candidates/{candidate_id}/legal-holds": ("anja", {"reason": "Claim 5", "until": LATER}),
    "POST /data-requests/{request_id}/end": ("ruth", {"outcome": "done", "answer": "Sent"}),
    "POST /disputes/{dispute_id}/correction": ("ruth", {"value": "Porto"}),
    "POST /disputes/{dispute_id}/refusal": ("ruth", {"reason": "Their letter says so"}),
    "POST /model/log/{prediction_id}/again": ("ruth", {}),
    "POST /legal-holds": ("anja", {"requisition": "{key}", "reason": "Claim 5", "until": LATER}),
    "POST /legal-holds/{hold_id}/lift": ("anja", {"reason": "Settled", "sure": True}),
    "POST /retention/periods": ("anja", PERIOD),
    "POST /retention/periods/{period_id}/confirmation": ("anja", {}),
    "POST /retention/periods/{period_id}/refusal": ("anja", {}),
    "PATCH /concerns/{concern_id}": ("ruth", {"state": "addressed", "answer": "Met the team"}),
    "POST /files/{file_id}/removal": ("ruth", {}),
    "POST /imports": ("ruth", {"file": (zipped(FILES), "past.zip")}),
    "POST /imports/{batch_id}/undo": (
        "ruth",
        {},
        [("ruth", "POST", "/imports", {"file": (zipped(FILES), "past.zip")})],
        {"batch_id": "{last}"},
    ),
    "PATCH /interviews/{interview_id}": ("ruth", {"name": "Second panel"}),
    "POST /interviews/{interview_id}/entered-scorecards": (
        "ruth",
        {**CARD, "interviewer": "xenia@example.com", "channel": "paper"},
        [],
        {"interview_id": "{elsewhere}"},
    ),
    "PUT /interviews/{interview_id}/scorecard": ("igor", {**CARD, "submit": True}),
    "POST /me/confirmation": ("ruth", {"password": PASSWORD}),
    "POST /me/sessions/end": ("ruth", {}),
    "POST /me/sessions/{session_id}/end": ("ruth", {}),
    "POST /me/tokens": ("ruth", {"name": "Nightly figures", "days": 30, "read_only": True}),
    "POST /me/tokens/{token_id}/revocation": (
        "ruth",
        {},
        [("ruth", "POST", "/me/tokens", {})],
        {"token_id": "{last}"},
    ),
    "POST /model/fits": ("ruth", {}),
    "POST /model/runs/{run_id}/activation": (
        "ruth",
        {**REASON, "fairness_noted": True},
        [("ruth", "POST", "/model/runs/{run_id}/deactivation", REASON)],
    ),
    "POST /model/runs/{run_id}/deactivation": ("ruth", REASON),
    "PUT /model/switch": ("ruth", {"on": False, **REASON}),
    "PATCH /notes/{note_id}": ("ruth", {"text": "Asked about the team twice"}),
    "POST /notes/{note_id}/removal": ("ruth", {}),
    "PATCH /offers/{offer_id}": ("ruth", {"base": {"amount": 8_100_000, "currency": "EUR"}}),
    "POST /offers/{offer_id}/acceptance": ("ruth", {}, EXTENDED, {"offer_id": "{first}"}),
    "POST /offers/{offer_id}/answer": (
        "ruth",
        {"answer": "Because"},
        [("arne", "POST", f"{OFFER}/approval", {"decision": "question", "comment": "Why?", "terms_version": 1})],
    ),
    "POST /offers/{offer_id}/approval": ("arne", {"decision": "approved", "terms_version": 1}),
    "POST /offers/{offer_id}/approval-turn": ("anja", TURN, OF_OFFER),
    "POST /budget-cases/{case_id}/approval-turn": ("anja", TURN, OF_CASE),
    "POST /offers/{offer_id}/budget-case": (
        "ruth",
        {"ask": {"amount": 9_000_000, "currency": "EUR"}, "needed_by": LATER},
        [("ruth", "POST", f"{OF_FREE}/offers", {"base": EUR})],
        {"offer_id": "{first}"},
    ),
    "POST /offers/{offer_id}/decline": ("ruth", {"reason": "pay"}, EXTENDED, {"offer_id": "{first}"}),
    "POST /offers/{offer_id}/extension": ("ruth", {}, APPROVED, {"offer_id": "{first}"}),
    "POST /offers/{offer_id}/lapse": ("ruth", {}, EXTENDED, {"offer_id": "{first}"}),
    "POST /offers/{offer_id}/renege": ("ruth", {"reason": "counter_offer"}, ACCEPTED, {"offer_id": "{first}"}),
    "POST /offers/{offer_id}/rescission": ("ruth", REASON),
    "POST /offers/{offer_id}/submission": (
        "ruth",
        {},
        [("ruth", "POST", f"{OF_FREE}/offers", {"base": EUR})],
        {"offer_id": "{first}"},
    ),
    "POST /people": ("anja", {"name": "Kim", "email": "kim@example.com", "role": "interviewer"}),
    "PATCH /people/{user_id}": ("anja", {"team": "Data", "pay_view": True}),
    "POST /people/{user_id}/activation": ("anja", {}, [("anja", "POST", "/people/{user_id}/deactivation", {})]),
    "POST /people/{user_id}/deactivation": ("anja", {}),
    "POST /people/{user_id}/invitation": ("anja", {}),
    "POST /people/{user_id}/second-factor/removal": ("anja", {}),
    "POST /people/{user_id}/sessions/end": ("anja", {}),
    "PATCH /promises/{promise_id}": ("ruth", {"state": "kept"}),
    "POST /requisitions": ("ruth", {"title": "Second seat", "hiring_manager": "hana@example.com"}),
    "PATCH /requisitions/{requisition_ref}": ("ruth", {"title": "Principal Engineer"}),
    "PATCH /requisitions/{requisition_ref}/cadence": ("ruth", {"bench": 5}),
    "POST /requisitions/{requisition_ref}/dates": ("ruth", {"kind": "decision", "due_on": LATER}),
    "POST /requisitions/{requisition_ref}/debrief": (
        "ruth",
        {"decision": "We go on with her", "open_early": "Igor is away"},
    ),
    "PUT /requisitions/{requisition_ref}/finalists": (
        "ruth",
        {"order": [{"application_id": "{free}", "reason": "First"}], "departure_reason": "The panel agreed"},
    ),
    "PUT /requisitions/{requisition_ref}/interview-plan": (
        "ruth",
        {"talks": [{"name": "Panel", "stage": "Interview", "minutes": 60}]},
    ),
    "POST /requisitions/{requisition_ref}/promotion": ("ruth", {"reason": "timing", "phase": "before_offer"}),
    "PUT /requisitions/{requisition_ref}/suggestion": ("ruth", {"on": False, **REASON}),
    "POST /stand-ins": (
        "anja",
        {"user": "arne@example.com", "deputy": "bea@example.com", "from_on": "2027-01-04", "until_on": "2027-01-08"},
    ),
    "POST /stand-ins/{stand_in_id}/end": ("anja", {}),
    "PATCH /tasks/{task_id}": ("ruth", {"assignee": "rolf@example.com"}),
    "POST /tasks/{task_id}/done": ("ruth", {}),
    "POST /undo/{secret}": ("ruth", {}, UNDO, {"secret": "{undo}"}),
}
SEES = {  # who reads what not everybody may
    "GET /approval-chains": "anja",
    "GET /approval-turns": "anja",
    "GET /data-requests": "anja",
    "GET /legal-holds": "anja",
    "GET /people/{user_id}/exposure": "anja",
    "GET /retention": "anja",
    "GET /retention/periods/{period_id}/confirmation": "anja",
    "GET /legal-holds/{hold_id}/lift": "anja",
    "GET /interviews/{interview_id}/scorecard": "ines",
    "GET /people": "anja",
    "GET /people/{user_id}": "anja",
    "GET /stand-ins": "anja",
}


@pytest.fixture
def world(app, session, people, now):
    made = World(session, people, now)
    made.file.storage_key = FolderStore(app.extensions["recruiter_settings"].instance / "files").put(b"terms")
    made.stranger = factories.candidate(session, people, now)
    made.run.active = True
    for each in pipeline.bench_of(session, made.requisition):
        for author in (people.xenia, people.igor):
            arranging.card(session, people, each.application, author, (4, 4), 3, at=now)
    made.browser = UserSession(user_id=people.ruth.id, digest="b" * 64, created_at=now, seen_at=now)
    session.add(made.browser)
    session.commit()
    return made


@pytest.fixture
def numbers(session, world):
    """What stands in braces in addresses and bodies."""
    bench = pipeline.bench_of(session, world.requisition)
    return {
        "stranger": world.stranger.id,
        "requisition": world.requisition.id,
        "free": bench[1].application_id,
        "backup": bench[2].application_id,
        "sha256": world.case.sha256,
        "elsewhere": world.elsewhere.id,
        "session_id": world.browser.id,
        "key": world.requisition.key,
        "arne": world.people.arne.id,
    }


def _filled(value, numbers):
    if isinstance(value, dict):
        return {key: _filled(each, numbers) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, numbers) for each in value]
    if isinstance(value, str) and (whole := re.fullmatch(r"\{(\w+)\}", value)):
        return numbers[whole[1]]
    return value


def _call(api, world, numbers, who, method, path, body):
    def part(match):
        name = match[1]
        thing = numbers[name] if name in numbers else world.subject_of(name)
        return str(getattr(thing, "id", thing))

    body, more = _filled(body, numbers), {}
    if any(isinstance(value, tuple) for value in body.values()):
        files = {
            key: (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value for key, value in body.items()
        }
        body, more = None, {"data": files, "content_type": "multipart/form-data"}
    address = re.sub(r"\{(\w+)\}", part, path)
    world.session.rollback()  # what was read for the address must not hold the next writer up
    return getattr(api, who).call(method, address, body, **more)


def test_every_operation_does_what_it_is_for(app, api, session, world, numbers):
    described = api.ruth.get("/openapi.json").get_json()["paths"]
    engine = session.get_bind()
    session.rollback()
    taken, wrong, tried = snapshot.take(engine), [], set()
    for path, item in described.items():
        for method in sorted(set(item) & {"get", "post", "put", "patch", "delete"}):
            operation = f"{method.upper()} {path.removeprefix('/api/v1')}"
            tried.add(operation)
            if operation not in EXAMPLES and method != "get":
                wrong.append(f"{operation}: give it an example")
                continue
            who, body, *more = EXAMPLES.get(operation, ("ruth", {}))
            before, parts = [*more, *([], {})[len(more) :]]
            names = dict(numbers)
            for step in before:
                answer = _call(api, world, names, *step)
                if answer.status_code >= 300:
                    wrong.append(
                        f"{operation}, before it {step[2]}: {answer.status_code} {answer.get_data(as_text=True):.300}"
                    )
                made = answer.get_json() if answer.is_json else {}
                names["last"] = made.get("id", names.get("last"))
                names.setdefault("first", names["last"])
                names["undo"] = made.get("undo")
            names |= {name: _filled(value, names) for name, value in parts.items()}
            address = operation.split(" ", 1)[1]
            answer = _call(api, world, names, SEES.get(operation, who), method.upper(), address, body)
            if not 200 <= answer.status_code < 300:
                wrong.append(f"{operation} by {who}: {answer.status_code} {answer.get_data(as_text=True):.400}")
            if method != "get":
                session.rollback()
                snapshot.clear(engine)
                snapshot.put(engine, taken)
    assert not wrong, "\n".join(wrong)
    assert set(EXAMPLES) <= tried, "an example of an operation that is gone"

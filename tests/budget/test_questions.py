"""An approver's question holds the approval until whoever asked for the money has answered; both stand in the record."""

import datetime as dt

import pytest

from recruiter.budget import decision_services
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly, export, verification
from recruiter.budget.models import CaseStatus, CaseVerdict
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.jobs import Job
from recruiter.jobs import reminders
from recruiter.offers.approval import approval_rounds
from tests.acts import act_by, moment
from tests.budget import arranging
from tests.offers import chaining


@pytest.fixture
def case(session, people, now):
    return arranging.submitted(session, people, now, arranging.ground(session, people, now))


def ask(session, case, who, now, comment="Why this amount?"):
    decision_services.decide(
        session, case=case, verdict=CaseVerdict.QUESTION, amount=None, comment=comment, act=act_by(who, now=now)
    )


def approve(session, case, who, now):
    decision_services.decide(
        session, case=case, verdict=CaseVerdict.APPROVED, amount=None, comment="", act=act_by(who, now=now)
    )


def say(session, case, who, now, reply="It is what the level pays elsewhere."):
    return decision_services.answer_question(session, case=case, answer=reply, act=act_by(who, now=now))


def mails(session):
    return [(job.payload["to"], job.payload["subject"]) for job in session.query(Job).filter(Job.kind == "mail")]


def test_approval_waits_for_the_answer_unless_the_one_who_asked_approves(session, people, now, case):
    bea = chaining.approver(session, "bea", now)
    ask(session, case, people.arne, now)
    with pytest.raises(Conflict, match="Arne has asked a question"):
        approve(session, case, bea, now)
    say(session, case, people.ruth, now)
    approve(session, case, bea, now)
    assert case.status == CaseStatus.APPROVED
    assert [decision.decision.value for decision in case.decisions] == ["question", "answer", "approved"]


def test_a_refusal_needs_no_answer_and_an_own_approval_takes_the_question_back(session, people, now, case):
    ask(session, case, people.arne, now)
    assert len(approval_rounds.open_questions(case)) == 1
    approve(session, case, people.arne, now)
    assert approval_rounds.open_questions(case) == []


def test_answers_go_to_the_oldest_question_and_whoever_asked_is_told(app, session, people, now, case):
    bea = chaining.approver(session, "bea", now)
    ask(session, case, people.arne, now, "Why now?")
    ask(session, case, bea, now, "Why so much?")
    say(session, case, people.ruth, now)
    assert [question.comment for question in approval_rounds.open_questions(case)] == ["Why so much?"]
    [job] = session.query(Job).filter(Job.kind == "approval.answer")
    with app.app_context():
        assert reminders.pass_answer(session, job, moment(now)) == {"told": 1}
    assert mails(session)[-1] == (people.arne.email, f"Your question on budget case {case.number} is answered")


def test_a_reminder_goes_to_whose_turn_it_is_to_speak(app, session, people, now, case):
    jobs = {job.payload["share"]: job for job in session.query(Job).filter(Job.kind == "approval.call")}
    left = case.answer_by - now
    for share in (50, 80):
        assert jobs[share].due_at == now + left * share / 100
    ask(session, case, people.arne, now)
    with app.app_context():
        reminders.call_approvers(session, jobs[50], moment(now))
    assert mails(session)[-1] == (people.ruth.email, f"Reminder: answer the question on budget case {case.number}")
    say(session, case, people.ruth, now)
    with app.app_context():
        reminders.call_approvers(session, jobs[80], moment(now))
    assert mails(session)[-1] == (people.arne.email, f"Reminder: your answer on budget case {case.number}")


def test_nothing_asked_nothing_written_and_words_without_a_place_are_refused(session, people, now, case):
    with pytest.raises(Conflict, match="No question"):
        say(session, case, people.ruth, now)
    ask(session, case, people.arne, now)
    for reply in ("  ", "She is pregnant and needs it."):
        with pytest.raises(RuleBroken) as caught:
            say(session, case, people.ruth, now, reply)
        assert list(caught.value.errors) == ["answer"]
    with pytest.raises(RuleBroken, match="kids"):
        ask(session, case, people.arne, now, "Because she has three kids?")
    assert [decision.decision.value for decision in case.decisions] == ["question"]


def test_a_file_of_any_moment_between_is_the_frozen_case(session, people, now, case):
    files = []
    for step in (lambda: ask(session, case, people.arne, now), lambda: say(session, case, people.ruth, now), lambda: approve(session, case, people.arne, now)):  # fmt: skip
        step()
        content = assembly.displayed_content(session, case, moment=moment(now), options=Options())
        files.append(export.render(case, content, form="html", zone=dt.UTC).data)
    assert b"It is what the level pays" in files[1]
    for data in files:
        assert case.sha256 in verification.verify(case, data, form="html", zone=dt.UTC)


def test_an_altered_content_is_not_decided(session, people, now, case, api):
    case.frozen = case.frozen.replace("92,000", "99,000")
    session.commit()
    answer = api.arne.post(f"/budget-cases/{case.id}/decision", {"decision": "approved", "sha256": case.sha256})
    assert answer.status_code == 409
    assert "was altered after it was submitted" in answer.get_json()["detail"]
    with pytest.raises(Conflict, match="was altered"):
        approve(session, case, people.arne, now)
    assert case.decisions == []


def test_the_answer_has_its_form_and_its_door(session, people, now, case, browse, api):
    ask(session, case, people.arne, now, "Why <this>?")
    session.commit()
    ruth = browse("ruth")
    page = ruth.get(f"/cases/{case.id}").get_data(as_text=True)
    assert "Why &lt;this&gt;?" in page
    assert f'action="/cases/{case.id}/answer"' in page
    assert f'action="/cases/{case.id}/answer"' not in browse("arne").get(f"/cases/{case.id}").get_data(as_text=True)
    assert ruth.post(f"/cases/{case.id}/answer", data={"answer": ""}).status_code == 422
    assert ruth.post(f"/cases/{case.id}/answer", data={"answer": "Because."}).status_code == 303
    assert ruth.post(f"/cases/{case.id}/answer", data={"answer": "Again."}).status_code == 409
    assert api.ruth.post(f"/budget-cases/{case.id}/answer", {"answer": "Again."}).status_code == 409
    body = api.ruth.get(f"/budget-cases/{case.id}").get_json()
    assert [decision["decision"] for decision in body["decisions"]] == ["question", "answer"]
    assert body["decision"] is None
    assert dt.datetime.fromisoformat(body["decisions"][1]["at"]) == now

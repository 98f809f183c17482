"""What is written to a candidate: protected facts stop it, what is warned of is sent once confirmed, the rest just goes."""

import pytest
from sqlalchemy import func, select

from recruiter.foundation.jobs import Job
from recruiter.keepwarm.messages.message_rules import OutgoingMessage
from recruiter.keepwarm.models.agreements import Letter
from recruiter.privacy import checked_messages, word_check
from tests import factories
from tests.acts import act_by

BLOCKED = "Thank you for the talk. How is your husband? We decide on Friday."
WARNED = "Thank you for the talk. The job is yours. We decide on Friday."


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    finalists = factories.finalists(session, people, now, requisition, names=("Wedding Child", "Bela Novak"))
    session.commit()
    return finalists


def _letter(session, people, application, now, body, **more):
    message = OutgoingMessage(application, "News", body, personal=True)
    return checked_messages.send(session, message=message, act=act_by(people.ruth, now=now), **more)


def _sent(session):
    return session.scalar(select(func.count(Letter.id))) + session.scalar(select(func.count(Job.id)))


@pytest.mark.parametrize(
    ("text", "blocked", "phrase", "sentence"),
    [
        (BLOCKED, True, "husband", "How is your husband?"),
        ("We know your current salary.\nMore soon", True, "current salary", "We know your current salary."),
        ("You are too old for this. Sorry", True, "old", "You are too old for this."),
        (WARNED, False, "job is yours", "The job is yours."),
        ("You are our second choice. Stay tuned", False, "second choice", "You are our second choice."),
        ("We guarantee you an offer", False, "guarantee you an offer", "We guarantee you an offer"),
        ("You showed a great culture fit", False, "culture fit", "You showed a great culture fit"),
    ],
)
def test_words_are_found_with_their_sentence_and_the_reason(text, blocked, phrase, sentence):
    findings = word_check.findings(text)
    assert findings[0].blocked is blocked
    assert any(phrase in word for word in findings[0].phrases), findings
    assert findings[0].sentences == (sentence,)
    assert findings[0].why.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "Hello Bela, we decide on Friday. May I call you this week?",
        "You will hear from us by Thursday, whether you have the job or not.",
        "Could you let me know by Monday how you decide? Others plan with your answer.",
        "Your product families talk was the best part of the panel.",
        "What we promised still stands: “You will hear from us”, by Fri 20 Nov.",
        "We make you an offer: it is attached, and stands until Friday.",
    ],
)
def test_ordinary_messages_are_let_through(text):
    assert word_check.findings(text) == []
    word_check.check(text)


def test_a_name_and_the_title_of_the_job_are_no_finding(session, people, slate):
    application = slate[0]
    text = "Hello Wedding Child,\n\nwe were in touch about Commuting Desk.\n\nRuth"
    matched = " ".join(word for finding in word_check.findings(text) for word in finding.phrases)
    assert all(word in matched for word in ("Wedding", "Child", "Commuting"))
    application.requisition.title = "Commuting Desk"
    assert word_check.findings(text, names=word_check.names_in(application, people.ruth)) == []
    assert word_check.findings("Are you planning a wedding?", names=word_check.names_in(application, people.ruth))[
        0
    ].blocked


def test_protected_facts_stop_a_message_whatever_is_confirmed(session, people, now, slate):
    for body, confirmed in ((BLOCKED, False), (BLOCKED, True), (f"{BLOCKED} {WARNED}", True)):
        with pytest.raises(word_check.Stopped) as refusal:
            _letter(session, people, slate[1], now, body, confirmed=confirmed)
        assert "husband" in refusal.value.message
        assert list(refusal.value.errors) == ["body"]
    assert _sent(session) == 0


def test_a_confirmation_counts_for_the_words_that_were_shown_and_no_others(session, people, now, slate):
    with pytest.raises(word_check.Stopped) as refusal:
        _letter(session, people, slate[1], now, WARNED)
    shown_key = word_check.key(refusal.value.findings)
    with pytest.raises(word_check.Stopped, match="second choice"):
        _letter(session, people, slate[1], now, f"{WARNED} You are our second choice.", confirmed=shown_key)
    assert _sent(session) == 0
    _letter(session, people, slate[1], now, WARNED, confirmed=shown_key)
    assert _sent(session) == 2  # the letter, and its mail


def test_of_several_messages_one_that_is_stopped_holds_all(session, people, now, slate):
    ours = [OutgoingMessage(slate[0], "News", "We decide on Friday."), OutgoingMessage(slate[1], "News", BLOCKED)]
    with pytest.raises(word_check.Stopped, match="message to Bela Novak"):
        checked_messages.queue(session, messages=ours, act=act_by(people.ruth, now=now), confirmed=True)
    assert _sent(session) == 0
    warned = [ours[0], OutgoingMessage(slate[1], "News", WARNED)]
    with pytest.raises(word_check.Stopped, match="Confirm"):
        checked_messages.queue(session, messages=warned, act=act_by(people.ruth, now=now))
    key = word_check.key(
        finding for each in checked_messages.findings_in(warned, actor=people.ruth) for finding in each
    )
    checked_messages.queue(session, messages=warned, act=act_by(people.ruth, now=now), confirmed=key)
    assert session.scalar(select(func.count(Job.id))) == 2


def test_the_api_stops_and_takes_a_confirmation(api, session, slate):
    path, body = f"/applications/{slate[1].id}/messages", {"subject": "News", "body": WARNED}
    session.commit()
    stopped = api.ruth.post(path, {**body, "body": BLOCKED, "confirmed": True})
    assert (stopped.status_code, list(stopped.get_json()["errors"])) == (422, ["body"])
    response = api.ruth.post(path, body)
    assert response.status_code == 422
    assert "Confirm" in response.get_json()["errors"]["body"][0]
    assert api.ruth.post(path, {**body, "confirmed": True}).status_code == 201


@pytest.mark.parametrize(
    "text",
    [
        "The package comes with 20 weeks of paid parental leave and health insurance for you and your family.",
        "We offer maternity and paternity leave at full pay.",
        "Our benefits include childcare vouchers, a pension plan and a gym allowance.",
        "We can sponsor your visa and help with relocation.",
        "If you need any adjustments for the interview, such as step-free access, tell me.",
        "The interview takes place in our wheelchair accessible office.",
        "We are an equal opportunity employer and welcome applicants of every age, religion and gender.",
        "The position is open to people with disabilities.",
        "Your background in distributed systems impressed the panel.",
    ],
)
def test_what_a_company_offers_everybody_may_be_told(text):
    assert word_check.findings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Are you planning to take maternity leave?",
        "Will you need childcare vouchers for your children?",
        "How old are you?",
        "Where were you born?",
        "We prefer younger people for this team.",
        "We offer parental leave. Are you pregnant?",
        "What is your current salary?",
    ],
)
def test_nobody_is_asked_about_themselves(text):
    assert any(finding.blocked for finding in word_check.findings(text))

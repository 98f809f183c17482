"""What may happen to a budget case: every refusal with its sentence, each limit on both sides."""

import datetime as dt
from types import SimpleNamespace

import pytest

from recruiter.budget import rules
from recruiter.budget.models import BudgetCase, CaseStatus, Choice
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.lexicon.check import Finding
from recruiter.foundation.money import Money
from recruiter.requisitions.models import Band
from tests.refusals import at, conflict, refusal

BAND = Band(min=6_500_000, mid=7_500_000, max=8_500_000, currency="EUR")
TODAY = dt.date(2026, 11, 18)


def euros(amount):
    return Money(amount, "EUR")


def case(status=CaseStatus.SUBMITTED):
    return BudgetCase(status=status, ask=9_200_000, currency="EUR")


def test_a_case_is_for_a_base_above_the_band():
    rules.check_ask(euros(8_500_001), band=BAND)
    no_band = "This requisition has no approved band. Enter the band first."
    assert refusal(rules.check_ask, euros(9_000_000), band=None) == conflict(no_band)
    currency = "The band is in EUR. Ask in EUR."
    assert refusal(rules.check_ask, Money(9_000_000, "USD"), band=BAND) == at("ask", currency)
    within = "EUR 85,000 is within the band (up to EUR 85,000). No case is needed."
    assert refusal(rules.check_ask, euros(8_500_000), band=BAND) == at("ask", within)


def test_a_decision_is_needed_today_or_later():
    rules.check_needed_by(TODAY, today=TODAY)
    sentence = "Enter the date by which a decision is needed, today or later."
    yesterday = TODAY - dt.timedelta(days=1)
    assert refusal(rules.check_needed_by, yesterday, today=TODAY) == at("needed_by", sentence)


@pytest.mark.parametrize("status", list(CaseStatus))
def test_only_what_is_open_is_written(status):
    if status in {CaseStatus.DRAFT, CaseStatus.CHANGES_REQUESTED}:
        rules.check_open(case(status))
    else:
        sentence = f"This case is {status.phrase} and frozen, so it cannot be changed."
        assert refusal(rules.check_open, case(status)) == conflict(sentence)


def test_the_last_decided_case_of_a_candidate():
    def past(status, application_id=1):
        return SimpleNamespace(status=status, offer=SimpleNamespace(application_id=application_id))

    refused, approved = past(CaseStatus.REFUSED), past(CaseStatus.APPROVED)
    other = past(CaseStatus.APPROVED, 2)
    cases = [past(CaseStatus.WITHDRAWN), other, past(CaseStatus.DRAFT), refused, approved]
    assert rules.last_decided(cases, application_id=1) is refused
    assert rules.last_decided(cases, application_id=2) is other
    assert rules.last_decided(cases, application_id=3) is None


def test_texts_of_sections():
    assert rules.cleaned_sections({"ask": " Why\x00 ", "risks": ""}) == {"ask": "Why", "risks": ""}
    assert rules.cleaned_sections({"ask": "x" * 20_000}) == {"ask": "x" * 20_000}
    long = "Use at most 20000 characters."
    assert refusal(rules.cleaned_sections, {"ask": "x" * 20_001}) == at("sections.ask", long)
    unknown = f"There is no section asks. Sections are {', '.join(rules.NAMES)}."
    assert refusal(rules.cleaned_sections, {"asks": "x"}) == at("sections.asks", unknown)


def test_assumptions():
    given = {"days_low": 0, "days_high": 3_650, "search_low": None, "repeat_high": 300}
    values = {
        "assumption:days_low": "0",
        "assumption:days_high": "3650",
        "assumption:search_low": "",
        "assumption:repeat_high": "300",
    }
    assert rules.cleaned_assumptions(given) == values
    for name, value, most in (("days_low", -1, 3_650), ("days_low", 3_651, 3_650), ("repeat_low", 301, 300)):
        sentence = f"Give a whole number between 0 and {most}."
        assert refusal(rules.cleaned_assumptions, {name: value}) == at(f"assumptions.{name}", sentence)
    unknown = f"Assumptions are {', '.join(rules.DEFAULTS)}."
    assert refusal(rules.cleaned_assumptions, {"weeks": 1}) == at("assumptions.weeks", unknown)


def finding(severity, section, *matches):
    return Finding(severity, "age", matches, "Age is no reason.", section)


def test_nothing_blocked_and_nothing_required_is_left_open():
    open_parts = [
        {"section": "market", "question": "Which?", "required": False},
        {"section": "ask", "question": "How much?", "required": True},
        {"section": "candidate", "question": "What?", "required": True},
    ]
    rules.check_submission(findings=[finding("warned", "ask", "young")], missing=open_parts[:1])
    findings = [
        finding("blocked", "ask", "young", "old"),
        finding("warned", "ask", "x"),
        finding("blocked", "ask", "z"),
    ]
    message = "Some words have no place in a case. Take them out, then submit."
    errors = {"sections.ask": ["“young”, “old”: Age is no reason.", "“z”: Age is no reason."]}
    assert refusal(rules.check_submission, findings=findings, missing=open_parts) == (RuleBroken, errors, message)
    message = "An approver will ask for this first: the request, why this candidate."
    errors = {"sections.ask": ["How much?"], "sections.candidate": ["What?"]}
    assert refusal(rules.check_submission, findings=[], missing=open_parts) == (RuleBroken, errors, message)


def decide(status=CaseStatus.SUBMITTED, amount=None, comment="", *, approved=True):
    return rules.check_decision(case(status), amount=amount, approved=approved, comment=comment, band_max=8_500_000)


def test_a_decision():
    assert decide() is None
    assert decide(amount=euros(8_500_001)) is None
    assert decide(amount=euros(9_200_000)) is None
    assert decide(approved=False, comment="Too much") is None
    assert decide(amount=euros(1), approved=False, comment="Too much") is None
    between = "Approve an amount above the band and up to EUR 92,000."
    for amount in (8_500_000, 9_200_001):
        assert refusal(decide, amount=euros(amount)) == at("amount", between)
    assert refusal(decide, amount=Money(9_000_000, "USD")) == at("amount", "The case is in EUR.")
    assert refusal(decide, approved=False) == at("comment", "Say why, so that the requester knows what to do.")
    for status in set(CaseStatus) - {CaseStatus.SUBMITTED}:
        nothing = conflict(f"This case is {status.phrase}, so there is nothing to decide.")
        assert refusal(rules.check_awaits, case(status)) == nothing


def test_an_approval_waits_for_another_approvers_question():
    question = SimpleNamespace(by_id=1, by=SimpleNamespace(name="Arne"))
    rules.check_answered([], actor_id=2)
    rules.check_answered([question], actor_id=1)
    sentence = "Arne has asked a question that is not answered yet. Approve when it is."
    assert refusal(rules.check_answered, [question], actor_id=2) == conflict(sentence)


def test_an_answer():
    rules.check_answer(case(), answer="Yes", has_question=True)
    nothing = conflict("No question on this case waits for an answer.")
    assert refusal(rules.check_answer, case(), answer="Yes", has_question=False) == nothing
    assert refusal(rules.check_answer, case(CaseStatus.APPROVED), answer="Yes", has_question=True) == nothing
    assert refusal(rules.check_answer, case(), answer="", has_question=True) == at("answer", "Write your answer.")


@pytest.mark.parametrize("choice", list(Choice))
def test_a_colleagues_words(choice):
    def voice(name="Ines", answer="", for_what=""):
        return rules.check_voice(choice, name=name, answer=answer, for_what=for_what)

    assert voice(answer="Fine") is None
    assert voice(for_what="Payments") is None
    use = at("for_what", "Say in a line for what your team would use this skill.")
    name = at("name", "Enter your name, since it stands beside your words.")
    if choice == Choice.DECLINED:
        assert voice(name="") is None
    else:
        assert refusal(voice, name="") == name
        assert voice() is None if choice == Choice.NO else refusal(voice) == use

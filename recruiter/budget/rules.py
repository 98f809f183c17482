"""What may happen to a budget case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from recruiter.budget.evidence.figures.vacancy_assumptions import DEFAULTS, PREFIX, largest_value
from recruiter.budget.models import DECIDED, BudgetCase, CaseDecision, Choice
from recruiter.budget.sections import BY_NAME, NAMES
from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.lexicon.check import Finding
from recruiter.foundation.money import Money, show
from recruiter.foundation.seen import Mark, check_seen
from recruiter.requisitions.models import Band

LONGEST = 20_000
ANSWER_DAYS = 7


def check_ask(ask: Money, *, band: Band | None) -> None:
    """A case is for a base above the top of the band, in its currency."""
    if band is None:
        raise Conflict("This requisition has no approved band. Enter the band first.")
    if ask.currency != band.currency:
        raise RuleBroken.at("ask", f"The band is in {band.currency}. Ask in {band.currency}.")
    if ask.amount <= band.max:
        top = show(Money(band.max, band.currency))
        raise RuleBroken.at("ask", f"{show(ask)} is within the band (up to {top}). No case is needed.")


def check_needed_by(day: dt.date, *, today: dt.date) -> None:
    """A decision is needed today or later."""
    if day < today:
        raise RuleBroken.at("needed_by", "Enter the date by which a decision is needed, today or later.")


def check_open(case: BudgetCase) -> None:
    """Only a draft, or a case that was sent back, can be written."""
    if not case.is_open:
        raise Conflict(f"This case is {case.status.phrase} and frozen, so it cannot be changed.")


def last_decided(cases: Iterable[BudgetCase], *, application_id: int) -> BudgetCase | None:
    """Among cases, the latest first, the last on a candidate that was decided; a withdrawn one is passed over."""
    of_candidate = (case for case in cases if case.offer.application_id == application_id)
    return next((case for case in of_candidate if case.status in DECIDED), None)


def cleaned_sections(sections: dict[str, str]) -> dict[str, str]:
    """Texts by section as they are kept. Raises RuleBroken for a section that does not exist and for what is too long."""
    texts = {}
    for name, written_text in sections.items():
        if name not in NAMES:
            raise RuleBroken.at(f"sections.{name}", f"There is no section {name}. Sections are {', '.join(NAMES)}.")
        cleaned_text = text.clean(written_text)
        if len(cleaned_text) > LONGEST:
            raise RuleBroken.at(f"sections.{name}", f"Use at most {LONGEST} characters.")
        texts[name] = cleaned_text
    return texts


def cleaned_assumptions(assumptions: dict[str, int | None]) -> dict[str, str]:
    """Assumptions on the cost of losing somebody as they are kept: whole numbers within sense; None takes the writer's word back."""
    values = {}
    for name, value in assumptions.items():
        if name not in DEFAULTS:
            raise RuleBroken.at(f"assumptions.{name}", f"Assumptions are {', '.join(DEFAULTS)}.")
        if value is not None and not 0 <= value <= largest_value(name):
            raise RuleBroken.at(f"assumptions.{name}", f"Give a whole number between 0 and {largest_value(name)}.")
        values[PREFIX + name] = "" if value is None else str(value)
    return values


def check_submission(*, findings: list[Finding], missing: list[dict[str, object]]) -> None:
    """Nothing blocked, nothing required left open. Raises RuleBroken with the sections."""
    errors: dict[str, list[str]] = {}
    for finding in findings:
        if finding.is_blocked:
            errors.setdefault(f"sections.{finding.section}", []).append(f"{finding.quoted}: {finding.why}")
    if errors:
        raise RuleBroken("Some words have no place in a case. Take them out, then submit.", errors=errors)
    for gap in missing:
        if gap["required"]:
            errors.setdefault(f"sections.{gap['section']}", []).append(str(gap["question"]))
    if errors:
        titles = ", ".join(BY_NAME[field.removeprefix("sections.")].title.lower() for field in errors)
        raise RuleBroken(f"An approver will ask for this first: {titles}.", errors=errors)


def check_awaits(case: BudgetCase) -> None:
    """A submitted case is decided once."""
    if not case.awaits_approval:
        raise Conflict(f"This case is {case.status.phrase}, so there is nothing to decide.")


def check_decision(case: BudgetCase, *, amount: Money | None, approved: bool, comment: str, band_max: int) -> None:
    """An approved amount lies above the band and not above the request; a no has a reason."""
    if approved and amount is not None:
        if amount.currency != case.currency:
            raise RuleBroken.at("amount", f"The case is in {case.currency}.")
        if not band_max < amount.amount <= case.ask:
            raise RuleBroken.at("amount", f"Approve an amount above the band and up to {show(case.requested)}.")
    if not approved and not comment:
        raise RuleBroken.at("comment", "Say why, so that the requester knows what to do.")


def check_content_seen(case: BudgetCase, mark: Mark) -> None:
    """A decision is on the frozen content that was seen, by its SHA-256 or the version of the case. Raises as check_seen.

    The checksum is not told to whoever named none: they may owe a scorecard, and it covers what stays hidden until then.
    """
    check_seen(
        mark,
        present=(case.sha256, str(case.version)),
        versions={"version": case.version},
        name_it="Say which content you have seen: its sha256, or If-Match with the version of the case.",
        changed=f"{case.number} was sent again since you read it. Read it, then decide.",
    )


def check_answered(open_questions: Sequence[CaseDecision], *, actor_id: int) -> None:
    """An approval waits while another approver's question is open."""
    others = [question for question in open_questions if question.by_id != actor_id]
    if others:
        raise Conflict(f"{others[0].by.name} has asked a question that is not answered yet. Approve when it is.")


def check_answer(case: BudgetCase, *, answer: str, has_question: bool) -> None:
    """An answer is to a question that is open, on a case that waits for a decision."""
    if not case.awaits_approval or not has_question:
        raise Conflict("No question on this case waits for an answer.")
    if not answer:
        raise RuleBroken.at("answer", "Write your answer.")


def check_voice(choice: Choice, *, name: str, answer: str, for_what: str) -> None:
    """A colleague's answer has a name, and for a yes or a perhaps a word on the use; who prefers not to answer owes nothing."""
    if choice == Choice.DECLINED:
        return
    if not name:
        raise RuleBroken.at("name", "Enter your name, since it stands beside your words.")
    if choice != Choice.NO and not (answer or for_what):
        raise RuleBroken.at("for_what", "Say in a line for what your team would use this skill.")

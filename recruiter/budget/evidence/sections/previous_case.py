"""The case that this one follows: how it was decided, what was asked on it and answered, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from recruiter.budget import decided_amounts, quotations, writer_facts
from recruiter.budget.evidence.amount_text import format_amount
from recruiter.budget.evidence.types import CaseContext, Content, SectionEvidence
from recruiter.budget.models import BudgetCase, CaseVerdict
from recruiter.budget.sections import SECTIONS
from recruiter.documents.model import Amount, Claim, Difference
from recruiter.foundation.text import is_visible
from recruiter.foundation.wording import plural

QUESTION_VERBS = {CaseVerdict.QUESTION: "asked", CaseVerdict.ANSWER: "answered"}
# The figures that tell an approver what is new; those that merely follow from them, or grow by the day, would hide them.
KEY_FIGURES = {
    "ask": ("asked_base", "band_maximum", "excess", "target_variable_of_a_year", "equity_of_a_year", "paid_once", "employer_on_cost_of_pay", "first_year_all_in", "run_rate_each_year"),
    "candidate": ("declared_score", "interviewers"),
    "standing": ("score", "above_the_bar"),
    "other_teams": ("cards_of_other_teams", "colleagues_who_answered", "colleagues_who_said_no"),
    "market": ("competing_processes_verified", "competing_processes_credible", "competing_processes_unverified", "competing_offer"),
    "search": ("offers_not_taken",),
    "cost_of_losing": ("cost_of_losing_middle", "days_middle"),
    "equity": ("people_compared", "paid_less_than_the_request", "request_to_median"),
    "risks": ("concerns_open",),
    "precedents": ("earlier_exceptions_in_12_months",),
}  # fmt: skip


def reference_of(context: CaseContext) -> Content:
    """The head of a content: number, state, day and SHA-256 of the case that it follows; nothing where it follows none."""
    previous = context.case.follows
    if previous is None:
        return {}
    decision = previous.final_decision
    return {
        "follows": {
            "number": previous.number,
            "status": previous.status.value,
            "decided_on": context.iso_date(decision.at) if decision else None,
            "sha256": previous.sha256,
        }
    }


def _figures_by_key(figures: Iterable[Amount]) -> dict[str, Amount]:
    """Figures by their keys, the first where a key stands twice."""
    return {figure.key: figure for figure in reversed(tuple(figures))}


def _frozen_figures(content: Content, section: str) -> dict[str, Amount]:
    frozen = (part["figures"] for part in content.get("sections") or () if part["name"] == section)
    return _figures_by_key(Amount(**figure) for figures in frozen for figure in figures)


def _figure_differences(frozen: Content, parts: dict[str, SectionEvidence]) -> Iterator[Difference]:
    for section, keys in KEY_FIGURES.items():
        then, now = _frozen_figures(frozen, section), _figures_by_key(parts[section].figures)
        for key in keys:
            old, new = then.get(key), now.get(key)
            label = next((figure.label for figure in (new, old) if figure), "")
            if label and (old is None or new is None or (old.value, old.unit) != (new.value, new.unit)):
                yield Difference(section, label, old, new)


def _fact_text(case: BudgetCase, name: str) -> str:
    fact, value = writer_facts.BY_NAME[name], writer_facts.given(case.texts, name)
    return fact.choices.get(value, value)


def _text_differences(context: CaseContext, before: BudgetCase, frozen: Content) -> Iterator[Difference]:
    case, level = context.case, context.requisition.level
    if before.needed_by != case.needed_by:
        yield Difference("ask", "Decision needed by", before.needed_by.isoformat(), case.needed_by.isoformat())
    for name in ("kind", "budget_line"):
        then, now = _fact_text(before, name), _fact_text(case, name)
        if then != now:
            yield Difference("ask", writer_facts.BY_NAME[name].label, then or None, now or None)
    if frozen.get("level", level) != level:
        yield Difference("ask", "Level", frozen["level"] or None, level or None)


def differences(context: CaseContext, parts: dict[str, SectionEvidence]) -> list[Difference]:
    """What this case says otherwise than the one that it follows: the request first, then facts in the order of the sections."""
    before = context.case.follows
    if before is None:
        return []
    frozen = json.loads(before.frozen or "{}")
    return [*_text_differences(context, before, frozen), *_figure_differences(frozen, parts)]


def rewritten_sections(case: BudgetCase) -> list[str]:
    """The titles of the sections in which the writer has changed words or choices since the case before."""
    previous_texts = case.follows.texts if case.follows else {}
    touched = set()
    for key in {*previous_texts, *case.texts}:
        if previous_texts.get(key, "") != case.texts.get(key, ""):
            name = key.removeprefix(writer_facts.PREFIX)
            fact = writer_facts.fact_of(name) if key.startswith(writer_facts.PREFIX) else None
            touched.add(fact.section if fact else "cost_of_losing" if ":" in key else key)
    return [section.title for section in SECTIONS if section.name in touched]


def _since_then(context: CaseContext, differences: Sequence[Difference], before: BudgetCase) -> str:
    rewritten_titles = rewritten_sections(context.case)
    if not differences and not rewritten_titles:
        return "Nothing has changed since then."
    then, now = format_amount(before.requested), format_amount(context.ask)
    same = before.requested == context.ask
    sentence = f"The base asked for is the same, {now}." if same else f"The base asked for was {then} and is {now}."
    return sentence + (f" Written anew: {', '.join(rewritten_titles)}." if rewritten_titles else "")


def _decided(context: CaseContext, before: BudgetCase) -> Claim:
    decision, source = before.final_decision, f"Decisions on case {before.number}"
    if decision is None:
        return Claim(f"This case follows {before.number}.", source)
    quote = quotations.quoted(decision.comment)
    granted = decided_amounts.decided_amount(before)
    outcome = f"{before.status.value} up to {format_amount(granted)}" if granted else before.status.value
    statement = (
        f"This case follows {before.number}, which {decision.by.name} {outcome} on {context.long_date(decision.at)}"
    )
    statement += f": {quote}" if quote else "."
    return context.claim(statement, source, by=decision.by.name, at=decision.at)


def _questions_and_answers(context: CaseContext, before: BudgetCase) -> list[Claim]:
    """The questions on the case before and their answers, word for word."""
    return [
        context.claim(
            f"On {before.number}, {decision.by.name} {QUESTION_VERBS[decision.decision]}: {quotations.quoted(decision.comment)}",
            f"Decisions on case {before.number}",
            by=decision.by.name,
            at=decision.at,
        )
        for decision in before.decisions
        if decision.decision in QUESTION_VERBS and is_visible(decision.comment)
    ]


def with_previous_case(context: CaseContext, parts: dict[str, SectionEvidence]) -> SectionEvidence:
    """Approvals and history with the case before: its decision, its questions and answers, what changed since."""
    approvals, before = parts["approvals"], context.case.follows
    if before is None:
        return approvals
    changes_since, questions_and_answers = differences(context, parts), _questions_and_answers(context, before)
    decision = before.final_decision
    day = f" on {context.long_date(decision.at)}" if decision else ""
    text = f"It follows {before.number}, {before.status.value}{day}. {_since_then(context, changes_since, before)}"
    questions = sum(1 for decision in before.decisions if decision.decision == CaseVerdict.QUESTION)
    text += f" {plural(questions, 'question')} on it and the answers stand in this section." if questions else ""
    return replace(
        approvals,
        text=f"{approvals.text} {text}",
        evidence=[_decided(context, before), *questions_and_answers, *approvals.evidence],
        changes=changes_since,
    )

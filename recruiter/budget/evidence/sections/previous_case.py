"""The case that this one follows: how it was decided, what was asked on it and answered, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from recruiter.budget import writer_facts
from recruiter.budget.content_check import quotations
from recruiter.budget.evidence.amount_text import said
from recruiter.budget.evidence.types import Changed, Evidence, Figure, Ground, Part, counted, iso, on
from recruiter.budget.models import BudgetCase, CaseDecision, CaseVerdict
from recruiter.budget.sections import SECTIONS
from recruiter.foundation.money import Money

ENDED = (CaseVerdict.REFUSED, CaseVerdict.APPROVED)
SPOKEN = {CaseVerdict.QUESTION: "asked", CaseVerdict.ANSWER: "answered"}
# The figures that tell an approver what is new; those that merely follow from them, or grow by the day, would hide them.
TELLING = {
    "ask": ("Asked base", "Band maximum", "Excess", "Target variable of a year", "Equity of a year", "Paid once", "Employer on-cost, % of pay", "First year, all in", "Run rate each year"),
    "candidate": ("Declared score", "Interviewers"),
    "standing": ("Score", "Above the bar"),
    "other_teams": ("Cards of other teams", "Colleagues who answered", "Colleagues who said no"),
    "market": ("Competing processes, verified", "Competing processes, credible", "Competing processes, unverified", "Competing offer"),
    "search": ("Offers not taken",),
    "cost_of_losing": ("Cost of losing, middle", "Days, middle"),
    "equity": ("People compared", "Paid less than the request", "Request to median"),
    "risks": ("Concerns, open",),
    "precedents": ("Earlier exceptions in 12 months",),
}  # fmt: skip


def named(case: BudgetCase) -> dict[str, Any]:
    """The head of a content: number, state, day and SHA-256 of the case that it follows; nothing where it follows none."""
    before = case.follows
    if before is None:
        return {}
    last = verdict_on(before)
    return {
        "follows": {
            "number": before.number,
            "status": before.status.value,
            "decided_on": iso(last.at) if last else None,
            "sha256": before.sha256,
        }
    }


def verdict_on(case: BudgetCase) -> CaseDecision | None:
    """The decision with which a case ended, None where it is going on or was taken back."""
    return next((one for one in reversed(case.decisions) if one.decision in ENDED), None)


def _known(content: dict[str, Any]) -> dict[tuple[str, str], Figure]:
    """The figures of a frozen content by section and label, the first where a label stands twice."""
    found: dict[tuple[str, str], Figure] = {}
    for part in content.get("sections") or ():
        for one in part["figures"]:
            found.setdefault((part["name"], one["label"]), Figure(one["label"], one["value"], one["unit"]))
    return found


def _figures(frozen: dict[str, Any], parts: dict[str, Part]) -> Iterator[Changed]:
    then = _known(frozen)
    for section, labels in TELLING.items():
        now: dict[str, Figure] = {}
        for one in parts[section].figures:
            now.setdefault(one.label, one)
        for label in labels:
            old, new = then.get((section, label)), now.get(label)
            if old != new:
                yield Changed(section, label, old, new)


def _told(case: BudgetCase, name: str) -> str:
    fact, told = writer_facts.BY_NAME[name], writer_facts.told(case.texts, name)
    return fact.choices.get(told, told)


def _words(ground: Ground, before: BudgetCase, frozen: dict[str, Any]) -> Iterator[Changed]:
    case, level = ground.case, ground.requisition.level
    if before.needed_by != case.needed_by:
        yield Changed("ask", "Decision needed by", iso(before.needed_by), iso(case.needed_by))
    for name in ("kind", "budget_line"):
        then, now = _told(before, name), _told(case, name)
        if then != now:
            yield Changed("ask", writer_facts.BY_NAME[name].label, then or None, now or None)
    if frozen.get("level", level) != level:
        yield Changed("ask", "Level", frozen["level"] or None, level or None)


def changes(ground: Ground, parts: dict[str, Part]) -> tuple[Changed, ...]:
    """What this case says otherwise than the one that it follows: the request first, then facts in the order of the sections."""
    before = ground.case.follows
    if before is None:
        return ()
    frozen = json.loads(before.frozen or "{}")
    return (*_words(ground, before, frozen), *_figures(frozen, parts))


def rewritten(case: BudgetCase) -> list[str]:
    """The titles of the sections in which the writer has changed words or choices since the case before."""
    before = case.follows.texts if case.follows else {}
    touched = set()
    for key in {*before, *case.texts}:
        if before.get(key, "") != case.texts.get(key, ""):
            name = key.removeprefix(writer_facts.PREFIX)
            fact = writer_facts.fact_of(name) if key.startswith(writer_facts.PREFIX) else None
            touched.add(fact.section if fact else "cost_of_losing" if ":" in key else key)
    return [one.title for one in SECTIONS if one.name in touched]


def _since(ground: Ground, found: tuple[Changed, ...], before: BudgetCase) -> str:
    anew = rewritten(ground.case)
    if not found and not anew:
        return "Nothing has changed since then."
    out = []
    then, now = Money(before.ask, before.currency), ground.ask
    if then != now:
        out.append(f"The base asked for was {said(then)} and is {said(now)}.")
    else:
        out.append(f"The base asked for is the same, {said(now)}.")
    if anew:
        out.append(f"Written anew: {', '.join(anew)}.")
    return " ".join(out)


def _decided(before: BudgetCase) -> Evidence:
    last, source = verdict_on(before), f"Decisions on case {before.number}"
    if last is None:
        return Evidence(f"This case follows {before.number}.", source)
    quote = quotations.quoted(last.comment)
    words = f"This case follows {before.number}, which {last.by.name} {before.status.value} on {on(last.at)}"
    return Evidence(f"{words}: {quote}" if quote else f"{words}.", source, by=last.by.name, at=iso(last.at))


def _asked(before: BudgetCase) -> list[Evidence]:
    """The questions on the case before and their answers, word for word."""
    source = f"Decisions on case {before.number}"
    return [
        Evidence(
            f"On {before.number}, {one.by.name} {SPOKEN[one.decision]}: {quotations.quoted(one.comment)}",
            source,
            by=one.by.name,
            at=iso(one.at),
        )
        for one in before.decisions
        if one.decision in SPOKEN and one.comment.strip()
    ]


def added(ground: Ground, parts: dict[str, Part]) -> Part:
    """Approvals and history with the case before: its decision, its questions and answers, what changed since."""
    part, before = parts["approvals"], ground.case.follows
    if before is None:
        return part
    found, asked = changes(ground, parts), _asked(before)
    last = verdict_on(before)
    day = f" on {on(last.at)}" if last else ""
    text = f"It follows {before.number}, {before.status.value}{day}. {_since(ground, found, before)}"
    questions = sum(1 for one in before.decisions if one.decision == CaseVerdict.QUESTION)
    text += f" {counted(questions, 'question')} on it and the answers stand in this section." if questions else ""
    return replace(
        part,
        text=f"{part.text} {text}",
        evidence=(_decided(before), *asked, *part.evidence),
        changes=found,
    )

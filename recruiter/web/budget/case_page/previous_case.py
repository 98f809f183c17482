"""The case that one follows, for whoever writes or decides on it: how it ended, what was asked, what is new since."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from recruiter.budget.evidence.sections import previous_case
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus
from recruiter.documents.layout.section_view import Table, changes_of
from recruiter.documents.model import CaseDocument

ENDED = {CaseStatus.REFUSED: "refused", CaseStatus.APPROVED: "approved, and the terms have changed since"}


@dataclass(frozen=True)
class Before:
    """The case before: its number and page, how it ended and in which words, its questions and answers, what is new."""

    number: str
    href: str
    ended: str
    last: CaseDecision | None
    spoken: list[CaseDecision]
    changes: Table | None


def before_of(case: BudgetCase, document: CaseDocument) -> Before | None:
    """The case that this one follows, None where it follows none."""
    one = case.follows
    if one is None:
        return None
    section = next((part for part in document.sections if part.changes), None)
    return Before(
        one.number,
        url_for("budget.show", case_id=one.id),
        ENDED.get(one.status, one.status.value),
        previous_case.verdict_on(one),
        [said for said in one.decisions if said.decision in previous_case.SPOKEN],
        next(iter(changes_of(section, one.number)), None) if section else None,
    )

"""The case that one follows, for whoever writes or decides on it: how it ended, what was asked, what is new since."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from recruiter.budget.evidence.sections import previous_case
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus
from recruiter.documents.layout.section_view import Table, changes_of
from recruiter.documents.model import CaseDocument
from recruiter.web.budget.case_page import labels

ENDED = {CaseStatus.REFUSED: "refused", CaseStatus.APPROVED: "approved, and the terms have changed since"}


@dataclass(frozen=True)
class PreviousCase:
    """The case before: its number and page, how it ended and in which words, its questions and answers, what is new."""

    number: str
    href: str
    ended: str
    last: CaseDecision | None
    questions: list[tuple[str, CaseDecision]]
    changes: Table | None


def previous_case_of(case: BudgetCase, document: CaseDocument) -> PreviousCase | None:
    """The case that this one follows, None where it follows none."""
    previous = case.follows
    if previous is None:
        return None
    section = next((part for part in document.sections if part.changes), None)
    return PreviousCase(
        previous.number,
        url_for("budget.show", case_id=previous.id),
        ENDED.get(previous.status, previous.status.value),
        previous.final_decision,
        labels.labelled([word for word in previous.decisions if word.decision in previous_case.QUESTION_VERBS]),
        next(iter(changes_of(section, previous.number)), None) if section else None,
    )

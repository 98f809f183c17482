"""What states, answers and verdicts of a case are called on pages, with their tone and icon."""

from __future__ import annotations

from typing import NamedTuple

from recruiter.budget.models import CaseDecision, CaseStatus, CaseVerdict, Choice, Endorsement


class Badge(NamedTuple):
    """A state in a word or two, with its tone and icon."""

    label: str
    tone: str = ""
    icon: str = ""


STATES = {
    CaseStatus.DRAFT: Badge("Draft"),
    CaseStatus.SUBMITTED: Badge("Waits for a decision", "due", "clock"),
    CaseStatus.CHANGES_REQUESTED: Badge("Changes requested", "due", "clock"),
    CaseStatus.APPROVED: Badge("Approved", "ok", "check"),
    CaseStatus.REFUSED: Badge("Refused", "late"),
    CaseStatus.WITHDRAWN: Badge("Withdrawn"),
}
ANSWERS = {
    Choice.YES: Badge("Would use this skill", "ok"),
    Choice.NO: Badge("Would not", "late"),
    Choice.PERHAPS: Badge("Perhaps"),
    Choice.DECLINED: Badge("Prefers not to answer"),
}
SILENT = Badge("Silent", "due", "clock")
VERDICTS = {verdict: verdict.phrase.capitalize() for verdict in CaseVerdict} | {
    CaseVerdict.QUESTION: "Asks",
    CaseVerdict.ANSWER: "Answers",
}


def answered(endorsement: Endorsement) -> Badge:
    """What a colleague of another team says, or that they have not answered."""
    return ANSWERS[endorsement.choice] if endorsement.answered_at and endorsement.choice else SILENT


def labelled(decisions: list[CaseDecision]) -> list[tuple[str, CaseDecision]]:
    """What was decided, asked and answered on a case, each with what it is called."""
    return [(VERDICTS[decision.decision], decision) for decision in decisions]

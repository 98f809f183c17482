"""The checklist of readiness: what a finalist answered, each with the day on which it was asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.keepwarm.models.records import Readiness
from recruiter.web.request import guard
from recruiter.web.text.filters import day

INTERESTED, WITHIN_BAND, REFERENCES = "Still interested", "Expects pay within the band", "References"
APPROVALS = {None: "Not known before pay was talked of", True: "The normal approval", False: "A budget case"}


@dataclass(frozen=True)
class Check:
    """One entry of the checklist."""

    label: str
    text: str
    tone: str


def _answer(label: str, *, answer: bool | None, on: dt.date | None, no_tone: str) -> Check:
    if answer is None:
        return Check(label, "Not asked yet", "due")
    asked_on = f", asked {day(on, guard.today())}" if on else ""
    return Check(label, ("Yes" if answer else "No") + asked_on, "ok" if answer else no_tone)


def checklist(answers: Readiness | None, *, concerns: int, lit: bool) -> list[Check]:
    """The checklist with so many open concerns; where lights are shown, without what they say already."""
    today, ready = guard.today(), answers or Readiness()
    from_, done = ready.available_from, ready.references_done_on
    checks = [
        _answer(INTERESTED, answer=ready.interested, on=ready.interested_asked_on, no_tone="late"),
        Check("Available from", day(from_, today) if from_ else "Not asked yet", "ok" if from_ else "due"),
        _answer(WITHIN_BAND, answer=ready.expectation_within_band, on=ready.expectation_asked_on, no_tone="due"),
        Check(REFERENCES, f"Done {day(done, today)}" if done else "Not done yet", "ok" if done else "due"),
        Check("Concerns", f"{concerns} open" if concerns else "None open", "due" if concerns else "ok"),
        Check("Approvals needed", APPROVALS[ready.expectation_within_band], ""),
    ]
    return [check for check in checks if not lit or check.label not in {INTERESTED, WITHIN_BAND, REFERENCES}]

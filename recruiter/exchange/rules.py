"""What an import counts, whom a rater becomes, and how a past candidate's way ended."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable

from recruiter.accounts.rules import IMPORTED
from recruiter.foundation import text
from recruiter.foundation.calendar import local_day
from recruiter.learning.history.csv_table import Problem
from recruiter.pipeline.models import ApplicationStatus, EndedBy
from recruiter.requisitions.models import StageKind

HISTORY = "history"
FORMATS = (HISTORY,)
KINDS = (
    "requisitions",
    "candidates",
    "applications",
    "stage_changes",
    "interviews",
    "scorecards",
    "offers",
    "decisions",
)
FATES = ("created", "matched", "skipped", "refused")
KEY_PREFIX = "HIS"
LONGEST = 500
LONGEST_SLUG = 60
USUAL_GRADES = (0.0, 1.0, 2.0, 3.0)  # no further, final stage, a later offer, the first offer
SCALE_SEEN = "The file names no scale. The card carries the range that was seen in it."
KEEPER = f"history{IMPORTED}"
UNNUMBERED_DAY = dt.date(2000, 1, 1)  # slates that carry only a number get consecutive days from here, in their order
DECIDED_AT = dt.time(18, tzinfo=dt.UTC)
RATED_AT = dt.time(12, tzinfo=dt.UTC)
UNDATED = dt.timedelta(hours=1)  # a card without a date counts as sent this long before its decision
REASON = "As imported"

Counts = dict[str, dict[str, int]]


def imported_day(instant: dt.datetime) -> dt.date:
    """The day that the file gave: instants of imported rows stand at fixed times in UTC, wherever the company is."""
    return local_day(instant, dt.UTC)


def rater_address(rater: str) -> str:
    """The address that stands for a rater of imported decisions; the same rater has the same in every import."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.folded(rater)).strip("-")[:LONGEST_SLUG]
    if slug != rater:
        slug = f"{slug or 'rater'}-{hashlib.sha256(rater.encode()).hexdigest()[:10]}"
    return f"rater.{slug}{IMPORTED}"


def ending(outcome: str) -> tuple[ApplicationStatus, EndedBy | None]:
    """Where an application stands after its slate was decided, and who ended it."""
    outcome_key = text.folded(outcome)
    if outcome_key == "hired":
        return ApplicationStatus.HIRED, None
    if outcome_key in {"withdrawn", "declined", "reneged"}:
        return ApplicationStatus.WITHDRAWN, EndedBy.CANDIDATE
    return ApplicationStatus.REJECTED, EndedBy.COMPANY


def stage_kind(*, grade: float, outcome: str, usual_grades: bool) -> StageKind:
    """The furthest stage that outcome and grade tell of; grades speak only where they are the usual 0 to 3."""
    outcome_key = text.folded(outcome)
    if outcome_key == "hired":
        return StageKind.HIRED
    if outcome_key in {"declined", "reneged"} or (usual_grades and grade >= 2):  # noqa: PLR2004  # 2 and 3 are offers
        return StageKind.OFFER
    return StageKind.FINAL if usual_grades and grade >= 1 else StageKind.INTERVIEW


def is_note(problem: Problem) -> bool:
    """Whether a problem tells of a column that was left out, and not of a bad row."""
    return problem.why.endswith("ignored")


def refused_counts(problems: Iterable[Problem]) -> Counts:
    """The counts before anything is looked at: bad rows alone, under the kinds that would have been made of them."""
    counts = {kind: dict.fromkeys(FATES, 0) for kind in KINDS}
    kinds = {"decisions.csv": ("candidates", "applications"), "ratings.csv": ("scorecards",)}
    for file, _ in {(problem.file, problem.line) for problem in problems}:  # one row counts once
        for kind in kinds.get(file, ()):
            counts[kind]["refused"] += 1
    return counts

"""What a backtest cannot tell, said of the very history it ran on."""

from __future__ import annotations

import numpy as np

from recruiter.learning.backtest.backtest_result import slates_text
from recruiter.learning.history.candidate_table import CandidateTable
from recruiter.learning.types import PARTLY_LEARNT

FEW_TO_JUDGE = 30  # as many as drift is judged on
HIRING_GRADES = (0.0, 1.0, 2.0, 3.0)  # earlier end, other finalist, later offer, first offer
UNKNOWN = (
    "It asks whether past choices were foreseen, not whether they were right: nothing is known of how those who were "
    "not chosen would have done."
)


def limits_of(table: CandidateTable, n_pool: int, usable: int, *, groups: int) -> list[str]:
    """Sentences on what stands between these figures and the next decision; `groups` counts unlinked rater groups."""
    n_test = len(table.slates) - n_pool
    limits = [UNKNOWN]
    if not np.isin(table.grade, HIRING_GRADES).all():
        limits.append(
            "The grades are not the steps of a hiring process (0 to 3), so these are no interviews with offers; slates "
            "may have been cut from larger pools."
        )
    if not len(table.ratings):
        limits.append("There are no scorecards here, only figures: nothing is learnt of interviewers.")
    if n_pool < PARTLY_LEARNT:
        limits.append(
            f"Only {slates_text(n_pool)} to learn from: below {PARTLY_LEARNT} the scorecard weights carry the order."
        )
    if n_test and usable < FEW_TO_JUDGE:
        limits.append(f"Only {slates_text(usable)} with a choice to judge by: the ranges are wide.")
    if usable < n_test:
        limits.append(
            f"{slates_text(n_test - usable)} of the later ones held one candidate or one grade: foreseen, not counted."
        )
    if groups > 1:
        limits.append(
            f"The interviewers fall into {groups} groups that never saw the same candidate: leniency can be compared "
            "within a group only."
        )
    return limits

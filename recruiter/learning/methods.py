"""What a backtest compares: the suggestion, what a person could do by hand, and what a machine might do better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recruiter.learning.candidate_table import OVERALL
from recruiter.learning.challengers import boosting, declared_index, forest, logistic, mean_overall
from recruiter.learning.stack import stack
from recruiter.learning.suggestion_method import suggestion

if TYPE_CHECKING:
    from recruiter.learning.forecasts import Method, Task


def methods_for(task: Task) -> dict[str, Method]:
    """The methods that this history can feed; without overall ratings there is no plain mean to compare with."""
    chosen: dict[str, Method] = {"suggestion": suggestion}
    if OVERALL in task.table.attributes:
        chosen["mean_overall"] = mean_overall
    return chosen | {
        "declared_index": declared_index,
        "logistic": logistic,
        "forest": forest,
        "boosting": boosting,
        "stack": stack,
    }

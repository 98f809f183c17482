"""What a backtest compares: the suggestion, what a person could do by hand, and what a machine might do better."""

from __future__ import annotations

from recruiter.learning.backtest.challengers import boosting, declared_index, forest, logistic, mean_overall
from recruiter.learning.backtest.forecasts import Method, Task
from recruiter.learning.backtest.stacked_model import stack
from recruiter.learning.backtest.suggestion_method import suggestion
from recruiter.learning.types import OVERALL


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

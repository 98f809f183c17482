"""What a backtest compares: the suggestion, what a person could do by hand, and what a machine might do better."""

from __future__ import annotations

from recruiter.learning.backtest.challengers import boosting, declared_index, forest, logistic, mean_overall
from recruiter.learning.backtest.forecasts import Method, Task
from recruiter.learning.backtest.stacked_model import stack
from recruiter.learning.backtest.suggestion_method import suggestion
from recruiter.learning.types import OVERALL

METHODS: tuple[Method, ...] = (suggestion, mean_overall, declared_index, logistic, forest, boosting, stack)


def methods_for(task: Task) -> dict[str, Method]:
    """The methods that this history can feed; without overall ratings there is no plain mean to compare with."""
    rated = OVERALL in task.table.attributes
    return {method.__name__: method for method in METHODS if rated or method is not mean_overall}

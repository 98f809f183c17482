# ruff: noqa: N803, N806 - X is what mathematics calls it
import numpy as np
import pytest

from recruiter.learning.arrays import text_array
from recruiter.learning.backtest.backtest import run_backtest
from recruiter.learning.history.history_tables import Decisions, Features, History
from recruiter.learning.rating_table import RatingTable

COLUMNS = 4


def made(reward, seed=3, slates=110):
    """A history of features alone, decided by `reward` with chance."""
    rng = np.random.default_rng(seed)
    decided, figures = [], []
    for number in range(slates):
        X = rng.normal(size=(6, COLUMNS))
        order = np.argsort(-(reward(X) + rng.gumbel(size=6)))
        for place, i in enumerate(order):
            decided.append((f"s{number:03d}", f"c{i}", float(number), float(6 - place)))
        figures += [(f"s{number:03d}", f"c{i}", f"f{k}", float(X[i, k])) for i in range(6) for k in range(COLUMNS)]
    blank = text_array(["" for _ in decided])
    decisions = Decisions(
        text_array([row[0] for row in decided]), text_array([row[1] for row in decided]), blank,
        np.array([row[2] for row in decided]), np.array([row[3] for row in decided]), blank, blank,
    )  # fmt: skip
    features = Features(*(text_array([row[k] for row in figures]) for k in range(3)), np.array([f[3] for f in figures]))
    return History("made", decisions, RatingTable.of([]), features, {f"f{k}": 1.0 for k in range(COLUMNS)})


def skills(history, sizes=("all",)):
    backtest = run_backtest(history, train_sizes=sizes, draws=1)
    return {(result.method, result.train_size): result.skill for result in backtest.results}


def test_it_wins_where_attributes_count_only_together():
    skill_by_size = skills(
        made(lambda X: 4.0 * ((X[:, 0] > 0) & (X[:, 1] > 0)) - 2.0 * ((X[:, 0] > 0) ^ (X[:, 1] > 0)))
    )
    assert skill_by_size["stack", "all"] > skill_by_size["suggestion", "all"] + 0.02


@pytest.mark.parametrize("seed", [3, 4])
def test_it_stays_out_where_there_is_nothing_to_win(seed):
    skill_by_size = skills(made(lambda X: X @ [1.5, 1.0, 0.5, 0.0], seed=seed))
    assert skill_by_size["stack", "all"] > skill_by_size["suggestion", "all"] - 0.015


def test_with_few_slates_it_is_the_suggestion():
    skill_by_size = skills(made(lambda X: X @ [1.0, 1.0, 0.0, 0.0], slates=30), sizes=(0, 10))
    assert skill_by_size["stack", 0] == skill_by_size["suggestion", 0]
    assert skill_by_size["stack", 10] == skill_by_size["suggestion", 10]


def test_its_forecasts_are_kept_where_they_are_asked_for():
    history = made(lambda X: 4.0 * ((X[:, 0] > 0) & (X[:, 1] > 0)), slates=60)
    ours = run_backtest(history, train_sizes=("all",), draws=1)
    other = run_backtest(history, train_sizes=("all",), draws=1, reported_method="stack")
    assert ours.as_dict() == other.as_dict()
    probabilities = [[prediction.probability for prediction in backtest.predictions] for backtest in (ours, other)]
    assert len(probabilities[0]) == len(probabilities[1])
    assert probabilities[0] != probabilities[1]

# ruff: noqa: N803, N806 - X is what mathematics calls it
import numpy as np
import pytest

from recruiter.learning.arrays import text_array
from recruiter.learning.backtest.backtest import run_backtest
from recruiter.learning.history.history_folder import Decisions, Features, History, make_ratings

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
        text_array([one[0] for one in decided]), text_array([one[1] for one in decided]), blank,
        np.array([one[2] for one in decided]), np.array([one[3] for one in decided]), blank, blank,
    )  # fmt: skip
    features = Features(*(text_array([one[k] for one in figures]) for k in range(3)), np.array([f[3] for f in figures]))
    return History("made", decisions, make_ratings([], []), features, {f"f{k}": 1.0 for k in range(COLUMNS)})


def skills(history, sizes=("all",)):
    found = run_backtest(history, train_sizes=sizes, draws=1)
    return {(one.method, one.train_size): one.skill for one in found.results}


def test_it_wins_where_attributes_count_only_together():
    found = skills(made(lambda X: 4.0 * ((X[:, 0] > 0) & (X[:, 1] > 0)) - 2.0 * ((X[:, 0] > 0) ^ (X[:, 1] > 0))))
    assert found["stack", "all"] > found["suggestion", "all"] + 0.02


@pytest.mark.parametrize("seed", [3, 4])
def test_it_stays_out_where_there_is_nothing_to_win(seed):
    found = skills(made(lambda X: X @ [1.5, 1.0, 0.5, 0.0], seed=seed))
    assert found["stack", "all"] > found["suggestion", "all"] - 0.015


def test_with_few_slates_it_is_the_suggestion():
    found = skills(made(lambda X: X @ [1.0, 1.0, 0.0, 0.0], slates=30), sizes=(0, 10))
    assert found["stack", 0] == found["suggestion", 0]
    assert found["stack", 10] == found["suggestion", 10]


def test_its_forecasts_are_kept_where_they_are_asked_for():
    history = made(lambda X: 4.0 * ((X[:, 0] > 0) & (X[:, 1] > 0)), slates=60)
    ours = run_backtest(history, train_sizes=("all",), draws=1)
    other = run_backtest(history, train_sizes=("all",), draws=1, kept="stack")
    assert ours.as_dict() == other.as_dict()
    said = [[one.probability for one in found.predictions] for found in (ours, other)]
    assert len(said[0]) == len(said[1])
    assert said[0] != said[1]

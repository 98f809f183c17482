import json

import numpy as np
import pytest

from recruiter.learning.arrays import text_array
from recruiter.learning.backtest.backtest import run_backtest, sizes_in
from recruiter.learning.backtest.text_report import as_text, write_predictions
from recruiter.learning.history.history_tables import Decisions, Features, History
from recruiter.learning.rating_table import RatingTable


@pytest.fixture(scope="module")
def backtest(skating):
    return run_backtest(skating, train_sizes=(0, 20, "all"), draws=2)


def figure(backtest, method, size):
    return next(r for r in backtest.results if (r.method, r.train_size) == (method, size))


@pytest.mark.parametrize(("size", "bar"), [(0, 0.355), (20, 0.380), ("all", 0.385)])
def test_the_bars_on_skating_are_met(backtest, size, bar):
    ours = figure(backtest, "suggestion", size)
    assert ours.skill >= bar - 0.001
    assert ours.skill >= figure(backtest, "mean_overall", size).skill - 0.02
    assert ours.skill >= figure(backtest, "declared_index", size).skill - 0.02


def test_probabilities_at_all_are_calibrated(backtest):
    ours = figure(backtest, "suggestion", "all")
    assert ours.ece <= 0.06
    assert ours.auc >= 0.805


def test_the_json_has_its_shape(backtest):
    shape = json.loads(json.dumps(backtest.as_dict()))
    assert list(shape) == ["set", "slates", "pool", "test", "results", "leniency", "verdict", "problems"]
    assert (shape["set"], shape["slates"], shape["pool"], shape["test"]) == ("skating", 141, 85, 56)
    assert {r["method"] for r in shape["results"]} >= {
        "suggestion",
        "mean_overall",
        "declared_index",
        "logistic",
        "forest",
    }
    assert set(shape["results"][0]) == {
        "method",
        "train_size",
        "draws",
        "skill",
        "top1",
        "auc",
        "ndcg",
        "ece",
        "skill_range",
    }
    assert len(shape["leniency"]) > 100
    assert "skill" in shape["verdict"]


def test_predictions_sum_to_one_and_cover_every_test_item(backtest, tmp_path):
    totals = {}
    for p in backtest.predictions:
        totals.setdefault((p.train_size, p.draw, p.slate), []).append(p)
    assert all(abs(sum(p.probability for p in rows) - 1) < 1e-6 for rows in totals.values())
    assert all(1 <= p.rank_low <= p.rank_high <= len(rows) for rows in totals.values() for p in rows)
    assert len({slate for _, _, slate in totals}) == 56
    write_predictions(tmp_path / "p.csv", backtest.predictions)
    lines = (tmp_path / "p.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "train_size,draw,slate,item,score,probability,rank_low,rank_high"
    assert float(lines[1].split(",")[5]) == backtest.predictions[0].probability


def test_the_order_of_rows_means_nothing(skating):
    rng = np.random.default_rng(3)

    def shuffled(part, n):
        order = rng.permutation(n)
        return type(part)(*(getattr(part, name)[order] for name in part.__slots__))

    other = History(
        skating.name,
        shuffled(skating.decisions, len(skating.decisions.slate)),
        shuffled(skating.ratings, len(skating.ratings)),
        shuffled(skating.features, len(skating.features.value)),
        {},
    )
    first, second = (run_backtest(h, train_sizes=(20,), draws=1) for h in (skating, other))
    assert [(p.slate, p.item) for p in first.predictions] == [(p.slate, p.item) for p in second.predictions]
    a, b = (np.array([[p.score, p.probability, p.rank_low] for p in x.predictions]) for x in (first, second))
    assert a == pytest.approx(b, abs=1e-9)


def test_the_report_tells_table_curve_and_verdict(backtest):
    text = as_text(backtest)
    assert "mean_overall" in text
    assert "####" in text
    assert backtest.verdict in text


def test_train_sizes_at_or_above_the_pool_are_all():
    assert sizes_in((0, 5, 85, 100, "all"), 85) == [0, 5, "all"]
    assert sizes_in((0, "all"), 0) == [0, "all"]


def test_odd_folders_get_an_answer():
    names = [text_array(column) for column in (["s", "t", "t"], ["a", "a", "b"], ["1", "2", "2"])]
    blank, none = text_array([""] * 3), text_array([])
    decided = Decisions(*names, np.array([1.0, 2.0, 2.0]), np.array([1.0, 1.0, 1.0]), blank, blank)
    history = History("odd", decided, RatingTable.of([]), Features(none, none, none, np.zeros(0)), {})
    backtest = run_backtest(history)
    assert "nothing can be said" in backtest.verdict
    assert sum(p.probability for p in backtest.predictions if p.train_size == 0) == pytest.approx(1)


def test_senseless_options_are_refused(skating):
    for wrong in ({"split": 1.5}, {"draws": 0}, {"train_sizes": (-1,)}):
        with pytest.raises(ValueError, match=r"must|start"):
            run_backtest(skating, **wrong)

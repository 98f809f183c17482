"""What a backtest promises, sentence by sentence: what is sorted, split, drawn, seen, predicted and counted."""

import csv
import math
from dataclasses import replace

import numpy as np
import pytest

from recruiter.learning.backtest import backtest as module
from recruiter.learning.backtest.backtest import check_options, run_backtest, sizes_in
from recruiter.learning.backtest.forecasts import Forecast, Task
from recruiter.learning.backtest.methods import methods_for
from recruiter.learning.backtest.text_report import write_predictions
from recruiter.learning.evaluation.metrics import calibration_error
from recruiter.learning.history.candidate_table import build_table, declared_vector
from recruiter.learning.history.history_folder import read_history
from tests.learning.histories import DECISIONS, FEATURES, RATINGS, folder, plain, rows_of, table


@pytest.fixture
def history(tmp_path):
    return read_history(plain(tmp_path / "h", 40))


@pytest.fixture
def seen(monkeypatch):
    """Every task that a backtest sets, with a suggestion that says nothing."""
    tasks = []

    def silent(task):
        tasks.append(task)
        code = task.table.code[task.test]
        return {"suggestion": lambda _: Forecast(np.zeros(len(code)), 1.0 / np.bincount(code)[code])}

    monkeypatch.setattr(module, "methods_for", silent)
    return tasks


def slates_of(task, rows):
    return {task.table.slates[code] for code in task.table.code[rows]}


def written(place, **files):
    return read_history(folder(place, **files))


# Slates, their order and the split


@pytest.mark.parametrize(
    ("n_slates", "split", "pool"), [(5, 0.5, 2), (7, 0.5, 4), (15, 0.5, 8), (25, 0.5, 12), (9, 0.6, 5)]
)
def test_the_pool_is_the_rounded_share_as_python_rounds(seen, tmp_path, n_slates, split, pool):
    outcome = run_backtest(read_history(plain(tmp_path / "h", n_slates)), split=split)
    assert (outcome.pool, outcome.test) == (pool, n_slates - pool)


@pytest.mark.parametrize(
    "moments",
    [
        ["2024-01-31", "2024-02-01", "2023-12-31", "2024-02-29", "2024-10-01"],
        ["10", "11", "9.5", "200", "1000"],
        ["-1", "0", "-10", "1e2", "1e3"],
        ["2024-01-31T09:00", "2024-02-01T08:00:00+02:00", "2023-12-31 10:00", "2024-02-29", "20241001"],
    ],
)
def test_slates_are_sorted_by_date_or_number_and_not_as_text(tmp_path, moments):
    rows = [[name, item, moment, "1"] for name, moment in zip("bcade", moments, strict=True) for item in "xy"]
    assert build_table(written(tmp_path / "h", decisions=table(DECISIONS, rows))).slates == ["a", "b", "c", "d", "e"]


def test_slates_of_one_moment_are_sorted_as_text(tmp_path):
    rows = [[name, item, "2024-05-05", "1"] for name in ("10", "9", "Z", "a", "é") for item in "xy"]
    assert build_table(written(tmp_path / "h", decisions=table(DECISIONS, rows))).slates == ["10", "9", "Z", "a", "é"]


def test_the_test_part_is_always_the_same_and_no_outcome_of_it_is_known(seen, history):
    outcome = run_backtest(history, draws=3)
    late = {f"s{k:03d}" for k in range(24, 40)}
    assert {prediction.slate for prediction in outcome.predictions} == late
    for task in seen:
        assert slates_of(task, task.test) == late
        assert not slates_of(task, task.train) & late
        assert not slates_of(task, task.cards) & late


# Train sizes and draws


def test_draws_are_random_and_one_for_none_and_all(seen, history):
    run_backtest(history, train_sizes=(0, 5, 10, "all"), draws=4)
    sizes = [task.n_train for task in seen]
    assert sizes == [0, *[5] * 4, *[10] * 4, 24]
    assert len({frozenset(slates_of(task, task.train)) for task in seen[1:5]}) == 4


def test_cards_of_twenty_pool_slates_or_more_may_be_seen(seen, history):
    run_backtest(history, train_sizes=(0, 5, 22, "all"), draws=1)
    assert [len(slates_of(task, task.cards)) for task in seen] == [20, 20, 22, 24]
    for task in seen:
        assert slates_of(task, task.train) <= slates_of(task, task.cards)


def test_a_small_pool_gives_all_its_cards(seen, tmp_path):
    run_backtest(read_history(plain(tmp_path / "h", 10)), train_sizes=(0, 5))
    assert [len(slates_of(task, task.cards)) for task in seen] == [6] * 6


def test_train_sizes_at_or_above_the_pool_are_all_and_each_stands_once():
    assert sizes_in((0, 5, 85, 100, "all"), 85) == [0, 5, "all"]
    assert sizes_in(("all", 20, 5, 20, 0), 85) == [0, 5, 20, "all"]
    assert sizes_in((84, 85, 86), 85) == [84, "all"]


def test_another_seed_draws_other_slates(seen, history):
    for seed in (0, 0, 1):
        run_backtest(history, train_sizes=(5,), draws=1, seed=seed)
    first, again, other = (slates_of(task, task.train) for task in seen)
    assert first == again != other


@pytest.mark.parametrize(
    "wrong",
    [{"split": math.nan}, {"split": 1.01}, {"draws": 0}, {"seed": -1}, {"train_sizes": ()}, {"train_sizes": (5, -1)}],
)
def test_options_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match=r"must|start"):
        check_options(**({"split": 0.6, "train_sizes": (0,), "draws": 1, "seed": 0} | wrong))


# What may change nothing


@pytest.fixture
def only_the_suggestion(monkeypatch):
    everything = module.methods_for
    monkeypatch.setattr(module, "methods_for", lambda task: {"suggestion": everything(task)["suggestion"]})


def told_by(history):
    outcome = run_backtest(history, train_sizes=(0, 10, "all"), draws=2)
    return {
        (p.train_size, p.draw, p.slate, p.item): (p.score, p.probability, p.rank_low, p.rank_high)
        for p in outcome.predictions
    }


@pytest.mark.usefixtures("only_the_suggestion")
def test_shuffled_rows_and_renamed_slates_raters_and_candidates_change_nothing(tmp_path):
    decided, rated = rows_of(40)
    before = told_by(written(tmp_path / "a", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    names = {f"c{k}": name for k, name in enumerate(("zoe", "adam", "mia", "ben"))}

    def renamed(row):
        rest = [f"judge {9 - int(row[2][1:])}", *row[3:]] if len(row) == 5 else row[2:]
        return [f"search-{int(row[0][1:]) + 500}", names[row[1]], *rest]

    rng = np.random.default_rng(5)
    other = [[renamed(rows[k]) for k in rng.permutation(len(rows))] for rows in (decided, rated)]
    after = told_by(written(tmp_path / "b", decisions=table(DECISIONS, other[0]), ratings=table(RATINGS, other[1])))
    for (size, draw, slate, item), figures in before.items():
        assert after[size, draw, f"search-{int(slate[1:]) + 500}", names[item]] == pytest.approx(figures, abs=1e-9)


@pytest.mark.usefixtures("only_the_suggestion")
def test_outcomes_beyond_the_training_slates_are_never_read(tmp_path):
    decided, rated = rows_of(40)
    before = told_by(written(tmp_path / "a", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    hidden = [[*row[:3], str(3 - int(row[3]))] if int(row[0][1:]) >= 24 else row for row in decided]
    assert told_by(written(tmp_path / "b", decisions=table(DECISIONS, hidden), ratings=table(RATINGS, rated))) == before
    none = [[*row[:3], str(3 - int(row[3]))] for row in decided]
    after = told_by(written(tmp_path / "c", decisions=table(DECISIONS, none), ratings=table(RATINGS, rated)))
    assert all(after[key] == before[key] for key in before if key[0] == 0)
    assert any(after[key] != before[key] for key in before if key[0] == "all")


@pytest.mark.usefixtures("only_the_suggestion")
@pytest.mark.parametrize("stretch", [lambda g: g * 1000 - 7, lambda g: g**3 / 8, math.exp])
def test_only_the_order_of_grades_counts(tmp_path, stretch):
    decided, rated = rows_of(40)
    before = told_by(written(tmp_path / "a", decisions=table(DECISIONS, decided), ratings=table(RATINGS, rated)))
    other = [[*row[:3], repr(stretch(float(row[3])))] for row in decided]
    after = told_by(written(tmp_path / "b", decisions=table(DECISIONS, other), ratings=table(RATINGS, rated)))
    assert all(after[key] == pytest.approx(figures, abs=1e-9) for key, figures in before.items())


# Declared weights


def weighed(tmp_path, weights):
    decided, rated = rows_of(24)
    sizes = [[row[0], row[1], "size", str(k % 7)] for k, row in enumerate(decided)]
    files = {"weights": weights} if weights else {}
    return written(
        tmp_path / "h",
        decisions=table(DECISIONS, decided),
        ratings=table(RATINGS, rated),
        features=table(FEATURES, sizes),
        **files,
    )


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (None, {"overall": 0.5, "craft": 0.25, "drive": 0.25, "size": 0.0}),
        ("name,weight\ncraft,2\nsize,-1.5\n", {"overall": 0.0, "craft": 2.0, "drive": 0.0, "size": -1.5}),
        ("name,weight\nkindness,1\n", {"overall": 0.5, "craft": 0.25, "drive": 0.25, "size": 0.0}),
    ],
)
def test_declared_weights_by_name_negative_too_and_their_default(tmp_path, weights, expected):
    history = weighed(tmp_path, weights)
    laid = build_table(history)
    assert dict(zip(laid.columns, declared_vector(laid, history.weights), strict=True)) == expected


def test_a_weight_applies_to_values_centred_in_the_slate_over_the_pooled_deviation(tmp_path):
    history = weighed(tmp_path, "name,weight\ncraft,2\nsize,-1.5\n")
    laid = build_table(history)
    pool, test = np.flatnonzero(laid.code < 14), np.flatnonzero(laid.code >= 14)
    task = Task(laid, history.weights, pool[:0], pool, test, 0)
    score = methods_for(task)["declared_index"](task).score
    want = np.zeros(len(laid.code))
    for weight, name in ((2.0, "craft"), (-1.5, "size")):
        value = laid.raw[:, laid.columns.index(name)]
        apart = np.concatenate([value[laid.code == k] - value[laid.code == k].mean() for k in range(24)])
        want += weight * apart / np.sqrt((apart[pool] ** 2).sum() / (len(pool) - 14))
    assert score == pytest.approx(want[test], abs=1e-9)


def test_without_outcomes_a_baseline_is_the_softmax_of_its_score_over_its_deviation(tmp_path):
    history = weighed(tmp_path, None)
    laid = build_table(history)
    pool, test = np.flatnonzero(laid.code < 14), np.flatnonzero(laid.code >= 14)
    task = Task(laid, {}, pool[:0], pool, test, 0)
    forecast = methods_for(task)["mean_overall"](task)
    value = laid.raw[:, laid.columns.index("overall")]
    apart = np.concatenate([value[laid.code == k] - value[laid.code == k].mean() for k in range(14)])
    sd = np.sqrt((apart**2).sum() / (len(pool) - 14))
    for k in range(14, 24):
        power = np.exp(value[laid.code == k] / sd)
        assert forecast.probability[laid.code[test] == k] == pytest.approx(power / power.sum(), abs=1e-9)


# Predictions and figures


@pytest.mark.usefixtures("only_the_suggestion")
def test_the_predictions_file_alone_gives_the_printed_figures(history, tmp_path):
    outcome = run_backtest(history, train_sizes=(0, 10, "all"), draws=3)
    write_predictions(tmp_path / "p.csv", outcome.predictions)
    rows = list(csv.DictReader((tmp_path / "p.csv").open(encoding="utf-8-sig")))
    grade = {
        (s, i): float(g)
        for s, i, g in zip(history.decisions.slate, history.decisions.item, history.decisions.grade, strict=True)
    }
    for result in (row for row in outcome.results if row.method == "suggestion"):
        own = [row for row in rows if row["train_size"] == str(result.train_size)]
        assert {int(row["draw"]) for row in own} == set(range(result.draws))
        losses, right, gaps = [], [], []
        for draw in range(result.draws):
            slates, forecasts, true = {}, [], []
            for row in own:
                if int(row["draw"]) == draw:
                    slates.setdefault(row["slate"], []).append(row)
            for name, members in slates.items():
                grades = [grade[name, row["item"]] for row in members]
                p = [float(row["probability"]) for row in members]
                t = [(g == max(grades)) / grades.count(max(grades)) for g in grades]
                assert sum(p) == pytest.approx(1, abs=1e-6)
                losses.append((-sum(b * math.log(a) for a, b in zip(p, t, strict=True)), math.log(len(p))))
                scores = [float(row["score"]) for row in members]
                right.append(grades[scores.index(max(scores))] == max(grades))
                forecasts, true = forecasts + p, true + t
                assert all(1 <= int(row["rank_low"]) <= int(row["rank_high"]) <= len(p) for row in members)
            gaps.append(calibration_error(np.array(forecasts), np.array(true)))
        assert result.skill == pytest.approx(1 - sum(a for a, _ in losses) / sum(b for _, b in losses), abs=1e-9)
        assert result.top1 == pytest.approx(np.mean(right), abs=1e-9)
        assert result.ece == pytest.approx(np.mean(gaps), abs=1e-9)
        assert result.skill_range[0] < result.skill < result.skill_range[1]


@pytest.mark.usefixtures("only_the_suggestion")
def test_predictions_keep_their_full_precision(history, tmp_path):
    outcome = run_backtest(history, train_sizes=(5,), draws=1)
    write_predictions(tmp_path / "p.csv", outcome.predictions)
    rows = list(csv.DictReader((tmp_path / "p.csv").open(encoding="utf-8-sig")))
    assert [float(row["score"]) for row in rows] == [p.score for p in outcome.predictions]
    assert [float(row["probability"]) for row in rows] == [p.probability for p in outcome.predictions]


@pytest.mark.usefixtures("only_the_suggestion")
def test_progress_names_each_draw(history):
    forecasts = []
    run_backtest(replace(history, name="x"), train_sizes=(0, 5), draws=2, progress=forecasts.append)
    assert forecasts == ["train size 0, draw 1 of 1", "train size 5, draw 1 of 2", "train size 5, draw 2 of 2"]

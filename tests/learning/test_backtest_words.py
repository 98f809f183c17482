"""The verdict, the limits and the table of a backtest in words."""

import pytest

from recruiter.learning.backtest.backtest_verdict import verdict_of
from recruiter.learning.backtest.text_report import as_text, curve_text, table_text
from tests.learning.results import made, result, scores


def verdict(ours, plain, *, size="all", n_slates=100, n_pool=60, scorecards=True, more=(), width=0.1, later=40):
    results = [
        result("suggestion", size, ours[0], width=width),
        result("declared_index", size, plain[0], width=width),
        *more,
    ]
    details = {"suggestion": scores(ours[1], later), "declared_index": scores(plain[1], later)}
    return verdict_of(results, details, n_slates=n_slates, n_pool=n_pool, scorecards=scorecards)


@pytest.mark.parametrize(
    ("ours", "plain", "starts"),
    [
        ((0.40, 0.8), (0.30, 1.0), "Better than your scorecard: 100 slates."),
        ((0.31, 0.99), (0.30, 1.0), "A little better than your scorecard: 100 slates."),
        ((0.30, 1.0), (0.30, 1.0), "No better than your scorecard yet: 100 slates."),
        ((0.20, 1.2), (0.30, 1.0), "Worse than your scorecard: 100 slates."),
        ((0.05, 1.3), (0.02, 1.35), "No signal: neither the suggestion nor your scorecard"),
    ],
)
def test_the_answer_comes_first(ours, plain, starts):
    sentence = verdict(ours, plain)
    assert sentence.startswith(starts)
    assert f"skill of {ours[0]:.2f}" in sentence
    assert f"against {plain[0]:.2f} for the declared weights" in sentence


def test_a_small_history_is_named_as_such():
    sentence = verdict((0.3, 1.0), (0.3, 1.0), n_slates=18, n_pool=11)
    assert sentence.startswith("No better than your scorecard yet: 18 slates.")
    assert "With fewer than 20 past slates the scorecard weights carry it." in sentence


@pytest.mark.parametrize("ours", [(0.9, 0.1), (0.3, 1.0), (-0.9, 2.0)])
def test_a_handful_of_later_slates_proves_nothing(ours):
    sentence = verdict(ours, (0.3, 1.0), n_slates=18, n_pool=11, later=7, more=(result("forest", "all", 0.95),))
    assert sentence.startswith("No better than your scorecard yet: 18 slates. On 7 later slates")
    assert "too few to tell more" in sentence
    assert "beaten" not in sentence


def test_the_largest_size_that_was_asked_for_is_judged():
    assert "having learnt from 20," in verdict((0.4, 0.8), (0.3, 1.0), size=20)


def test_a_better_challenger_is_named_and_a_slightly_better_one_is_not():
    more = (result("forest", "all", 0.5), result("logistic", "all", 0.41))
    sentence = verdict((0.4, 0.8), (0.3, 1.0), more=more)
    assert sentence.endswith("Here it was beaten by a random forest (0.50).")


def test_without_scorecards_nobody_speaks_of_them():
    assert verdict((0.4, 0.8), (0.2, 1.2), scorecards=False).startswith("Better than your declared weights")


def test_nothing_to_foresee_and_nothing_to_choose():
    assert verdict_of([], {}, n_slates=1, n_pool=1) == (
        "Too few decisions for a verdict: 1 slate, and none is left to foresee."
    )
    assert "nothing can be said" in verdict_of([], {}, n_slates=10, n_pool=6)


def test_the_table_groups_by_size_and_marks_the_best():
    lines = table_text([result("suggestion", 5, 0.1), result("forest", 5, 0.3), result("suggestion", "all", 0.2)])
    rows = [line for line in lines.splitlines() if "suggestion" in line or "forest" in line]
    assert [row.split()[0] for row in rows] == ["5", "forest", "all"]
    assert "0.300*" in rows[1]
    assert "0.100 " in rows[0]


def test_the_curve_sets_the_better_plain_method_beside_the_suggestion():
    rows = [result("suggestion", 0, 0.4), result("mean_overall", 0, 0.1), result("declared_index", 0, 0.2)]
    lines = curve_text(rows).splitlines()[2:]
    assert lines[0].count("#") == 40
    assert lines[1].count("-") == 20
    assert lines[1].endswith("0.200  the declared weights")
    below = curve_text([result("suggestion", 0, -0.4)]).splitlines()[2]
    assert (below.count("#"), below.endswith("-0.400")) == (0, True)


def test_long_lists_of_problems_are_cut():
    problem = {"file": "ratings.csv", "line": 7, "column": "", "why": "4 cells where the header has 5"}
    text = as_text(made(problems=[problem] * 25))
    assert text.count("ratings.csv, line 7: 4 cells") == 20
    assert "and 5 more; --json lists them all." in text

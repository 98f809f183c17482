"""The backtest as one page that loads nothing and runs nothing: verdict, plots, every figure, and the limits."""

from __future__ import annotations

import itertools
from pathlib import Path

from recruiter.documents.charts.calibration_chart import calibration_svg
from recruiter.documents.charts.learning_curve import curve_svg
from recruiter.documents.charts.leniency_chart import EACH_END, leniency_svg
from recruiter.documents.html_printer import environment
from recruiter.learning.backtest.backtest_result import Backtest, best_figure
from recruiter.learning.backtest.backtest_verdict import OURS, method_title
from recruiter.learning.backtest.text_report import head_text, problem_text

SHOWN_PROBLEMS = 200
COLUMNS = (("skill", "Skill", 3), ("top1", "Top 1", 2), ("auc", "AUC", 3), ("ndcg", "NDCG", 3), ("ece", "ECE", 3))


def write_page(path: Path | str, backtest: Backtest) -> None:
    """The page as one file."""
    Path(path).write_text(as_page(backtest), encoding="utf-8")


def as_page(backtest: Backtest) -> str:
    """The whole page with its style inside; the same backtest gives the same page to the last byte."""
    answer, _, detail = backtest.verdict.partition(". ")
    by_size = itertools.groupby(backtest.results, key=lambda result: result.train_size)
    last_size = backtest.results[-1].train_size if backtest.results else 0
    return (
        environment()
        .get_template("backtest.html")
        .render(
            backtest=backtest,
            summary=head_text(backtest),
            answer=answer.rstrip("."),
            detail=detail,
            curve=curve_svg(backtest.results, backtest.pool) if backtest.results else "",
            calibration=calibration_svg(backtest.calibration) if backtest.results else "",
            leniency=leniency_svg(backtest.leniency) if backtest.leniency else "",
            learnt=backtest.pool if last_size == "all" else last_size,
            each_end=EACH_END,
            columns=COLUMNS,
            groups=[(size, list(results)) for size, results in by_size],
            ours=OURS,
            best_figure=best_figure,
            method_title=method_title,
            problems=[problem_text(problem) for problem in backtest.problems[:SHOWN_PROBLEMS]],
            more=max(len(backtest.problems) - SHOWN_PROBLEMS, 0),
        )
    )

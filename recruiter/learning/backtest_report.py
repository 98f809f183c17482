"""The backtest told as text: a table of methods by train size, and the learning curve of the skill."""

from __future__ import annotations

import csv
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recruiter.learning.backtest import Backtest, MethodResult, Prediction

BAR = 40
PREDICTION_COLUMNS = ("train_size", "draw", "slate", "item", "score", "probability", "rank_low", "rank_high")


def as_text(backtest: Backtest) -> str:
    """Table, learning curve and verdict for a terminal; every figure is a mean over the test slates."""
    head = (
        f"{backtest.name}: {backtest.slates} past slates, {backtest.pool} to learn from, {backtest.test} later ones to "
        "foresee."
    )
    parts = [head, "", table_text(backtest.results), "", curve_text(backtest.results), "", backtest.verdict]
    if backtest.problems:
        parts += ["", f"{len(backtest.problems)} rows or columns were left out:"]
        parts += [
            f"  {problem['file']}, line {problem['line']}, {problem['column'] or 'row'}: {problem['why']}"
            for problem in backtest.problems[:20]
        ]
    return "\n".join(parts)


def table_text(results: Sequence[MethodResult]) -> str:
    """One line a method and train size, aligned."""
    lines = [
        f"{'method':<15} {'slates':>6} {'skill':>6} {'90 % range':>14} {'top1':>5} {'auc':>5} {'ndcg':>5} {'ece':>5}"
    ]
    for result in results:
        low, high = result.skill_range
        lines.append(
            f"{result.method:<15} {result.train_size!s:>6} {result.skill:>6.3f} {low:>6.2f} ..{high:>6.2f} "
            f"{result.top1:>5.2f} {result.auc:>5.3f} {result.ndcg:>5.3f} {result.ece:>5.3f}"
        )
    return "\n".join(lines)


def curve_text(results: Sequence[MethodResult]) -> str:
    """The suggestion's skill by train size as bars; 0 is guessing."""
    ours = [result for result in results if result.method == "suggestion"]
    top = max([result.skill for result in ours] + [1e-9])
    lines = ["Skill of the suggestion by number of past slates (0 is guessing)"]
    for result in ours:
        length = round(BAR * max(result.skill, 0.0) / top)
        lines.append(f"{result.train_size!s:>6} |{'#' * length:<{BAR}}| {result.skill:.3f}")
    return "\n".join(lines)


def write_predictions(path: Path | str, predictions: Sequence[Prediction]) -> None:
    """Every prediction as CSV in full precision."""
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(PREDICTION_COLUMNS)
        for prediction in predictions:
            writer.writerow([repr(cell) if isinstance(cell, float) else cell for cell in astuple(prediction)])

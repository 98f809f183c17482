"""The backtest told as text: a table of methods by train size, and the learning curve beside the best plain method."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

from recruiter.foundation.files import csvs
from recruiter.learning.backtest.backtest_result import Backtest, MethodResult, Prediction, best_figure, slates_text
from recruiter.learning.backtest.backtest_verdict import OURS, PLAIN, best_plain, method_title
from recruiter.learning.history.csv_table import ProblemRow

BAR = 40  # characters of the longest bar
SHOWN_PROBLEMS = 20  # lines; --json has all of them


def as_text(backtest: Backtest) -> str:
    """Verdict, table, learning curve, limits and problems for a terminal; every figure is a mean over test slates."""
    parts = [head_text(backtest), "", backtest.verdict]
    if backtest.results:
        parts += ["", table_text(backtest.results), "", curve_text(backtest.results)]
    parts += ["", "What this cannot tell", *(f"  {limit}" for limit in backtest.limits)]
    if backtest.problems:
        count = len(backtest.problems)
        parts += ["", f"{count} {'row or column was' if count == 1 else 'rows or columns were'} left out or noted"]
        parts += [f"  {problem_text(problem)}" for problem in backtest.problems[:SHOWN_PROBLEMS]]
        if count > SHOWN_PROBLEMS:
            parts.append(f"  and {count - SHOWN_PROBLEMS} more; --json lists them all.")
    return "\n".join(parts)


def head_text(backtest: Backtest) -> str:
    """What was looked at, in one sentence."""
    slates = slates_text(backtest.slates).replace(" ", " past ")
    return (
        f"{backtest.name}: {slates}, {backtest.pool} to learn from, {backtest.test} later to foresee"
        f" ({backtest.usable} with a choice)."
    )


def problem_text(problem: ProblemRow) -> str:
    """One problem as a line: file, line, column, why."""
    column = f", {problem['column']}" if problem["column"] else ""
    return f"{problem['file']}, line {problem['line']}{column}: {problem['why']}"


def table_text(results: Sequence[MethodResult]) -> str:
    """One block a train size, one line a method, the best figure of each column marked."""
    width = max(len(result.method) for result in results)
    head = f"{'slates':>6}  {'method':<{width}}  {'skill':>7}  {'90% range':>15}"
    lines = [f"{head}  {'top1':>6} {'auc':>7} {'ndcg':>7} {'ece':>7}"]
    for size, group in itertools.groupby(results, key=lambda result: result.train_size):
        block = list(group)
        for place, result in enumerate(block):
            low, high = result.skill_range
            lines.append(
                f"{size if not place else '':>6}  {result.method:<{width}}  {_marked(result, block, 'skill', 3)}"
                f"  {low:>6.2f} to {high:>5.2f}  {_marked(result, block, 'top1', 2)} {_marked(result, block, 'auc', 3)}"
                f" {_marked(result, block, 'ndcg', 3)} {_marked(result, block, 'ece', 3)}"
            )
        lines.append("")
    lines.append("* best at this number of past slates. skill, top1, auc, ndcg: more is better; ece: less is better.")
    return "\n".join(lines)


def _marked(result: MethodResult, block: list[MethodResult], name: str, digits: int) -> str:
    figure = getattr(result, name)
    return f"{figure:>{digits + 3}.{digits}f}{'*' if figure == best_figure(block, name) else ' '}"


def curve_text(results: Sequence[MethodResult]) -> str:
    """Skill of the suggestion and of the best plain method by train size as bars; 0 is guessing."""
    sizes = list(dict.fromkeys(result.train_size for result in results))
    ours = {result.train_size: result for result in results if result.method == OURS}
    top = max([result.skill for result in results if result.method in (OURS, *PLAIN)] + [1e-9])
    lines = [
        "Skill by number of past slates (0 is guessing)",
        f"{'':>6}  # the suggestion   - the better of the plain mean and the declared weights",
    ]
    for size in sizes:
        lines.append(_bar(str(size), "#", ours[size].skill, top))
        plain = best_plain(results, size)
        if plain is not None:
            lines.append(f"{_bar('', '-', plain.skill, top)}  {method_title(plain.method)}")
    return "\n".join(lines)


def _bar(label: str, mark: str, skill: float, top: float) -> str:
    length = round(BAR * max(skill, 0.0) / top)
    return f"{label:>6} |{mark * length:<{BAR}}| {skill:>6.3f}"


def write_predictions(path: Path | str, predictions: Sequence[Prediction]) -> None:
    """Every prediction as CSV in full precision."""
    header = [column.name for column in fields(Prediction)]
    lines = ([float(cell) if isinstance(cell, float) else cell for cell in astuple(made)] for made in predictions)
    csvs.write(Path(path), header, lines)

"""Every method at every size on history folders, and whether the suggestion reaches its bars.

    python -m tests.bench.open_sets FOLDER [FOLDER ...]

For each folder the skill of every method by train size, auc, top 1 and ece at all; then per size the suggestion less
the better of the plain mean and the declared index, which may be no lower than -.02 (-.03 at 5 and 10 slates), and ece
at all, which may be no higher than .06. Sets with bars of their own (see below) are checked too. Exit 1 on any bar missed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from recruiter.learning.backtest.backtest import run_backtest
from recruiter.learning.backtest.backtest_result import Backtest, MethodResult
from recruiter.learning.backtest.backtest_verdict import OURS, best_plain
from recruiter.learning.history.history_folder import read_history

SIZES = (0, 5, 10, 20, 50, "all")
SLACK = {5: 0.03, 10: 0.03}
ECE = 0.06
BARS = {  # skill by size, auc and top 1 at all, ece at all
    "skating": {0: 0.355, 20: 0.380, "all": 0.385, "auc": 0.810, "top1": 0.58},
    "mvp": {0: 0.095, 20: 0.10, "all": 0.175, "auc": 0.718, "top1": 0.46},
    "dragrace": {20: 0.0, "all": 0.0, "auc": 0.55, "ece": 0.05},
}


def figure(backtest: Backtest, method: str, size: int | str) -> MethodResult | None:
    """One method at one size, where it ran."""
    return next((result for result in backtest.results if (result.method, result.train_size) == (method, size)), None)


def table(outcome: Backtest) -> list[str]:
    """Skill of every method by size, the best of each size marked, and three figures at all."""
    methods = list(dict.fromkeys(result.method for result in outcome.results))
    sizes = list(dict.fromkeys(result.train_size for result in outcome.results))
    best = {size: max(result.skill for result in outcome.results if result.train_size == size) for size in sizes}
    lines = ["skill by size     " + "".join(f"{size!s:>9}" for size in sizes) + f"{'auc':>9}{'top1':>8}{'ece':>8}"]
    for method in methods:
        cells = ""
        for size in sizes:
            result = figure(outcome, method, size)
            cells += f"{result.skill:>8.3f}{'*' if result.skill == best[size] else ' '}" if result else f"{'-':>9}"
        last = figure(outcome, method, sizes[-1])
        lines.append(f"{method:<18}{cells}{last.auc:>9.3f}{last.top1:>8.2f}{last.ece:>8.3f}" if last else method)
    return lines


def judged(backtest: Backtest) -> tuple[list[str], list[str]]:
    """The rule by size as a line, and the bars missed."""
    missed, cells = [], []
    for size in dict.fromkeys(result.train_size for result in backtest.results):
        ours, plain = figure(backtest, OURS, size), best_plain(backtest.results, size)
        if ours is None or plain is None:
            continue
        gap = ours.skill - plain.skill
        cells.append(f"{gap:>+8.3f} ")
        if gap < -SLACK.get(size, 0.02):
            missed.append(f"{backtest.name}: at {size} the suggestion is {-gap:.3f} below {plain.method}")
        bar = BARS.get(backtest.name, {}).get(size)
        if bar is not None and ours.skill < bar - 0.0005:
            missed.append(f"{backtest.name}: at {size} the skill is {ours.skill:.3f}, the bar {bar:.3f}")
    at_all = figure(backtest, OURS, "all")
    if at_all is not None:
        bars = BARS.get(backtest.name, {})
        if at_all.ece > bars.get("ece", ECE):
            missed.append(
                f"{backtest.name}: ece at all is {at_all.ece:.3f}, at most {bars.get('ece', ECE):.2f} is asked"
            )
        missed += [
            f"{backtest.name}: {name} at all is {getattr(at_all, name):.3f}, the bar {bars[name]:.3f}"
            for name, slack in (("auc", 0.0005), ("top1", 0.005))
            if name in bars and getattr(at_all, name) < bars[name] - slack
        ]
    return ["less best plain   " + "".join(cells)], missed


def main(folders: list[str]) -> int:
    """Print table and rule for each folder; the bars missed come last."""
    if not folders:
        print(__doc__)
        return 2
    missed: list[str] = []
    for folder in folders:
        start = time.perf_counter()
        backtest = run_backtest(read_history(Path(folder)), train_sizes=SIZES)
        took = time.perf_counter() - start
        lines, own = judged(backtest)
        print(f"\n{backtest.name}: {backtest.slates} slates, {backtest.pool} + {backtest.test}; {took:.1f} s")
        print("\n".join([*table(backtest), *lines, backtest.verdict]))
        missed += own
    print("\n" + ("\n".join(f"missed: {line}" for line in missed) if missed else "Every bar is met."))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Selection and scoring rates by category, impact ratios, and the four-fifths screen."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from recruiter.learning.fairness.significance import fisher, z_score
from recruiter.learning.fairness.types import UNKNOWN, CategoryRow, Flip, RateTable, Step

Counts = tuple[int, int]  # assessed and selected
NOBODY: Counts = (0, 0)
SMALL_SHARE = 0.02  # of those with a known answer; a smaller category is listed and not rated
TOO_SMALL = "under 2% of those with a known answer: listed, not rated"
NOBODY_ANSWERED = "nobody of them has a known answer"
NOBODY_SELECTED = "nobody was selected, so there is no ratio"
ONE_CATEGORY = "only one category can be rated, so there is nothing to compare"


def above_median(scores: Mapping[str, float]) -> tuple[float | None, dict[str, bool]]:
    """The median of the full sample, and who lies strictly above it; a tie with the median is not above."""
    if not scores:
        return None, {}
    middle = float(statistics.median(scores.values()))
    return middle, {item: score > middle for item, score in scores.items()}


def counts_of(step: Step, answers: Mapping[str, str]) -> dict[str, Counts]:
    """Assessed and selected by category, with those who said nothing under `unknown`."""
    assessed = Counter(answers.get(item, UNKNOWN) for item in step.outcome)
    selected = Counter(answers.get(item, UNKNOWN) for item, happened in step.outcome.items() if happened)
    return {category: (count, selected[category]) for category, count in assessed.items()}


def rate_table(step: Step, counts: Mapping[str, Counts]) -> RateTable:
    """Rates and ratios of one step. Unknown is counted and never guessed; the highest rate is taken among rated ones."""
    known = {name: cell for name, cell in counts.items() if name != UNKNOWN and cell[0] > 0}
    denominator = sum(assessed for assessed, _ in known.values())
    rated = {name: cell for name, cell in known.items() if cell[0] >= SMALL_SHARE * denominator}
    best = min(rated.items(), key=_by_rate, default=("", NOBODY))[0]
    problem = ""
    if not known:
        problem = NOBODY_ANSWERED
    elif not any(selected for _, selected in rated.values()):
        problem = NOBODY_SELECTED
    elif len(rated) == 1:
        problem = ONE_CATEGORY
    rows = []
    for name, cell in sorted(known.items(), key=lambda entry: (entry[0] not in rated, *_by_rate(entry))):
        row = CategoryRow(name, *cell, cell[0] / denominator, _rate(cell), name in rated)
        if name not in rated:
            row = replace(row, note=TOO_SMALL)
        elif not problem:
            row = _compared(row, cell, rated[best], is_best=name == best)
        rows.append(row)
    return RateTable(
        step.name, step.title, step.of, step.kind, step.pair, denominator, counts.get(UNKNOWN, NOBODY)[0],
        None if problem else best, problem, tuple(rows), step.left_out, step.median,
    )  # fmt: skip


def _rate(cell: Counts) -> float:
    return cell[1] / cell[0]


def _by_rate(entry: tuple[str, Counts]) -> tuple[float, int, str]:
    """The highest rate first; of equals the largest category, then by name."""
    name, cell = entry
    return -_rate(cell), -cell[0], name


def _compared(row: CategoryRow, cell: Counts, best: Counts, *, is_best: bool) -> CategoryRow:
    """A rated category beside the one with the highest rate, which is not tested against itself."""
    flag = _is_flagged(cell, best)
    row = replace(row, ratio=_rate(cell) / _rate(best), flag=flag)
    if is_best:
        return row
    test = (cell[1], cell[0], best[1], best[0])
    return replace(row, fisher=fisher(*test), z=z_score(*test), flip=_flip(cell, best) if flag else None)


def _is_flagged(cell: Counts, best: Counts) -> bool:
    """Under four fifths, in whole numbers, so that exactly .8 is never a matter of rounding."""
    return 5 * cell[1] * best[0] < 4 * best[1] * cell[0]


def _flip(cell: Counts, best: Counts) -> Flip | None:
    if cell[1] >= cell[0] or best[1] <= 1:
        return None
    mine, theirs = (cell[0], cell[1] + 1), (best[0], best[1] - 1)
    return Flip(_rate(mine) / _rate(theirs), _is_flagged(mine, theirs))

"""Selection and scoring rates by category, impact ratios, and the four-fifths screen (TRUST 4.4)."""

from __future__ import annotations

import statistics
from collections.abc import Mapping

from recruiter.learning.fairness.significance import fisher, z_score
from recruiter.learning.fairness.types import UNKNOWN, CategoryRow, Flip, RateTable, Step

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


def counts_of(step: Step, answers: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Assessed and selected by category, with those who said nothing under `unknown`."""
    cells: dict[str, list[int]] = {}
    for item, happened in step.outcome.items():
        cell = cells.setdefault(answers.get(item, UNKNOWN), [0, 0])
        cell[0] += 1
        cell[1] += int(happened)
    return {category: (cell[0], cell[1]) for category, cell in cells.items()}


def rate_table(step: Step, counts: Mapping[str, tuple[int, int]]) -> RateTable:
    """Rates and ratios of one step. Unknown is counted and never guessed; the highest rate is taken among rated ones."""
    known = {name: cell for name, cell in counts.items() if name != UNKNOWN and cell[0] > 0}
    denominator = sum(assessed for assessed, _ in known.values())
    rated = {name: cell for name, cell in known.items() if cell[0] >= SMALL_SHARE * denominator}
    best = _best(rated)
    problem = ""
    if not known:
        problem = NOBODY_ANSWERED
    elif not any(selected for _, selected in rated.values()):
        problem = NOBODY_SELECTED
    elif len(rated) == 1:
        problem = ONE_CATEGORY
    rows = [
        _row(name, known[name], denominator, best=None if problem or name not in rated else (best, rated[best]), rated=name in rated)
        for name in sorted(known, key=lambda name: (name not in rated, -_rate(known[name]), -known[name][0], name))
    ]  # fmt: skip
    return RateTable(
        step.name, step.title, step.of, step.kind, step.pair, denominator, counts.get(UNKNOWN, (0, 0))[0],
        None if problem else best, problem, tuple(rows), step.left_out, step.median,
    )  # fmt: skip


def _rate(cell: tuple[int, int]) -> float:
    return cell[1] / cell[0]


def _best(rated: Mapping[str, tuple[int, int]]) -> str:
    """The category with the highest rate; of equals the largest, then by name."""
    return min(rated, key=lambda name: (-_rate(rated[name]), -rated[name][0], name), default="")


def _row(
    name: str, cell: tuple[int, int], denominator: int, *, best: tuple[str, tuple[int, int]] | None, rated: bool
) -> CategoryRow:
    assessed, selected = cell
    share, rate = assessed / denominator, _rate(cell)
    if best is None:
        return CategoryRow(name, assessed, selected, share, rate, rated, note="" if rated else TOO_SMALL)
    other_assessed, other_selected = best[1]
    ratio, flag = rate / _rate(best[1]), _is_flagged(cell, best[1])
    if name == best[0]:
        return CategoryRow(name, assessed, selected, share, rate, rated, ratio, flag)
    return CategoryRow(
        name, assessed, selected, share, rate, rated, ratio, flag,
        fisher(selected, assessed, other_selected, other_assessed),
        z_score(selected, assessed, other_selected, other_assessed),
        _flip(cell, best[1]) if flag else None,
    )  # fmt: skip


def _is_flagged(cell: tuple[int, int], best: tuple[int, int]) -> bool:
    """Under four fifths, in whole numbers, so that exactly .8 is never a matter of rounding."""
    return 5 * cell[1] * best[0] < 4 * best[1] * cell[0]


def _flip(cell: tuple[int, int], best: tuple[int, int]) -> Flip | None:
    if cell[1] >= cell[0] or best[1] <= 1:
        return None
    mine, theirs = (cell[0], cell[1] + 1), (best[0], best[1] - 1)
    return Flip(_rate(mine) / _rate(theirs), _is_flagged(mine, theirs))

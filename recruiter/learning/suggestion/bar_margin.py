"""How far above the bar: the degree of success against the declared bar and against past offers."""

from __future__ import annotations

import numpy as np

from recruiter.learning.arrays import FloatArray
from recruiter.learning.choice.rank_draws import share_ahead
from recruiter.learning.types import BarMargin, PastMargin

# RANKING section 2: "clearly above" at 95 of 100 draws, "probably above" from 75, "at the bar" from 25.
THRESHOLDS = ((0.95, "clearly_above"), (0.75, "probably_above"), (0.25, "at_bar"), (0.05, "probably_below"))
PAST_PERCENTILE = 20.0  # the level that four of five past offers reached


def verdict_of(share: float) -> str:
    """The words for a share of draws above a level."""
    return next((word for least, word in THRESHOLDS if share >= least), "clearly_below")


def against_bar(score: float, drawn: FloatArray, around: tuple[float, float], bar: float | None) -> BarMargin | None:
    """Points above the declared bar with range and verdict; None where no bar was declared."""
    if bar is None or not np.isfinite(bar):
        return None
    share = float(share_ahead(drawn - bar))
    return BarMargin(score - bar, verdict_of(share), share, (around[0] - bar, around[1] - bar))


def against_past(score: float, drawn: FloatArray, around: tuple[float, float], past: FloatArray) -> PastMargin | None:
    """Points above the 20th percentile of past offered candidates (sorted scores); None where there are none."""
    if not past.size:
        return None
    level = float(np.percentile(past, PAST_PERCENTILE))
    share = float(share_ahead(drawn - level))
    percentiles = [percentile_of(value, past) for value in (score, *around)]
    return PastMargin(
        score - level,
        percentiles[0],
        verdict_of(share),
        share,
        (around[0] - level, around[1] - level),
        (percentiles[1], percentiles[2]),
        int(past.size),
    )


def percentile_of(value: float, past: FloatArray) -> float:
    """Percentile of a value among sorted past ones, 0 to 100; equals count half."""
    below, upto = np.searchsorted(past, value, "left"), np.searchsorted(past, value, "right")
    return float(100.0 * (below + upto) / 2.0 / past.size)

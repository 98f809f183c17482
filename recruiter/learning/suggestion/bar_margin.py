"""How far above the bar: the degree of success against the declared bar and against past offers."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from recruiter.learning.arrays import FloatArray
from recruiter.learning.choice.rank_draws import share_ahead
from recruiter.learning.types import BarMargin, PastMargin

# "Clearly above" at 95 of 100 draws, "probably above" from 75, "at the bar" from 25.
THRESHOLDS = ((0.95, "clearly_above"), (0.75, "probably_above"), (0.25, "at_bar"), (0.05, "probably_below"))
PAST_PERCENTILE = 20.0  # the level that four of five past offers reached


def verdict_of(share: float) -> str:
    """The words for a share of draws above a level."""
    return next((word for least, word in THRESHOLDS if share >= least), "clearly_below")


def _margin(level: float, score: float, drawn: FloatArray, around: tuple[float, float]) -> BarMargin:
    """How far a score, its draws (draws,) and its 90 % range lie above a level, in points of the 1 to 5 scale."""
    share = float(share_ahead(drawn - level))
    return BarMargin(score - level, verdict_of(share), share, (around[0] - level, around[1] - level))


def against_bar(score: float, drawn: FloatArray, around: tuple[float, float], bar: float | None) -> BarMargin | None:
    """Points above the declared bar with range and verdict; None where no bar was declared."""
    return _margin(bar, score, drawn, around) if bar is not None and np.isfinite(bar) else None


def against_past(score: float, drawn: FloatArray, around: tuple[float, float], past: FloatArray) -> PastMargin | None:
    """Points above the 20th percentile of past offered candidates (sorted scores); None where there are none."""
    if not past.size:
        return None
    margin = _margin(float(np.percentile(past, PAST_PERCENTILE)), score, drawn, around)
    # Equals count half.
    below, upto = (np.searchsorted(past, (score, *around), side) for side in ("left", "right"))
    percentile, low, high = (100.0 * (below + upto) / 2.0 / past.size).tolist()
    return PastMargin(**asdict(margin), percentile=percentile, percentile_range=(low, high), n=int(past.size))

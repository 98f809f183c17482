"""Is a forecast of 40 in 100 right 40 times in 100? Forecasts in ten bins against what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray
from recruiter.learning.evaluation.metrics import choices_in, equal_bins, targets_of

ROUNDS = 1000  # redraws of the slates
MISSED = 0.05  # the ends of a 90 % range leave this much on either side


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Forecasts of about the same probability: mean of what was said, share that came with 90 % range, how many."""

    forecast: float
    outcome: float
    low: float
    high: float
    count: int


def calibration_bins(
    grade: FloatArray, probability: FloatArray, codes: IntArray, *, seed: int = 0
) -> list[CalibrationBin]:
    """Ten bins of equally many forecasts over all slates that held a choice; ranges by drawing the slates again.

    Rows may repeat a slate (several draws of the training slates); a slate is drawn with all its rows.
    """
    slates = choices_in(grade, codes)
    if not slates:
        return []
    forecasts = np.concatenate([probability[rows] for rows in slates])
    outcomes = np.concatenate([targets_of(grade[rows]) for rows in slates])
    slate_of_row = np.repeat(np.arange(len(slates)), [len(rows) for rows in slates])
    pick = np.random.default_rng([seed, 9]).integers(0, len(slates), (ROUNDS, len(slates)))
    times = np.stack([np.bincount(row, minlength=len(slates)) for row in pick]).astype(np.float64)
    bins = []
    for part in equal_bins(forecasts):
        hits = times @ np.bincount(slate_of_row[part], weights=outcomes[part], minlength=len(slates))
        totals = times @ np.bincount(slate_of_row[part], minlength=len(slates)).astype(np.float64)
        drawn = hits[totals > 0] / totals[totals > 0]
        low, high = np.percentile(drawn, [5, 95])
        share = float(outcomes[part].mean())
        if share in {0.0, 1.0}:  # drawing again what never came tells nothing: the largest share that would often miss
            rarest = 1.0 - MISSED ** (1.0 / len(part))
            low, high = (0.0, rarest) if share == 0.0 else (1.0 - rarest, 1.0)
        bins.append(CalibrationBin(float(forecasts[part].mean()), share, float(low), float(high), len(part)))
    return bins

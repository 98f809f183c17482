"""Could the difference between two rates be chance? Exact by Fisher, approximate by z, both two-sided."""

from __future__ import annotations

import math

import numpy as np

EXPECTED = 5.0  # each expected count must reach this before the normal approximation is told


def fisher(selected: int, assessed: int, other_selected: int, other_assessed: int) -> float:
    """Fisher's exact two-sided p for two groups, each selected out of assessed.

    >>> round(fisher(3, 10, 8, 10), 4)
    0.0698
    """
    from scipy.stats import fisher_exact  # loads slowly, and only an audit needs it

    table = [[selected, assessed - selected], [other_selected, other_assessed - other_selected]]
    return float(fisher_exact(table, alternative="two-sided").pvalue)


def z_score(selected: int, assessed: int, other_selected: int, other_assessed: int) -> float | None:
    """Difference of two rates in pooled standard errors; None where an expected count is under 5 or nothing varies."""
    total, chosen = assessed + other_assessed, selected + other_selected
    pooled = chosen / total if total else 0.0
    expected = [n * share for n in (assessed, other_assessed) for share in (pooled, 1.0 - pooled)]
    if min(expected) < EXPECTED:
        return None
    error = math.sqrt(pooled * (1.0 - pooled) * (1.0 / assessed + 1.0 / other_assessed))
    return (selected / assessed - other_selected / other_assessed) / error


def holm(values: list[float]) -> list[float]:
    """P values made larger for how many were looked at, step by step from the smallest.

    Notes:
        Holm (1979), A simple sequentially rejective multiple test procedure.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(values, kind="stable")
    adjusted = np.zeros(len(values))
    adjusted[order] = np.maximum.accumulate(np.array(values)[order] * np.arange(len(values), 0, -1)).clip(max=1.0)
    return adjusted.tolist()

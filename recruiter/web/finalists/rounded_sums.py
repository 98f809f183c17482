"""Rounded figures that still read as the sum that they are."""

from __future__ import annotations

import math
from collections.abc import Sequence


def round_to_total(points: Sequence[float], total: float) -> list[float]:
    """Points in hundredths that add up to the hundredths of their total: what reads as a sum is one.

    Each is rounded down, and those that lost most take what is missing (the method of the largest remainder).
    """
    exact = [point * 100 for point in points]
    floored = [math.floor(value) for value in exact]
    missing = round(total * 100) - sum(floored)
    order = sorted(range(len(exact)), key=lambda index: floored[index] - exact[index])
    for index in order[: max(missing, 0)]:
        floored[index] += 1
    return [value / 100 for value in floored]

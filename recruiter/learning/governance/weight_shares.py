"""Weights as points of 100, and how many of them lie elsewhere than before."""

from __future__ import annotations

from collections.abc import Mapping


def weight_shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights as points of 100 with their sign.

    >>> weight_shares({"overall": 3.0, "index": -1.0})
    {'overall': 75.0, 'index': -25.0}
    """
    total = sum(abs(value) for value in weights.values()) or 1.0
    return {name: 100.0 * value / total for name, value in weights.items()}


def points_moved(before: Mapping[str, float], after: Mapping[str, float]) -> float:
    """How many points of 100 of the weight lie elsewhere.

    >>> points_moved({"overall": 1.0, "index": 1.0}, {"overall": 3.0, "index": 1.0})
    25.0
    """
    earlier, later = weight_shares(before), weight_shares(after)
    return 0.5 * sum(abs(later.get(name, 0.0) - earlier.get(name, 0.0)) for name in dict.fromkeys([*earlier, *later]))

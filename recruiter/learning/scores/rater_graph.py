"""Which interviewers can be compared at all: those linked through candidates whom both have seen."""

from __future__ import annotations

from recruiter.learning.arrays import IntArray


def connected_raters(item: IntArray, rater: IntArray, n_raters: int, names: list[str]) -> list[list[str]]:
    """Connected components of the rater graph, largest first; leniency is comparable only within one.

    >>> import numpy as np
    >>> connected_raters(np.array([0, 0, 1]), np.array([0, 1, 2]), 3, ["ada", "kim", "lee"])
    [['ada', 'kim'], ['lee']]
    """
    parent = list(range(n_raters))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    first: dict[int, int] = {}
    for candidate, interviewer in set(zip(item.tolist(), rater.tolist(), strict=True)):
        other = first.setdefault(candidate, interviewer)
        a, b = root(other), root(interviewer)
        if a != b:
            parent[max(a, b)] = min(a, b)
    parts: dict[int, list[str]] = {}
    for node in range(n_raters):
        parts.setdefault(root(node), []).append(names[node])
    return sorted((sorted(part) for part in parts.values()), key=lambda part: (-len(part), part))

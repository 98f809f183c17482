"""Which interviewers can be compared at all: those linked through candidates whom both have seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from recruiter.learning.arrays import TextArray, codes_of


def connected_raters(pairs: Sequence[tuple[str, str]], raters: Sequence[str] | TextArray) -> list[list[str]]:
    """Connected components of the rater graph, largest first; leniency is comparable only within one.

    Args:
        pairs: (slate, item) of each rating.
        raters: who gave it.

    >>> connected_raters([("s", "a"), ("s", "a"), ("s", "b")], ["ada", "kim", "lee"])
    [['ada', 'kim'], ['lee']]
    """
    rater, names = codes_of(raters)
    number = {pair: place for place, pair in enumerate(dict.fromkeys(pairs), len(names))}
    if not number:
        return []
    candidate = np.array([number[pair] for pair in pairs])
    size = len(names) + len(number)
    graph = coo_array((np.ones(len(rater)), (rater, candidate)), shape=(size, size))
    components: dict[int, list[str]] = defaultdict(list)
    for name, label in zip(names, connected_components(graph, directed=False)[1].tolist(), strict=False):
        components[label].append(name)
    return sorted(components.values(), key=lambda part: (-len(part), part))

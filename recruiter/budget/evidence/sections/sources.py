"""Where everything comes from: each source once, with the number of claims that rest on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from recruiter.budget.evidence.types import Evidence, Ground, Part, counted, iso, on


def collect(ground: Ground, parts: Iterable[Part]) -> Part:
    """The sources of the other sections, in the order of their first claim."""
    found = Counter(claim.source for part in parts for claim in part.evidence)
    told = tuple(
        Evidence(f"{source}: {counted(number, 'claim')}.", source, at=iso(ground.now), count=number)
        for source, number in found.items()
    )
    text = f"{counted(sum(found.values()), 'claim')} from {counted(len(found), 'source')}, read on {on(ground.now)}."
    return Part(text, told, whole=True)

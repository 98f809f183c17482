"""Small plots of what interviewers gave: each a dot, stacked where equal, their mean a tick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LOW, TALL, STEP = 24.0, 20.0, 7.0  # pixels: the lowest dot, the room above it, the usual step


@dataclass(frozen=True)
class Dot:
    """One rating in a small plot: across in per cent, down in pixels."""

    x: str
    y: str


@dataclass(frozen=True)
class Cell:
    """What the interviewers gave one person on one attribute; `mean` is None where nobody rated."""

    mean: float | None
    label: str
    dots: list[Dot]
    tick: str
    lead: bool


def cell_of(marks: Sequence[float], *, top: float, lead: bool = False) -> Cell:
    """The plot of some marks on a scale from 1 to `top`."""

    def across(value: float) -> str:
        return f"{(value - 1) / (top - 1) * 100:.2f}%"

    if not marks:
        return Cell(None, "nobody rated", [], "", lead=False)
    stacks = Counter(marks)
    step = min(STEP, TALL / max(max(stacks.values()) - 1, 1))
    dots = [
        Dot(across(value), f"{LOW - step * place:.1f}") for value in sorted(stacks) for place in range(stacks[value])
    ]
    mean = sum(marks) / len(marks)
    return Cell(mean, "rated " + ", ".join(f"{value:g}" for value in sorted(marks)), dots, across(mean), lead=lead)

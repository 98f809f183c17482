"""The learning curve as a picture: skill of every method by number of past slates, each with its 90% range."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from recruiter.learning.backtest.backtest_verdict import OURS, named
from recruiter.learning.backtest.svg import element, line, picture, ticks_between, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recruiter.learning.backtest.backtest_result import MethodResult

WIDTH, LEFT, RIGHT, PLOT = 880.0, 52.0, 12.0, 300.0
LEGEND_ROW, LEGEND_COLUMNS = 24.0, 3
LOWEST = -0.5  # ranges below are cut: a method far worse than guessing would flatten all others
R = 4.5
COLOURS = 7
Outline = tuple[tuple[float, float], ...]
OUTLINES: tuple[Outline, ...] = (
    ((-R, -R), (R, -R), (R, R), (-R, R)),
    ((0, -R - 1), (R + 1, R), (-R - 1, R)),
    ((0, -R - 1.5), (R + 1.5, 0), (0, R + 1.5), (-R - 1.5, 0)),
    ((-R - 1, -R), (R + 1, -R), (0, R + 1)),
    ((-R, -2), (R, -2), (R, 2), (-R, 2)),
    ((-R, -R), (R, -R), (-R, R), (R, R)),
)


def curve_svg(results: Sequence[MethodResult], n_pool: int) -> str:
    """SVG of the learning curve; classes `m0` to `m6` carry the colours, shapes tell methods apart without them."""
    methods = sorted({result.method for result in results}, key=lambda name: (name != OURS, _first(results, name)))
    sizes = list(dict.fromkeys(result.train_size for result in results))
    ticks = ticks_between(
        max(min([0.0, *(one.skill_range[0] for one in results)]), LOWEST),
        max([0.1, *(one.skill_range[1] for one in results)]),
    )
    top = 8.0 + LEGEND_ROW * -(-len(methods) // LEGEND_COLUMNS)
    band = (WIDTH - LEFT - RIGHT) / len(sizes)

    def height(skill: float) -> float:
        share = (min(max(skill, ticks[0]), ticks[-1]) - ticks[0]) / (ticks[-1] - ticks[0])
        return top + PLOT * (1.0 - share)

    def across(size: int | str, seat: int) -> float:
        apart = min(16.0, 0.8 * band / max(len(methods), 1))
        return LEFT + band * (sizes.index(size) + 0.5) + apart * (seat - (len(methods) - 1) / 2)

    grid = [
        line(LEFT, height(tick), WIDTH - RIGHT, height(tick), "zero" if tick == 0 else "grid")
        + words(f"{tick:g}", LEFT - 8, height(tick) + 4, class_="tick", anchor="end")
        for tick in ticks
    ]
    grid.append(words("skill", LEFT - 8, top - 12, class_="axis", anchor="end"))
    labels = [
        words(_size_label(size, n_pool), LEFT + band * (k + 0.5), top + PLOT + 20, class_="tick", anchor="middle")
        for k, size in enumerate(sizes)
    ]
    labels.append(
        words(
            "past slates learnt from",
            LEFT + (WIDTH - LEFT - RIGHT) / 2,
            top + PLOT + 42,
            class_="axis",
            anchor="middle",
        )
    )
    marks = []
    for seat, method in reversed(list(enumerate(methods))):  # the suggestion is drawn last, on top
        rows = [one for one in results if one.method == method]
        at = [(across(one.train_size, seat), height(one.skill)) for one in rows]
        pieces = [line(*a, *b, "join") for a, b in pairwise(at)] if seat == 0 else []
        for one, (x, y) in zip(rows, at, strict=True):
            low, high = one.skill_range
            pieces += [line(x, height(low), x, height(high), "range"), mark_of(seat, x, y)]
        marks.append(element("g", *pieces, class_=f"m{seat % COLOURS}{' ours' if seat == 0 else ''}"))
    return picture(
        "curve",
        "Skill by number of past slates learnt from",
        _described(results, sizes),
        WIDTH,
        top + PLOT + 52,
        *_legend(methods),
        *grid,
        *labels,
        *marks,
    )


def mark_of(seat: int, x: float, y: float) -> str:
    """The shape of a method, centred on a point."""
    if seat == 0:
        return element("circle", cx=x, cy=y, r=R + 1, class_="mark")
    outline = OUTLINES[(seat - 1) % len(OUTLINES)]
    return element("polygon", points=" ".join(f"{x + dx:.2f},{y + dy:.2f}" for dx, dy in outline), class_="mark")


def _legend(methods: Sequence[str]) -> list[str]:
    column = (WIDTH - LEFT - RIGHT) / LEGEND_COLUMNS
    pieces = []
    for seat, method in enumerate(methods):
        x, y = LEFT + column * (seat % LEGEND_COLUMNS) + 8, 10 + LEGEND_ROW * (seat // LEGEND_COLUMNS)
        pieces.append(
            element(
                "g", mark_of(seat, x, y), words(named(method), x + 14, y + 4, class_="key"), class_=f"m{seat % COLOURS}"
            )
        )
    return pieces


def _first(results: Sequence[MethodResult], method: str) -> int:
    return next(place for place, result in enumerate(results) if result.method == method)


def _size_label(size: int | str, n_pool: int) -> str:
    return f"all {n_pool}" if size == "all" else str(size)


def _described(results: Sequence[MethodResult], sizes: Sequence[int | str]) -> str:
    told = []
    for size in sizes:
        at = [result for result in results if result.train_size == size]
        best = max(at, key=lambda result: result.skill)
        ours = next(result for result in at if result.method == OURS)
        told.append(
            f"{size}: the suggestion {ours.skill:.2f} ({ours.skill_range[0]:.2f} to {ours.skill_range[1]:.2f}), "
            f"best {named(best.method)} {best.skill:.2f}"
        )
    return f"Skill, 0 is guessing, with 90% range, by past slates. {'; '.join(told)}. All figures are in the table."

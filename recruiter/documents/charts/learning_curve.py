"""The learning curve as a picture: skill of every method by number of past slates, each with its 90% range."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from recruiter.documents.charts.svg import element, label, line, picture, ticks_between
from recruiter.learning.backtest.backtest_result import MethodResult
from recruiter.learning.backtest.backtest_verdict import OURS, method_title

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
    methods = sorted(dict.fromkeys(result.method for result in results), key=lambda name: name != OURS)
    sizes = list(dict.fromkeys(result.train_size for result in results))
    ticks = ticks_between(
        max(min([0.0, *(result.skill_range[0] for result in results)]), LOWEST),
        max([0.1, *(result.skill_range[1] for result in results)]),
    )
    top = 8.0 + LEGEND_ROW * -(-len(methods) // LEGEND_COLUMNS)
    band = (WIDTH - LEFT - RIGHT) / len(sizes)

    def y_of(skill: float) -> float:
        share = (min(max(skill, ticks[0]), ticks[-1]) - ticks[0]) / (ticks[-1] - ticks[0])
        return top + PLOT * (1.0 - share)

    def x_of(size: int | str, position: int) -> float:
        spacing = min(16.0, 0.8 * band / max(len(methods), 1))
        return LEFT + band * (sizes.index(size) + 0.5) + spacing * (position - (len(methods) - 1) / 2)

    grid = [
        line(LEFT, y_of(tick), WIDTH - RIGHT, y_of(tick), "zero" if tick == 0 else "grid")
        + label(f"{tick:g}", LEFT - 8, y_of(tick) + 4, class_="tick", anchor="end")
        for tick in ticks
    ]
    grid.append(label("skill", LEFT - 8, top - 12, class_="axis", anchor="end"))
    names = [f"all {n_pool}" if size == "all" else str(size) for size in sizes]
    labels = [
        label(name, LEFT + band * (place + 0.5), top + PLOT + 20, class_="tick", anchor="middle")
        for place, name in enumerate(names)
    ]
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    labels.append(label("past slates learnt from", middle, top + PLOT + 42, class_="axis", anchor="middle"))
    marks = []
    for index, method in reversed(list(enumerate(methods))):  # the suggestion is drawn last, on top
        rows = [result for result in results if result.method == method]
        points = [(x_of(result.train_size, index), y_of(result.skill)) for result in rows]
        pieces = [line(*a, *b, "join") for a, b in pairwise(points)] if index == 0 else []
        for result, (x, y) in zip(rows, points, strict=True):
            low, high = result.skill_range
            pieces += [line(x, y_of(low), x, y_of(high), "range"), mark_of(index, x, y)]
        marks.append(element("g", *pieces, class_=f"m{index % COLOURS}{' ours' if index == 0 else ''}"))
    return picture(
        "curve",
        "Skill by number of past slates learnt from",
        _description(results, sizes),
        WIDTH,
        top + PLOT + 52,
        *_legend(methods),
        *grid,
        *labels,
        *marks,
    )


def mark_of(position: int, x: float, y: float) -> str:
    """The shape of a method, centred on a point."""
    if position == 0:
        return element("circle", cx=x, cy=y, r=R + 1, class_="mark")
    outline = OUTLINES[(position - 1) % len(OUTLINES)]
    return element("polygon", points=" ".join(f"{x + dx:.2f},{y + dy:.2f}" for dx, dy in outline), class_="mark")


def _legend(methods: Sequence[str]) -> list[str]:
    column = (WIDTH - LEFT - RIGHT) / LEGEND_COLUMNS
    pieces = []
    for position, method in enumerate(methods):
        x, y = LEFT + column * (position % LEGEND_COLUMNS) + 8, 10 + LEGEND_ROW * (position // LEGEND_COLUMNS)
        key = label(method_title(method), x + 14, y + 4, class_="key")
        pieces.append(element("g", mark_of(position, x, y), key, class_=f"m{position % COLOURS}"))
    return pieces


def _description(results: Sequence[MethodResult], sizes: Sequence[int | str]) -> str:
    descriptions = []
    for size in sizes:
        at_size = [result for result in results if result.train_size == size]
        best = max(at_size, key=lambda result: result.skill)
        ours = next(result for result in at_size if result.method == OURS)
        descriptions.append(
            f"{size}: the suggestion {ours.skill:.2f} ({ours.skill_range[0]:.2f} to {ours.skill_range[1]:.2f}), "
            f"best {method_title(best.method)} {best.skill:.2f}"
        )
    return f"Skill, 0 is guessing, with 90% range, by past slates. {'; '.join(descriptions)}. All figures are in the table."

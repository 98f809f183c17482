"""Leniency as a picture: who marks higher or lower than the others, the strictest and the most lenient of many."""

from __future__ import annotations

from collections.abc import Mapping

from recruiter.documents.charts.svg import element, label, line, picture, ticks_between

EACH_END = 10
ROW, NAMES, SIDE, TOP = 24.0, 190.0, 520.0, 12.0
LONGEST = 24


def shown_raters(leniency: Mapping[str, float]) -> list[tuple[str, float]]:
    """Raters to show, strictest first: all of few, else the ten at each end."""
    ordered = sorted(leniency.items(), key=lambda pair: (pair[1], pair[0]))
    return ordered if len(ordered) <= 2 * EACH_END else [*ordered[:EACH_END], *ordered[-EACH_END:]]


def leniency_svg(leniency: Mapping[str, float]) -> str:
    """SVG of the raters' leniency in points of their scale; 0 marks like the average."""
    rows = shown_raters(leniency)
    ticks = ticks_between(min([0.0, *(value for _, value in rows)]), max([0.0, *(value for _, value in rows)]))
    width = max(ticks[-1] - ticks[0], 1e-9)
    bottom = TOP + ROW * len(rows)

    def x_of(value: float) -> float:
        return NAMES + SIDE * (value - ticks[0]) / width

    grid = [
        line(x_of(tick), TOP, x_of(tick), bottom, "zero" if tick == 0 else "grid")
        + label(f"{tick:+g}" if tick else "0", x_of(tick), bottom + 20, class_="tick", anchor="middle")
        for tick in ticks
    ]
    marks = []
    for place, (name, value) in enumerate(rows):
        y = TOP + ROW * (place + 0.5)
        marks += [
            label(
                name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…",
                NAMES - 12,
                y + 4,
                class_="key",
                anchor="end",
            ),
            line(x_of(0.0), y, x_of(value), y, "range"),
            element("circle", cx=x_of(value), cy=y, r=5, class_="mark"),
            label(f"{value:+.2f}", NAMES + SIDE + 16, y + 4, class_="tick"),
        ]
    description = "; ".join(f"{name} {value:+.2f}" for name, value in rows)
    return picture(
        "leniency",
        "Leniency of interviewers: above 0 marks higher than the others",
        f"In points of the scale, strictest first: {description}.",
        NAMES + SIDE + 70,
        bottom + 52,
        *grid,
        label("points above or below the average rater", NAMES + SIDE / 2, bottom + 42, class_="axis", anchor="middle"),
        element("g", *marks, class_="m0 ours"),
    )

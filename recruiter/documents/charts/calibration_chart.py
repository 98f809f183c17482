"""Calibration as a picture: what was said against what came, with the line on which both agree."""

from __future__ import annotations

from collections.abc import Sequence

from recruiter.documents.charts.svg import element, label, line, picture, ticks_between
from recruiter.learning.evaluation.calibration import CalibrationBin

SIDE, LEFT, TOP = 320.0, 52.0, 32.0


def calibration_svg(bins: Sequence[CalibrationBin]) -> str:
    """SVG of the reliability of the suggestion's probabilities; one dot a bin, with its 90% range."""
    ticks = ticks_between(0.0, max([0.1, *(max(group.forecast, group.high) for group in bins)]))
    most = ticks[-1]

    def x_of(share: float) -> float:
        return LEFT + SIDE * share / most

    def y_of(share: float) -> float:
        return TOP + SIDE * (1.0 - share / most)

    grid = [
        line(LEFT, y_of(tick), LEFT + SIDE, y_of(tick), "grid")
        + label(_percent(tick), LEFT - 8, y_of(tick) + 4, class_="tick", anchor="end")
        + label(_percent(tick), x_of(tick), TOP + SIDE + 20, class_="tick", anchor="middle")
        for tick in ticks
    ]
    marks = [
        line(x_of(group.forecast), y_of(group.low), x_of(group.forecast), y_of(group.high), "range")
        + element("circle", cx=x_of(group.forecast), cy=y_of(group.outcome), r=5, class_="mark")
        for group in bins
    ]
    description = "; ".join(
        f"said {_percent(group.forecast)}, came {_percent(group.outcome)} ({_percent(group.low)} to {_percent(group.high)})"
        for group in bins
    )
    return picture(
        "calibration",
        "What the suggestion said of the first choice, against what came",
        f"Ten groups of equally many forecasts, with 90% ranges: {description}.",
        LEFT + SIDE + 24,
        TOP + SIDE + 52,
        *grid,
        line(x_of(0.0), y_of(0.0), x_of(most), y_of(most), "zero"),
        label("said and came alike", x_of(most) - 6, y_of(most) + 28, class_="axis", anchor="end"),
        label("came, of 100", 0, 14, class_="axis"),
        label("said, of 100", LEFT + SIDE / 2, TOP + SIDE + 42, class_="axis", anchor="middle"),
        element("g", *marks, class_="m0 ours"),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"

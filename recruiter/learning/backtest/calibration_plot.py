"""Calibration as a picture: what was said against what came, with the line on which both agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recruiter.learning.backtest.svg import element, line, picture, ticks_between, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recruiter.learning.evaluation.calibration import CalibrationBin

SIDE, LEFT, TOP = 320.0, 52.0, 32.0


def calibration_svg(bins: Sequence[CalibrationBin]) -> str:
    """SVG of the reliability of the suggestion's probabilities; one dot a bin, with its 90% range."""
    ticks = ticks_between(0.0, max([0.1, *(max(one.said, one.high) for one in bins)]))
    most = ticks[-1]

    def across(share: float) -> float:
        return LEFT + SIDE * share / most

    def height(share: float) -> float:
        return TOP + SIDE * (1.0 - share / most)

    grid = [
        line(LEFT, height(tick), LEFT + SIDE, height(tick), "grid")
        + words(_percent(tick), LEFT - 8, height(tick) + 4, class_="tick", anchor="end")
        + words(_percent(tick), across(tick), TOP + SIDE + 20, class_="tick", anchor="middle")
        for tick in ticks
    ]
    marks = [
        line(across(one.said), height(one.low), across(one.said), height(one.high), "range")
        + element("circle", cx=across(one.said), cy=height(one.came), r=5, class_="mark")
        for one in bins
    ]
    told = "; ".join(
        f"said {_percent(one.said)}, came {_percent(one.came)} ({_percent(one.low)} to {_percent(one.high)})"
        for one in bins
    )
    return picture(
        "calibration",
        "What the suggestion said of the first choice, against what came",
        f"Ten groups of equally many forecasts, with 90% ranges: {told}.",
        LEFT + SIDE + 24,
        TOP + SIDE + 52,
        *grid,
        line(across(0.0), height(0.0), across(most), height(most), "zero"),
        words("said and came alike", across(most) - 6, height(most) + 28, class_="axis", anchor="end"),
        words("came, of 100", 0, 14, class_="axis"),
        words("said, of 100", LEFT + SIDE / 2, TOP + SIDE + 42, class_="axis", anchor="middle"),
        element("g", *marks, class_="m0 ours"),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"

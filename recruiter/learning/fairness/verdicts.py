"""What an audit says in a sentence. A flag asks for a closer look; it is not a finding, and no flag is not a clean bill.

Tables and effects come as plain values, as they are stored, so that what others see is worded from what they see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from recruiter.learning.types import JsonView

ENOUGH = 50  # slates that compare groups, before silence means anything
LEVEL = 0.05  # of chance alone
CLEAR = "No group passes at less than 80% of the highest."
TOO_FEW = "Not enough data to compare groups safely."
SMALL_NUMBERS = "small numbers; moving one decision removes the flag"
NOTHING_COMPARED = "No slate compares groups, so no bias in the choices could be found whatever its size."


def verdict(tables: Sequence[JsonView], choice: JsonView | None, *, silent: bool = False) -> str:
    """The first thing to read of a question: which ratios are flagged, what the choices say, or that data are too few.

    `silent` leaves the choices out.
    """
    rated = [table for table in tables if table["reference"] is not None]
    if not rated:
        return TOO_FEW
    marks = [(table, row) for table in rated for row in table["rows"] if row["flag"]]
    sentence = _flags(marks) if marks else CLEAR
    return sentence if silent else f"{sentence} {choice_words(choice)}"


def _flags(marks: list[tuple[JsonView, JsonView]]) -> str:
    lowest, row = min(marks, key=lambda mark: mark[1]["ratio"])
    count = f"{len(marks)} ratio{'s are' if len(marks) > 1 else ' is'} under 80% of the highest"
    small = f" ({SMALL_NUMBERS})" if row["flip"] and not row["flip"]["flag"] else ""
    title = lowest["title"].lower()
    where = title if lowest["of"] == "model" else f"{title} in past decisions"
    chance = "" if row["fisher"] is None else f", Fisher p {row['fisher']:.4f}"
    return f"{count}; the lowest is {row['category']} at {row['ratio']:.2f} ({where}{chance}){small}."


def odds(logits: float) -> float:
    """An effect in logits as a factor on the odds of being chosen."""
    return math.exp(min(max(logits, -50.0), 50.0))


def choice_words(choice: JsonView | None) -> str:
    """What the group-adjusted choice model says, with the smallest bias that these data could find."""
    if choice is None or not choice["effects"]:
        return NOTHING_COMPARED
    significant = [effect for effect in choice["effects"] if effect["adjusted_p"] < LEVEL]
    differences = "; ".join(
        f"{effect['category']} have {odds(effect['effect']):.2f} times the odds of {choice['reference']} with the same scorecards"
        for effect in significant
    )
    least = smallest(choice)
    most = max(effect["slates"] for effect in choice["effects"])
    if most < ENOUGH:
        size = (
            f"Not enough data to find a bias of this size: {most} slates compare two groups, {ENOUGH} are needed. "
            f"The smallest they could find is {least}."
        )
        return f"{size} Even so: {differences}." if differences else size
    short = [effect["category"] for effect in choice["effects"] if effect["slates"] < ENOUGH]
    rest = f" Not enough data to tell of {', '.join(short)}." if short else ""
    if differences:
        return f"In the choices, {differences}.{rest}"
    return f"In {most} slates the choices show no bias beyond the scorecards; one under {least} could have gone unseen.{rest}"


def smallest(choice: JsonView) -> str:
    """The smallest bias that these choices could find, for the group on which they say most and the one on which least."""
    by_size = sorted(choice["effects"], key=lambda effect: effect["detectable"])
    best, worst = by_size[0], by_size[-1]
    text = f"{best['detectable']:.1f} logits (odds cut to {odds(-best['detectable']):.2f})"
    if best is worst:
        return text
    return f"{text} for {best['category']} and {worst['detectable']:.1f} for {worst['category']}"

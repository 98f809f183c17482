"""What an audit says in a sentence. A flag asks for a closer look; it is not a finding, and no flag is not a clean bill."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from recruiter.learning.fairness.group_effects import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recruiter.learning.fairness.shapes import ChoiceEffects, Row, Table

CLEAR = "No group passes at less than 80 % of the highest."
TOO_FEW = "Not enough data to compare groups safely."
SMALL_NUMBERS = "small numbers; moving one decision removes the flag"


def flagged(tables: Sequence[Table]) -> list[tuple[Table, Row]]:
    """Every ratio under four fifths."""
    return [(table, row) for table in tables for row in table.rows if row.flag]


def verdict(tables: Sequence[Table], choice: ChoiceEffects | None) -> str:
    """The first thing to read of a question: which ratios are flagged, what the choices say, or that data are too few."""
    rated = [table for table in tables if table.reference is not None]
    if not rated:
        return TOO_FEW
    marks = flagged(rated)
    words = [CLEAR] if not marks else [_flags(marks)]
    words.append(choice_words(choice))
    return " ".join(words)


def _flags(marks: list[tuple[Table, Row]]) -> str:
    lowest, row = min(marks, key=lambda mark: mark[1].ratio or 0.0)
    count = f"{len(marks)} ratio{'s are' if len(marks) > 1 else ' is'} under 80 % of the highest"
    small = f" ({SMALL_NUMBERS})" if row.flip and not row.flip.flag else ""
    where = lowest.title.lower() if lowest.of == "model" else f"{lowest.title.lower()} in past decisions"
    chance = "" if row.fisher is None else f", Fisher p {row.fisher:.4f}"
    return f"{count}; the lowest is {row.category} at {row.ratio:.2f} ({where}{chance}){small}."


def odds(logits: float) -> float:
    """An effect in logits as a factor on the odds of being chosen."""
    return math.exp(min(max(logits, -50.0), 50.0))


def choice_words(choice: ChoiceEffects | None) -> str:
    """What the group-adjusted choice model says, with the smallest bias that these data could find."""
    if choice is None or not choice.effects:
        return "No slate compares groups, so no bias in the choices could be found whatever its size."
    least = max(effect.detectable for effect in choice.effects)
    found = [one for one in choice.effects if one.adjusted_p < 0.05]  # noqa: PLR2004 - the usual level
    told = "; ".join(
        f"{one.category} have {odds(one.effect):.2f} times the odds of {choice.reference} with the same scorecards"
        for one in found
    )
    if not choice.enough:
        size = (
            f"Not enough data to find a bias of this size: {choice.slates} slates compare groups, {ENOUGH} are needed. "
            f"The smallest they could find is {least:.1f} logits, odds cut to {odds(-least):.2f}."
        )
        return f"{size} Even so: {told}." if told else size
    if told:
        return f"In the choices, {told}."
    return (
        f"In {choice.slates} slates the choices show no bias beyond the scorecards; one under {least:.1f} logits "
        f"(odds cut to {odds(-least):.2f}) could have gone unseen."
    )

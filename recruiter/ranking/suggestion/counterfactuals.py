"""What would change how two finalists of a search stand, asked on the same cards and model as the suggestion."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from recruiter.learning.suggestion.counterfactuals import Changes, Slate, what_would_change
from recruiter.learning.suggestion.slate_scores import weights_in_use
from recruiter.scorecards.queries import SubmittedRating


def weight_shares(slate: Slate) -> dict[str, float]:
    """How much of all weight each attribute carries in the suggestion, 0 to 1; below 0 where more is worse."""
    cards = slate.gathered
    weights = weights_in_use(cards, slate.model).tolist()
    total = sum(abs(weight) for weight in weights) or 1.0
    return {name: weight / total for name, weight in zip(cards.columns, weights, strict=True)}


def changes_for_pair(slate: Slate, rows: Sequence[SubmittedRating], *, pair: tuple[int, int]) -> Changes:
    """Up to three statements on a pair of the ranked applications; interviewers by name. Callers have asked who may see it.

    Items are application ids as text. Raises ModelRefused where the stored model was altered.
    """
    changes = what_would_change(slate, str(pair[0]), str(pair[1]))
    if changes.rater is None or changes.rater.rater is None:
        return changes
    names = {f"person-{row.author_id}": row.author_name for row in rows}
    return dataclasses.replace(changes, rater=dataclasses.replace(changes.rater, rater=names[changes.rater.rater]))

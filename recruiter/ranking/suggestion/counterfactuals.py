"""What would change how two finalists of a search stand, asked on the same cards and model as the suggestion."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from recruiter.learning.suggestion.counterfactuals import Changes, Slate, what_would_change
from recruiter.learning.suggestion.slate_scores import weights_in_use
from recruiter.ranking import snapshot
from recruiter.ranking.models import ModelRun
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import SubmittedRating


def _slate(
    requisition: Requisition, rows: Sequence[SubmittedRating], ranked: Sequence[int], run: ModelRun | None
) -> Slate:
    return Slate(
        [str(number) for number in ranked],
        [snapshot.card_of(row) for row in rows if row.application_id in set(ranked)],
        snapshot.declared_weights({attribute.name: attribute.weight for attribute in requisition.attributes}),
        requisition.overall_weight,
        suggested_ranking.model_of(run),
        requisition.id,
    )


def weight_shares(
    requisition: Requisition, rows: Sequence[SubmittedRating], *, ranked: Sequence[int], run: ModelRun | None
) -> dict[str, float]:
    """How much of all weight each attribute carries in the suggestion, 0 to 1; below 0 where more is worse."""
    slate = _slate(requisition, rows, ranked, run)
    cards = slate.gathered()
    weights = weights_in_use(cards, slate.model)
    total = sum(abs(weight) for weight in weights.tolist()) or 1.0
    return {name: weight / total for name, weight in zip(cards.columns, weights.tolist(), strict=True)}


def changes_for_pair(
    requisition: Requisition,
    rows: Sequence[SubmittedRating],
    *,
    ranked: Sequence[int],
    pair: tuple[int, int],
    run: ModelRun | None,
) -> Changes:
    """Up to three statements on a pair of the ranked applications; interviewers by name. Callers have asked who may see it.

    Items are application ids as text. Raises ModelRefused where the stored model was altered.
    """
    slate = _slate(requisition, rows, ranked, run)
    changes = what_would_change(slate, str(pair[0]), str(pair[1]))
    if changes.rater is None or changes.rater.rater is None:
        return changes
    names = {f"person-{row.author_id}": row.author_name for row in rows}
    return dataclasses.replace(changes, rater=dataclasses.replace(changes.rater, rater=names[changes.rater.rater]))

"""Why one finalist stands above another: what each attribute adds, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.foundation import text
from recruiter.ranking.suggestion.suggestion_types import Suggestion
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import SubmittedRating
from recruiter.web.finalists import counterfactual_sentences
from recruiter.web.finalists import suggestion_sentences as sentences
from recruiter.web.finalists.sentence import Sentence
from recruiter.web.finalists.side_by_side import PageQuery

MIN_SPAN = 0.3


@dataclass(frozen=True)
class Contribution:
    """What one attribute adds to the difference of two people."""

    name: str
    weight: str
    points: float
    points_text: str
    range: str


@dataclass(frozen=True)
class PairExplanation:
    """Why one person stands above another."""

    a: int
    b: int
    names: tuple[str, str]
    tied: bool
    times: int
    drivers: Sentence
    parts: list[Contribution]
    span: float
    total: str
    changes: list[Sentence]


def _rounded_to_total(points: Sequence[float], total: float) -> list[float]:
    """Points in hundredths that add up to the hundredths of their total: what reads as a sum is one.

    Each is rounded down, and those that lost most take what is missing (the method of the largest remainder).
    """
    exact = [point * 100 for point in points]
    floored = [math.floor(value) for value in exact]
    missing = round(total * 100) - sum(floored)
    order = sorted(range(len(exact)), key=lambda index: floored[index] - exact[index])
    for index in order[: max(missing, 0)]:
        floored[index] += 1
    return [value / 100 for value in floored]


def explained_pair(
    requisition: Requisition,
    suggestion: Suggestion,
    rows: Sequence[SubmittedRating],
    names: sentences.Names,
    query: PageQuery,
) -> PairExplanation | None:
    """The pair that was asked for, whichever way round, or the first two; None where nobody can be compared."""
    pairs = suggestion["pairs"]
    if not pairs:
        return None
    pair = sentences.pair_of(pairs, text.number(query.a) or 0, text.number(query.b) or 0) or pairs[0]
    changes, shares = counterfactual_sentences.of_pair(requisition, rows, suggestion, pair, names)
    weights = counterfactual_sentences.weight_labels(requisition, shares, learnt=bool(suggestion["model_version"]))
    total = sum(part["points"] for part in pair["contributions"])
    rounded = _rounded_to_total([part["points"] for part in pair["contributions"]], total)
    parts = [
        Contribution(
            sentences.attribute_label(part["name"]),
            weights.get(part["name"], ""),
            part["points"],
            sentences.signed_points(points),
            sentences.points_range(part["range"]),
        )
        for part, points in zip(pair["contributions"], rounded, strict=True)
    ]
    return PairExplanation(
        a=pair["a"],
        b=pair["b"],
        names=(names[pair["a"]], names[pair["b"]]),
        tied=pair["verdict"] == "tied",
        times=sentences.out_of_hundred(pair["probability"]),
        drivers=sentences.drivers(pair, names),
        parts=parts,
        span=max([MIN_SPAN, *(abs(part.points) for part in parts)]),
        total=sentences.signed_points(total),
        changes=changes,
    )

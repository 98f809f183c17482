"""Finalists who asked not to be ranked: the same facts in a lane of equal weight, without score or rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from recruiter.pipeline.models import Finalist
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists.side_by_side import Scores
from recruiter.web.finalists.suggestion_sentences import OVERALL
from recruiter.web.finalists.suggestion_view import Badge

AT_BAR = 3.0  # the anchor of the rating scale that reads "at the bar"
RECOMMENDED = {4: "strong yes", 3: "yes", 2: "no", 1: "strong no"}


@dataclass(frozen=True)
class UnrankedRow:
    """One finalist of the lane; `plain_mean` is of the recommendations, of 4."""

    finalist: Finalist
    badge: Badge
    cards: scorecards.CardCounts
    plain_mean: float | None
    recommendations: str
    bar: str
    bar_detail: str


def _recommendations(scores: Sequence[float]) -> str:
    counted = [(word, sum(1 for score in scores if round(score) == value)) for value, word in RECOMMENDED.items()]
    return ", ".join(f"{count} {word}" for word, count in counted if count)


def unranked_rows(
    requisition: Requisition,
    finalists: Sequence[Finalist],
    badges: dict[int, Badge],
    scores: Scores,
    counts: dict[int, scorecards.CardCounts],
) -> list[UnrankedRow]:
    """The lane, each with the place that people gave; against the bar by plain ratings, nothing learnt."""
    unranked = []
    for finalist in finalists:
        number = finalist.application_id
        overall = scores.get((number, OVERALL), [])
        rated = [values for attribute in requisition.attributes if (values := scores.get((number, attribute.name)))]
        reached = sum(1 for values in rated if fmean(values) >= AT_BAR)
        unranked.append(
            UnrankedRow(
                finalist,
                badges[number],
                counts[number],
                fmean(overall) if overall else None,
                _recommendations(overall),
                f"{reached} of {len(rated)}" if rated else "",
                "attributes rated at the bar or above" if rated else "no ratings yet",
            )
        )
    return unranked

"""The suggestion of one slate as plain values, as JSON and pages have it; items are application ids, points are on 1 to 5."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Required, TypedDict


class BarMargin(TypedDict):
    """How far a score lies from the bar, in points, with its 90 % range and the share of draws above it."""

    difference: float
    verdict: str
    share: float
    difference_range: list[float]


class PastMargin(BarMargin):
    """The same against those who were made an offer before, with the percentile among these `n`."""

    percentile: float
    percentile_range: list[float]
    n: int


class RankedRow(TypedDict):
    """One finalist; `rank` is shared within a tie group, ranges hold 90 (50) of 100 draws."""

    application_id: int
    rank: int
    tied: bool
    score: float
    score_range: list[float]
    range50: list[float]
    could_rank: list[int]
    bar: BarMargin | None
    past: PastMargin | None
    plain_mean: float | None
    n_cards: int


class PairContribution(TypedDict):
    """Points that one attribute adds to the difference of two people, with its 90 % range."""

    name: str
    points: float
    range: list[float]


class PairRow(TypedDict):
    """Two finalists, the first of them not behind; `probability` that it comes out ahead."""

    a: int
    b: int
    probability: float
    verdict: Literal["ahead", "tied"]
    contributions: list[PairContribution]


class LeniencyRow(TypedDict):
    """How an interviewer marks beside the average, and what was added for it, in points."""

    rater: str
    leniency: float
    adjustment: float


class Suggestion(TypedDict, total=False):
    """A suggestion, or the state in which there is none: `hidden`, `off`, `too_early` or `failed`."""

    state: Required[str]
    label: str
    n_decisions: int
    model_version: str | None
    fitted_at: dt.datetime | None
    off_for: str
    ranking: list[RankedRow]
    pairs: list[PairRow]
    leniency: list[LeniencyRow]
    not_ranked: list[int]

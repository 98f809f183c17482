"""What goes into a suggestion and what comes out of it; names are those of `suggestion` in the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

JsonObject = dict[str, Any]  # plain values, ready for JSON
JsonView = Mapping[str, Any]  # the same as it is read
# Past decisions from which a suggestion counts as partly and as fully learnt.
PARTLY_LEARNT, LEARNT = 20, 50
OVERALL = "overall"  # the attribute under which a card's recommendation stands among the ratings


@dataclass(frozen=True, slots=True)
class Card:
    """One rating of a submitted scorecard; `attribute` may be `overall`; the score is on its own scale."""

    item: str
    rater: str
    attribute: str
    score: float
    scale_min: float = 1.0
    scale_max: float = 5.0
    rated_on: str = ""


@dataclass(frozen=True, slots=True)
class PastSlate:
    """A decided slate to learn from: cards before the decision, grade per item, when, and what was declared."""

    name: str
    cards: Sequence[Card]
    grades: Mapping[str, float]
    decided: float
    weights: Mapping[str, float] = field(default_factory=dict)
    overall_weight: float = 0.5

    def overall_share(self, default: float = 0.5) -> float:
        """Weight of the recommendation as it was declared; `default` where the slate declares no weights."""
        return self.overall_weight if self.weights else default


def in_order(slates: Iterable[PastSlate]) -> list[PastSlate]:
    """Slates in the order of their decisions; the order of rows in the data means nothing."""
    return sorted(slates, key=lambda slate: (slate.decided, slate.name))


@dataclass(frozen=True, slots=True)
class BarMargin:
    """How far above a level, in points; `share` is the part of draws above it."""

    difference: float
    verdict: str
    share: float
    difference_range: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PastMargin(BarMargin):
    """Against past offered candidates: points above their 20th percentile, and the percentile among those n."""

    percentile: float
    percentile_range: tuple[float, float]
    n: int


@dataclass(frozen=True, slots=True)
class RankedItem:
    """One finalist; `rank` is shared within a tie group, ranges hold 90 (50) of 100 draws; `bar` is the declared one."""

    item: str
    rank: int
    tied: bool
    score: float
    score_range: tuple[float, float]
    range50: tuple[float, float]
    could_rank: tuple[int, int]
    bar: BarMargin | None
    past: PastMargin | None
    plain_mean: float | None
    n_cards: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """Points that one attribute adds to a difference, with its 90 % range."""

    name: str
    points: float
    range: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """`a` stands above `b` in the list; the points of the contributions add up to the difference of the scores."""

    a: str
    b: str
    probability: float
    verdict: str
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class LeniencyNote:
    """An interviewer's strictness in points (below 0 marks lower than the others) and what was added for it."""

    rater: str
    leniency: float
    adjustment: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggested ranking of one slate."""

    state: str
    label: str
    n_decisions: int
    model_version: str | None
    ranking: tuple[RankedItem, ...]
    pairs: tuple[Pair, ...]
    leniency: tuple[LeniencyNote, ...]
    draws: int
    seed: int

    def as_dict(self) -> JsonObject:
        """Plain values for JSON; tuples become lists when dumped."""
        return asdict(self)

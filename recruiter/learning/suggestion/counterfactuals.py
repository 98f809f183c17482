"""What would change the order of two finalists: each answer is the suggestion asked again under that one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import permutations

import numpy as np

from recruiter.learning.arrays import FloatArray
from recruiter.learning.choice.rank_draws import AHEAD, share_ahead
from recruiter.learning.fitted_model import FittedModel
from recruiter.learning.scores.declared_score import MIDDLE, SlateCards, declared_scores, gather
from recruiter.learning.suggestion.slate_scores import SlatePoints, estimates, weights_in_use
from recruiter.learning.suggestion.suggest import DRAWS, points_of
from recruiter.learning.types import Card

NEWCOMER = "somebody who has not interviewed yet"
RATINGS = (1, 2, 3, 4, 5)  # the anchors of a scorecard
HUNDREDTHS = 100  # the steps in which weight is moved
EQUAL = 1e-9  # scores this close are the same


@dataclass(frozen=True)
class Slate:
    """A slate as the suggestion takes it."""

    items: Sequence[str]
    cards: Sequence[Card]
    weights: Mapping[str, float] = field(default_factory=dict)
    overall_weight: float = 0.5
    model: FittedModel | None = None
    seed: int = 0
    draws: int = DRAWS

    @cached_property
    def gathered(self) -> SlateCards:
        """Its cards by candidate and attribute."""
        return gather(self.items, self.cards, self.weights, self.overall_weight)

    @cached_property
    def points(self) -> SlatePoints:
        """Its scores and draws, the very ones that `suggest` shows."""
        return points_of(self.gathered, self.model, self.draws, self.seed)

    @cached_property
    def levels(self) -> FloatArray:
        """Each candidate's level per attribute: as marked, or with leniency taken out where a model knows it."""
        return self.gathered.mean if self.model is None else estimates(self.gathered, self.model)[0]

    def with_cards(self, more: list[Card]) -> Slate:
        """The same slate once these cards have come in."""
        return replace(self, cards=[*self.cards, *more])

    def without_rater(self, rater: str) -> Slate:
        """The same slate had this interviewer marked nobody."""
        return replace(self, cards=[card for card in self.cards if card.rater != rater])

    def rows(self, *items: str) -> list[int]:
        """Where these candidates stand in the scores and draws."""
        return [self.gathered.items.index(item) for item in items]


@dataclass(frozen=True, slots=True)
class WeightShift:
    """Moving `share` of all weight (whole hundredths) from one attribute to another puts `ahead` above the other."""

    source: str
    target: str
    share: float
    ahead: str


@dataclass(frozen=True, slots=True)
class MissingRating:
    """Nobody has rated `item` on an attribute. A new interviewer's `rating` there puts `ahead` above; None: none does."""

    item: str
    attribute: str
    rating: int | None
    ahead: str | None


@dataclass(frozen=True, slots=True)
class OneMoreInterview:
    """The interview that narrows the pair's range most, where it confirms what is known; half widths before and after."""

    item: str
    attribute: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class WithoutRater:
    """The pair without one interviewer's cards: `ahead` or `tied`, and who has the higher score then.

    `unrated` where nobody else has rated `item`. `rater` is None where leaving out any one of them keeps the verdict.
    """

    rater: str | None
    verdict: str
    item: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Up to three things that would change how two finalists stand; `leads` has the higher score now."""

    leads: str
    trails: str
    verdict: str
    weight: WeightShift | None
    evidence: MissingRating | OneMoreInterview | None
    rater: WithoutRater | None


def what_would_change(slate: Slate, a: str, b: str) -> Changes:
    """How far a weight would have to move, which interview is missing, and whose cards the order of two people hangs on.

    `a` and `b` are items of the slate. Shares are of all weight, widths in points of the 1 to 5 scale.
    """
    first, second = slate.rows(a, b)
    pair = (b, a) if slate.points.score[first] < slate.points.score[second] else (a, b)
    return Changes(
        *pair,
        _verdict(slate, *pair)[0],
        weight_shift(slate, *pair),
        missing_rating(slate, *pair) or one_more_interview(slate, *pair),
        without_rater(slate, *pair),
    )


def shift_weight(weights: FloatArray, source: int, target: int, share: float) -> FloatArray:
    """The weights with a share of their sum taken from one column and given to another."""
    amount = share * float(np.abs(weights).sum())
    result = weights.copy()
    result[source] -= amount
    result[target] += amount
    return result


def weight_shift(slate: Slate, leads: str, trails: str) -> WeightShift | None:
    """The smallest move of weight between two attributes that puts `trails` above; with equal scores, either above.

    None where no move does, or where one of the two has no card.
    """
    cards, pair = slate.gathered, slate.rows(leads, trails)
    if not np.isfinite(cards.mean[pair]).any(axis=1).all():
        return None
    weights = weights_in_use(cards, slate.model)
    total = float(np.abs(weights).sum()) or 1.0
    pair_cards = replace(cards, mean=cards.mean[pair])  # a declared score never depends on the others

    def gap(source: int, target: int, hundredths: int) -> float:
        changed = shift_weight(weights, source, target, hundredths / HUNDREDTHS)
        if slate.model is None:
            return float(np.subtract(*declared_scores(replace(pair_cards, weights=changed))))
        # Learnt effects may bend: what is moved is moved in a straight line.
        return float(np.subtract(*(slate.points.score[pair] + slate.levels[pair] @ (changed - weights))))

    columns = range(len(weights))
    if abs(gap(0, 0, 0)) < EQUAL:
        tries = [(gap(i, j, 1), i, j) for i, j in permutations(columns, 2) if weights[i] / total * HUNDREDTHS >= 1]
        value, i, j = max(tries, key=lambda trial: abs(trial[0]), default=(0.0, 0, 0))
        moves = (cards.columns[i], cards.columns[j], 0.01, leads if value > 0 else trails)
        return WeightShift(*moves) if abs(value) > EQUAL else None
    best, least = None, HUNDREDTHS + 1
    for i, j in permutations(columns, 2):
        high = min(int(weights[i] / total * HUNDREDTHS + EQUAL), least - 1)
        if high < 1 or gap(i, j, high) > -EQUAL:
            continue
        low = 0
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if gap(i, j, middle) < -EQUAL else (middle, high)
        least, best = high, WeightShift(cards.columns[i], cards.columns[j], high / HUNDREDTHS, trails)
    return best


def missing_rating(slate: Slate, leads: str, trails: str) -> MissingRating | None:
    """Of what nobody has rated one of the two on, the heaviest, and the mildest rating there that turns them round."""
    cards = slate.gathered
    heavy = np.abs(weights_in_use(cards, slate.model))
    gaps = [
        (float(heavy[column]), cards.columns[column], item)
        for item in (trails, leads)
        for column in range(1, len(cards.columns))
        if heavy[column] > 0 and not np.isfinite(cards.mean[cards.items.index(item), column])
    ]
    if not gaps:
        return None
    _, attribute, item = max(gaps, key=lambda entry: entry[0])
    for rating in RATINGS if item == trails else RATINGS[::-1]:
        score = slate.with_cards([Card(item, NEWCOMER, attribute, float(rating))]).points.score
        if np.subtract(*score[slate.rows(leads, trails)]) < -EQUAL:
            return MissingRating(item, attribute, rating, trails)
    return MissingRating(item, attribute, None, None)


def one_more_interview(slate: Slate, leads: str, trails: str) -> OneMoreInterview | None:
    """Which further interview of one of the two, on which attribute, would narrow the range of their difference most."""
    columns, pair = slate.gathered.columns, slate.rows(leads, trails)
    before = _half_width(slate, leads, trails)
    best: OneMoreInterview | None = None
    for item, row in zip((leads, trails), pair, strict=True):
        level = np.nan_to_num(slate.levels[row], nan=MIDDLE).tolist()
        for column in range(1, len(columns)):
            given = [Card(item, NEWCOMER, columns[k], level[k]) for k in (0, column)]
            after = _half_width(slate.with_cards(given), leads, trails)
            if after < (best.after if best else before) - EQUAL:
                best = OneMoreInterview(item, columns[column], before, after)
    return best


def without_rater(slate: Slate, leads: str, trails: str) -> WithoutRater | None:
    """Whose cards the verdict on a pair hangs on; the one whose absence changes it most. None where nobody has rated them."""
    now, _ = _verdict(slate, leads, trails)
    outcomes = []
    for rater in sorted({card.rater for card in slate.gathered.usable if card.item in {leads, trails}}):
        fewer = slate.without_rater(rater)
        verdict, ahead = _verdict(fewer, leads, trails)
        unrated = [item for item in (leads, trails) if not fewer.gathered.n_cards[fewer.rows(item)[0]]]
        if unrated:
            severity, outcome = 3, WithoutRater(rater, "unrated", unrated[0])
        elif verdict == "ahead" and ahead == trails:
            severity, outcome = 4, WithoutRater(rater, verdict, ahead)
        elif verdict != now:
            severity, outcome = 2, WithoutRater(rater, verdict, ahead)
        else:
            severity, outcome = 1, WithoutRater(None, verdict, leads)
        outcomes.append((severity, outcome))
    return max(outcomes, key=lambda entry: entry[0])[1] if outcomes else None


def _verdict(slate: Slate, a: str, b: str) -> tuple[str, str]:
    """Whether one of two people is ahead, and who has the higher score."""
    row, other = slate.rows(a, b)
    share = float(share_ahead(slate.points.drawn[row] - slate.points.drawn[other]))
    verdict = "ahead" if max(share, 1.0 - share) >= AHEAD else "tied"
    return verdict, a if slate.points.score[row] >= slate.points.score[other] else b


def _half_width(slate: Slate, a: str, b: str) -> float:
    """Half of the 90 % range of the difference of two people, in points."""
    row, other = slate.rows(a, b)
    return float(np.subtract(*np.percentile(slate.points.drawn[row] - slate.points.drawn[other], [95, 5]))) / 2.0

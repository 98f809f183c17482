"""The suggested ranking of one slate: an order, how sure, why, and how far each stands above the bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from recruiter.learning.arrays import FloatArray
from recruiter.learning.choice.rank_draws import AHEAD, rank_range, share_ahead, tie_groups
from recruiter.learning.fitted_model import FittedModel, load_model
from recruiter.learning.scores.declared_score import SlateCards, gather
from recruiter.learning.suggestion import bar_margin
from recruiter.learning.suggestion.slate_scores import SlatePoints, declared_points, learnt_points
from recruiter.learning.types import (
    LEARNT,
    PARTLY_LEARNT,
    Card,
    Contribution,
    JsonView,
    LeniencyNote,
    Pair,
    RankedItem,
    Suggestion,
)

DRAWS = 1000  # few enough to keep one slate under 20 ms
NINETY = 1.6448536269514722  # standard normal quantile of a 90 % range
MIN_CARDS = 2  # of a candidate, below which a suggestion comes too early
SCALE = (1.0, 5.0)  # ranges end where the scale does


def suggest(
    items: Sequence[str],
    cards: Sequence[Card],
    *,
    weights: Mapping[str, float],
    overall_weight: float = 0.5,
    bar: float | None = None,
    past: Sequence[float] = (),
    model: JsonView | FittedModel | None = None,
    n_decisions: int = 0,
    seed: int = 0,
    draws: int = DRAWS,
) -> Suggestion:
    """Rank the finalists of one slate; scores and points are on the 1 to 5 scale of the cards.

    Without a model the score is exactly the declared score, with ranges from the noise of the cards. `past` holds
    scores of past offered candidates as `scores_of` gave them. The order of items and cards changes nothing; an
    empty, thin or tied slate gets an answer, never an error.

    Raises:
        ModelRefused: the stored model was altered.
    """
    slate = gather(items, cards, weights, overall_weight)
    fitted = _fitted(model)
    points = points_of(slate, fitted, draws, seed)
    label = label_of(n_decisions if fitted is not None else 0)
    version = fitted.version if fitted is not None else None
    order = sorted(range(len(slate.items)), key=lambda k: (-points.score[k], slate.items[k]))
    drawn = points.drawn[order]
    beats = np.array([share_ahead(own - drawn) for own in drawn])  # by rows: a slate of hundreds would not fit at once
    ranking = _ranking(slate, points, order, beats, bar, past)
    pairs = _pairs(slate, points, order, beats)
    thin = sum(1 for count in slate.n_cards if count < MIN_CARDS)
    state = "too_early" if not slate.items or thin > len(slate.items) / 2 else "ready"
    return Suggestion(state, label, n_decisions, version, ranking, pairs, leniency_notes(slate, fitted), draws, seed)


def scores_of(
    items: Sequence[str],
    cards: Sequence[Card],
    *,
    weights: Mapping[str, float],
    overall_weight: float = 0.5,
    model: JsonView | FittedModel | None = None,
) -> dict[str, float]:
    """The scores that `suggest` would show, without draws: for past slates, to stand beside new ones."""
    slate = gather(items, cards, weights, overall_weight)
    return dict(zip(slate.items, points_of(slate, _fitted(model), 2, 0).score.tolist(), strict=True))


def label_of(n_decisions: int) -> str:
    """What carries the suggestion, from the number of past decisions."""
    if n_decisions < PARTLY_LEARNT:
        return "scorecard weights"
    return "partly learnt" if n_decisions <= LEARNT else "learnt"


def leniency_notes(slate: SlateCards, model: FittedModel | None) -> tuple[LeniencyNote, ...]:
    """Strictness of the interviewers of this slate as past cards show it, and what was added for it, in points."""
    if model is None:
        return ()
    known = {name: place for place, name in enumerate(model.raters)}
    notes = []
    for rater in sorted({card.rater for card in slate.usable} & set(known)):
        place = known[rater]
        effects = [part for name, part in model.effects.items() if name in slate.columns and part.n_cards[place]]
        if effects:
            cards = np.array([part.n_cards[place] for part in effects], dtype=np.float64)
            raw = float(np.average([part.raw_leniency[place] for part in effects], weights=cards))
            shrunk = float(np.average([part.leniency[place] for part in effects], weights=cards))
            notes.append(LeniencyNote(rater, raw, -shrunk))
    return tuple(sorted(notes, key=lambda note: (-abs(note.adjustment), note.rater)))


def _fitted(model: JsonView | FittedModel | None) -> FittedModel | None:
    return model if model is None or isinstance(model, FittedModel) else load_model(model)


def points_of(slate: SlateCards, model: FittedModel | None, draws: int, seed: int) -> SlatePoints:
    """The points of a slate with their draws, declared without a model and learnt with one."""
    half = np.random.default_rng([seed, 1]).standard_normal((len(slate.items), (draws + 1) // 2))
    noise = np.concatenate([half, -half], axis=1)[:, :draws]  # mirrored, so that ranges lie around the score
    return declared_points(slate, noise) if model is None else learnt_points(slate, model, noise, draws, seed)


def _ranking(
    slate: SlateCards,
    points: SlatePoints,
    order: list[int],
    beats: FloatArray,
    bar: float | None,
    past: Sequence[float],
) -> tuple[RankedItem, ...]:
    if not order:
        return ()
    ranks = tie_groups(beats)
    low, high = rank_range(points.drawn[order])
    ends = np.clip(np.percentile(points.drawn, [5, 25, 75, 95], axis=1), *SCALE)
    earlier = np.sort(np.array([value for value in past if np.isfinite(value)], dtype=np.float64))
    rows = []
    for place, k in enumerate(order):
        score, drawn = float(points.score[k]), points.drawn[k]
        wide, narrow = ((min(float(ends[a, k]), score), max(float(ends[b, k]), score)) for a, b in ((0, 3), (1, 2)))
        rank = int(ranks[place])
        rows.append(
            RankedItem(
                slate.items[k],
                rank,
                int((ranks == rank).sum()) > 1,
                score,
                wide,
                narrow,
                (min(int(low[place]), rank), max(int(high[place]), rank)),
                bar_margin.against_bar(score, drawn, wide, bar),
                bar_margin.against_past(score, drawn, wide, earlier),
                slate.plain_mean[k],
                slate.n_cards[k],
            )
        )
    return tuple(rows)


def _pairs(slate: SlateCards, points: SlatePoints, order: list[int], beats: FloatArray) -> tuple[Pair, ...]:
    pairs = []
    for (high, a), (low, b) in combinations(enumerate(order), 2):
        gap = points.points[a] - points.points[b]
        reach = NINETY * np.sqrt(points.doubt(a, b))
        parts = [
            Contribution(name, float(gap[k]), (float(gap[k] - reach[k]), float(gap[k] + reach[k])))
            for k, name in enumerate(slate.columns)
        ]
        parts.sort(key=lambda part: (-abs(part.points), part.name))
        probability = float(beats[high, low])
        verdict = "ahead" if probability >= AHEAD else "tied"
        pairs.append(Pair(slate.items[a], slate.items[b], probability, verdict, tuple(parts)))
    return tuple(pairs)

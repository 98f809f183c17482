"""The points behind a slate's scores: one number per candidate and attribute, declared or learnt, with its noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, centred
from recruiter.learning.choice.rank_draws import spread_of
from recruiter.learning.choice.response_curves import shape_columns
from recruiter.learning.fitted_model import FittedModel
from recruiter.learning.scores import declared_score
from recruiter.learning.scores.random_effects import DEFAULT_HALO, Effects, rater_codes, slate_posterior
from recruiter.learning.types import OVERALL

INDEX = "index"


@dataclass(frozen=True, slots=True)
class SlatePoints:
    """Scores = base + sum of points, exactly; (n, attributes).

    `drawn_points` holds the points under each draw of the weights, (n, attributes, draws), or one draw where they are
    certain; `own_variance` is that of the card noise in each point; `drawn` holds scores under each draw, (n, draws).
    """

    base: float
    points: FloatArray
    score: FloatArray
    drawn_points: FloatArray
    own_variance: FloatArray
    drawn: FloatArray

    def doubt(self, a: int, b: int) -> FloatArray:
        """Variance of what each attribute adds to the difference of two candidates: of the weights and of the cards."""
        weights = (self.drawn_points[a] - self.drawn_points[b]).var(axis=1)
        result: FloatArray = weights + self.own_variance[a] + self.own_variance[b]
        return result


def declared_points(slate: declared_score.SlateCards, noise: FloatArray) -> SlatePoints:
    """Points under the declared weights alone; `noise` is standard normal, (n, draws)."""
    score = declared_score.declared_scores(slate)
    base = float(declared_score.on_grid(np.array([score.mean() if len(score) else declared_score.MIDDLE]))[0])
    weights = declared_score.item_weights(slate)
    points = declared_score.on_grid(weights * np.where(np.isfinite(slate.mean), slate.mean - base, 0.0))
    unrated = ~np.isfinite(slate.mean).any(axis=1)
    error = weights * slate.error
    spread = spread_of(error, np.ones((1, error.shape[1])), DEFAULT_HALO)[:, 0]
    spread[unrated] = declared_score.ITEM_SD
    exact = base + points.sum(axis=1)
    drawn = exact[:, None] + spread[:, None] * noise
    return SlatePoints(base, points, exact, points[:, :, None], error**2, drawn)


def learnt_points(
    slate: declared_score.SlateCards, model: FittedModel, noise: FloatArray, draws: int, seed: int
) -> SlatePoints:
    """Points under what past decisions taught, shown at the mean of the declared scores and in their spread."""
    attributes = slate.columns
    estimate, error = estimates(slate, model)
    error = error * model.noise_scale
    maps = column_map(attributes, slate.weights, model.columns)
    weights = model.posterior.draws(draws, seed) * model.spread
    parts = _parts(estimate, attributes, maps, model)
    base = float(
        declared_score.on_grid(
            np.array([declared_score.declared_scores(slate).mean() if len(estimate) else declared_score.MIDDLE])
        )[0]
    )
    points = declared_score.on_grid(parts @ (model.posterior.mean * model.spread))
    score = base + points.sum(axis=1)
    drawn_points = parts @ weights.T
    steps = model.level_weights(weights) @ maps
    middle = weights_in_use(slate, model)
    drawn = base + drawn_points.sum(axis=1) + spread_of(error, steps, model.halo) * noise
    return SlatePoints(base, points, score, drawn_points, error**2 * (middle**2 + steps.var(axis=0)), drawn)


def _parts(estimate: FloatArray, attributes: list[str], maps: FloatArray, model: FittedModel) -> FloatArray:
    """The model's columns split by the attribute that they come from; (n, attributes, columns of all shapes).

    A column of one attribute belongs to it in every shape. The index counts by its level alone, so that it splits
    into its attributes exactly.
    """
    n, size = len(estimate), len(model.columns)
    codes = np.zeros(n, dtype=np.intp)
    centred_levels = centred(estimate, codes)
    shapes = shape_columns(centred_levels @ maps.T / model.sd, codes, model.scales)
    result = np.zeros((n, len(attributes), shapes.shape[1]))
    for place, column in enumerate(model.columns):
        if column in attributes:
            own = np.arange(place, shapes.shape[1], size)
            result[:, attributes.index(column), own] = shapes[:, own]
        elif column == INDEX:
            result[:, :, place] = centred_levels * maps[place] / (model.sd[place] * model.scales[0, place])
    return result


def weights_in_use(slate: declared_score.SlateCards, model: FittedModel | None) -> FloatArray:
    """Points per point of rating on each column: the declared shares, or what past decisions taught on average."""
    if model is None:
        return slate.weights
    maps = column_map(slate.columns, slate.weights, model.columns)
    return model.level_weights(model.posterior.mean * model.spread) @ maps


def column_map(attributes: list[str], weights: FloatArray, columns: Sequence[str]) -> FloatArray:
    """How the model's columns read a slate's attributes: (columns, attributes); `index` uses the declared weights."""
    result = np.zeros((len(columns), len(attributes)))
    parts = np.array([0.0 if name == OVERALL else weight for name, weight in zip(attributes, weights, strict=True)])
    if not parts.sum() > 0:
        parts = np.array([0.0 if name == OVERALL else 1.0 for name in attributes])
    total = parts.sum() or 1.0
    for row, column in enumerate(columns):
        if column == INDEX:
            result[row] = parts / total
        elif column in attributes:
            result[row, attributes.index(column)] = 1.0
    return result


def estimates(slate: declared_score.SlateCards, model: FittedModel) -> tuple[FloatArray, FloatArray]:
    """Each candidate's level and standard error per attribute with leniency taken out, on 1 to 5."""
    rows = {name: place for place, name in enumerate(slate.items)}
    shape = (len(slate.items), len(slate.columns))
    level, error = np.full(shape, declared_score.MIDDLE), np.zeros(shape)
    home = np.zeros(len(slate.items), dtype=np.intp)
    for column, attribute in enumerate(slate.columns):
        cards = [card for card in slate.usable if card.attribute == attribute]
        effects = model.effects.get(attribute) or typical(model)
        error[:, column] = np.sqrt(effects.var_item)
        if not cards:
            if slate.usable:
                error[:, column] = 0.0  # nobody was rated on it: it tells nobody apart
            continue
        rater = rater_codes([card.rater for card in cards], model.raters)
        score = np.array([declared_score.on_five(card) for card in cards])
        item = np.array([rows[card.item] for card in cards], dtype=np.intp)
        level[:, column], error[:, column] = slate_posterior(score, np.zeros_like(item), item, rater, home, effects)
    return level, error


def typical(model: FittedModel) -> Effects:
    """What to expect of an attribute that no past slate had: middling variances, nobody known to be strict."""
    variances = [(part.var_item, part.var_rater, part.var_noise) for part in model.effects.values()]
    var_item, var_rater, var_noise = np.median(variances, axis=0).tolist()
    zero = np.zeros(len(model.raters))
    unknown, noise = np.full_like(zero, var_rater), np.full_like(zero, var_noise)
    return Effects(
        var_item, var_rater, var_noise, declared_score.MIDDLE, zero, unknown, zero, noise, zero.astype(np.intp)
    )

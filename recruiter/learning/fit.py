"""Fitting the company's model from its past slates: cards and grades in, a stored model out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, within_sd
from recruiter.learning.choice.joint_noise import noise_factor
from recruiter.learning.choice.posterior import CARD_STRENGTH
from recruiter.learning.choice.ranker import GradedChoiceRanker, unit_directions
from recruiter.learning.choice.response_curves import CARD_BELIEF
from recruiter.learning.evaluation.metrics import choices_in
from recruiter.learning.fitted_model import FittedModel, dump_model
from recruiter.learning.history.candidate_table import OVERALL_SHARES
from recruiter.learning.rating_table import RatingTable
from recruiter.learning.scores.declared_score import MIDDLE, SlateCards, declared_scores, gather_slate
from recruiter.learning.scores.scorecard_model import CardEstimates, ScorecardModel
from recruiter.learning.suggestion.slate_scores import INDEX, column_map
from recruiter.learning.types import OVERALL, JsonObject, PastSlate, in_order

SHARED_BY = 20  # slates that must share an attribute before it gets a weight of its own


def fit_model(
    slates: Sequence[PastSlate],
    *,
    weights: Mapping[str, float] | None = None,
    overall_weight: float = 0.5,
    seed: int = 0,
) -> JsonObject:
    """Learn leniency and weights from decided slates; the answer is the JSON object that `suggest` takes.

    `weights` stand in for slates that declare none. Slates without a choice (one grade, one candidate) teach
    leniency and scale only, and are not counted as decisions. The order of slates, items and cards changes nothing.

    Raises:
        ValueError: no slate has a usable card.
    """
    ordered = in_order(slates)
    gathered = [gather_slate(slate, weights, overall_weight) for slate in ordered]
    named_slates = [(f"{place:08d}", slate) for place, slate in enumerate(gathered)]
    ratings = RatingTable.of((name, card) for name, slate in named_slates for card in slate.usable).on_common_scale()
    if not len(ratings):
        raise ValueError("No past slate has a usable card.")
    scorecards = ScorecardModel().fit(ratings)
    levels = scorecards.transform(ratings, [(name, item) for name, slate in named_slates for item in slate.items])
    columns = columns_of(gathered)
    code = np.repeat(np.arange(len(gathered)), [len(slate.items) for slate in gathered])
    grades = (past.grades[item] for past, slate in zip(ordered, gathered, strict=True) for item in slate.items)
    grade = np.fromiter(grades, dtype=np.float64)
    X = _design(gathered, levels, columns)
    sd = within_sd(X, code)
    directions = declared_directions(columns, sd, overall_weight)
    nonlinear = [column != INDEX for column in columns]
    ranker = GradedChoiceRanker(
        directions=directions, nonlinear=nonlinear, level_belief=CARD_BELIEF, strength=CARD_STRENGTH, seed=seed
    ).fit(X, grade, code)
    declared = np.concatenate([declared_scores(slate) for slate in gathered])
    utility = ranker.predict(X, code)
    learnt_sd = float(within_sd(utility[:, None], code)[0])
    ratio = float(within_sd(declared[:, None], code)[0]) / learnt_sd if learnt_sd > 0 else 1.0
    prior_weights = CARD_STRENGTH[0] * unit_directions(directions, X / sd, code)[0]
    model = FittedModel(
        n_decisions=len(choices_in(grade, code)),
        columns=tuple(columns),
        sd=sd,
        scales=ranker.scales_,
        slopes=ranker.slopes_,
        posterior=ranker.posterior_,
        raters=tuple(scorecards.raters_),
        effects=scorecards.effects_,
        halo=scorecards.halo_,
        noise_scale=_noise_scale(gathered, levels, ranker.coef_, columns, code, scorecards.halo_),
        spread=ratio,
        declared=dict(zip(columns, prior_weights.tolist(), strict=True)),
        learnt=dict(zip(columns, (ranker.coef_ * sd).tolist(), strict=True)),
    )
    return dump_model(model)


def columns_of(slates: Sequence[SlateCards]) -> list[str]:
    """The overall rating, the index of the declared attributes, and each attribute that enough slates share."""
    shared = Counter(name for slate in slates for name in slate.rated())
    own = sorted(name for name, count in shared.items() if count >= SHARED_BY and name != OVERALL)
    return [OVERALL, INDEX, *own]


def declared_directions(columns: Sequence[str], sd: FloatArray, overall_weight: float) -> FloatArray:
    """The declared scorecard first (weights on points), then the known splits on standardised columns."""
    declared = (overall_weight * sd[0], (1.0 - overall_weight) * sd[1])
    directions = np.zeros((1 + len(OVERALL_SHARES), len(columns)))
    directions[:, :2] = [declared, *((share, 1.0 - share) for share in OVERALL_SHARES)]
    return directions


def _design(slates: Sequence[SlateCards], levels: CardEstimates, columns: list[str]) -> FloatArray:
    """The model's columns for every candidate; an attribute that a slate lacks stands at the middle for all."""
    parts = []
    ends = np.cumsum([len(slate.items) for slate in slates])
    for slate, estimate in zip(slates, np.split(levels.estimate, ends[:-1]), strict=True):
        level = np.full((len(slate.items), len(slate.columns)), MIDDLE)
        for name in slate.rated():
            level[:, slate.columns.index(name)] = estimate[:, levels.attributes.index(name)]
        parts.append(level @ column_map(slate.columns, slate.weights, columns).T)
    return np.concatenate(parts)


def _noise_scale(
    slates: Sequence[SlateCards],
    levels: CardEstimates,
    coefficients: FloatArray,
    columns: list[str],
    code: IntArray,
    halo: float,
) -> float:
    """The joint noise factor where all slates share their attributes; else 1, which is the cautious side."""
    own = [OVERALL, *columns[2:]]
    if any(set(slate.columns) != set(own) for slate in slates) or any(name not in levels.attributes for name in own):
        return 1.0
    places = [levels.attributes.index(name) for name in own]
    share = np.mean([column_map(slate.columns, slate.weights, columns) for slate in slates], axis=0)
    order = [slates[0].columns.index(name) for name in own]
    weights: FloatArray = (coefficients @ share)[order]
    return noise_factor(levels.estimate[:, places], levels.error[:, places], code, weights, halo)

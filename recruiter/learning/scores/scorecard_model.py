"""The scorecard model: what the cards say of a candidate once each interviewer's strictness is taken into account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self, overload

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import TransformerTags
from sklearn.utils.validation import check_is_fitted, validate_data

from recruiter.learning.arrays import FloatArray, IntArray, TextArray, codes_of, renumbered, text_array
from recruiter.learning.rating_table import RatingTable
from recruiter.learning.scores import random_effects
from recruiter.learning.scores.rater_graph import connected_raters
from recruiter.learning.scores.score_matrix import pairs_of, ratings_of


@dataclass(frozen=True, slots=True)
class CardEstimates:
    """One row per candidate and attribute of the transformed cards; `n_cards` 0 means nobody covered it."""

    slate: TextArray
    item: TextArray
    attributes: tuple[str, ...]
    estimate: FloatArray
    error: FloatArray
    n_cards: IntArray

    def column(self, attribute: str) -> tuple[FloatArray, FloatArray]:
        """Estimate and standard error of one attribute over all candidates."""
        place = self.attributes.index(attribute)
        return self.estimate[:, place], self.error[:, place]


class ScorecardModel(TransformerMixin, BaseEstimator):  # type: ignore[misc] # sklearn carries no types
    """Candidate levels from cards: slate + candidate + rater leniency + noise, each attribute by itself.

    A score of candidate i of slate s by rater r on one attribute is

        score = level_s + candidate_i + leniency_r + noise,   noise ~ N(0, noise_r)

    with candidate_i ~ N(0, var_item) and leniency_r ~ N(0, var_rater). Slates are fixed, so that nobody is compared
    across them. `fit` learns each interviewer's leniency and noise from past cards, never from outcomes; a rater's own
    noise is the pooled one until many cards say otherwise. `transform` gives for each candidate and attribute the best
    linear unbiased predictor (level_s plus the mean deviation times the reliability var_item / (var_item + noise /
    cards)), its standard error and the number of cards, all in the units of the cards.

    Besides `RatingTable`, both take a plain matrix of one slate and one attribute: a row a candidate, a column a rater,
    NaN where there is no mark. `transform` then gives the estimates as one column (n, 1).

    Notes:
        The linear mixed model of raters in generalizability theory (Brennan 2001), solved as a ridge by backfitting.
        Henderson (1975), Best linear unbiased estimation and prediction under a selection model, for candidates and
        leniency; Searle, Casella and McCulloch (1992), Variance components, chapter 4, for the variances by moments.
    """

    def fit(self, ratings: RatingTable | FloatArray, y: object = None) -> Self:
        """Learn leniency and noise of every rater; an attribute is learnt from its own cards only."""
        del y  # there for pipelines
        if not isinstance(ratings, RatingTable):
            ratings = ratings_of(self._matrix(ratings, reset=True))
        if not len(ratings):
            raise ValueError("There are no cards to learn from.")
        rater, self.raters_ = codes_of(ratings.rater)
        attribute, names = codes_of(ratings.attribute)
        slate, _ = codes_of(ratings.slate)
        item, _ = codes_of(ratings.pairs())
        self.effects_: dict[str, random_effects.Effects] = {}
        for place, name in enumerate(names):
            rows = attribute == place
            self.effects_[name] = random_effects.fit_effects(
                ratings.score[rows], renumbered(slate[rows]), renumbered(item[rows]), rater[rows], len(self.raters_)
            )
        self.halo_ = random_effects.halo_of(
            ratings.score, attribute, item, rater, [self.effects_[name] for name in names]
        )
        self.components_ = connected_raters(ratings.pairs(), ratings.rater)
        return self

    @overload
    def transform(self, ratings: RatingTable, items: list[tuple[str, str]] | None = None) -> CardEstimates: ...

    @overload
    def transform(self, ratings: FloatArray) -> FloatArray: ...

    def transform(
        self, ratings: RatingTable | FloatArray, items: list[tuple[str, str]] | None = None
    ) -> CardEstimates | FloatArray:
        """Estimate every candidate of `items` (default: all (slate, item) with a card) on every learnt attribute."""
        check_is_fitted(self, "effects_")
        if isinstance(ratings, RatingTable):
            return self._estimates(ratings, items)
        scores = self._matrix(ratings, reset=False)
        return self._estimates(ratings_of(scores), pairs_of(scores)).estimate

    def _matrix(self, scores: FloatArray, *, reset: bool) -> FloatArray:
        result: FloatArray = validate_data(self, scores, dtype=np.float64, ensure_all_finite="allow-nan", reset=reset)
        return result

    def __sklearn_tags__(self) -> Any:
        """What scikit-learn may expect: gaps are welcome, and an estimate depends on who else is on the slate."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.transformer_tags = TransformerTags(preserves_dtype=[])
        return tags

    def _estimates(self, ratings: RatingTable, items: list[tuple[str, str]] | None) -> CardEstimates:
        pairs = items if items is not None else sorted(set(ratings.pairs()))
        row_of = {pair: place for place, pair in enumerate(pairs)}
        item = np.array([row_of[pair] for pair in ratings.pairs()], dtype=np.intp)
        slates = text_array([slate for slate, _ in pairs])
        home, _ = codes_of(slates)
        rater = random_effects.rater_codes(ratings.rater, self.raters_)
        names = tuple(self.effects_)
        estimate = np.zeros((len(pairs), len(names)))
        error = np.zeros_like(estimate)
        counts = np.zeros((len(pairs), len(names)), dtype=np.intp)
        for place, name in enumerate(names):
            rows = ratings.attribute == name
            effects = self.effects_[name]
            if pairs:
                level, doubt = random_effects.slate_posterior(
                    ratings.score[rows], home[item[rows]], item[rows], rater[rows], home, effects
                )
                estimate[:, place] = np.where(np.isnan(level), effects.mean, level)
                error[:, place] = doubt
            counts[:, place] = np.bincount(item[rows], minlength=len(pairs))
        return CardEstimates(slates, text_array([item for _, item in pairs]), names, estimate, error, counts)

    def leniency(self) -> dict[str, float]:
        """Each rater's mean leniency in units of the cards: above 0 marks higher than the others."""
        check_is_fitted(self, "effects_")
        leniency, _ = random_effects.mean_leniency(self.effects_.values(), len(self.raters_))
        return dict(zip(self.raters_, leniency.tolist(), strict=True))

"""scikit-learn's own checks on both estimators, and the matrix entrance of the scorecard model."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.estimator_checks import parametrize_with_checks

from recruiter.learning.choice.ranker import GradedChoiceRanker
from recruiter.learning.rating_table import RatingTable
from recruiter.learning.scores.scorecard_model import ScorecardModel
from recruiter.learning.types import Card

BY_DESIGN = "who else is on the slate matters: a share of it, and a level pulled to its mean"


@parametrize_with_checks(
    [ScorecardModel(), GradedChoiceRanker(draws=20, prior_scales=(0.3,))],
    expected_failed_checks=lambda _: {"check_methods_subset_invariance": BY_DESIGN},
)
def test_it_keeps_scikit_learns_rules(estimator, check):
    check(estimator)


@pytest.fixture(scope="module")
def panel():
    """60 candidates marked by 6 raters of known leniency, a third of the marks missing."""
    rng = np.random.default_rng(4)
    level, leniency = rng.normal(3, 0.8, 60), np.array([-0.6, -0.3, 0.0, 0.0, 0.3, 0.6])
    scores = level[:, None] + leniency + rng.normal(0, 0.4, (60, 6))
    scores[rng.random(scores.shape) < 1 / 3] = np.nan
    return level, leniency, scores


def test_a_matrix_tells_the_same_as_its_rows(panel):
    _, _, scores = panel
    rows = [("s", Card(f"{i:02d}", f"{r}", "score", float(scores[i, r]))) for i, r in np.argwhere(np.isfinite(scores))]
    ratings = RatingTable.of(rows)
    pairs = [("s", f"{i:02d}") for i in range(60)]
    want = ScorecardModel().fit(ratings).transform(ratings, pairs).estimate
    assert ScorecardModel().fit_transform(scores) == pytest.approx(want, abs=1e-12)


def test_leniency_is_found_and_taken_out(panel):
    level, leniency, scores = panel
    model = ScorecardModel().fit(scores)
    assert np.corrcoef(list(model.leniency().values()), leniency)[0, 1] > 0.97
    plain = np.nanmean(scores, axis=1)
    adjusted = model.transform(scores)[:, 0]
    assert np.abs(adjusted - level).mean() < np.abs(plain - level).mean()


def test_somebody_whom_nobody_marked_stands_at_the_mean(panel):
    _, _, scores = panel
    model = ScorecardModel().fit(scores)
    estimates = model.transform(np.vstack([scores, np.full((1, 6), np.nan)]))[:, 0]
    assert np.nanmin(estimates[:-1]) < estimates[-1] < np.nanmax(estimates[:-1])


def test_it_can_be_cloned_shown_and_says_when_it_is_not_fitted(panel):
    model = ScorecardModel()
    assert model.get_params() == {}
    assert model.set_params() is model
    assert repr(clone(model)) == "ScorecardModel()"
    for act in (lambda: model.transform(panel[2]), lambda: model.transform(RatingTable.of([])), model.leniency):
        with pytest.raises(NotFittedError):
            act()


def test_nothing_to_learn_from_is_told():
    with pytest.raises(ValueError, match="no cards"):
        ScorecardModel().fit(RatingTable.of([]))
    with pytest.raises(ValueError, match="no cards"):
        ScorecardModel().fit(np.full((3, 2), np.nan))

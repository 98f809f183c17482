# ruff: noqa: N806 - X is what mathematics calls it
import numpy as np
import pytest
from sklearn.base import clone

from recruiter.learning.choice.ranker import GradedChoiceRanker


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(2)
    groups = np.repeat([f"s{k}" for k in range(60)], 5)
    X = rng.normal(size=(300, 3)) + 3
    utility = X @ [1.5, 0.5, 0.0] + rng.gumbel(size=300)
    grade = np.zeros(300)
    for k in range(60):
        order = k * 5 + np.argsort(-utility[k * 5 : k * 5 + 5])
        grade[order[:3]] = [3, 2, 1]
    return X, grade, groups


@pytest.fixture(scope="module")
def fitted(data):
    return GradedChoiceRanker().fit(*data)


def test_probabilities_of_a_slate_sum_to_one(data, fitted):
    X, _, groups = data
    probability = fitted.predict_proba(X, groups)
    assert probability.reshape(60, 5).sum(axis=1) == pytest.approx(np.ones(60), abs=1e-12)
    assert (probability > 0).all()


def test_it_learns_what_mattered(data, fitted):
    assert fitted.coef_[0] > fitted.coef_[1] > abs(fitted.coef_[2])
    assert fitted.score(*data) > 0.2


def test_without_choices_it_is_the_declared_scorecard(data):
    X, grade, groups = data
    ranker = GradedChoiceRanker(directions=[[2.0, 1.0, 0.0], [0.0, 0.0, 1.0]]).fit(X, np.zeros_like(grade), groups)
    weights = ranker.coef_ * ranker.sd_
    assert weights / weights[1] == pytest.approx([2.0, 1.0, 0.0], abs=1e-9)


def test_order_of_rows_and_names_of_slates_change_nothing(data, fitted):
    X, grade, groups = data
    shuffle = np.random.default_rng(1).permutation(300)
    renamed = np.array([f"z{99 - int(name[1:]):02d}" for name in groups])
    other = clone(fitted).fit(X[shuffle], grade[shuffle], renamed[shuffle])
    se = np.full_like(X, 0.3)
    assert other.coef_ == pytest.approx(fitted.coef_, abs=1e-9)
    before, after = fitted.rank(X, groups, se), other.rank(X[shuffle], renamed[shuffle], se)
    for name in ("place", "rank", "low", "high"):
        assert (getattr(after, name) == getattr(before, name)[shuffle]).all()
    assert other.predict_proba(X[shuffle], renamed[shuffle]) == pytest.approx(
        fitted.predict_proba(X, groups)[shuffle], abs=1e-9
    )


def test_card_noise_widens_rank_ranges_and_leaves_probabilities_alone(data, fitted):
    X, _, groups = data
    sure, unsure = fitted.rank(X, groups), fitted.rank(X, groups, np.full_like(X, 1.0))
    assert (unsure.high - unsure.low).mean() > (sure.high - sure.low).mean() + 1
    assert (unsure.low <= unsure.rank).all()
    assert (unsure.rank <= unsure.high).all()


def test_pairs_are_complementary_and_stay_inside_their_slate(data, fitted):
    X, _, groups = data
    chance = fitted.pairwise_proba(X[:10], groups[:10], np.full((10, 3), 0.2))
    assert np.isnan(chance[:5, 5:]).all()
    assert chance[:5, :5] + chance[:5, :5].T == pytest.approx(np.ones((5, 5)), abs=1e-12)


def test_an_explanation_adds_up_to_the_difference(data, fitted):
    X, _, _ = data
    parts = fitted.explain(X, 0, 1)
    utility = fitted.predict(X[:2])
    assert sum(part["points"] for part in parts) == pytest.approx(utility[0] - utility[1], abs=1e-12)
    assert [abs(part["points"]) for part in parts] == sorted((abs(part["points"]) for part in parts), reverse=True)
    assert all(part["range"][0] <= part["range"][1] for part in parts)


def test_wrong_shapes_are_told(data):
    X, grade, groups = data
    with pytest.raises(ValueError, match="directions name 2 columns"):
        GradedChoiceRanker(directions=[[1.0, 1.0]]).fit(X, grade, groups)
    with pytest.raises(ValueError, match="groups must name"):
        GradedChoiceRanker().fit(X, grade, groups[:5])

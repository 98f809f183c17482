# ruff: noqa: N803, N806 - X is what mathematics calls it
import dataclasses

import numpy as np
import pytest

from recruiter.learning.choice.ranker import GradedChoiceRanker
from recruiter.learning.choice.response_curves import SHAPES, mid_ranks, raw_shapes, shape_columns, shape_scales
from recruiter.learning.evaluation.metrics import skill_of
from recruiter.learning.fit import fit_model
from recruiter.learning.fitted_model import ModelRefused, dump_model, load_model
from recruiter.learning.scores.declared_score import gather
from recruiter.learning.suggestion.slate_scores import learnt_points
from recruiter.learning.suggestion.suggest import scores_of, suggest
from recruiter.learning.types import Card, PastSlate

SLATES, SIZE = 120, 6


def choices(reward, seed=5, columns=3):
    """Slates decided by `reward` of their levels, with chance."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(SLATES * SIZE, columns))
    codes = np.repeat(np.arange(SLATES), SIZE)
    utility = reward(X, codes) + rng.gumbel(size=len(X))
    grade = np.zeros(len(X))
    for code in range(SLATES):
        order = code * SIZE + np.argsort(-utility[code * SIZE : (code + 1) * SIZE])
        grade[order[:3]] = [3, 2, 1]
    return X, grade, codes


def leads(X, codes):
    top = np.full(SLATES, -np.inf)
    np.maximum.at(top, codes, X[:, 0])
    return 3.0 * (X[:, 0] == top[codes]) + 0.4 * X[:, 1]


def test_places_run_from_last_to_first_and_equals_share():
    values = np.array([[1.0], [2.0], [2.0], [5.0], [7.0]])
    assert mid_ranks(values, np.array([0, 0, 0, 0, 1]))[:, 0] == pytest.approx([0, 0.5, 0.5, 1, 0.5])


def test_each_shape_of_a_column_is_what_its_name_says():
    Z = np.array([[-1.0], [0.0], [1.0]])
    shapes = dict(zip(SHAPES, raw_shapes(Z, np.zeros(3, dtype=int))[:, :, 0], strict=True))
    assert shapes["level"].tolist() == [-1, 0, 1]
    assert shapes["place"].tolist() == [0, 0.5, 1]
    assert shapes["above"].tolist() == [0, 0, 1]
    assert shapes["best"].tolist() == [0, 0, 1]
    assert shapes["bent"] == pytest.approx(np.tanh([-1.5, 0, 1.5]))


def test_equals_that_differ_by_rounding_alone_share_their_place():
    Z = np.array([[0.1 + 0.2], [0.3], [0.0]])
    codes = np.zeros(3, dtype=int)
    columns = shape_columns(Z, codes, shape_scales(Z, codes))
    assert columns[0] == pytest.approx(columns[1], abs=1e-12)


def test_a_company_that_rewards_who_leads_is_foreseen_better_with_shapes():
    X, grade, codes = choices(leads)
    new, later, their = choices(leads, seed=6)
    skills = {}
    for bent in (None, True):
        ranker = GradedChoiceRanker(nonlinear=bent).fit(X, grade, codes)
        skills[bent] = skill_of(later, ranker.predict_proba(new, their), their)
    assert skills[True] > skills[None] + 0.02


def test_where_levels_alone_count_shapes_cost_next_to_nothing():
    def straight(X, codes):
        return X @ [1.2, 0.5, 0.0]

    X, grade, codes = choices(straight)
    new, later, their = choices(straight, seed=6)
    skills = [
        skill_of(later, GradedChoiceRanker(nonlinear=bent).fit(X, grade, codes).predict_proba(new, their), their)
        for bent in (None, True)
    ]
    assert skills[1] > skills[0] - 0.01


def test_only_the_columns_that_may_bend_do():
    X, grade, codes = choices(leads)
    ranker = GradedChoiceRanker(nonlinear=[False, True, True]).fit(X, grade, codes)
    weights = ranker.posterior_.mean.reshape(len(SHAPES), 3)
    assert (weights[1:, 0] == 0).all()
    assert (weights[1:, 1:] != 0).any()


def test_points_of_a_bent_model_add_up_to_the_difference():
    X, grade, codes = choices(leads)
    ranker = GradedChoiceRanker(nonlinear=True).fit(X, grade, codes)
    slate = X[:SIZE]
    utility = ranker.predict(slate)
    parts = ranker.explain(slate, 0, 4)
    assert sum(part["points"] for part in parts) == pytest.approx(utility[0] - utility[4], abs=1e-12)
    assert all(part["range"][0] <= part["points"] <= part["range"][1] for part in parts if abs(part["points"]) > 0.2)


@pytest.fixture(scope="module")
def past():
    rng = np.random.default_rng(8)
    names = ("Craft", "Clarity")
    slates = []
    for number in range(60):
        marks = rng.integers(1, 6, size=(5, 3, 3))
        cards = [
            Card(f"c{i}", f"r{k}", name, float(marks[i, k, a]))
            for i in range(5)
            for k in range(3)
            for a, name in enumerate((*names, "overall"))
        ]
        best = int(np.argmax(marks[:, :, 0].mean(axis=1) + 0.01 * rng.normal(size=5)))
        grades = {f"c{i}": 3.0 if i == best else 1.0 for i in range(5)}
        slates.append(PastSlate(f"s{number}", cards, grades, number, dict.fromkeys(names, 1.0)))
    return slates


def test_scores_of_a_learnt_suggestion_are_base_and_points_exactly(past):
    model = load_model(fit_model(past))
    past_slate = past[0]
    suggestion = suggest(
        list(past_slate.grades), past_slate.cards, weights=past_slate.weights, model=model, n_decisions=60
    )
    score = {row.item: row.score for row in suggestion.ranking}
    for pair in suggestion.pairs:
        assert sum(part.points for part in pair.contributions) == score[pair.a] - score[pair.b]
    slate = gather(list(past_slate.grades), past_slate.cards, past_slate.weights, 0.5)
    points = learnt_points(slate, model, np.zeros((5, 4)), 4, 0)
    assert (points.base + points.points.sum(axis=1)).tolist() == points.score.tolist()


def test_a_model_of_the_first_format_still_serves(past):
    model = load_model(fit_model(past))
    level = dataclasses.replace(
        model,
        scales=np.ones((1, len(model.columns))),
        slopes=np.ones((1, len(model.columns))),
        posterior=dataclasses.replace(
            model.posterior,
            means=model.posterior.means[:, : len(model.columns)],
            covariances=model.posterior.covariances[:, : len(model.columns), : len(model.columns)],
        ),
    )
    stored = dump_model(level)
    body = {name: value for name, value in stored.items() if name not in {"sha256", "version", "shapes"}} | {
        "format": 1
    }
    from recruiter.learning.fitted_model import digest_of

    old = {**body, "version": digest_of(body)[:12], "sha256": digest_of(body)}
    slate = past[0]
    items = list(slate.grades)
    assert scores_of(items, slate.cards, weights=slate.weights, model=old) == scores_of(
        items, slate.cards, weights=slate.weights, model=stored
    )
    with pytest.raises(ModelRefused):
        load_model({**old, "format": 3})

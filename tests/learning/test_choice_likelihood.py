# ruff: noqa: N806 - X is what mathematics calls it
import numpy as np
import pytest

from recruiter.learning.choice.likelihood import build_stages, fit_coefficients, loss_of, slopes_of


def brute_force(utility, grade, groups):
    """The likelihood by its definition, one stage at a time."""
    total = 0.0
    for group in set(groups):
        left = [k for k in range(len(groups)) if groups[k] == group]
        for depth, level in enumerate(sorted({grade[k] for k in left}, reverse=True)[:-1]):
            best = [k for k in left if grade[k] == level]
            whole = sum(np.exp(utility[k]) for k in left)
            total -= sum(utility[k] - np.log(whole) for k in best) / len(best) / (1 + depth)
            left = [k for k in left if k not in best]
    return total


@pytest.fixture
def made():
    rng = np.random.default_rng(4)
    groups = np.repeat(np.arange(12), [1, 2, 3, 4, 5, 6, 7, 8, 2, 3, 4, 5])
    return rng.normal(size=(len(groups), 3)), rng.integers(0, 4, len(groups)).astype(float), groups


def test_the_loss_is_the_one_counted_by_hand(made):
    X, grade, groups = made
    beta = np.array([0.7, -0.2, 1.1])
    loss, _ = loss_of(X @ beta, build_stages(grade, groups))
    assert loss == pytest.approx(brute_force(X @ beta, grade, groups), abs=1e-10)


def test_gradient_and_hessian_match_finite_differences(made):
    X, grade, groups = made
    stages, beta, step = build_stages(grade, groups), np.array([0.3, 0.1, -0.4]), 1e-5
    gradient, hessian = slopes_of(X, loss_of(X @ beta, stages)[1], stages)
    for k in range(3):
        up, down = beta.copy(), beta.copy()
        up[k] += step
        down[k] -= step
        slope = (loss_of(X @ up, stages)[0] - loss_of(X @ down, stages)[0]) / (2 * step)
        curve = (
            slopes_of(X, loss_of(X @ up, stages)[1], stages)[0] - slopes_of(X, loss_of(X @ down, stages)[1], stages)[0]
        ) / (2 * step)
        assert gradient[k] == pytest.approx(slope, abs=1e-6)
        assert hessian[k] == pytest.approx(curve, abs=1e-5)


def test_an_unpenalised_fit_is_the_conditional_logit_optimum():
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(2000), 4)
    X = rng.normal(size=(8000, 2))
    true = np.array([1.2, -0.6])
    noisy = X @ true + rng.gumbel(size=8000)
    chosen = (noisy.reshape(-1, 4) == noisy.reshape(-1, 4).max(axis=1, keepdims=True)).ravel().astype(float)
    beta, hessian, loss = fit_coefficients(X, build_stages(chosen, groups), np.zeros(2), np.zeros((2, 2)))
    assert beta == pytest.approx(true, abs=4 * np.sqrt(np.linalg.inv(hessian).diagonal().max()))
    by_hand = -np.log(
        (np.exp(X @ beta).reshape(-1, 4) / np.exp(X @ beta).reshape(-1, 4).sum(1, keepdims=True))[
            chosen.reshape(-1, 4) == 1
        ]
    ).sum()
    assert loss == pytest.approx(by_hand, abs=1e-8)


def test_one_grade_or_one_candidate_is_no_choice():
    stages = build_stages(np.array([1.0, 1.0, 3.0]), np.array([0, 0, 1]))
    assert stages.n_stages == 0
    assert loss_of(np.zeros(3), stages)[0] == 0.0

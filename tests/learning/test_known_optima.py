# ruff: noqa: N803, N806 - X is what mathematics calls it
"""Conditional logit fits whose optimum can be written down, so that no other program is trusted."""

import numpy as np
import pytest

from recruiter.learning.choice.likelihood import build_stages, fit_coefficients


def unpenalised(X, grade, groups):
    p = X.shape[1]
    beta, hessian, loss = fit_coefficients(X, build_stages(grade, groups), np.zeros(p), np.zeros((p, p)))
    return beta, hessian, -loss


def test_one_yes_or_no_figure_gives_the_log_odds():
    # 40 slates of two; in 30 of them the one who has it is chosen
    X = np.tile([[1.0], [0.0]], (40, 1))
    chosen = np.concatenate([np.tile([1.0, 0.0], 30), np.tile([0.0, 1.0], 10)])
    beta, hessian, loss = unpenalised(X, chosen, np.repeat(np.arange(40), 2))
    assert beta == pytest.approx([np.log(3)], abs=1e-10)
    assert loss == pytest.approx(30 * np.log(0.75) + 10 * np.log(0.25), abs=1e-9)
    assert hessian == pytest.approx(np.array([[40 * 0.75 * 0.25]]), abs=1e-9)


def test_constants_of_three_kinds_give_their_shares():
    counts = np.array([50, 30, 20])
    X = np.tile(np.eye(3)[:, :2], (100, 1))
    chosen = np.eye(3)[np.repeat(np.arange(3), counts)].ravel()
    beta, _, loss = unpenalised(X, chosen, np.repeat(np.arange(100), 3))
    assert beta == pytest.approx(np.log(counts[:2] / counts[2]), abs=1e-10)
    assert loss == pytest.approx(counts @ np.log(counts / 100), abs=1e-9)


def test_the_second_stage_weighs_half():
    # slates of three kinds a, b, c; grades 2, 1, 0: b against c in the second stage has weight 1/2
    X = np.tile(np.eye(3)[:, :2], (2, 1))
    grade, groups = np.array([2.0, 1.0, 0.0, 1.0, 2.0, 0.0]), np.repeat(np.arange(2), 3)
    beta = np.array([0.3, -0.4])
    power = np.exp([0.3, -0.4, 0.0])
    want = (
        np.log(power[0] / power.sum())
        + 0.5 * np.log(power[1] / power[1:].sum())
        + np.log(power[1] / power.sum())
        + 0.5 * np.log(power[0] / power[[0, 2]].sum())
    )
    from recruiter.learning.choice.likelihood import loss_of

    assert -loss_of(X @ beta, build_stages(grade, groups))[0] == pytest.approx(want, abs=1e-12)


def test_adding_the_same_to_a_whole_slate_changes_nothing():
    rng = np.random.default_rng(6)
    groups = np.repeat(np.arange(30), 4)
    X, grade = rng.normal(size=(120, 2)), rng.integers(0, 3, 120).astype(float)
    moved = X + rng.normal(size=(30, 2))[groups]
    plain, shifted = unpenalised(X, grade, groups), unpenalised(moved, grade, groups)
    assert plain[0] == pytest.approx(shifted[0], abs=1e-9)
    assert plain[2] == pytest.approx(shifted[2], abs=1e-8)

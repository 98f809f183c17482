from types import SimpleNamespace

import numpy as np
import pytest

from recruiter.learning.evaluation.metrics import calibration_error, slate_scores


def figures(grade, score, probability, codes):
    scores, _ = slate_scores(
        np.array(grade, float), np.array(score, float), np.array(probability, float), np.array(codes)
    )
    return SimpleNamespace(**scores.means())


def test_a_perfect_forecast():
    scores = figures([3, 1, 0], [9, 5, 1], [1, 0, 0], [0, 0, 0])
    assert (scores.skill, scores.top1, scores.auc, scores.ndcg) == pytest.approx((1, 1, 1, 1))


def test_guessing_has_no_skill():
    scores = figures([3, 1, 0], [1, 1, 1], [1 / 3] * 3, [0, 0, 0])
    assert scores.skill == pytest.approx(0)
    assert scores.auc == pytest.approx(0.5)
    assert scores.top1 == pytest.approx(1 / 3)


def test_shared_best_grades_share_the_target():
    scores = figures([2, 2, 0, 0], [4, 3, 2, 1], [0.5, 0.5, 0, 0], [0] * 4)
    assert scores.skill == pytest.approx(1 - np.log(2) / np.log(4))


def test_skill_weighs_slates_by_their_size():
    scores = figures([1, 0, 1, 0, 0, 0], [1, 0, 1, 0, 0, 0], [0.5, 0.5, 0.7, 0.1, 0.1, 0.1], [0, 0, 1, 1, 1, 1])
    assert scores.skill == pytest.approx(1 - (-np.log(0.5) - np.log(0.7)) / (np.log(2) + np.log(4)))


def test_ndcg_by_hand():
    scores = figures([0, 1, 3], [3, 2, 1], [1 / 3] * 3, [0, 0, 0])
    ideal = 1 + 0.5 / np.log2(3)
    assert scores.ndcg == pytest.approx((0.5 / np.log2(3) + 1 / 2) / ideal)


def test_slates_without_a_choice_are_left_out():
    scores, _ = slate_scores(np.array([1.0, 2.0, 2.0]), np.zeros(3), np.array([1, 0.5, 0.5]), np.array([0, 1, 1]))
    assert len(scores.loss) == 0
    assert scores.skill == 0.0


def test_calibration_error_of_bins():
    forecasts, true = np.repeat([0.1, 0.9], 50), np.repeat([0.0, 1.0], 50)
    assert calibration_error(forecasts, true) == pytest.approx(0.1)

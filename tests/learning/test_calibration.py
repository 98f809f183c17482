import numpy as np
import pytest

from recruiter.learning.evaluation.calibration import calibration_bins
from recruiter.learning.evaluation.metrics import calibration_error, targets_of


@pytest.fixture(scope="module")
def forecasts():
    rng = np.random.default_rng(8)
    probability = rng.dirichlet(np.ones(5) * 0.7, 400)
    best = np.array([rng.choice(5, p=row) for row in probability])
    return (np.arange(5) == best[:, None]).astype(float).ravel(), probability.ravel(), np.repeat(np.arange(400), 5)


def test_honest_forecasts_lie_in_their_ranges(forecasts):
    bins = calibration_bins(*forecasts)
    assert sum(group.count for group in bins) == 2000
    assert {group.count for group in bins} == {200}
    assert sum(group.low <= group.forecast <= group.high for group in bins) >= 8
    assert all(group.low <= group.outcome <= group.high for group in bins)


def test_the_bins_hold_the_calibration_error(forecasts):
    grade, probability, codes = forecasts
    bins = calibration_bins(grade, probability, codes)
    true = np.concatenate([targets_of(grade[codes == k]) for k in range(400)])
    gap = sum(abs(group.forecast - group.outcome) * group.count for group in bins) / 2000
    assert gap == pytest.approx(calibration_error(probability, true))


def test_too_bold_forecasts_are_seen(forecasts):
    grade, probability, codes = forecasts
    bold = probability**3 / np.repeat((probability.reshape(-1, 5) ** 3).sum(axis=1), 5)
    last = calibration_bins(grade, bold, codes)[-1]
    assert last.forecast > last.high


def test_what_never_came_is_not_held_impossible():
    grade = np.tile([1.0, 0.0, 0.0, 0.0], 50)
    probability = np.tile([0.97, 0.01, 0.01, 0.01], 50)
    bins = calibration_bins(grade, probability, np.repeat(np.arange(50), 4))
    assert (bins[0].outcome, bins[0].low) == (0.0, 0.0)
    assert bins[0].high == pytest.approx(1 - 0.05 ** (1 / 20))
    assert (bins[-1].outcome, bins[-1].high) == (1.0, 1.0)
    assert bins[-1].low == pytest.approx(0.05 ** (1 / 20))


def test_slates_without_a_choice_and_no_slates_at_all():
    nothing = np.zeros(0)
    assert calibration_bins(nothing, nothing, np.zeros(0, dtype=int)) == []
    assert calibration_bins(np.ones(3), np.full(3, 1 / 3), np.zeros(3, dtype=int)) == []
    few = calibration_bins(np.array([1.0, 0.0]), np.array([0.7, 0.3]), np.zeros(2, dtype=int))
    assert [(group.forecast, group.outcome, group.count) for group in few] == [(0.3, 0.0, 1), (0.7, 1.0, 1)]

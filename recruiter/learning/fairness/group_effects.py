"""Did belonging to a group count in the choices beyond what the scorecards say? The ranker's utility with the group added.

utility = X beta + gamma[group], X being the model's columns with the declared weights as prior, gamma free but for a
faint pull to 0 that keeps it finite. The likelihood is the ranker's (choice_likelihood); errors are clustered by slate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, centred, group_sums, renumbered
from recruiter.learning.choice.likelihood import Stages, build_stages, fit_coefficients, loss_of
from recruiter.learning.fairness.design_matrix import Design
from recruiter.learning.fairness.significance import holm
from recruiter.learning.fairness.types import UNKNOWN, ChoiceEffects, GroupEffect
from recruiter.learning.fairness.verdicts import ENOUGH

POWER = 0.85  # the share of audits that must notice a bias of 1 logit at 50 slates
FEW = 25  # slates below which clustered errors are not to be trusted alone
WIDE = 3.0  # prior deviation of a group's own weight, in logits
LOOSE = 1.0  # prior deviation of a column's weight round the declared one


def group_effects(design: Design, answers: Mapping[str, str], rated: Sequence[str]) -> ChoiceEffects | None:
    """Each rated category against the largest one; None where fewer than two slates compare any two of them.

    People without a known answer, and those of categories too small to rate, stay on their slates under a weight of
    their own, so that the choices they took part in are still whole.
    """
    categories = np.array([answers.get(item, UNKNOWN) for item in design.items], dtype=object)
    sizes = {name: int((categories == name).sum()) for name in rated}
    present = sorted((name for name in rated if sizes[name]), key=lambda name: (-sizes[name], name))
    mixed = _mixed(design, categories, present)
    if len(present) < 2 or len(mixed) < 2:  # noqa: PLR2004 - two groups, and two slates to tell them from one
        return None
    others = present[1:]
    rest = ~np.isin(categories.astype(str), present)
    columns = [categories == name for name in others] + ([rest] if rest.any() else [])
    dummies = np.stack(columns, axis=1).astype(np.float64)
    effect, clustered, plain = _fit(design, dummies)
    estimates = []
    for place, name in enumerate(others):
        shared_slates = _mixed(design, categories, [present[0], name])
        if len(shared_slates) >= 2:  # noqa: PLR2004 - same
            # A few slates agree with each other too easily: the larger of both errors there.
            error = clustered[place] if len(shared_slates) >= FEW else max(clustered[place], plain[place])
            estimates.append((name, float(effect[place]), float(error), len(shared_slates)))
    tests = [_significance(value, wide, count) for _, value, wide, count in estimates]
    p_values = holm([test[0] for test in tests])
    effects = [
        GroupEffect(name, value, wide, span, p, adjusted, least, count)
        for (name, value, wide, count), (p, span, least), adjusted in zip(estimates, tests, p_values, strict=True)
    ]
    enough = any(effect_row.slates >= ENOUGH for effect_row in effects)
    return ChoiceEffects(present[0], len(mixed), enough, tuple(effects))


def _significance(effect: float, error: float, slates: int) -> tuple[float, tuple[float, float], float]:
    """Two-sided p, 95 % range and the smallest effect found in 85 of 100 cases, by Student's t over slates."""
    from scipy.stats import norm, t

    freedom = max(slates - 1, 1)
    critical = float(t.ppf(0.975, freedom))
    p = float(2.0 * t.sf(abs(effect) / error, freedom)) if error > 0 else 1.0
    least = (critical + float(norm.ppf(POWER))) * error
    return p, (effect - critical * error, effect + critical * error), least


def _mixed(design: Design, categories: np.ndarray, names: Sequence[str]) -> list[int]:
    """Slates that held a choice and at least two of the categories."""
    mixed = []
    for rows in np.split(np.arange(len(design.code)), np.flatnonzero(np.diff(design.code)) + 1):
        here = set(categories[rows]) & set(names)
        if len(rows) and len(here) > 1 and len(np.unique(design.grade[rows])) > 1:
            mixed.append(int(design.code[rows[0]]))
    return mixed


def _fit(design: Design, dummies: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Weights of the groups, their errors clustered by slate, and their errors as the likelihood alone has them."""
    Z = np.concatenate([centred(design.X, design.code), dummies], axis=1)
    stages = build_stages(design.grade, design.code)
    width = np.full(Z.shape[1], WIDE)
    width[: design.X.shape[1]] = LOOSE
    centre = np.concatenate([design.centre, np.zeros(dummies.shape[1])])
    beta, hessian, _ = fit_coefficients(Z, stages, centre, np.diag(1.0 / width**2))
    bread = np.linalg.inv(hessian)
    scores = _by_slate(Z, beta, stages, design.code)
    n = len(scores)
    robust: FloatArray = bread @ (scores.T @ scores * (n / max(n - 1, 1))) @ bread
    start = design.X.shape[1]
    return beta[start:], np.sqrt(np.diag(robust))[start:], np.sqrt(np.diag(bread))[start:]


def _by_slate(Z: FloatArray, beta: FloatArray, stages: Stages, code: IntArray) -> FloatArray:
    """What each slate adds to the slope of the loss, (slates, p)."""
    if not stages.n_stages:
        return np.zeros((0, Z.shape[1]))
    _, share = loss_of(Z @ beta, stages)
    entry = Z[stages.row] * (stages.weight[stages.stage] * (share - stages.chosen))[:, None]
    by_stage = np.add.reduceat(entry, stages.start, axis=0)
    slate = renumbered(code[stages.row[stages.start]])
    return group_sums(by_stage, slate, int(slate.max()) + 1)

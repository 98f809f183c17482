"""Do the features give the group away? Forecast of the answer from the model's columns, slates kept apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, centred
from recruiter.learning.fairness.design_matrix import Design
from recruiter.learning.fairness.types import Proxy

FOLDS = 5  # of whole slates, as in the backtest
AT_LEAST = 20  # people on each side, below which the forecast says nothing
ROUNDS = 400  # redraws of the slates behind a range


def proxies(design: Design, answers: Mapping[str, str], rated: Sequence[str], *, seed: int = 0) -> tuple[Proxy, ...]:
    """Per category, how well the columns tell its people from the others: AUC by slate-wise cross-validation.

    Columns are taken as differences within the slate, since only those can move a rank. Two categories need one line.
    """
    rows = np.array([k for k, item in enumerate(design.items) if answers.get(item) in set(rated)], dtype=np.intp)
    if not rows.size:
        return ()
    X, code = centred(design.X, design.code)[rows], design.code[rows]
    categories = np.array([answers[design.items[k]] for k in rows], dtype=object)
    names = sorted(rated, key=lambda name: (int((categories == name).sum()), name))
    if len(names) == 2:  # noqa: PLR2004 - the second line would say the same
        names = names[:1]
    if len(np.unique(code)) < FOLDS:
        return ()
    enough = [name for name in names if AT_LEAST <= (categories == name).sum() <= len(categories) - AT_LEAST]
    return tuple(_proxy(name, X, categories == name, code, seed) for name in enough)


def _proxy(name: str, X: FloatArray, belongs: np.ndarray, code: IntArray, seed: int) -> Proxy:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    forecast = np.zeros(len(X))
    for train, test in GroupKFold(FOLDS, shuffle=True, random_state=seed).split(X, groups=code):
        if belongs[train].all() or not belongs[train].any():
            continue
        fitted = LogisticRegression(class_weight="balanced", max_iter=500).fit(X[train], belongs[train])
        forecast[test] = fitted.decision_function(X[test])
    rng = np.random.default_rng([seed, 13])
    slates = np.unique(code)
    members = [np.flatnonzero(code == slate) for slate in slates]
    drawn = []
    for _ in range(ROUNDS):
        rows = np.concatenate([members[k] for k in rng.integers(0, len(slates), len(slates))])
        if 0 < belongs[rows].sum() < len(rows):
            drawn.append(auc(forecast[rows], belongs[rows]))
    low, high = np.percentile(drawn, [5.0, 95.0])
    return Proxy(name, auc(forecast, belongs), (float(low), float(high)))


def auc(score: FloatArray, belongs: np.ndarray) -> float:
    """Chance that somebody of the group has a higher score than somebody outside it; ties count half."""
    from scipy.stats import rankdata  # loads slowly, and only an audit needs it

    inside, outside = int(belongs.sum()), int((~belongs).sum())
    return float((rankdata(score)[belongs].sum() - inside * (inside + 1) / 2.0) / (inside * outside))

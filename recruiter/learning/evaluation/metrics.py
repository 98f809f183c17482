"""How well an order and its probabilities met the grades that were really given; all means over slates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray

BINS = 10  # of equally many forecasts, over which the calibration error is a mean
SURE = 1e-12  # the least probability that the log loss takes, so that one certain error does not make it infinite


@dataclass(frozen=True, slots=True)
class SlateScores:
    """One row per usable slate (more than one candidate, more than one grade)."""

    top1: FloatArray
    auc: FloatArray
    ndcg: FloatArray
    loss: FloatArray
    chance: FloatArray

    @classmethod
    def joined(cls, parts: Iterable[SlateScores]) -> SlateScores:
        """The slates of several parts one after the other."""
        return cls(*np.concatenate([part.columns() for part in parts], axis=1))

    @classmethod
    def mean(cls, parts: Iterable[SlateScores]) -> SlateScores:
        """The mean of each slate over several forecasts of the same slates."""
        return cls(*np.mean([part.columns() for part in parts], axis=0))

    def columns(self) -> FloatArray:
        """All scores as one array, (5, slates)."""
        return np.stack([self.top1, self.auc, self.ndcg, self.loss, self.chance])

    def means(self) -> dict[str, float]:
        """The figures of a method: skill, and the means over slates of the others."""
        if not len(self.loss):
            return {"skill": 0.0, "top1": 0.0, "auc": 0.5, "ndcg": 0.0}
        means = {"top1": self.top1.mean(), "auc": self.auc.mean(), "ndcg": self.ndcg.mean()}
        return {"skill": self.skill, **{name: float(mean) for name, mean in means.items()}}

    @property
    def skill(self) -> float:
        """1 - mean log loss / mean log(slate size): 0 is guessing."""
        return 1.0 - float(self.loss.mean()) / float(self.chance.mean()) if len(self.loss) else 0.0

    def skill_range(self, seed: int = 0, rounds: int = 1000) -> list[float]:
        """90 % range of the skill by drawing the slates again."""
        if not len(self.loss):
            return [0.0, 0.0]
        pick = np.random.default_rng([seed, 3]).integers(0, len(self.loss), (rounds, len(self.loss)))
        skill = 1.0 - self.loss[pick].mean(axis=1) / self.chance[pick].mean(axis=1)
        low, high = np.percentile(skill, [5, 95])
        return [float(low), float(high)]


def targets_of(grade: FloatArray) -> FloatArray:
    """What a perfect forecast of the first choice would say: uniform over the best grade.

    >>> targets_of(np.array([3.0, 3.0, 0.0])).tolist()
    [0.5, 0.5, 0.0]
    """
    best = grade == grade.max()
    result: FloatArray = best / best.sum()
    return result


def choices_in(grade: FloatArray, codes: IntArray) -> list[IntArray]:
    """The rows of each slate that held a choice: more than one candidate and more than one grade."""
    order = np.argsort(codes, kind="stable")
    slates = np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)
    return [rows for rows in slates if len(rows) > 1 and grade[rows].max() > grade[rows].min()]


def slate_scores(
    grade: FloatArray, score: FloatArray, probability: FloatArray, codes: IntArray
) -> tuple[SlateScores, float]:
    """Scores per usable slate, and the calibration error (ece) of the probabilities over all of them."""
    lines: list[tuple[float, float, float, float, float]] = []
    slates = choices_in(grade, codes)
    targets = [targets_of(grade[rows]) for rows in slates]
    for rows, target in zip(slates, targets, strict=True):
        g, s = grade[rows], score[rows]
        loss = -float((target * np.log(np.maximum(probability[rows], SURE))).sum())
        top1 = float((g[s == s.max()] == g.max()).mean())
        lines.append((top1, _auc(g, s), _ndcg(g, s), loss, np.log(len(g))))
    table = np.array(lines, dtype=np.float64).reshape(len(lines), 5)
    ece = calibration_error(probability[np.concatenate(slates)], np.concatenate(targets)) if slates else 0.0
    return SlateScores(*table.T), ece


def skill_of(grade: FloatArray, probability: FloatArray, codes: IntArray) -> float:
    """Skill of first-choice probabilities alone."""
    return slate_scores(grade, probability, probability, codes)[0].skill


def equal_bins(forecasts: FloatArray) -> list[IntArray]:
    """The places of forecasts in ten bins of equally many, the lowest first; fewer where there are not ten."""
    parts = np.array_split(np.argsort(forecasts, kind="stable"), BINS)
    return [part for part in parts if len(part)]


def calibration_error(forecasts: FloatArray, outcomes: FloatArray) -> float:
    """Mean gap between what was said and what came, over ten bins of equally many forecasts."""
    gaps = (abs(float(forecasts[part].mean() - outcomes[part].mean())) * len(part) for part in equal_bins(forecasts))
    return sum(gaps) / len(forecasts)


def _auc(grade: FloatArray, score: FloatArray) -> float:
    above = grade[:, None] > grade[None, :]
    gap = score[:, None] - score[None, :]
    right = (gap > 0) + 0.5 * (gap == 0)
    return float(right[above].mean())


def _ndcg(grade: FloatArray, score: FloatArray) -> float:
    """Gain is the within-slate rank of the grade (worst 0) over its maximum; tied scores share their places."""
    levels = np.unique(grade, return_inverse=True)[1].astype(np.float64)
    gain = levels / levels.max()
    discount = 1.0 / np.log2(np.arange(len(gain)) + 2.0)
    order = np.argsort(-score, kind="stable")
    earned = gain[order].copy()
    ranked = score[order]
    for value in np.unique(ranked):
        tied = ranked == value
        earned[tied] = earned[tied].mean()
    return float((earned * discount).sum() / (np.sort(gain)[::-1] * discount).sum())

"""Made slates whose truth is known: finalists, interviewers of differing severity, noisy cards, choices by utility."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import text_array
from recruiter.learning.history.history_tables import Decisions, Features, History
from recruiter.learning.rating_table import RatingTable

ATTRIBUTES = ("craft", "drive", "people", "talk", "thought")


@dataclass(frozen=True)
class Truth:
    history: History
    utility: dict[tuple[str, str], float]
    leniency: dict[str, float]


def make_truth(n_slates: int, seed: int, *, n_raters: int = 40) -> Truth:
    rng = np.random.default_rng([seed, 99])
    weights = np.array([1.6, 0.3, 1.0, 0.1, 0.6])
    leniency = rng.normal(0, 0.6, n_raters)
    own = rng.normal(0, 0.15, (n_raters, 6))
    noise = np.clip(rng.normal(0.8, 0.4, n_raters), 0.2, None)
    shared = np.full((5, 5), 0.3) + 0.7 * np.eye(5)
    scale = np.sqrt(weights @ shared @ weights)
    decisions, cards, utility = [], [], {}
    for k in range(n_slates):
        n = int(rng.integers(3, 9))
        level = rng.multivariate_normal(np.zeros(5), shared, n) + rng.normal(0, 0.3)
        value = level @ weights / scale
        panel = rng.choice(n_raters, 7, replace=False)
        order = np.argsort(-(value + rng.gumbel(size=n)))
        grade = np.zeros(n)
        grade[order[: max(2, n // 2)]] = 1
        grade[order[0]] = 3
        if rng.random() < 0.15:
            grade[order[1]] = 2
        for i in range(n):
            utility[f"s{k:04d}", f"c{i}"] = float(value[i])
            decisions.append((f"s{k:04d}", f"c{i}", str(k), float(k), float(grade[i])))
            for r in rng.choice(panel, int(rng.integers(2, 6)), replace=False):
                halo = rng.normal(0, 0.4)
                truths = [*level[i], level[i].mean() * 1.3]
                for a, name in enumerate((*ATTRIBUTES, "overall")):
                    if rng.random() < 0.1:
                        continue
                    score = 3 + truths[a] + leniency[r] + own[r, a] + halo + rng.normal(0, noise[r])
                    cards.append((f"s{k:04d}", f"c{i}", f"r{r:02d}", name, score))
    columns = list(zip(*decisions, strict=True))
    texts = [text_array(list(column)) for column in columns[:3]]
    blank = text_array([""] * len(decisions))
    decided = Decisions(*texts, np.array(columns[3]), np.array(columns[4]), blank, blank)
    rows = list(zip(*cards, strict=True))
    nothing = np.full(len(cards), np.nan)
    ratings = RatingTable(
        *(text_array(list(c)) for c in rows[:4]), np.array(rows[4]), nothing, nothing, text_array([""] * len(cards))
    )
    none = text_array([])
    history = History("made", decided, ratings, Features(none, none, none, np.zeros(0)), {})
    return Truth(history, utility, {f"r{r:02d}": float(leniency[r]) for r in range(n_raters)})

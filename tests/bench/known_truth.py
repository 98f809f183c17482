"""Does the ranking find a truth that is known? Run by hand: python -m tests.bench.known_truth [--seeds 5]

Made slates (see tests/learning/known_truth.py), train on n, judge on the 100 that follow. Two paths: the backtest's
arrays, and the product's own fit_model and suggest. A figure outside its bar is marked with *.
"""

from __future__ import annotations

import argparse

import numpy as np
from scipy.stats import kendalltau

from recruiter.learning.backtest.backtest import _task
from recruiter.learning.backtest.suggestion_method import design
from recruiter.learning.choice.joint_noise import noise_factor
from recruiter.learning.choice.posterior import CARD_STRENGTH
from recruiter.learning.choice.ranker import GradedChoiceRanker
from recruiter.learning.choice.response_curves import CARD_BELIEF
from recruiter.learning.evaluation.metrics import calibration_error
from recruiter.learning.fit import fit_model
from recruiter.learning.fitted_model import load_model
from recruiter.learning.history.candidate_table import build_table, fill_gaps, prior_directions
from recruiter.learning.scores.scorecard_model import ScorecardModel
from recruiter.learning.suggestion.suggest import suggest
from recruiter.learning.types import Card, PastSlate
from tests.learning.known_truth import make_truth

TEST = 100
SIZES = (20, 100, 300)
BARS = {
    "tau": (0.55, 2), "tau - overall": (0.10, 2), "tau - raw": (0.04, 2), "leniency r": (0.95, 2),
    "range holds": (0.88, 0.98), "pair ece": (0, 0.05), "ahead right": (0.83, 2),
}  # fmt: skip


def tau_of(score, truth, code):
    taus = [kendalltau(score[code == c], truth[code == c]).statistic for c in np.unique(code)]
    return float(np.nanmean(taus))


def ranks_of(values, code):
    out = np.zeros(len(values), dtype=int)
    for c in np.unique(code):
        rows = np.flatnonzero(code == c)
        out[rows[np.argsort(-values[rows])]] = np.arange(1, len(rows) + 1)
    return out


def arrays(truth, n, seed):
    """The backtest's path: design, ranker, ranges."""
    table = build_table(truth.history)
    test = np.flatnonzero(table.code >= n)
    task = _task(table, {}, n, "all", 0, test, seed)
    code = table.code
    value = np.array([truth.utility[pair] for pair in table.pairs])
    X, error, halo = design(task)
    raw = fill_gaps(table.raw, code)
    estimates = {}
    for name, columns in (("model", X), ("raw", raw)):
        ranker = GradedChoiceRanker(
            directions=prior_directions(table, {}), nonlinear=name == "model" or None, level_belief=CARD_BELIEF,
            strength=CARD_STRENGTH, noise_correlation=halo,
        )  # fmt: skip
        ranker.fit(columns[task.train], table.grade[task.train], code[task.train])
        estimates[name] = ranker.predict(columns[test], code[test])
        if name == "model":
            cards = task.cards
            noise = error * noise_factor(X[cards], error[cards], code[cards], ranker.coef_, halo)
            ranks = ranker.rank(X[test], code[test], noise[test])
            beats = ranker.pairwise_proba(X[test], code[test], noise[test])
    t = tau_of(estimates["model"], value[test], code[test])
    overall = fill_gaps(table.raw[:, [table.attributes.index("overall")]], code)[test, 0]
    true_rank = ranks_of(value[test], code[test])
    a, b = np.nonzero(np.triu(np.isfinite(beats), 1))
    forecasts, right = beats[a, b], (value[test][a] > value[test][b]).astype(float)
    visible = code[table.rating_row] < n
    leniency = ScorecardModel().fit(table.ratings.take(visible)).leniency()
    return {
        "tau": t,
        "tau - overall": t - tau_of(overall, value[test], code[test]),
        "tau - raw": t - tau_of(estimates["raw"], value[test], code[test]),
        "leniency r": np.corrcoef([leniency[r] for r in leniency], [truth.leniency[r] for r in leniency])[0, 1],
        "range holds": np.mean((ranks.low <= true_rank) & (true_rank <= ranks.high)),
        "pair ece": calibration_error(forecasts, right),
        "ahead right": ahead_right(forecasts, right),
    }


def ahead_right(forecasts, right):
    sure = (forecasts >= 0.8) | (forecasts <= 0.2)
    return (
        float(np.mean(np.where(forecasts[sure] >= 0.8, right[sure], 1 - right[sure]))) if sure.any() else float("nan")
    )


def product(truth, n, seed):
    """The product's path: past slates to a stored model, suggestions by it."""
    h = truth.history
    cards, grades = {}, {}
    low, high = -4.0, 10.0  # a wide scale, so that nothing is cut off
    for s, i, r, a, v in zip(
        h.ratings.slate, h.ratings.item, h.ratings.rater, h.ratings.attribute, h.ratings.score, strict=True
    ):
        cards.setdefault(s, []).append(Card(i, r, a, float(v), low, high))
    for s, i, g in zip(h.decisions.slate, h.decisions.item, h.decisions.grade, strict=True):
        grades.setdefault(s, {})[i] = float(g)
    names = sorted(grades)
    weights = dict.fromkeys(("craft", "drive", "people", "talk", "thought"), 1.0)
    past = [PastSlate(s, cards[s], grades[s], k, weights) for k, s in enumerate(names[:n])]
    model = load_model(fit_model(past, seed=seed))
    taus, inside, forecasts, right = [], [], [], []
    for s in names[n:]:
        items = sorted(grades[s])
        suggestion = suggest(items, cards.get(s, []), weights=weights, model=model, n_decisions=n, seed=1)
        score = {ranked.item: ranked for ranked in suggestion.ranking}
        value = np.array([truth.utility[s, i] for i in items])
        taus.append(kendalltau([score[i].score for i in items], value).statistic)
        true = ranks_of(value, np.zeros(len(items), dtype=int))
        inside += [score[i].could_rank[0] <= k <= score[i].could_rank[1] for i, k in zip(items, true, strict=True)]
        for pair in suggestion.pairs:
            forecasts.append(pair.probability)
            right.append(float(truth.utility[s, pair.a] > truth.utility[s, pair.b]))
    forecasts, right = np.array(forecasts), np.array(right)
    return {
        "tau": np.mean(taus), "range holds": np.mean(inside), "pair ece": calibration_error(forecasts, right),
        "ahead right": ahead_right(forecasts, right),
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=5)
    seeds = parser.parse_args().seeds
    print(f"{'path':<9}{'n':>5}  " + "".join(f"{name:>15}" for name in BARS))
    for path in (arrays, product):
        for n in SIZES:
            rounds = [path(make_truth(n + TEST, seed), n, seed) for seed in range(seeds)]
            cells = []
            for name, (least, most) in BARS.items():
                if name not in rounds[0]:
                    cells.append(f"{'':>15}")
                    continue
                mean = float(np.mean([r[name] for r in rounds]))
                judged = n == 100 or name == "range holds"
                mark = "*" if judged and not least <= mean <= most else " "
                cells.append(f"{mean:>14.3f}{mark}")
            print(f"{path.__name__:<9}{n:>5}  " + "".join(cells), flush=True)


if __name__ == "__main__":
    main()

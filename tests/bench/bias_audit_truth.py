"""The fairness audit on made slates whose bias is known: how often it cries wolf, how often it sees, what it shows.

    python -m tests.bench.bias_audit_truth [rounds]

Prints a table of measured figures beside the bars that they must reach.
"""

from __future__ import annotations

import sys
import time

from recruiter.learning.fairness.design_matrix import design_of, first_ranked, model_scores
from recruiter.learning.fairness.group_effects import group_effects
from recruiter.learning.fairness.rates import counts_of, rate_table
from recruiter.learning.fairness.types import Step
from recruiter.learning.fit import fit_model
from recruiter.learning.fitted_model import load_model
from tests.learning.biased_truth import make_biased

LEVEL = 0.05


def measured(n_slates, seed, **bias):
    """The p value, effect, smallest findable effect of group B, and B's ratios in history and under the model."""
    made = make_biased(n_slates, seed, **bias)
    model = load_model(fit_model(made.slates))
    answers = made.answers["sex"]
    effects = group_effects(design_of(made.slates, model), answers, ["A", "B"])
    history = _ratio(first_ranked(made.slates), answers)
    own = _ratio(first_ranked(made.slates, model_scores(made.slates, model)), answers)
    if effects is None or not effects.effects:
        return 1.0, 0.0, 0.0, history, own
    effect = effects.effects[0]
    sign = 1.0 if effect.category == "B" else -1.0
    return effect.adjusted_p, sign * effect.effect, effect.detectable, history, own


def _ratio(first, answers):
    rates = {
        row.category: row.rate
        for row in rate_table(Step("f", "f", first), counts_of(Step("f", "f", first), answers)).rows
    }
    return rates["B"] / rates["A"] if rates.get("A") else float("nan")


CASES = [
    ("no bias, 20 slates", 20, {}, ("alarms", 0.10)),
    ("no bias, 50 slates", 50, {}, ("alarms", 0.10)),
    ("no bias, 200 slates", 200, {}, ("alarms", 0.10)),
    ("no bias, B one in five, 50 slates", 50, {"share": 0.2}, ("alarms", 0.10)),
    ("1 logit against B, 20 slates", 20, {"choice_bias": 1.0}, None),
    ("1 logit against B, 50 slates", 50, {"choice_bias": 1.0}, ("power", 0.85)),
    ("1 logit against B, 100 slates", 100, {"choice_bias": 1.0}, ("power", 0.85)),
    ("cards 0.6 points low for B, fair decisions, 100 slates", 100, {"card_bias": 0.6}, ("model ratio", 0.80)),
]


def main(rounds=100):
    """Print the table."""
    print(f"{'case':<56}{'flagged':>9}{'effect':>9}{'findable':>10}{'history':>9}{'model':>7}  bar")
    for name, n, bias, bar in CASES:
        begun = time.perf_counter()
        rows = [measured(n, seed, **bias) for seed in range(rounds)]
        flagged = sum(row[0] < LEVEL for row in rows) / rounds
        effect, findable, history, own = (sum(row[k] for row in rows) / rounds for k in range(1, 5))
        text = ""
        if bar:
            value = own if bar[0] == "model ratio" else flagged
            met = value >= bar[1] if bar[0] == "power" else value <= bar[1]
            text = (
                f"{bar[0]} {'at least' if bar[0] == 'power' else 'at most'} {bar[1]:.2f}: {'met' if met else 'MISSED'}"
            )
        spent = time.perf_counter() - begun
        print(f"{name:<56}{flagged:>9.2f}{effect:>9.2f}{findable:>10.2f}{history:>9.2f}{own:>7.2f}  {text} ({spent:.0f} s)", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)

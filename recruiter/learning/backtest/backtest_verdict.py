"""The backtest's answer in words: is the suggestion better than what a person could do by hand?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recruiter.learning.backtest.backtest_result import MethodResult, slates_text
from recruiter.learning.choice.rank_draws import share_ahead
from recruiter.learning.evaluation.metrics import SlateScores
from recruiter.learning.types import PARTLY_LEARNT

OURS = "suggestion"
STACK = "stack"
PLAIN = ("mean_overall", "declared_index")  # what anybody can reckon by hand
FEW_TO_COMPARE = 10  # on fewer later slates any gap may be chance, whatever drawing them again says
AHEAD = 0.02  # of skill: less is not worth a word
BETTER = "Better than"
# By the share of redrawn sets of slates on which the suggestion did better: 95 of 100 is the bar of "clearly"
# everywhere in the product, between 5 and 75 the gap may well be chance.
ANSWERS = ((0.95, BETTER), (0.75, "Probably better than"), (0.05, "No better than {} yet"), (0.0, "Worse than"))
METHOD_TITLES = {
    OURS: "the suggestion",
    "mean_overall": "the plain mean of the overall ratings",
    "declared_index": "the declared weights",
    "logistic": "logistic regression",
    "forest": "a random forest",
    "boosting": "gradient boosting",
    "stack": "its blend with trees",
}


def method_title(method: str) -> str:
    """A method in words."""
    return METHOD_TITLES.get(method, method.replace("_", " "))


def best_plain(results: Sequence[MethodResult], size: int | str) -> MethodResult | None:
    """The better of the methods that need no learning, at one train size."""
    plain = [result for result in results if result.train_size == size and result.method in PLAIN]
    return max(plain, key=lambda result: result.skill, default=None)


def verdict_of(
    results: Sequence[MethodResult],
    details: dict[str, SlateScores],
    *,
    n_slates: int,
    n_pool: int,
    scorecards: bool = True,
) -> str:
    """A short sentence that answers, then the figures behind it, at the largest train size that was asked for.

    Says plainly when nothing was gained or nothing can be told.
    """
    count = slates_text(n_slates)
    if n_pool >= n_slates:
        return f"Too few decisions for a verdict: {count}, and none is left to foresee."
    scores = details.get(OURS)
    if scores is None or not results:
        return f"No verdict: {count}. No later slate held a choice between candidates, so nothing can be said."
    size = results[-1].train_size
    at_size = {result.method: result for result in results if result.train_size == size}
    ours, plain = at_size[OURS], best_plain(results, size)
    by_hand = "your scorecard" if scorecards else "your declared weights"
    learnt = n_pool if size == "all" else int(size)
    later = len(scores.loss)
    basis = (
        f"On {slates_text(later).replace(' ', ' later ')} the suggestion, having learnt from {learnt}, had a "
        f"skill of {ours.skill:.2f} (range {ours.skill_range[0]:.2f} to {ours.skill_range[1]:.2f})"
    )
    if plain is not None:
        basis += f" against {plain.skill:.2f} for {method_title(plain.method)}"
    parts = [f"{_answer(at_size, details, by_hand, plain)}: {count}.", f"{basis}; 0 is guessing."]
    before = next((result for result in results if result.method == OURS and result.train_size == 0), None)
    if before is not None and before is not ours and later >= FEW_TO_COMPARE and ours.skill < before.skill + AHEAD:
        parts.append(f"Before it learnt from any decision it had {before.skill:.2f}: learning has added nothing yet.")
    if later < FEW_TO_COMPARE:
        parts.append("That is too few to tell more.")
    if learnt < PARTLY_LEARNT:
        parts.append(f"With fewer than {PARTLY_LEARNT} past slates the scorecard weights carry it.")
    rivals = at_size.items() if later >= FEW_TO_COMPARE else ()
    ahead = [result for name, result in rivals if name not in (OURS, *PLAIN) and result.skill > ours.skill + AHEAD]
    if ahead:
        beaten = ", ".join(
            f"{method_title(result.method)} ({result.skill:.2f})"
            for result in sorted(ahead, key=lambda result: -result.skill)
        )
        parts.append(f"Here it was beaten by {beaten}.")
        if any(result.method == STACK for result in ahead):
            parts.append(f"The blend has won on past slates: `--method {STACK}` writes its forecasts.")
    return " ".join(parts)


def _answer(
    at_size: dict[str, MethodResult], details: dict[str, SlateScores], by_hand: str, plain: MethodResult | None
) -> str:
    if len(details[OURS].loss) < FEW_TO_COMPARE:
        return f"No better than {by_hand} yet"
    if all(result.skill_range[0] <= 0.0 for result in (at_size[OURS], plain or at_size[OURS])):
        return f"No signal: neither the suggestion nor {by_hand} foresaw the first choice better than chance"
    if plain is None:
        better = at_size[OURS].skill_range[0] > 0.0
        return "Better than chance" if better else "No better than chance yet"
    share = _share_better(details[OURS], details[plain.method])
    phrase = next(word for least, word in ANSWERS if share >= least)
    if phrase == BETTER and at_size[OURS].skill < plain.skill + AHEAD:
        phrase = "A little better than"
    return phrase.format(by_hand) if "{}" in phrase else f"{phrase} {by_hand}"


def _share_better(ours: SlateScores, plain: SlateScores, rounds: int = 2000) -> float:
    """Share of redrawn sets of slates on which the suggestion lost less; equals count half."""
    gap = plain.loss - ours.loss
    pick = np.random.default_rng([0, 5]).integers(0, len(gap), (rounds, len(gap)))
    return float(share_ahead(gap[pick].mean(axis=1)))

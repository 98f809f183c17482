"""The backtest's answer in words: is the suggestion better than what a person could do by hand?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recruiter.learning.backtest import MethodResult
    from recruiter.learning.metrics import SlateScores

PLAIN = ("mean_overall", "declared_index")
WORDS = {
    "mean_overall": "the plain mean of the overall ratings",
    "declared_index": "the declared weights",
    "logistic": "logistic regression",
    "forest": "a random forest",
}


def verdict_of(results: Sequence[MethodResult], details: dict[str, SlateScores], n_pool: int) -> str:
    """One or two sentences on the whole pool's fit; says so plainly when nothing was gained or nothing can be told."""
    scores = details.get("suggestion")
    if scores is None:
        return "The whole pool was not asked for, so no verdict is given."
    n = len(scores.loss)
    if not n:
        return "No test slate held a choice between candidates: nothing can be said."
    at_all = {result.method: result for result in results if result.train_size == "all"}
    ours = at_all["suggestion"]
    if ours.skill_range[0] <= 0.0:
        return (
            f"On {n} later slates the suggestion learnt from {n_pool} foresaw the first choice no better than chance "
            f"could (skill {ours.skill:.2f}, range {ours.skill_range[0]:.2f} to {ours.skill_range[1]:.2f})."
        )
    plain = max((method for method in PLAIN if method in at_all), key=lambda method: at_all[method].skill)
    share = _share_better(scores, details[plain])
    if share >= 0.95:  # noqa: PLR2004 - 95 of 100, the bar of "clearly" everywhere in the product
        word = "clearly better than"
    elif share >= 0.75:  # noqa: PLR2004
        word = "probably better than"
    elif share >= 0.25:  # noqa: PLR2004
        word = "no better than"
    else:
        word = "worse than"
    text = (
        f"On {n} later slates the suggestion learnt from {n_pool} was {word} {WORDS[plain]} "
        f"(skill {ours.skill:.2f} against {at_all[plain].skill:.2f})."
    )
    ahead = [m for m in ("logistic", "forest") if m in at_all and at_all[m].skill > ours.skill + 0.02]
    if ahead:
        named = ", ".join(f"{WORDS[m]} ({at_all[m].skill:.2f})" for m in ahead)
        text += f" Here it was beaten by {named}."
    return text


def _share_better(ours: SlateScores, plain: SlateScores, rounds: int = 2000) -> float:
    gap = plain.loss - ours.loss
    pick = np.random.default_rng([0, 5]).integers(0, len(gap), (rounds, len(gap)))
    means = gap[pick].mean(axis=1)
    return float((means > 0).mean() + 0.5 * (means == 0).mean())

"""Whether past decisions still say what they said: the last half against all, skill lately, and how strictly people mark.

Reckoned in a fit, where scikit-learn is loaded; pages show the stored answer. Every finding carries its sentence.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from recruiter.learning.backtest.forecasts import Task
from recruiter.learning.backtest.suggestion_method import suggestion
from recruiter.learning.evaluation.metrics import SlateScores, slate_scores
from recruiter.learning.fit import fit_model
from recruiter.learning.governance.weight_shares import points_moved, weight_shares
from recruiter.learning.history.candidate_table import build_table
from recruiter.learning.history.history_tables import History
from recruiter.learning.rating_table import RatingTable
from recruiter.learning.scores.declared_score import on_five
from recruiter.learning.scores.scorecard_model import ScorecardModel
from recruiter.learning.types import OVERALL, JsonObject, PastSlate, in_order

LAST, BLOCK = 30, 10  # slates that are looked at lately, and how many are forecast from one fit
ENOUGH = 40  # slates below which a half says little
MOVED = 25.0  # points of 100 by which the weights of the last half may differ
FIRST_TIMESTAMP = 1e8  # orders above this are moments, below it numbers
QUARTERS, LEAST_SLATES = 8, 3  # two years, and slates below which a quarter says nothing
SAME, LEVEL, STRICTER, LEAST_CARDS = 0.05, 0.4, 0.8, 8  # points on 1 to 5, and cards on either side


def drift_of(slates: Sequence[PastSlate], history: History, *, seed: int = 0) -> JsonObject:
    """Findings as plain values: `halves`, `lately`, `leniency`, each with a `sentence`, and the `warnings` among them.

    `history` holds the same slates as columns. Few slates are an answer, never an error.
    """
    slates = in_order(slates)
    findings = {"halves": halves(slates, seed=seed), "lately": lately(history, seed=seed), "leniency": leniency(slates)}
    return {**findings, "warnings": [finding["sentence"] for finding in findings.values() if finding["warns"]]}


def _finding(sentence: str, *, warns: bool = False, **figures: object) -> JsonObject:
    return {"warns": warns, **figures, "sentence": sentence}


def halves(ordered: Sequence[PastSlate], *, seed: int) -> JsonObject:
    """Weights learnt from the last half of the decisions against those learnt from all."""
    late = ordered[len(ordered) // 2 :]
    if len(ordered) < ENOUGH or not any(slate.cards for slate in late):
        return _finding(f"Too few decisions to refit on the last half ({len(ordered)} of {ENOUGH}).")
    whole, half = fit_model(ordered, seed=seed)["learnt"], fit_model(late, seed=seed)["learnt"]
    points = points_moved(whole, half)
    warns = points >= MOVED
    comparison = "the company weighs differently now" if warns else "much the same"
    return _finding(
        f"Refitted on the last {len(late)} decisions, {points:.0f} of 100 points of weight lie elsewhere: {comparison}.",
        warns=warns,
        points=points,
        all=weight_shares(whole),
        last_half=weight_shares(half),
        slates=len(late),
    )


def lately(history: History, *, seed: int) -> JsonObject:
    """Skill on the last slates, each block forecast from what came before, against the prior alone."""
    table = build_table(history)
    n = len(table.slates)
    start = n - LAST
    if start < BLOCK:
        return _finding(f"Too few decisions to follow its skill ({n} of {LAST + BLOCK}).")
    parts: dict[str, list[SlateScores]] = {"suggestion": [], "prior": []}
    blocks = []
    for first in range(start, n, BLOCK):
        before = np.flatnonzero(table.code < first)
        test = np.flatnonzero((table.code >= first) & (table.code < first + BLOCK))
        row: JsonObject = {"from": table.slates[first], "slates": len(np.unique(table.code[test]))}
        for name, train in (("suggestion", before), ("prior", before[:0])):
            forecast = suggestion(Task(table, history.weights, train, before, test, seed))
            scores, _ = slate_scores(table.grade[test], forecast.score, forecast.probability, table.code[test])
            parts[name].append(scores)
            row[name] = scores.skill
        blocks.append(row)
    ours, prior = (SlateScores.joined(parts[name]) for name in ("suggestion", "prior"))
    if not len(ours.loss):
        return _finding(f"None of the last {LAST} decisions held a choice.")
    warns = prior.skill > ours.skill
    comparison = "the declared weights alone did better" if warns else "no worse than the declared weights alone"
    return _finding(
        f"On the last {LAST} decisions its skill was {ours.skill:.2f} against {prior.skill:.2f}: {comparison}.",
        warns=warns,
        skill=ours.skill,
        prior=prior.skill,
        blocks=blocks,
    )


def leniency(ordered: Sequence[PastSlate]) -> JsonObject:
    """Mean mark and spread of leniency by quarter, and how many interviewers mark otherwise than before."""
    rows: list[JsonObject] = []
    by_period: list[tuple[dict[str, float], Counter[str]]] = []
    for name, part in _periods(ordered):
        ratings = RatingTable.of(
            (f"{place:08d}", card)
            for place, slate in enumerate(part)
            for card in slate.cards
            if card.attribute == OVERALL and np.isfinite(on_five(card))
        ).on_common_scale()
        if not len(ratings):
            continue
        own = ScorecardModel().fit(ratings).leniency()
        counts = Counter(ratings.rater)
        spread = float(np.sqrt(np.average(np.square(list(own.values())), weights=[counts[rater] for rater in own])))
        mean = float(ratings.score.mean())
        rows.append({"period": name, "cards": len(ratings), "raters": len(own), "mean": mean, "spread": spread})
        by_period.append((own, counts))
    if len(rows) < 2:  # noqa: PLR2004  # one period has nothing before it
        return _finding("Too few decisions to compare how strictly people mark.", periods=rows)
    *earlier, last = rows
    mean_before = np.average([row["mean"] for row in earlier], weights=[row["cards"] for row in earlier])
    rise = last["mean"] - float(mean_before)
    changed = _changed(by_period)
    direction = "higher" if rise > 0 else "lower"
    change = "as before" if abs(rise) < SAME else f"{abs(rise):.1f} points {direction} than before"
    sentences = [f"The last quarter ({last['period']}) was marked {change}"]
    if changed:
        sentences.append(f"{changed} interviewer{'s mark' if changed > 1 else ' marks'} otherwise than before")
    warns = abs(rise) >= LEVEL or changed > 0
    return _finding(f"{'; '.join(sentences)}.", warns=warns, periods=rows, rise=rise, changed=changed)


def _changed(by_period: Sequence[tuple[dict[str, float], Counter[str]]]) -> int:
    """How many raters mark otherwise in the last period than in those before, where both hold enough of their cards."""
    own, counts = by_period[-1]
    count = 0
    for rater, value in own.items():
        earlier = [(part[rater], cards[rater]) for part, cards in by_period[:-1] if rater in part]
        total = sum(cards for _, cards in earlier)
        if counts[rater] < LEAST_CARDS or total < LEAST_CARDS:
            continue
        before = sum(part * cards for part, cards in earlier) / total
        count += abs(value - before) >= STRICTER
    return count


def _periods(ordered: Sequence[PastSlate]) -> list[tuple[str, list[PastSlate]]]:
    """Slates by calendar quarter, the last ones; where they carry numbers and no dates, in four equal parts."""
    by_period: dict[str, list[PastSlate]] = defaultdict(list)
    if any(slate.decided <= FIRST_TIMESTAMP for slate in ordered):
        for part, places in enumerate(np.array_split(np.arange(len(ordered)), 4), 1):
            by_period[f"part {part} of 4"] = [ordered[place] for place in places]
    else:
        for slate in ordered:
            day = dt.datetime.fromtimestamp(slate.decided, tz=dt.UTC)
            by_period[f"{day.year} Q{(day.month + 2) // 3}"].append(slate)
    return [(name, part) for name, part in by_period.items() if len(part) >= LEAST_SLATES][-QUARTERS:]

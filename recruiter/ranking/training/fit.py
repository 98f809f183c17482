"""The long part of a fit, without a database: learn, look back, look for drift. Only this loads scikit-learn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from recruiter.learning.types import PastSlate
from recruiter.ranking import rules
from recruiter.ranking.training import training_set

PAST_OFFERED = 2.0
ENOUGH_FOR_BACKTEST = 10
Progress = Callable[[int, str], None]


@dataclass(frozen=True)
class Training:
    """What a fit learns from: slates, which of them are this company's own, and the facts of the set."""

    slates: list[PastSlate]
    own: list[bool]
    facts: dict[str, Any]
    digest: str = ""


@dataclass(frozen=True)
class Learnt:
    """What came of it: the model as JSON values, the verdict on it, and its figures."""

    model: dict[str, Any]
    verdict: str
    figures: dict[str, Any] = field(default_factory=dict)


def gathered(found: list[training_set.Taught], *, decisions: int) -> Training:
    """The training set with its facts: span, counts, and who was left out."""
    slates = [one.slate for one in found]
    moments = [one.decision.decided_at for one in found]
    cards = {(one.slate.name, card.item, card.rater) for one in found for card in one.slate.cards}
    facts = {
        "decision_ids": [one.decision.id for one in found],
        "first": min(moments).date().isoformat() if moments else None,
        "last": max(moments).date().isoformat() if moments else None,
        "slates": len(slates),
        "own": sum(1 for one in found if not one.decision.imported),
        "imported": sum(1 for one in found if one.decision.imported),
        "people": sum(len(one.grades) for one in slates),
        "cards": len(cards),
        "raters": len({rater for _, _, rater in cards}),
        "without_choice": decisions - len(found),
        "withdrawn": sum(one.withdrawn for one in found),
        "not_ranked": sum(one.not_ranked for one in found),
    }
    own = [not one.decision.imported for one in found]
    return Training(slates, own, facts, training_set.digest_of(slates))


def learn(given: Training, *, seed: int, progress: Progress) -> Learnt:
    """Fit on a training set and judge the fit by it. Takes seconds to minutes; the same set and seed give the same model."""
    from recruiter.learning.fit import fit_model
    from recruiter.learning.governance.drift import drift_of

    progress(10, f"fitting on {len(given.slates)} decisions")
    model = fit_model(given.slates, seed=seed)
    progress(30, "looking back: backtest on own decisions")
    verdict, figures, prior = _backtest(given.slates, seed=seed, progress=progress)
    progress(70, "looking for drift")
    history = training_set.as_history(given.slates, name="own decisions")
    figures = {
        "backtest": figures,
        "prior": prior,
        "past_scores": _past_scores(given, model),
        "slates": len(given.slates),
        "seed": seed,
        "data": given.facts,
        "components": _components(given.slates),
        "drift": drift_of(given.slates, history, seed=seed),
    }
    progress(95, "writing it down")
    return Learnt(model, verdict, figures | {"gates": [asdict(one) for one in _gates(model, figures, verdict)]})


def _gates(model: Mapping[str, Any], figures: Mapping[str, Any], verdict: str) -> list[rules.Gate]:
    from recruiter.learning.governance import model_card

    foreign = ""
    missing: tuple[str, ...] = ()
    try:
        missing = model_card.missing(model_card.card_of(model, {**figures, "verdict": verdict}))
    except ValueError as error:
        foreign = str(error)
    back = figures["backtest"]
    return rules.gates(
        rules.Measured(
            decisions=model["n_decisions"],
            skill=back.get("suggestion", {}).get("skill"),
            prior=figures["prior"].get("skill"),
            plain=back.get("mean_overall", {}).get("skill"),
            missing=missing,
            foreign=foreign,
        )
    )


def _backtest(slates: list[PastSlate], *, seed: int, progress: Progress) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The verdict of the model's own backtest, its figures by method at the whole pool, and those of the prior alone."""
    from recruiter.learning.backtest.backtest import run_backtest

    if len(slates) < ENOUGH_FOR_BACKTEST:
        return f"Too few decisions for a backtest: {len(slates)}, and {ENOUGH_FOR_BACKTEST} are needed.", {}, {}
    history = training_set.as_history(slates, name="own decisions")
    said: Callable[[str], None] = lambda words: progress(40, f"looking back: {words}")  # noqa: E731  # one line names it
    found = run_backtest(history, train_sizes=(0, "all"), draws=1, seed=seed, progress=said)
    rows = {
        (one.method, one.train_size): {
            "skill": one.skill, "top1": one.top1, "auc": one.auc, "ndcg": one.ndcg, "ece": one.ece,
            "skill_range": list(one.skill_range),
        }
        for one in found.results
    }  # fmt: skip
    figures = {method: row for (method, size), row in rows.items() if size == "all"}
    prior = rows.get(("suggestion", 0), {})
    return found.verdict, figures, {**prior, "pool": found.pool, "test": found.test} if prior else {}


def _past_scores(given: Training, model: Mapping[str, Any]) -> list[float]:
    """Scores of those who were made an offer here, lowest first: what new finalists are measured by."""
    from recruiter.learning.fitted_model import load_model
    from recruiter.learning.suggestion.suggest import scores_of

    fitted = load_model(model)
    offered: list[float] = []
    for slate, own in zip(given.slates, given.own, strict=True):
        if own:
            scores = scores_of(
                list(slate.grades),
                slate.cards,
                weights=slate.weights,
                overall_weight=slate.overall_weight,
                model=fitted,
            )
            offered += [scores[item] for item, grade in slate.grades.items() if grade >= PAST_OFFERED]
    return sorted(offered)


def _components(slates: list[PastSlate]) -> list[int]:
    """Sizes of the groups of interviewers who can be compared at all, largest first."""
    import numpy as np

    from recruiter.learning.scores.rater_graph import connected_raters

    names = sorted({card.rater for one in slates for card in one.cards})
    place = {name: k for k, name in enumerate(names)}
    things: dict[tuple[str, str], int] = {}
    pairs = {
        (things.setdefault((one.name, card.item), len(things)), place[card.rater])
        for one in slates
        for card in one.cards
    }
    item, rater = (np.array([pair[side] for pair in sorted(pairs)], dtype=np.intp) for side in (0, 1))
    return [len(part) for part in connected_raters(item, rater, len(names), names)]


def name_of(model: Mapping[str, Any], now: dt.datetime) -> str:
    """What a fit is called."""
    return f"{now:%Y%m%d-%H%M%S}-{model['version']}"

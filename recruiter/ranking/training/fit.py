"""The long part of a fit, without a database: learn, look back, look for drift. Only this loads scikit-learn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from recruiter.foundation.act import Moment
from recruiter.foundation.json_types import JsonObject, JsonView
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
    facts: JsonObject
    digest: str = ""


@dataclass(frozen=True)
class FitResult:
    """What came of it: the model as JSON values, the verdict on it, and its figures."""

    model: JsonObject
    verdict: str
    figures: JsonObject = field(default_factory=dict)


def training_from(
    training_decisions: list[training_set.TrainingDecision], *, decisions: int, moment: Moment
) -> Training:
    """The training set with its facts: span, counts, and who was left out."""
    slates = [item.slate for item in training_decisions]
    own = [not item.decision.imported for item in training_decisions]
    days = [moment.day_of(item.decision.decided_at).isoformat() for item in training_decisions]
    cards = {(slate.name, card.item, card.rater) for slate in slates for card in slate.cards}
    facts = {
        "decision_ids": [item.decision.id for item in training_decisions],
        "first": min(days, default=None),
        "last": max(days, default=None),
        "slates": len(slates),
        "own": sum(own),
        "imported": len(own) - sum(own),
        "people": sum(len(slate.grades) for slate in slates),
        "cards": len(cards),
        "raters": len({rater for _, _, rater in cards}),
        "without_choice": decisions - len(training_decisions),
        "withdrawn": sum(item.withdrawn for item in training_decisions),
        "not_ranked": sum(item.not_ranked for item in training_decisions),
    }
    return Training(slates, own, facts, training_set.digest_of(slates))


def learn(training: Training, *, seed: int, progress: Progress) -> FitResult:
    """Fit on a training set and judge the fit by it. Takes seconds to minutes; the same set and seed give the same model."""
    from recruiter.learning.fit import fit_model
    from recruiter.learning.governance.drift import drift_of

    progress(10, f"fitting on {len(training.slates)} decisions")
    model = fit_model(training.slates, seed=seed)
    progress(30, "looking back: backtest on own decisions")
    verdict, figures, prior = _backtest(training.slates, seed=seed, progress=progress)
    progress(70, "looking for drift")
    history = training_set.as_history(training.slates, name="own decisions")
    figures = {
        "backtest": figures,
        "prior": prior,
        "past_scores": _past_scores(training, model),
        "slates": len(training.slates),
        "seed": seed,
        "data": training.facts,
        "components": _components(training.slates),
        "drift": drift_of(training.slates, history, seed=seed),
    }
    progress(95, "writing it down")
    return FitResult(model, verdict, figures | {"gates": [asdict(gate) for gate in _gates(model, figures, verdict)]})


def _gates(model: JsonView, figures: JsonView, verdict: str) -> list[rules.Gate]:
    from recruiter.learning.governance import model_card

    foreign = ""
    missing: tuple[str, ...] = ()
    try:
        missing = model_card.missing(model_card.card_of(model, {**figures, "verdict": verdict}))
    except ValueError as error:
        foreign = str(error)
    skill_of = {method: row["skill"] for method, row in figures["backtest"].items()}
    return rules.gates_for(
        model["n_decisions"],
        skill=skill_of.get("suggestion"),
        prior=figures["prior"].get("skill"),
        plain=skill_of.get("mean_overall"),
        missing=missing,
        foreign=foreign,
    )


def _backtest(slates: list[PastSlate], *, seed: int, progress: Progress) -> tuple[str, JsonObject, JsonObject]:
    """The verdict of the model's own backtest, its figures by method at the whole pool, and those of the prior alone."""
    from recruiter.learning.backtest.backtest import run_backtest

    if len(slates) < ENOUGH_FOR_BACKTEST:
        return f"Too few decisions for a backtest: {len(slates)}, and {ENOUGH_FOR_BACKTEST} are needed.", {}, {}
    history = training_set.as_history(slates, name="own decisions")
    report: Callable[[str], None] = lambda message: progress(40, f"looking back: {message}")  # noqa: E731  # one line names it
    backtest = run_backtest(history, train_sizes=(0, "all"), draws=1, seed=seed, progress=report)
    rows = {
        (result.method, result.train_size): {
            "skill": result.skill, "top1": result.top1, "auc": result.auc, "ndcg": result.ndcg, "ece": result.ece,
            "skill_range": list(result.skill_range),
        }
        for result in backtest.results
    }  # fmt: skip
    figures = {method: row for (method, size), row in rows.items() if size == "all"}
    prior = rows.get(("suggestion", 0), {})
    return backtest.verdict, figures, {**prior, "pool": backtest.pool, "test": backtest.test} if prior else {}


def _past_scores(training: Training, model: JsonView) -> list[float]:
    """Scores of those who were made an offer here, lowest first: what new finalists are measured by."""
    from recruiter.learning.fitted_model import load_model
    from recruiter.learning.suggestion.suggest import scores_of

    fitted = load_model(model)
    offered: list[float] = []
    for slate, own in zip(training.slates, training.own, strict=True):
        if own:
            weights, share = slate.weights, slate.overall_weight
            scores = scores_of(list(slate.grades), slate.cards, weights=weights, overall_weight=share, model=fitted)
            offered += [scores[item] for item, grade in slate.grades.items() if grade >= PAST_OFFERED]
    return sorted(offered)


def _components(slates: list[PastSlate]) -> list[int]:
    """Sizes of the groups of interviewers who can be compared at all, largest first."""
    from recruiter.learning.scores.rater_graph import connected_raters

    cards = [(slate.name, card) for slate in slates for card in slate.cards]
    people = [(slate, card.item) for slate, card in cards]
    return [len(component) for component in connected_raters(people, [card.rater for _, card in cards])]


def name_of(model: JsonView, now: dt.datetime) -> str:
    """What a fit is called."""
    return f"{now:%Y%m%d-%H%M%S}-{model['version']}"

"""Parts of the page of the model: work that goes on, methods of the backtest, the card ready to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.foundation.jobs import Job, JobStatus
from recruiter.foundation.json_types import JsonView
from recruiter.learning.governance import model_card as cards
from recruiter.ranking.models import ModelRun

METHODS = {
    "suggestion": "The suggestion",
    "mean_overall": "Plain mean of the recommendations",
    "declared_index": "Declared weights",
    "logistic": "Logistic regression",
    "forest": "Random forest",
    "boosting": "Gradient boosting",
    "stack": "The suggestion blended with trees",
}
COLUMNS = {"overall": "Overall recommendation", "index": "All declared attributes together"}


@dataclass(frozen=True)
class Weight:
    """How much one feature counts, as declared and as learnt; shares of 100, lengths of bars, and the range of what was learnt."""

    name: str
    kind: str
    declared: int
    learnt: int
    negative: bool
    low: float
    high: float


@dataclass(frozen=True)
class BacktestMethod:
    """How one way of ranking would have done on past decisions."""

    name: str
    own: bool
    skill: float
    range: tuple[float, float]
    top1: float
    auc: float
    verdict: str


@dataclass(frozen=True)
class FitJob:
    """The last fit that somebody asked for."""

    status: str
    asked_at: dt.datetime
    ended_at: dt.datetime | None
    under_way: bool
    percent: int
    phase: str
    problem: str
    model_version: str
    carries: bool


def _problem(job: Job) -> str:
    """What went wrong, in a sentence: a refusal says it itself, a fault has only a name."""
    if not job.problem:
        return ""
    return job.problem if " " in job.problem else f"{job.problem}. Ask whoever runs this installation."


def fit_job_of(job: Job | None) -> FitJob | None:
    """How far the last fit is."""
    if job is None:
        return None
    result = job.result or {}
    return FitJob(
        job.status.value,
        job.created_at,
        job.ended_at,
        job.status in {JobStatus.QUEUED, JobStatus.RUNNING},
        job.progress,
        str(job.payload.get("phase", "")),
        _problem(job),
        str(result.get("model_version", "")),
        bool(result.get("active", False)),
    )


def card_of(run: ModelRun | None) -> cards.ModelCard | None:
    """The card of a fit, None where there is no fit or its model cannot be read."""
    if run is None:
        return None
    try:
        return cards.card_of(run.artefact, {**run.figures, "verdict": run.verdict})
    except ValueError:
        return None


def weights_of(card: cards.ModelCard) -> list[Weight]:
    """Declared and learnt weights, the heaviest learnt one first."""
    kinds = {feature.name: feature.kind for feature in card.features}
    return [
        Weight(
            COLUMNS.get(weight.name, weight.name),
            kinds[weight.name],
            round(abs(weight.declared_share)),
            round(abs(weight.learnt_share)),
            weight.learnt < 0,
            weight.low,
            weight.high,
        )
        for weight in card.weights
    ]


def features_by_reason(card: cards.ModelCard) -> list[tuple[str, str]]:
    """What it looks at, with the reason; attributes that share a reason stand together."""
    names_by_reason: dict[str, list[str]] = {}
    for feature in card.features:
        names_by_reason.setdefault(feature.reason, []).append(COLUMNS.get(feature.name, feature.name))
    return [(", ".join(names), reason) for reason, names in names_by_reason.items()]


def _chance_verdict(low: float, high: float) -> str:
    if low > 0:
        return "better than chance"
    return "worse than chance" if high < 0 else "no better than chance, as far as these decisions can tell"


def methods_of(figures: JsonView) -> list[BacktestMethod]:
    """The methods of a backtest, best first."""
    methods = []
    for name, row in figures.items():
        low, high = (float(end) for end in row["skill_range"])
        skill = float(row["skill"])
        ends = (min(low, skill), max(high, skill))
        label = METHODS.get(name, name.replace("_", " ").capitalize())
        methods.append(
            BacktestMethod(
                label,
                name == "suggestion",
                skill,
                ends,
                float(row["top1"]),
                float(row["auc"]),
                _chance_verdict(low, high),
            )
        )
    return sorted(methods, key=lambda method: (-method.skill, method.name))


def axis(methods: Sequence[BacktestMethod]) -> tuple[float, float]:
    """The ends of the axis in tenths, zero always on it."""
    lowest = min([0.0, *(method.range[0] for method in methods)])
    highest = max([0.1, *(method.range[1] for method in methods)])
    return (int(lowest * 10 - (lowest < 0)) / 10, int(highest * 10 + 1) / 10)

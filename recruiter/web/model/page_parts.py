"""Parts of the page of the model: work that goes on, methods of the backtest, the card ready to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recruiter.foundation.jobs import Job, JobStatus
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
class Method:
    """How one way of ranking would have done on past decisions."""

    name: str
    own: bool
    skill: float
    range: tuple[float, float]
    top1: float
    auc: float
    words: str


@dataclass(frozen=True)
class Work:
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


def work_of(job: Job | None) -> Work | None:
    """How far the last fit is."""
    if job is None:
        return None
    result = job.result or {}
    return Work(
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
    kinds = {one.name: one.kind for one in card.features}
    return [
        Weight(
            COLUMNS.get(one.name, one.name),
            kinds[one.name],
            round(abs(one.declared_share)),
            round(abs(one.learnt_share)),
            one.learnt < 0,
            one.low,
            one.high,
        )
        for one in card.weights
    ]


def looks_of(card: cards.ModelCard) -> list[tuple[str, str]]:
    """What it looks at, with the reason; attributes that share a reason stand together."""
    found: dict[str, list[str]] = {}
    for one in card.features:
        found.setdefault(one.reason, []).append(COLUMNS.get(one.name, one.name))
    return [(", ".join(names), reason) for reason, names in found.items()]


def _words(low: float, high: float) -> str:
    if low > 0:
        return "better than chance"
    return "worse than chance" if high < 0 else "no better than chance, as far as these decisions can tell"


def methods_of(figures: Mapping[str, Any]) -> list[Method]:
    """The methods of a backtest, best first."""
    found = []
    for name, row in figures.items():
        low, high = (float(end) for end in row["skill_range"])
        skill = float(row["skill"])
        ends = (min(low, skill), max(high, skill))
        shown = METHODS.get(name, name.replace("_", " ").capitalize())
        found.append(
            Method(shown, name == "suggestion", skill, ends, float(row["top1"]), float(row["auc"]), _words(low, high))
        )
    return sorted(found, key=lambda one: (-one.skill, one.name))


def axis(methods: Sequence[Method]) -> tuple[float, float]:
    """The ends of the axis in tenths, zero always on it."""
    least = min([0.0, *(one.range[0] for one in methods)])
    most = max([0.1, *(one.range[1] for one in methods)])
    return (int(least * 10 - (least < 0)) / 10, int(most * 10 + 1) / 10)

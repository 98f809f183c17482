"""What the page of the model shows: what it learnt, how well that would have gone, what is being worked on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation.db import db
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.learning.suggestion import label_of
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.ranking import queries
from recruiter.ranking.models import ModelRun
from recruiter.web import guard

FIT = "model.fit"
METHODS = {
    "suggestion": "The suggestion",
    "mean_overall": "Plain mean of the recommendations",
    "declared_index": "Declared weights",
    "logistic": "Logistic regression",
    "forest": "Random forest",
}
COLUMNS = {"overall": "Overall recommendation", "index": "All declared attributes together"}
PROBLEMS = {
    "Conflict": "there were no past decisions to learn from. Import some, or close searches.",
    "ModelRefused": "the stored model could not be read.",
}
LIMITS = (
    "None of the public sets that the model was tested on is real interviews with offers.",
    "Their slates were cut from larger pools, so a real shortlist may be harder to tell apart.",
    "It learns from what this company decided, with whatever was wrong in that.",
    "It never sees name, sex, age, nationality, address, school, pay, source or free text.",
    "It advises. A person decides, and says why when the order departs from it.",
)


@dataclass(frozen=True)
class Weight:
    """How much one attribute counts: as declared, and as learnt; shares of 100 and lengths of bars."""

    name: str
    declared: int
    learnt: int
    negative: bool


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
    problem: str
    model_version: str
    carries: bool


@dataclass(frozen=True)
class ModelPage:
    """The model."""

    title: str
    active: ModelRun | None
    label: str
    decisions: int
    weights: list[Weight]
    raters: int
    methods: list[Method]
    axis: tuple[float, float]
    runs: Sequence[ModelRun]
    work: Work | None
    may_fit: bool
    limits: tuple[str, ...] = LIMITS


def latest_fit(session: Session) -> Job | None:
    """The last fit that was asked for."""
    return session.scalars(select(Job).where(Job.kind == FIT).order_by(Job.id.desc()).limit(1)).first()


def under_way(job: Job | None) -> bool:
    """Whether a fit waits or runs."""
    return job is not None and job.status in {JobStatus.QUEUED, JobStatus.RUNNING}


def _work(job: Job | None) -> Work | None:
    if job is None:
        return None
    result = job.result or {}
    problem = PROBLEMS.get(job.problem or "", f"{job.problem}. Ask whoever runs this installation.")
    return Work(
        job.status.value,
        job.created_at,
        job.ended_at,
        under_way(job),
        problem if job.problem else "",
        str(result.get("model_version", "")),
        bool(result.get("active", False)),
    )


def _shares(values: Mapping[str, float]) -> dict[str, int]:
    total = sum(abs(value) for value in values.values()) or 1.0
    return {name: round(100 * abs(value) / total) for name, value in values.items()}


def weights_of(artefact: Mapping[str, Any]) -> list[Weight]:
    """Declared and learnt weights as shares of 100, the heaviest learnt one first."""
    declared, learnt = _shares(artefact["declared"]), _shares(artefact["learnt"])
    found = [
        Weight(COLUMNS.get(name, name), declared.get(name, 0), share, artefact["learnt"][name] < 0)
        for name, share in learnt.items()
    ]
    return sorted(found, key=lambda one: (-one.learnt, one.name))


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
        told = _words(low, high)
        found.append(
            Method(
                METHODS.get(name, name), name == "suggestion", skill, ends, float(row["top1"]), float(row["auc"]), told
            )
        )
    return sorted(found, key=lambda one: (-one.skill, one.name))


def _axis(methods: Sequence[Method]) -> tuple[float, float]:
    """The ends of the axis in tenths, zero always on it."""
    least = min([0.0, *(one.range[0] for one in methods)])
    most = max([0.1, *(one.range[1] for one in methods)])
    return (int(least * 10 - (least < 0)) / 10, int(most * 10 + 1) / 10)


def page_of() -> ModelPage:
    """Gather the page."""
    session, viewer = db.session(), guard.actor()
    active = queries.active_run(session)
    runs = queries.runs(session)
    card = active or (runs[0] if runs else None)
    artefact = json.loads(card.artefact) if card else {"declared": {}, "learnt": {}, "raters": []}
    methods = methods_of(card.figures.get("backtest", {})) if card else []
    return ModelPage(
        title="Model",
        active=active,
        label=label_of(active.n_decisions if active else 0),
        decisions=queries.decision_count(session),
        weights=weights_of(artefact),
        raters=len(artefact["raters"]),
        methods=methods,
        axis=_axis(methods),
        runs=runs,
        work=_work(latest_fit(session)),
        may_fit=permits.permits(session, actor=viewer, permission=Permission.MODEL_FIT),
    )

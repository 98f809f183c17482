"""Parts of the page of the model: work that goes on, methods of the backtest, the card ready to be read."""

from __future__ import annotations

from collections import defaultdict
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
    """The last fit that somebody asked for; `carries` whether what came of it carries suggestions."""

    job: Job
    under_way: bool
    failed: bool
    headline: str
    problem: str
    carries: bool


def fit_job_of(job: Job | None) -> FitJob | None:
    """How far the last fit is. A refusal says in a sentence what went wrong, a fault has only a name."""
    if job is None:
        return None
    problem = job.problem or ""
    if problem and " " not in problem:
        problem = f"{problem}. Ask whoever runs this installation."
    return FitJob(
        job,
        under_way=job.status in {JobStatus.QUEUED, JobStatus.RUNNING},
        failed=job.status == JobStatus.FAILED,
        headline="A fit is running." if job.status == JobStatus.RUNNING else "A fit waits for its turn.",
        problem=problem,
        carries=bool((job.result or {}).get("active")),
    )


def card_of(run: ModelRun | None) -> cards.ModelCard | None:
    """The card of a fit, None where there is no fit or its model cannot be read."""
    try:
        return cards.card_of(run.artefact, {**run.figures, "verdict": run.verdict}) if run else None
    except ValueError:
        return None


def features_by_reason(card: cards.ModelCard) -> list[tuple[str, str]]:
    """What it looks at, with the reason; attributes that share a reason stand together."""
    names_by_reason: dict[str, list[str]] = defaultdict(list)
    for feature in card.features:
        names_by_reason[feature.reason].append(COLUMNS.get(feature.name, feature.name))
    return [(", ".join(names), reason) for reason, names in names_by_reason.items()]


def _chance_verdict(low: float, high: float) -> str:
    if low > 0:
        return "better than chance"
    return "worse than chance" if high < 0 else "no better than chance, as far as these decisions can tell"


def methods_of(figures: JsonView) -> list[BacktestMethod]:
    """The methods of a backtest, best first."""
    methods = []
    for name, row in figures.items():
        low, high = row["skill_range"]
        methods.append(
            BacktestMethod(
                METHODS.get(name, name.replace("_", " ").capitalize()),
                name == "suggestion",
                row["skill"],
                (min(low, row["skill"]), max(high, row["skill"])),
                row["top1"],
                row["auc"],
                _chance_verdict(low, high),
            )
        )
    return sorted(methods, key=lambda method: (-method.skill, method.name))


def axis(methods: Sequence[BacktestMethod]) -> tuple[float, float]:
    """The ends of the axis in tenths, zero always on it."""
    lowest = min([0.0, *(method.range[0] for method in methods)])
    highest = max([0.1, *(method.range[1] for method in methods)])
    return (int(lowest * 10 - (lowest < 0)) / 10, int(highest * 10 + 1) / 10)

"""What the page of the model shows: what it learnt, how well that would have gone, what is being worked on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from recruiter.foundation import jobs
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.learning.governance import model_card as cards
from recruiter.learning.suggestion.suggest import label_of
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.ranking import queries
from recruiter.ranking.models import Activation, ModelRun, SuggestionSwitch
from recruiter.ranking.rules import Gate
from recruiter.ranking.suggestion import slate_orders
from recruiter.ranking.training import gates
from recruiter.web.model import page_parts
from recruiter.web.request import guard

FIT = "model.fit"


@dataclass(frozen=True)
class RunPage:
    """One fit with its card, and, on the page of the model, the fits beside it."""

    title: str
    run: ModelRun | None
    card: cards.ModelCard | None
    active: ModelRun | None
    label: str
    gates: list[Gate]
    weights: list[page_parts.Weight]
    looks: list[tuple[str, str]]
    methods: list[page_parts.BacktestMethod]
    axis: tuple[float, float]
    drift: JsonObject
    history: Sequence[Activation]
    may_manage: bool
    breadcrumbs: list[tuple[str, str | None]] = field(default_factory=list)
    decisions: int = 0
    runs: Sequence[ModelRun] = ()
    work: page_parts.FitJob | None = None
    may_fit: bool = False
    off: SuggestionSwitch | None = None
    followed: slate_orders.FollowCount | None = None
    limits: tuple[str, ...] = cards.LIMITS


def _may(permission: Permission) -> bool:
    return permits.permits(db.session(), actor=guard.actor(), permission=permission)


def _run_page(run: ModelRun | None, *, title: str, active: ModelRun | None, **more: Any) -> RunPage:
    card = page_parts.card_of(run)
    methods = page_parts.methods_of(run.figures.get("backtest", {})) if run else []
    return RunPage(
        title=title,
        run=run,
        card=card,
        active=active,
        gates=gates.gates_of(run) if run else [],
        weights=page_parts.weights_of(card) if card else [],
        looks=page_parts.features_by_reason(card) if card else [],
        methods=methods,
        axis=page_parts.axis(methods),
        drift=run.figures.get("drift", {}) if run else {},
        history=list(reversed(run.activations)) if run else [],
        may_manage=_may(Permission.MODEL_MANAGE),
        **more,
    )


def page_of() -> RunPage:
    """The page of the model: the fit that carries suggestions, else the latest one."""
    session = db.session()
    active = queries.active_run(session)
    runs = queries.runs(session)
    last = queries.switch_of(session)
    return _run_page(
        active or (runs[0] if runs else None),
        title="Model",
        active=active,
        label=label_of(active.n_decisions if active else 0),
        decisions=queries.decision_count(session),
        runs=runs,
        work=page_parts.fit_job_of(next(iter(jobs.latest(session, FIT)), None)),
        may_fit=_may(Permission.MODEL_FIT),
        off=last if last is not None and not last.on else None,
        followed=slate_orders.follow_count(session),
    )


def page_of_run(run: ModelRun) -> RunPage:
    """The page of one fit."""
    crumbs: list[tuple[str, str | None]] = [("Model", url_for("model.show")), (run.name, None)]
    active = run if run.active else None
    return _run_page(run, title=f"Fit {run.name}", active=active, label=label_of(run.n_decisions), breadcrumbs=crumbs)

"""What the page of the model shows: what it learnt, how well that would have gone, what is being worked on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask import url_for

from recruiter.foundation import jobs
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.learning.governance import model_card as cards
from recruiter.learning.suggestion.suggest import label_of
from recruiter.policy.permissions import Permission
from recruiter.ranking import queries
from recruiter.ranking.models import ModelRun, SuggestionSwitch
from recruiter.ranking.rules import Gate
from recruiter.ranking.suggestion import slate_orders
from recruiter.ranking.training import gates
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.model import page_parts
from recruiter.web.request import guard

FIT = "model.fit"


@dataclass(frozen=True)
class RunPage:
    """One fit with its card, and, on the page of the model, the fits beside it; `active` is the one that carries suggestions."""

    title: str
    run: ModelRun | None
    active: ModelRun | None
    label: str
    card: cards.ModelCard | None
    gates: list[Gate]
    column_names: dict[str, str]
    looks: list[tuple[str, str]]
    methods: list[page_parts.BacktestMethod]
    axis: tuple[float, float]
    drift: JsonObject
    may_manage: bool
    breadcrumbs: Crumbs = field(default_factory=list)
    decisions: int = 0
    runs: Sequence[ModelRun] = ()
    work: page_parts.FitJob | None = None
    may_fit: bool = False
    off: SuggestionSwitch | None = None
    followed: slate_orders.FollowCount | None = None
    limits: tuple[str, ...] = cards.LIMITS


def _run_page(run: ModelRun | None, *, title: str, active: ModelRun | None, n_decisions: int) -> RunPage:
    card = page_parts.card_of(run)
    methods = page_parts.methods_of(run.figures.get("backtest", {})) if run else []
    return RunPage(
        title=title,
        run=run,
        active=active,
        label=label_of(n_decisions),
        card=card,
        gates=gates.gates_of(run) if run else [],
        column_names=page_parts.COLUMNS,
        looks=page_parts.features_by_reason(card) if card else [],
        methods=methods,
        axis=page_parts.axis(methods),
        drift=run.figures.get("drift", {}) if run else {},
        may_manage=guard.may(Permission.MODEL_MANAGE),
    )


def page_of() -> RunPage:
    """The page of the model: the fit that carries suggestions, else the latest one."""
    session = db.session()
    active, runs, last = queries.active_run(session), queries.runs(session), queries.switch_of(session)
    displayed, learnt_from = active or next(iter(runs), None), active.n_decisions if active else 0
    page = _run_page(displayed, title="Model", active=active, n_decisions=learnt_from)
    return replace(
        page,
        decisions=queries.decision_count(session),
        runs=runs,
        work=page_parts.fit_job_of(next(iter(jobs.latest(session, FIT)), None)),
        may_fit=guard.may(Permission.MODEL_FIT),
        off=last if last is not None and not last.on else None,
        followed=slate_orders.follow_count(session),
    )


def page_of_run(run: ModelRun) -> RunPage:
    """The page of one fit."""
    page = _run_page(run, title=f"Fit {run.name}", active=run if run.active else None, n_decisions=run.n_decisions)
    return replace(page, breadcrumbs=[("Model", url_for("model.show")), (run.name, None)])

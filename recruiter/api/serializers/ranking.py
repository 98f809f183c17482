"""The slate with its suggestion, and models, in JSON."""

from __future__ import annotations

import json
from typing import Any

from recruiter.api.serializers import people, values
from recruiter.foundation.jobs import Job
from recruiter.pipeline.models import Finalist
from recruiter.ranking.models import ModelRun, NamedOrder, OrderVerdict


def finalist(one: Finalist, *, hidden: bool = False) -> dict[str, Any]:
    """One finalist in the order that people set; `hidden` leaves out place and reason for who owes a card."""
    application = one.application
    out: dict[str, Any] = {
        "application_id": one.application_id,
        "candidate": {"id": application.candidate_id, "name": application.candidate.name},
        "status": application.status.value,
        "stage": application.stage.name,
    }
    if hidden:
        return out
    return {**out, "position": one.position, "reason": one.reason, "named_at": values.instant(one.named_at)}


def departure(last: NamedOrder | None) -> dict[str, Any] | None:
    """Where the order that stands departs from the suggestion of its moment, and why; None where it does not."""
    if last is None or last.verdict != OrderVerdict.DEPARTED:
        return None
    return {
        "reason": last.reason,
        "pairs": last.departures,
        "label": last.label,
        "model_version": last.model_version,
        "n_decisions": last.n_decisions,
        "by": people.person(last.named_by),
        "at": values.instant(last.named_at),
    }


def suggestion(found: dict[str, Any]) -> dict[str, Any]:
    """A suggestion with its moment as text."""
    return {**found, "fitted_at": values.instant(found["fitted_at"])} if "fitted_at" in found else found


def run(one: ModelRun, *, card: bool = False) -> dict[str, Any]:
    """One fit; with `card`, what it learnt: weights before and after, and how severe it found each rater."""
    out: dict[str, Any] = {
        "id": one.id,
        "version": 1,
        "model_version": one.name,
        "active": one.active,
        "n_decisions": one.n_decisions,
        "verdict": one.verdict,
        "backtest": one.figures.get("backtest", {}),
        "sha256": one.artefact_hash,
        "input_digest": one.input_digest,
        "fitted_at": values.instant(one.fitted_at),
        "created_at": values.instant(one.fitted_at),
    }
    if card:
        model = json.loads(one.artefact)
        out["weights"] = {
            name: {"declared": model["declared"].get(name), "learnt": learnt}
            for name, learnt in model["learnt"].items()
        }
        out["columns"] = model["columns"]
    return out


def job(one: Job) -> dict[str, Any]:
    """A piece of work that goes on beside."""
    return {
        "id": one.id,
        "version": 1,
        "kind": one.kind,
        "status": one.status.value,
        "progress": one.progress,
        "problem": one.problem,
        "result": one.result,
        "created_at": values.instant(one.created_at),
    }

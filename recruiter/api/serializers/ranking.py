"""The slate with its suggestion, and models, in JSON."""

from __future__ import annotations

import json
from typing import Any

from recruiter.api.serializers import people, values
from recruiter.foundation.jobs import Job
from recruiter.learning.governance import model_card as cards
from recruiter.pipeline.models import Finalist
from recruiter.ranking.models import ModelRun, NamedOrder, OrderVerdict, PredictionUse, RankingWish, SuggestionSwitch


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
        out["drift"] = one.figures.get("drift", {})
        try:
            out["card"] = cards.card_of(model, {**one.figures, "verdict": one.verdict}).as_dict()
        except ValueError as error:  # altered, or it looks at what is not on the allow list
            out["card"], out["problem"] = None, str(error)
    return out


def switch(last: SuggestionSwitch | None) -> dict[str, Any]:
    """Whether suggestions are on, and who said so last; nobody has where they have always been."""
    return {
        "on": last.on if last else True,
        "by": last.by.email if last and last.by else None,
        "at": values.instant(last.at) if last else None,
        "reason": last.reason if last else "",
    }


def wish(last: RankingWish | None, *, application_id: int) -> dict[str, Any]:
    """Whether somebody is ranked, and who recorded it last."""
    return {
        "application_id": application_id,
        "ranked": last.ranked if last else True,
        "by": last.by.email if last else None,
        "at": values.instant(last.at) if last else None,
        "reason": last.reason if last else "",
    }


def use(one: PredictionUse) -> dict[str, Any]:
    """One act that relied on a ranking."""
    made = one.prediction
    return {
        "id": made.id,
        "requisition_id": made.requisition_id,
        "act": one.act.value,
        "by": one.by.email if one.by else None,
        "at": values.instant(one.at),
        "followed": one.followed,
        "model_version": made.run.name if made.run else None,
        "model_sha256": made.model_hash or None,
        "input_digest": made.input_digest,
        "output_digest": made.output_digest,
        "made_with": made.made_with,
    }


def job(one: Job) -> dict[str, Any]:
    """A piece of work that goes on beside."""
    return {
        "id": one.id,
        "version": 1,
        "kind": one.kind,
        "status": one.status.value,
        "progress": one.progress,
        "phase": one.payload.get("phase", ""),
        "problem": one.problem,
        "result": one.result,
        "created_at": values.instant(one.created_at),
    }

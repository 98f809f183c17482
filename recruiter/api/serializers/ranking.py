"""The slate with its suggestion, and models, in JSON."""

from __future__ import annotations

import json

from recruiter.api.serializers import people, values
from recruiter.foundation.jobs import Job
from recruiter.foundation.json_types import JsonObject
from recruiter.learning.governance import model_card as cards
from recruiter.pipeline.models import Finalist
from recruiter.ranking.models import ModelRun, NamedOrder, OrderVerdict, PredictionUse, RankingWish, SuggestionSwitch
from recruiter.ranking.suggestion.suggestion_types import Suggestion


def finalist(slate_place: Finalist, *, hidden: bool = False) -> JsonObject:
    """One finalist in the order that people set; `hidden` leaves out place and reason for who owes a card."""
    application = slate_place.application
    data: JsonObject = {
        "application_id": slate_place.application_id,
        "candidate": people.candidate(application.candidate),
        "status": application.status.value,
        "stage": application.stage.name,
    }
    if hidden:
        return data
    return {**data, **values.fields(slate_place, "position reason named_at")}


def departure(last: NamedOrder | None) -> JsonObject | None:
    """Where the order that stands departs from the suggestion of its moment, and why; None where it does not."""
    if last is None or last.verdict != OrderVerdict.DEPARTED:
        return None
    return values.fields(last, "reason pairs=departures label model_version n_decisions by=named_by at=named_at")


def suggestion(stored: Suggestion) -> JsonObject:
    """A suggestion with its moment as text."""
    return {**stored, **({"fitted_at": values.instant(stored["fitted_at"])} if "fitted_at" in stored else {})}


def run(model_run: ModelRun, *, card: bool = False) -> JsonObject:
    """One fit; with `card`, what it learnt: weights before and after, and how severe it found each rater."""
    data: JsonObject = {
        **values.fields(
            model_run, "id model_version=name active n_decisions verdict sha256=artefact_hash input_digest"
        ),
        **values.fields(model_run, "fitted_at created_at=fitted_at"),
        "version": 1,
        "backtest": model_run.figures.get("backtest", {}),
    }
    if card:
        model = json.loads(model_run.artefact)
        data["weights"] = {
            name: {"declared": model["declared"].get(name), "learnt": learnt}
            for name, learnt in model["learnt"].items()
        }
        data["columns"] = model["columns"]
        data["drift"] = model_run.figures.get("drift", {})
        try:
            data["card"] = cards.card_of(model, {**model_run.figures, "verdict": model_run.verdict}).as_dict()
        except ValueError as error:  # altered, or it looks at what is not on the allow list
            data["card"], data["problem"] = None, str(error)
    return data


def switch(last: SuggestionSwitch | None) -> JsonObject:
    """Whether suggestions are on, and who said so last; nobody has where they have always been."""
    return {
        "on": last.on if last else True,
        "by": last.by.email if last and last.by else None,
        "at": values.instant(last.at) if last else None,
        "reason": last.reason if last else "",
    }


def wish(last: RankingWish | None, *, application_id: int) -> JsonObject:
    """Whether somebody is ranked, and who recorded it last."""
    return {
        "application_id": application_id,
        "ranked": last.ranked if last else True,
        "by": last.by.email if last and last.by else None,
        "at": values.instant(last.at) if last else None,
        "reason": last.reason if last else "",
    }


def use(prediction_use: PredictionUse) -> JsonObject:
    """One act that relied on a ranking."""
    prediction = prediction_use.prediction
    return {
        "id": prediction.id,
        "requisition_id": prediction.requisition_id,
        "act": prediction_use.use.value,
        "by": prediction_use.by.email if prediction_use.by else None,
        "at": values.instant(prediction_use.at),
        "followed": prediction_use.followed,
        "model_version": prediction.run.name if prediction.run else None,
        "model_sha256": prediction.model_hash or None,
        "input_digest": prediction.input_digest,
        "output_digest": prediction.output_digest,
        "made_with": prediction.made_with,
    }


def job(work: Job) -> JsonObject:
    """A piece of work that goes on beside."""
    phase = work.payload.get("phase", "")
    return {**values.fields(work, "id kind status progress problem result created_at"), "version": 1, "phase": phase}

"""The suggested ranking of one search, as somebody may see it. Showing it never loads scikit-learn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy.orm import Session

from recruiter.foundation.act import Actor
from recruiter.learning.fitted_model import FittedModel, ModelRefused, load_model
from recruiter.learning.suggestion.suggest import label_of, scores_of
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Finalist
from recruiter.ranking import queries, rules, snapshot
from recruiter.ranking.models import ModelRun
from recruiter.ranking.suggestion.suggestion_inputs import Inputs, answer
from recruiter.ranking.suggestion.suggestion_types import Suggestion
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import readings
from recruiter.scorecards.queries import SubmittedRating


@lru_cache(maxsize=4)
def _loaded(artefact_hash: str, artefact: str) -> FittedModel:  # noqa: ARG001  # the hash is the key
    try:
        return load_model(json.loads(artefact))
    except json.JSONDecodeError:
        raise ModelRefused("The stored model is not JSON any more.") from None


def model_of(run: ModelRun | None) -> FittedModel | None:
    """The model of a fit, None for the declared weights; read once for as long as it serves.

    Raises ModelRefused where it was altered.
    """
    return _loaded(run.artefact_hash, run.artefact) if run else None


def _header(run: ModelRun | None, state: str) -> Suggestion:
    n = run.n_decisions if run else 0
    return {
        "state": state,
        "label": label_of(n),
        "n_decisions": n,
        "model_version": run.name if run else None,
        "fitted_at": run.fitted_at if run else None,
    }


def switched_off(session: Session, requisition: Requisition) -> str | None:
    """`requisition` or `company` where suggestions are switched off for this search or everywhere, None where they are on."""
    if not requisition.suggestion_on:
        return "requisition"
    return "company" if queries.off_everywhere(session) else None


def for_requisition(
    session: Session, requisition: Requisition, *, viewer: Actor, finalists: list[Finalist] | None = None
) -> Suggestion:
    """The suggestion for the finalists who are in the running: ranking with ranges, pairs with reasons, leniency noted.

    State `hidden` for whoever owes a card on the search, `off` where it is switched off (`off_for` says whether for this
    search or for the company), `too_early` with few cards. Items are application ids. Points are on the 1 to 5 scale.
    Who asked not to be ranked stands in `not_ranked` and nowhere else.
    """
    run = queries.active_run(session)
    switched_off_for = switched_off(session, requisition)
    if switched_off_for:
        return {**_header(run, "off"), "off_for": switched_off_for}
    if scorecards.owes_on_slate(session, viewer=viewer, requisition=requisition):
        return {"state": "hidden"}
    bench = finalists if finalists is not None else pipeline.bench_of(session, requisition)
    application_ids = [finalist.application_id for finalist in bench]
    suggestion = compute(session, requisition, application_ids, run=run)
    readings.note(session, viewer=viewer, application_ids=application_ids if suggestion["state"] == "ready" else [])
    return suggestion


def inputs_of(
    requisition: Requisition, rows: Sequence[SubmittedRating], ranked: Sequence[int], *, run: ModelRun | None
) -> Inputs:
    """All that a suggestion for some applications stands on, from their ratings."""
    return Inputs(
        items=tuple(str(number) for number in ranked),
        cards=tuple(snapshot.card_of(row) for row in rows if row.application_id in set(ranked)),
        weights=snapshot.declared_weights({attribute.name: attribute.weight for attribute in requisition.attributes}),
        overall_weight=requisition.overall_weight,
        bar=requisition.bar if requisition.bar is not None else rules.DEFAULT_BAR,
        past=tuple(run.figures.get("past_scores", [])) if run else (),
        n_decisions=run.n_decisions if run else 0,
        seed=requisition.id,
    )


def current_inputs(
    session: Session, requisition: Requisition, application_ids: Sequence[int], *, run: ModelRun | None
) -> tuple[Inputs, list[SubmittedRating], list[int]]:
    """What a suggestion for some applications stands on now: its inputs, the cards behind them, and who is not ranked."""
    unranked = queries.not_ranked_ids(session, requisition.id)
    ranked = [number for number in application_ids if number not in unranked]
    rows = snapshot.known_ratings(session, ranked, at=None)
    return inputs_of(requisition, rows, ranked, run=run), rows, sorted(set(application_ids) & unranked)


def declared_scores(
    requisition: Requisition, rows: Sequence[SubmittedRating], ranked: Sequence[int]
) -> dict[int, float]:
    """What the declared weights alone make of some applications, to stand beside learnt scores; 1 to 5."""
    inputs = inputs_of(requisition, rows, ranked, run=None)
    scores = scores_of(inputs.items, inputs.cards, weights=inputs.weights, overall_weight=inputs.overall_weight)
    return {int(item): score for item, score in scores.items()}


def compute(
    session: Session, requisition: Requisition, application_ids: list[int], *, run: ModelRun | None
) -> Suggestion:
    """The suggestion for some applications, whoever looks; callers have asked who may see it."""
    inputs, rows, unranked = current_inputs(session, requisition, application_ids, run=run)
    suggestion = answer(inputs, model_of(run))
    if suggestion["state"] == "too_early":
        return {**_header(run, "too_early"), "not_ranked": unranked}
    names = {f"person-{row.author_id}": row.author_name for row in rows}
    for note in suggestion["leniency"]:
        note["rater"] = names.get(note["rater"], note["rater"])
    ranking, pairs, leniency = suggestion["ranking"], suggestion["pairs"], suggestion["leniency"]
    return {**_header(run, "ready"), "ranking": ranking, "pairs": pairs, "leniency": leniency, "not_ranked": unranked}

"""The suggested ranking of one search, as somebody may see it. Showing it never loads scikit-learn."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.learning.storage import FittedModel, load_model
from recruiter.learning.suggestion import label_of, suggest
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Finalist
from recruiter.ranking import queries, rules, training
from recruiter.ranking.models import ModelRun
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards


@lru_cache(maxsize=4)
def _loaded(artefact_hash: str, artefact: str) -> FittedModel:  # noqa: ARG001  # the hash is the key
    return load_model(json.loads(artefact))


def loaded(run: ModelRun) -> FittedModel:
    """The model of a fit, read once for as long as it serves. Raises ModelRefused or JSONDecodeError."""
    return _loaded(run.artefact_hash, run.artefact)


def _head(run: ModelRun | None, state: str) -> dict[str, Any]:
    n = run.n_decisions if run else 0
    return {
        "state": state,
        "label": label_of(n),
        "n_decisions": n,
        "model_version": run.name if run else None,
        "fitted_at": run.fitted_at if run else None,
    }


def for_requisition(
    session: Session, requisition: Requisition, *, viewer: User, finalists: list[Finalist] | None = None
) -> dict[str, Any]:
    """The suggestion for the finalists who are in the running: ranking with ranges, pairs with reasons, leniency noted.

    State `hidden` for whoever owes a card on the search, `off` where it is switched off, `too_early` with few cards.
    Items are application ids. Points are on the 1 to 5 scale.
    """
    run = queries.active_run(session)
    if not requisition.suggestion_on:
        return _head(run, "off")
    if scorecards.owes_on(session, viewer=viewer, requisition=requisition):
        return {"state": "hidden"}
    bench = finalists if finalists is not None else pipeline.bench_of(session, requisition)
    return computed(session, requisition, [one.application_id for one in bench], run=run)


def computed(
    session: Session, requisition: Requisition, application_ids: list[int], *, run: ModelRun | None
) -> dict[str, Any]:
    """The suggestion for some applications, whoever looks; callers have asked who may see it."""
    rows = scorecards.cards_for_ranking(session, application_ids)
    names = {f"person-{row.author_id}": row.author_name for row in rows}
    found = suggest(
        [str(number) for number in application_ids],
        [training.card_of(row) for row in rows],
        weights={one.name: one.weight for one in requisition.attributes},
        overall_weight=requisition.overall_weight,
        bar=requisition.bar if requisition.bar is not None else rules.DEFAULT_BAR,
        past=run.figures.get("past_scores", []) if run else [],
        model=loaded(run) if run else None,
        n_decisions=run.n_decisions if run else 0,
        seed=requisition.id,
    ).as_dict()
    if found["state"] == "too_early":
        return _head(run, "too_early")
    for row in found["ranking"]:
        row["application_id"] = int(row.pop("item"))
    for pair in found["pairs"]:
        pair["a"], pair["b"] = int(pair["a"]), int(pair["b"])
    for note in found["leniency"]:
        note["rater"] = names.get(note["rater"], note["rater"])
    return {
        **_head(run, "ready"),
        "ranking": list(found["ranking"]),
        "pairs": list(found["pairs"]),
        "leniency": list(found["leniency"]),
    }

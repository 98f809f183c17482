"""The run log: each ranking that somebody relied on is kept with all that went into it, and can be made again."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.learning.fitted_model import ModelRefused
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application
from recruiter.ranking import queries
from recruiter.ranking.models import Act, NamedOrder, Prediction, PredictionUse
from recruiter.ranking.suggestion import slate_orders, suggested_ranking
from recruiter.ranking.suggestion.suggestion_inputs import answer, canonical, digest_of, inputs_from, kept_to
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards


@dataclass(frozen=True)
class Replay:
    """A logged ranking made again: whether it came out the same to the last bit, and why not."""

    prediction_id: int
    same: bool
    sentence: str


def made_with() -> str:
    """What computes rankings here: another version may round differently."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("recruiter", "numpy")]
    return ", ".join(versions)


def relied_on(
    session: Session,
    *,
    requisition: Requisition,
    application_ids: Sequence[int],
    act: Act,
    actor: User | None,
    now: dt.datetime,
    order: Sequence[int] | None = None,
) -> Prediction | None:
    """Log that the suggestion as it stands now was before somebody who acted; None where there was none to rely on.

    The same ranking by the same model is kept once, each act that relied on it by itself. `order` is the order that
    people set, to tell whether it kept to who was ahead. A stored model that cannot be read was not relied on.
    """
    if not application_ids or suggested_ranking.switched_off(session, requisition):
        return None
    run = queries.active_run(session)
    inputs, _, _ = suggested_ranking.asked(session, requisition, application_ids, run=run)
    try:
        output = answer(inputs, suggested_ranking.model_of(run))
    except (ModelRefused, json.JSONDecodeError):
        return None
    if output["state"] != "ready":
        return None
    kept = inputs.as_dict()
    model_hash, digest = run.artefact_hash if run else "", digest_of(kept)
    same = select(Prediction).where(
        Prediction.requisition_id == requisition.id,
        Prediction.model_hash == model_hash,
        Prediction.input_digest == digest,
    )
    found = session.scalars(same).first()
    if found is None:
        found = Prediction(
            requisition_id=requisition.id,
            run_id=run.id if run else None,
            model_hash=model_hash,
            input_digest=digest,
            inputs=kept,
            output=output,
            output_digest=digest_of(output),
            made_with=made_with(),
            made_at=now,
        )
        try:
            with session.begin_nested():
                session.add(found)
        except IntegrityError:  # somebody relied on the very same ranking in the same moment
            found = session.scalars(same).one()
    followed = kept_to(found.output["pairs"], order) if order is not None else None
    use = PredictionUse(prediction_id=found.id, act=act, by_id=actor.id if actor else None, at=now, followed=followed)
    session.add(use)
    session.flush()
    audit.record(
        session,
        action="ranking.relied_on",
        subject=found,
        actor_id=use.by_id,
        at=now,
        act=act.value,
        input_digest=digest,
        model=model_hash[:12],
    )
    return found


def set_order(
    session: Session,
    *,
    requisition: Requisition,
    order: list[tuple[Application, str]],
    actor: User,
    now: dt.datetime,
    reason: str = "",
    ask: bool = False,
) -> NamedOrder:
    """Set the order of offers, and log the suggestion that stood beside it; who owes a card has seen none.

    `reason` and `ask` are those of `orders.name`. Raises what that raises.
    """
    stood = [one.application_id for one in pipeline.bench_of(session, requisition)]
    owes = scorecards.owes_on(session, viewer=actor, requisition=requisition)
    kept = slate_orders.name(
        session, requisition=requisition, order=order, actor=actor, now=now, reason=reason, ask=ask
    )
    if not owes:
        chosen = [application.id for application, _ in order]
        relied_on(
            session, requisition=requisition, application_ids=stood, act=Act.ORDER, actor=actor, now=now, order=chosen
        )
    return kept


def _altered(prediction: Prediction) -> str | None:
    """What of a logged ranking is not as it was written, None where all is."""
    run = prediction.run
    if digest_of(prediction.inputs) != prediction.input_digest:
        return "the stored inputs were altered since."
    if digest_of(prediction.output) != prediction.output_digest:
        return "the stored answer was altered since."
    if (run.artefact_hash if run else "") != prediction.model_hash:
        return "the model that made it is not the one that is stored under its name."
    return None


def replay(prediction: Prediction) -> Replay:
    """Make a logged ranking again from what was kept, and compare bit for bit; where it differs, say why."""
    why = _altered(prediction)
    if why is None:
        try:
            again = answer(inputs_from(prediction.inputs), suggested_ranking.model_of(prediction.run))
        except (ModelRefused, json.JSONDecodeError):
            why = "the stored model was altered since."
        else:
            if canonical(again) == canonical(prediction.output):
                return Replay(prediction.id, same=True, sentence="The same to the last bit.")
            why = "this machine computes another answer from the same inputs."
            if (here := made_with()) != prediction.made_with:
                why = f"it was made with {prediction.made_with}; this is {here}."
    return Replay(prediction.id, same=False, sentence=f"Not reproducible: {why}")

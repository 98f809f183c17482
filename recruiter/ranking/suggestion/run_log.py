"""The run log: each ranking that somebody relied on is kept with all that went into it, and can be made again."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import Conflict
from recruiter.learning.fitted_model import ModelRefused
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application
from recruiter.ranking import queries
from recruiter.ranking.models import NamedOrder, Prediction, PredictionUse, RankingUse
from recruiter.ranking.suggestion import slate_orders, suggested_ranking
from recruiter.ranking.suggestion.suggestion_inputs import against_lead, answer, canonical, digest_of, inputs_from
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import readings


def made_with() -> str:
    """What computes rankings here: another version may round differently."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("recruiter", "numpy")]
    return ", ".join(versions)


def log_use(
    session: Session,
    *,
    requisition: Requisition,
    application_ids: Sequence[int],
    ranking_use: RankingUse,
    act: Moment,
    order: Sequence[int] | None = None,
) -> Prediction | None:
    """Log that the suggestion as it stands now was before somebody who acted; None where there was none to rely on.

    The same ranking by the same model is kept once, each act that relied on it by itself. `order` is the order that
    people set, to tell whether it kept to who was ahead. A stored model that cannot be read was not relied on.
    """
    if not application_ids or suggested_ranking.switched_off(session, requisition):
        return None
    run = queries.active_run(session)
    inputs, _, _ = suggested_ranking.current_inputs(session, requisition, application_ids, run=run)
    try:
        output = answer(inputs, suggested_ranking.model_of(run))
    except ModelRefused:
        return None
    if output["state"] != "ready":
        return None
    stored = inputs.as_dict()
    model_hash, digest = run.artefact_hash if run else "", digest_of(stored)
    same = {"requisition_id": requisition.id, "model_hash": model_hash, "input_digest": digest}
    query = select(Prediction).filter_by(**same)
    prediction = session.scalars(query).first()
    if prediction is None:
        prediction = Prediction(
            **same,
            run=run,
            inputs=stored,
            output=output,
            output_digest=digest_of(output),
            made_with=made_with(),
            made_at=act.now,
        )
        try:
            with session.begin_nested():
                session.add(prediction)
        except IntegrityError:  # somebody relied on the very same ranking in the same moment
            prediction = session.scalars(query).one()
    followed = not against_lead(prediction.output["pairs"], order) if order is not None else None
    use = PredictionUse(prediction_id=prediction.id, use=ranking_use, by_id=act.actor_id, at=act.now, followed=followed)
    session.add(use)
    about = {"use": ranking_use.value, "input_digest": digest, "model": model_hash[:12]}
    audit.record(session, action=AuditAction.RANKING_RELIED_ON, subject=prediction, act=act, **about)
    return prediction


def rank_again(session: Session, *, prediction: Prediction, act: Act) -> Prediction:
    """Make a ranking anew from the scorecards as they are now; the one from before stays in the log.

    Raises Conflict for whoever owes a card on the search, and where there is no suggestion now.
    """
    requisition = prediction.requisition
    if scorecards.owes_on_slate(session, viewer=act.actor, requisition=requisition):
        raise Conflict("Submit your own scorecard first. The ranking is hidden from you until then.")
    bench = [finalist.application_id for finalist in pipeline.bench_of(session, requisition)]
    use = RankingUse.CORRECTION
    made = log_use(session, requisition=requisition, application_ids=bench, ranking_use=use, act=act)
    if made is None:
        raise Conflict(
            f"There is no suggestion for {requisition.key} now: it is switched off, or has too few scorecards."
        )
    readings.note(session, viewer=act.actor, application_ids=bench)
    return made


def set_order(
    session: Session,
    *,
    requisition: Requisition,
    order: list[tuple[Application, str]],
    act: Act,
    reason: str = "",
    ask: bool = False,
) -> NamedOrder:
    """Set the order of offers, and log the suggestion that stood beside it; who owes a card has seen none.

    `reason` and `ask` are those of `slate_orders.save_order`. Raises what that raises.
    """
    bench = [finalist.application_id for finalist in pipeline.bench_of(session, requisition)]
    owes_card = scorecards.owes_on_slate(session, viewer=act.actor, requisition=requisition)
    saved = slate_orders.save_order(session, requisition=requisition, order=order, act=act, reason=reason, ask=ask)
    if not owes_card:
        new_order, use = [application.id for application, _ in order], RankingUse.ORDER
        log_use(session, requisition=requisition, application_ids=bench, ranking_use=use, act=act, order=new_order)
    return saved


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


def _difference(prediction: Prediction) -> str | None:
    """Why a logged ranking does not come out as it was, None where it does."""
    if altered := _altered(prediction):
        return altered
    try:
        output = answer(inputs_from(prediction.inputs), suggested_ranking.model_of(prediction.run))
    except ModelRefused:
        return "the stored model was altered since."
    if canonical(output) == canonical(prediction.output):
        return None
    here = made_with()
    if here != prediction.made_with:
        return f"it was made with {prediction.made_with}; this is {here}."
    return "this machine computes another answer from the same inputs."


def replay(prediction: Prediction) -> tuple[bool, str]:
    """Make a logged ranking again from what was kept: whether it comes out the same to the last bit, and why not."""
    reason = _difference(prediction)
    return reason is None, f"Not reproducible: {reason}" if reason else "The same to the last bit."

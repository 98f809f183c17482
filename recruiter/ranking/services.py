"""Past decisions recorded, and the model fit to them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation.errors import Conflict
from recruiter.offers import queries as offers
from recruiter.ranking import queries, rules, training
from recruiter.ranking.models import DecisionGrade, ModelRun, PastDecision
from recruiter.requisitions.models import Requisition, RequisitionStatus

PAST_OFFERED = 2.0
ENOUGH_FOR_BACKTEST = 10


def record_decision(session: Session, *, requisition: Requisition, now: dt.datetime) -> PastDecision | None:
    """Turn a closed search into a past decision, with the grade of everybody who has a card; None where nobody has.

    The decision lies where the first offer went out: cards sent later are not part of what was known.
    """
    slate = queries.carded(session, requisition.id)
    if not slate:
        return None
    offered = offers.first_extended(session, [one.id for one in slate])
    reached = queries.finalist_ids(session, requisition.id)
    came = [
        rules.Came(
            application_id=one.id,
            status=one.status,
            offered_at=offered[one.id].at if one.id in offered else None,
            offer_status=offered[one.id].status if one.id in offered else None,
            finalist=one.id in reached,
        )
        for one in slate
    ]
    first = min((one.offered_at for one in came if one.offered_at is not None), default=None)
    decided_at = first or requisition.closed_at or queries.last_moment(session, requisition.id) or now
    found = rules.grades(came)
    decision = PastDecision(
        requisition_id=requisition.id,
        slate=requisition.key,
        decided_at=decided_at,
        job_family=requisition.title,
        imported=False,
        grades=[
            DecisionGrade(
                application_id=one.application_id,
                item=f"{requisition.key}-{one.application_id}",
                grade=found[one.application_id],
                outcome=rules.outcome(one),
            )
            for one in came
        ],
    )
    session.add(decision)
    session.flush()
    audit.record(session, action="decision.recorded", subject=decision, actor_id=None, at=now)
    return decision


def record_due(session: Session, *, now: dt.datetime) -> int:
    """Record every closed search that is not on record yet, and take out those that were opened again. Answers how many changed."""
    changed = 0
    known = queries.decided_ids(session)
    closed = set()
    for requisition in queries.closed_candidates(session):
        started = requisition.status == RequisitionStatus.FILLED and queries.hire_started(session, requisition.id)
        if not rules.is_closed(requisition.status, hire_started=started):
            continue
        closed.add(requisition.id)
        if requisition.id not in known and record_decision(session, requisition=requisition, now=now) is not None:
            changed += 1
    again = select(PastDecision).where(PastDecision.imported.is_(False), PastDecision.requisition_id.not_in(closed))
    for decision in session.scalars(again):
        session.delete(decision)
        changed += 1
    session.flush()
    return changed


def _backtest(slates: list[Any], *, seed: int, progress: Callable[[str], None] | None) -> tuple[str, dict[str, Any]]:
    """The verdict of the model's own backtest, and its figures by method at the whole pool."""
    from recruiter.learning.backtest import run_backtest  # scikit-learn, which only a fit needs

    if len(slates) < ENOUGH_FOR_BACKTEST:
        return f"Too few decisions for a backtest: {len(slates)}, and {ENOUGH_FOR_BACKTEST} are needed.", {}
    history = training.as_history(slates, name="own decisions")
    found = run_backtest(history, train_sizes=(0, "all"), draws=1, seed=seed, progress=progress)
    figures = {
        one.method: {"skill": one.skill, "top1": one.top1, "auc": one.auc, "skill_range": one.skill_range}
        for one in found.results
        if one.train_size == "all"
    }
    return found.verdict, figures


def fit(
    session: Session,
    *,
    now: dt.datetime,
    actor: User | None = None,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> ModelRun:
    """Learn from every past decision, look back how well that would have gone, and keep the model as JSON with its hash.

    It carries suggestions from then on unless its own backtest puts it behind the plain mean. Raises Conflict without decisions.
    """
    from recruiter.learning.model_fitting import fit_model
    from recruiter.learning.suggestion import scores_of

    say = progress or (lambda _: None)
    say("collecting decisions")
    record_due(session, now=now)
    decisions = queries.decisions(session)
    slates = training.past_slates(session, decisions)
    if not any(one.cards for one in slates):
        raise Conflict(
            "There are no past decisions to learn from yet. Import some, or close searches; until then the scorecard weights rank."
        )
    say(f"fitting on {len(slates)} decisions")
    model = fit_model(slates, seed=seed)
    say("looking back: backtest on own decisions")
    verdict, figures = _backtest(slates, seed=seed, progress=progress)
    ours, plain = figures.get("suggestion", {}), figures.get("mean_overall", {})
    active = rules.may_be_active(
        decisions=model["n_decisions"], skill=ours.get("skill"), plain_skill=plain.get("skill")
    )
    offered = []
    for slate, decision in zip(slates, decisions, strict=True):
        if decision.imported:
            continue
        scores = scores_of(
            list(slate.grades), slate.cards, weights=slate.weights, overall_weight=slate.overall_weight, model=model
        )
        offered += [scores[item] for item, grade in slate.grades.items() if grade >= PAST_OFFERED]
    run = ModelRun(
        name=f"{now:%Y%m%d-%H%M%S}-{model['version']}",
        active=False,
        artefact=json.dumps(model, sort_keys=True, separators=(",", ":")),
        artefact_hash=model["sha256"],
        input_digest=training.digest_of(slates),
        n_decisions=model["n_decisions"],
        verdict=verdict,
        figures={"backtest": figures, "past_scores": sorted(offered), "slates": len(slates), "seed": seed},
        fitted_by_id=actor.id if actor else None,
        fitted_at=now,
    )
    if active:
        session.execute(update(ModelRun).where(ModelRun.active).values(active=False))
        run.active = True
    session.add(run)
    session.flush()
    audit.record(
        session,
        action="model.fitted",
        subject=run,
        actor_id=actor.id if actor else None,
        at=now,
        n_decisions=run.n_decisions,
        active=run.active,
    )
    return run

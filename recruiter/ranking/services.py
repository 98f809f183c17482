"""Past decisions recorded, and the model fit to them."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Moment
from recruiter.foundation.errors import Conflict
from recruiter.offers import queries as offers
from recruiter.ranking import queries, rules
from recruiter.ranking.models import DecisionGrade, ModelRun, PastDecision
from recruiter.ranking.training import activation, training_set
from recruiter.ranking.training import fit as fitting
from recruiter.requisitions.models import Requisition, RequisitionStatus


def record_decision(session: Session, *, requisition: Requisition, moment: Moment) -> PastDecision | None:
    """Turn a closed search into a past decision, with the grade of everybody who has a card; None where nobody has.

    The decision lies where the first offer went out: cards sent later are not part of what was known.
    """
    slate = queries.with_scorecards(session, requisition.id)
    if not slate:
        return None
    offered = offers.first_offers(session, [application.id for application in slate])
    reached = queries.finalist_ids(session, requisition.id)
    applicants = [
        rules.ApplicationOutcome(
            application_id=application.id,
            status=application.status,
            offered_at=offer.at if (offer := offered.get(application.id)) else None,
            offer_status=offer.status if offer else None,
            finalist=application.id in reached,
        )
        for application in slate
    ]
    first = min((offer.at for offer in offered.values()), default=None)
    decided_at = first or requisition.closed_at or queries.last_moment(session, requisition.id) or moment.now
    grade_of = rules.grades(applicants)
    decision = PastDecision(
        requisition_id=requisition.id,
        slate=requisition.key,
        decided_at=decided_at,
        job_family=requisition.title,
        imported=False,
        grades=[
            DecisionGrade(
                application_id=applicant.application_id,
                item=f"{requisition.key}-{applicant.application_id}",
                grade=grade_of[applicant.application_id],
                outcome=rules.outcome(applicant),
            )
            for applicant in applicants
        ],
    )
    session.add(decision)
    audit.record(session, action=AuditAction.DECISION_RECORDED, subject=decision, act=moment)
    return decision


def record_due(session: Session, *, moment: Moment) -> int:
    """Record every closed search that is not on record yet, and take out those that were opened again. Answers how many changed."""
    changed = 0
    known = queries.decided_ids(session)
    closed = set()
    for requisition in queries.closed_candidates(session):
        started = requisition.status == RequisitionStatus.FILLED and queries.hire_started(session, requisition.id)
        if not rules.is_closed(requisition.status, hire_started=started):
            continue
        closed.add(requisition.id)
        if requisition.id not in known and record_decision(session, requisition=requisition, moment=moment) is not None:
            changed += 1
    reopened = select(PastDecision).where(PastDecision.imported.is_(False), PastDecision.requisition_id.not_in(closed))
    for decision in session.scalars(reopened):
        session.delete(decision)
        changed += 1
    session.flush()
    return changed


def prepare(session: Session, *, moment: Moment) -> fitting.Training:
    """Record what was decided, and gather what a fit learns from. Raises Conflict without decisions."""
    record_due(session, moment=moment)
    decisions = queries.decisions(session)
    training = fitting.training_from(
        training_set.training_decisions(session, decisions), decisions=len(decisions), moment=moment
    )
    if not any(slate.cards for slate in training.slates):
        raise Conflict(
            "There are no past decisions to learn from yet. Import some, or close searches; until then the scorecard weights rank."
        )
    return training


def save_run(session: Session, *, training: fitting.Training, result: fitting.FitResult, act: Moment) -> ModelRun:
    """Keep a fit as JSON with its hash. It carries suggestions from then on where no gate stops it.

    Whoever asked for the fit is told beside the button that fairness may not have been looked at; that is noted with their name.
    """
    model = result.model
    run = ModelRun(
        name=fitting.name_of(model, act.now),
        active=False,
        artefact=json.dumps(model, sort_keys=True, separators=(",", ":")),
        artefact_hash=model["sha256"],
        input_digest=training.digest,
        n_decisions=model["n_decisions"],
        verdict=result.verdict,
        figures=result.figures,
        fitted_by_id=act.actor_id,
        fitted_at=act.now,
    )
    session.add(run)
    session.flush()
    passed = not rules.blocking_gates([rules.Gate(**gate) for gate in result.figures["gates"]])
    audit.record(
        session, action=AuditAction.MODEL_FITTED, subject=run, act=act, n_decisions=run.n_decisions, active=passed
    )
    if passed:
        activation.make_active(session, run=run, act=act, reason="Fitted, and no gate stopped it")
    return run


def fit(session: Session, *, act: Moment, seed: int = 0, progress: Callable[[str], None] | None = None) -> ModelRun:
    """Learn from every past decision, look back how well that would have gone, and keep the model as JSON with its hash.

    It carries suggestions from then on unless a gate stops it. Raises Conflict without decisions.
    """
    report = progress or (lambda _: None)
    report("collecting decisions")
    training = prepare(session, moment=act)
    result = fitting.learn(training, seed=seed, progress=lambda _, message: report(message))
    return save_run(session, training=training, result=result, act=act)


def fit_again(session: Session, run: ModelRun) -> tuple[bool, str]:
    """Make a past fit again from the decisions that it learnt from: whether it comes out the same to the last bit, and why not."""
    from recruiter.learning.fit import fit_model

    decision_ids = set(run.figures.get("data", {}).get("decision_ids", []))
    decisions = [decision for decision in queries.decisions(session) if decision.id in decision_ids]
    slates = training_set.past_slates(session, decisions)
    if training_set.digest_of(slates) != run.input_digest:
        return False, (
            "Not reproducible: the record it learnt from has changed since (a search reopened, somebody withdrew or asked"
            " not to be ranked, weights changed)."
        )
    model = fit_model(slates, seed=run.figures.get("seed", 0))
    if model["sha256"] == run.artefact_hash:
        return True, "The same to the last bit."
    return False, "Not reproducible: this version or machine fits another model to the same decisions."

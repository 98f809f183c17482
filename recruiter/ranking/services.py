"""Past decisions recorded, and the model fit to them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation.errors import Conflict
from recruiter.offers import queries as offers
from recruiter.ranking import queries, rules
from recruiter.ranking.models import DecisionGrade, ModelRun, PastDecision
from recruiter.ranking.training import activation, training_set
from recruiter.ranking.training import fit as fitting
from recruiter.requisitions.models import Requisition, RequisitionStatus


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


def prepare(session: Session, *, now: dt.datetime) -> fitting.Training:
    """Record what was decided, and gather what a fit learns from. Raises Conflict without decisions."""
    record_due(session, now=now)
    decisions = queries.decisions(session)
    found = fitting.gathered(training_set.taught(session, decisions), decisions=len(decisions))
    if not any(one.cards for one in found.slates):
        raise Conflict(
            "There are no past decisions to learn from yet. Import some, or close searches; until then the scorecard weights rank."
        )
    return found


def keep(
    session: Session, *, given: fitting.Training, learnt: fitting.Learnt, actor: User | None, now: dt.datetime
) -> ModelRun:
    """Keep a fit as JSON with its hash. It carries suggestions from then on where no gate stops it.

    Whoever asked for the fit is told beside the button that fairness may not have been looked at; that is noted with his name.
    """
    model = learnt.model
    run = ModelRun(
        name=fitting.name_of(model, now),
        active=False,
        artefact=json.dumps(model, sort_keys=True, separators=(",", ":")),
        artefact_hash=model["sha256"],
        input_digest=given.digest,
        n_decisions=model["n_decisions"],
        verdict=learnt.verdict,
        figures=learnt.figures,
        fitted_by_id=actor.id if actor else None,
        fitted_at=now,
    )
    session.add(run)
    session.flush()
    passed = not rules.open_gates([rules.Gate(**one) for one in learnt.figures["gates"]])
    audit.record(
        session,
        action="model.fitted",
        subject=run,
        actor_id=run.fitted_by_id,
        at=now,
        n_decisions=run.n_decisions,
        active=passed,
    )
    if passed:
        activation.put_on(session, run=run, actor=actor, now=now, reason="Fitted, and no gate stopped it")
    return run


def fit(
    session: Session,
    *,
    now: dt.datetime,
    actor: User | None = None,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> ModelRun:
    """Learn from every past decision, look back how well that would have gone, and keep the model as JSON with its hash.

    It carries suggestions from then on unless a gate stops it. Raises Conflict without decisions.
    """
    say = progress or (lambda _: None)
    say("collecting decisions")
    given = prepare(session, now=now)
    learnt = fitting.learn(given, seed=seed, progress=lambda _, words: say(words))
    return keep(session, given=given, learnt=learnt, actor=actor, now=now)


def fit_again(session: Session, run: ModelRun) -> tuple[bool, str]:
    """Make a past fit again from the decisions that it learnt from: whether it comes out the same to the last bit, and why not."""
    from recruiter.learning.fit import fit_model

    wanted = set(run.figures.get("data", {}).get("decision_ids", []))
    found = training_set.taught(session, [one for one in queries.decisions(session) if one.id in wanted])
    given = fitting.gathered(found, decisions=len(wanted))
    if given.digest != run.input_digest:
        return (
            False,
            "Not reproducible: the record it learnt from has changed since (a search reopened, somebody withdrew or asked not to be ranked, weights changed).",
        )
    again = fit_model(given.slates, seed=run.figures.get("seed", 0))
    if again["sha256"] == run.artefact_hash:
        return True, "The same to the last bit."
    return False, "Not reproducible: this version or machine fits another model to the same decisions."

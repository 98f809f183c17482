"""The model: what carries suggestions, and fitting it anew."""

from __future__ import annotations

from typing import Any

from recruiter.api.description import Area
from recruiter.api.guard import actor, needs, now
from recruiter.api.serializers import ranking as serializers
from recruiter.foundation import jobs
from recruiter.foundation.db import db
from recruiter.policy.permissions import Permission
from recruiter.ranking import queries

blueprint = Area("model", "What past decisions taught")


@blueprint.route("/model")
@needs(Permission.MODEL_READ)
@blueprint.response(200)
def read() -> dict[str, Any]:
    """Which fit carries suggestions, what it learnt, how it did in its own backtest, and the fits before it."""
    session = db.session()
    active = queries.active_run(session)
    return {
        "active": serializers.run(active, card=True) if active else None,
        "decisions_on_record": queries.decision_count(session),
        "runs": [serializers.run(one) for one in queries.runs(session)],
    }


@blueprint.route("/model/fits", methods=["POST"])
@needs(Permission.MODEL_FIT)
@blueprint.response(202)
def fit() -> dict[str, Any]:
    """Ask for a fit on every past decision; it runs beside, and its result is in GET /model."""
    job = jobs.enqueue(db.session(), "model.fit", payload={}, now=now(), asked_by_id=actor().id)
    return serializers.job(job)

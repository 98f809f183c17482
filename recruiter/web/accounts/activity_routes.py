"""How long a browser stays signed in, and whoever is at work staying so: asked and told by the scripts of a page."""

from __future__ import annotations

from dataclasses import asdict

from flask import jsonify
from flask.typing import ResponseReturnValue

from recruiter.accounts import rules, session_services
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.request import guard, step_up


@blueprint.page("/account/activity", Permission.SIGNED_IN)
def time_left() -> ResponseReturnValue:
    """How long this browser stays signed in; to ask does not make it longer."""
    return jsonify(asdict(step_up.time_left()))


@blueprint.act("/account/activity", Permission.SIGNED_IN)
def activity() -> ResponseReturnValue:
    """Whoever reads or types uses the page, and stays signed in; answers for how long."""
    session_services.touch(db.session(), session_id=step_up.browser().id, now=guard.now())
    created_at, now = step_up.browser().created_at, guard.now()
    return jsonify(asdict(rules.time_left(created_at=created_at, seen_at=now, now=now)))

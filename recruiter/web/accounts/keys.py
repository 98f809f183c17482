"""Keys of a single letter, turned off and on (WCAG 2.1.4)."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from recruiter.accounts import services
from recruiter.foundation.db import db
from recruiter.policy.permissions import Permission
from recruiter.web import guard
from recruiter.web.accounts.routes import blueprint


@blueprint.post("/account/keys")
@guard.needs(Permission.SIGNED_IN)
def keys() -> Any:
    """Let single letters act as keys, or not."""
    on = request.form.get("single") == "yes"
    services.choose_shortcuts(db.session(), user=guard.actor(), on=on)
    db.session.commit()
    said = "Single letters act as keys." if on else "Single letters do nothing now. Ctrl K still finds."
    return guard.go(url_for("accounts.account"), said=said)

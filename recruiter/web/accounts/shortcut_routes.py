"""Keys of a single letter, turned off and on (WCAG 2.1.4)."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import services
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


@blueprint.act("/account/keys", Permission.SIGNED_IN)
def keys() -> ResponseReturnValue:
    """Let single letters act as keys, or not."""
    on = request.form.get("single") == "yes"
    services.choose_shortcuts(db.session(), user=guard.actor(), on=on)
    message = "Single letters act as keys." if on else "Single letters do nothing now. Ctrl K still finds."
    return redirect_with_flash(url_for("accounts.account"), message=message)

"""One's own account: how pages look, whether single letters act as keys (WCAG 2.1.4), a key to the API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import services
from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


@dataclass(frozen=True)
class AccountPage:
    """A page about whoever is signed in; `secret` is a token, shown once."""

    title: str
    user: User
    secret: str = ""


@blueprint.page("/account", Permission.SIGNED_IN)
def account() -> str:
    """One's own account."""
    return render_template("accounts/account.html", page=AccountPage("Your account", guard.actor()))


@blueprint.act("/account/theme", Permission.SIGNED_IN)
def theme() -> ResponseReturnValue:
    """Light, dark, or as the device says."""
    services.choose_theme(db.session(), user=guard.actor(), theme=request.form.get("theme", ""))
    return redirect_with_flash(url_for("accounts.account"), "Saved.")


@blueprint.act("/account/keys", Permission.SIGNED_IN)
def keys() -> ResponseReturnValue:
    """Let single letters act as keys, or not."""
    on = request.form.get("single") == "yes"
    services.choose_shortcuts(db.session(), user=guard.actor(), on=on)
    message = "Single letters act as keys." if on else "Single letters do nothing now. Ctrl K still finds."
    return redirect_with_flash(url_for("accounts.account"), message)


@blueprint.act("/account/token", Permission.SIGNED_IN)
def token() -> str:
    """Make an API token for oneself; it is shown once."""
    secret = services.new_token(db.session(), user=guard.actor(), act=guard.act())
    return render_template("accounts/token.html", page=AccountPage("Your API token", guard.actor(), secret))

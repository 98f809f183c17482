"""Keys to the API: made with a name and an end, shown once, revoked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import token_services
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.account_routes import account_page
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.forms import TokenForm
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_act, handle_form


@dataclass(frozen=True)
class TokenPage:
    """A token, shown once."""

    title: str
    secret: str
    name: str
    ends_on: dt.date


@blueprint.act("/account/token", Permission.SIGN_IN_CHANGE)
def token() -> ResponseReturnValue:
    """Make an API token for oneself; it is shown once."""
    form = TokenForm()
    return handle_form(
        form,
        save=lambda: token_services.new_token(
            db.session(),
            user=guard.actor(),
            act=guard.act(),
            name=form.name.data or "",
            days=form.days.data,
            read_only=bool(form.read_only.data),
        ),
        again=lambda: account_page(form),
        answer=lambda secret: render_template("accounts/token.html", page=_page(secret, form)),
    )


def _page(secret: str, form: TokenForm) -> TokenPage:
    ends_on = guard.today() + dt.timedelta(days=form.days.data)
    return TokenPage("Your API token", secret, form.name.data or "", ends_on)


@blueprint.act("/account/tokens/<int:token_id>/revoke", Permission.SIGNED_IN)
def revoke_token(token_id: int) -> ResponseReturnValue:
    """End one of one's own tokens at once."""
    return handle_act(
        lambda: token_services.revoke(db.session(), user=guard.actor(), token_id=token_id, act=guard.act()),
        home=url_for("accounts.account"),
        flash="The token is revoked. Whatever used it is refused from now on.",
    )

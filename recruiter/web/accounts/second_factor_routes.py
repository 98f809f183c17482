"""Sign-in with a code: an authenticator app set up, switched off; recovery codes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter import request_context as context
from recruiter.accounts import second_factor_services
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.forms import SecondFactorForm
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard, step_up
from recruiter.web.request.form_handling import handle_act, handle_form
from recruiter.web.request.redirects import redirect_with_flash

REQUIRED = "Your role signs in with a code here, so it can't be switched off."


@dataclass(frozen=True)
class CodesPage:
    """Recovery codes, shown once."""

    title: str
    codes: list[str]


def _codes_page(codes: list[str]) -> str:
    return render_template("accounts/recovery_codes.html", page=CodesPage("Your recovery codes", codes))


def _picture(address: str) -> str:
    """The picture that an app reads, as SVG of the page itself."""
    import segno

    picture = segno.make(address, micro=False)
    return picture.svg_inline(scale=4, border=2, dark="#000", light="#fff", title="For your authenticator app")


@blueprint.form("/account/second-factor", Permission.SIGN_IN_CHANGE)
def second_factor() -> ResponseReturnValue:
    """Set an authenticator app up; its secret is shown on this page alone, never again."""
    user, seal = guard.actor(), context.seal()
    if user.has_second_factor:
        return redirect_with_flash(url_for("accounts.account"))
    form = SecondFactorForm()
    secret = seal.opened(form.sealed.data or "") if form.is_submitted() else None
    if secret is None:
        secret = second_factor_services.new_secret()
    form.sealed.data = seal.sealed(secret)
    address = second_factor_services.app_address(secret, user=user, organisation=guard.settings().organisation)
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    way = [("Your account", url_for("accounts.account")), ("Sign in with a code", None)]
    return handle_form(
        form,
        save=lambda: second_factor_services.turn_on(
            db.session(),
            user=user,
            secret=secret,
            code=form.code.data or "",
            browser_id=step_up.browser().id,
            seal=seal,
            act=guard.act(),
        ),
        again=lambda: FormPage("Sign in with a code", way, form).rendered(
            "accounts/second_factor.html",
            picture=_picture(address),
            secret=groups,
            required=context.lacks_second_factor(user),
        ),
        answer=_codes_page,
    )


@blueprint.act("/account/second-factor/off", Permission.SIGN_IN_CHANGE)
def second_factor_off() -> ResponseReturnValue:
    """Sign in with the password alone again."""

    def turn_off() -> None:
        if guard.actor().role.value in guard.settings().second_factor_roles:
            raise Conflict(REQUIRED)
        besides = step_up.browser().id
        second_factor_services.turn_off(db.session(), user=guard.actor(), act=guard.act(), besides=besides)

    return handle_act(turn_off, home=url_for("accounts.account"), flash="You sign in with your password alone again.")


@blueprint.act("/account/second-factor/codes", Permission.SIGN_IN_CHANGE)
def recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes; they are shown once, and the earlier ones end."""
    return _codes_page(second_factor_services.new_recovery_codes(db.session(), user=guard.actor(), act=guard.act()))

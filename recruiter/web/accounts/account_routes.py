"""One's own account: where one is signed in, how pages look, whether single letters act as keys (WCAG 2.1.4)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import queries, services, session_services
from recruiter.accounts.models import ApiToken, User
from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.devices import browser_label
from recruiter.web.accounts.forms import TokenForm
from recruiter.web.request import guard, step_up
from recruiter.web.request.conflicts import when
from recruiter.web.request.form_handling import handle_act
from recruiter.web.request.redirects import redirect_with_flash


@dataclass(frozen=True)
class BrowserRow:
    """A browser in which one is signed in."""

    id: int
    label: str
    about: str
    is_this: bool


@dataclass(frozen=True)
class TokenRow:
    """A key to the API that works."""

    id: int
    name: str
    about: str
    ends: str


@dataclass(frozen=True)
class AccountPage:
    """A page about whoever is signed in."""

    title: str
    user: User
    browsers: list[BrowserRow]
    tokens: list[TokenRow]
    token_form: TokenForm
    recovery_codes: str
    second_factor_required: bool


def _token_row(token: ApiToken) -> TokenRow:
    used = f"last used {when(token.last_used_at)}" if token.last_used_at else "not used yet"
    about = ", ".join([f"Made {when(token.created_at)}", used, *(["only reads"] if token.read_only else [])])
    ends = f"Ends {when(token.expires_at)}" if token.expires_at else "Has no end"
    return TokenRow(token.id, token.name or "Without a name", f"{about}.", ends)


def account_page(token_form: TokenForm | None = None) -> str:
    """One's own account, with the form of a new token as it came back, if it did."""
    session, user, now = db.session(), guard.actor(), guard.now()
    browsers = [
        BrowserRow(
            browser.id,
            browser_label(browser.agent),
            f"Signed in {when(browser.created_at)}{f' from {browser.address}' if browser.address else ''}, last used {when(browser.seen_at)}.",
            browser.id == step_up.browser().id,
        )
        for browser in queries.sessions_of(session, user, now=now)
    ]
    form = token_form or TokenForm(formdata=None)
    form.show_ends(guard.today())
    page = AccountPage(
        "Your account",
        user,
        browsers,
        [_token_row(token) for token in queries.tokens_of(session, user, now=now)],
        form,
        wording.plural(len(queries.unused_recovery_codes(session, user)), "recovery code"),
        user.role.value in guard.settings().second_factor_roles,
    )
    return render_template("accounts/account.html", page=page, has_errors=bool(page.token_form.errors))


@blueprint.page("/account", Permission.SIGNED_IN)
def account() -> str:
    """One's own account."""
    return account_page()


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


@blueprint.act("/account/sessions/<int:session_id>/end", Permission.SIGNED_IN)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign one of one's own browsers out."""
    return handle_act(
        lambda: session_services.end_one(db.session(), user=guard.actor(), session_id=session_id),
        home=url_for("accounts.account"),
        flash="That browser is signed out.",
    )


@blueprint.act("/account/sessions/end", Permission.SIGNED_IN)
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere else."""
    session_services.end_all(db.session(), user=guard.actor(), besides=step_up.browser().id)
    return redirect_with_flash(url_for("accounts.account"), "You are signed out everywhere else.")

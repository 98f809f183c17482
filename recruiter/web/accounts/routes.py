"""Sign-in, sign-out, invitation, one's own account."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter import request_context as context
from recruiter.accounts import queries, services
from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, NotFound, RuleBroken
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.forms import InvitationForm, SignInForm
from recruiter.web.request import guard, session_recovery
from recruiter.web.request.redirects import redirect_with_flash, safe_path

BAD = 400
UNKNOWN = "This address and password do not go together. Check both, or ask for a new invitation."


@dataclass(frozen=True)
class AccountPage:
    """A page about signing in, or about oneself."""

    title: str
    form: FlaskForm | None = None
    problem: str | None = None
    user: User | None = None


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guard.public
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    form, problem, status = SignInForm(), None, 200
    if form.validate_on_submit():
        memory = guard.settings().argon2_memory_kib
        try:
            signed_in = services.sign_in(
                db.session(),
                email=form.email.data or "",
                password=form.password.data or "",
                address=request.remote_addr or "",
                moment=context.moment(),
                memory_kib=memory,
            )
        except DomainError as error:
            problem, status = error.message, error.status
        else:
            if signed_in is not None:
                pages = session_recovery.pages_of(signed_in[0], now=guard.now())
                session.clear()
                session[session_recovery.SECRET] = signed_in[1]
                session[session_recovery.OLD_PAGES] = pages
                return redirect(safe_path(request.args.get("next")) or url_for("today.index"), code=303)
            guard.keep_changes()
            problem, status = UNKNOWN, 422
    elif form.is_submitted():
        status = 422
    elif g.actor is not None:
        return redirect(url_for("today.index"), code=303)
    return render_template(
        "accounts/sign_in.html", page=AccountPage("Sign in", form, problem), has_errors=status >= BAD
    ), status


@blueprint.act("/sign-out", Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    services.end_session(db.session(), secret=session.get(session_recovery.SECRET, ""))
    session.clear()
    answer = make_response(redirect(url_for("accounts.sign_in"), code=303))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.route("/invitation/<secret>", methods=["GET", "POST"])
@guard.public
def invitation(secret: str) -> ResponseReturnValue:
    """Choose the first password."""
    if queries.open_invitation(db.session(), secret, now=guard.now()) is None:
        raise NotFound("This invitation has been used or has run out. Ask for a new one.")
    form, problem = InvitationForm(), None
    if form.validate_on_submit():
        try:
            services.accept_invitation(
                db.session(),
                secret=secret,
                password=form.password.data or "",
                moment=context.moment(),
                memory_kib=guard.settings().argon2_memory_kib,
            )
        except RuleBroken as error:
            problem = error.errors.get("password", [error.message])[0]
        else:
            return redirect_with_flash(url_for("accounts.sign_in"), message="Your password is set. Sign in with it.")
    page = AccountPage("Choose a password", form, problem)
    return render_template(
        "accounts/invitation.html", page=page, has_errors=form.is_submitted()
    ), 422 if form.is_submitted() else 200


@blueprint.page("/account", Permission.SIGNED_IN)
def account() -> ResponseReturnValue:
    """One's own account."""
    return render_template("accounts/account.html", page=AccountPage("Your account", user=guard.actor()))

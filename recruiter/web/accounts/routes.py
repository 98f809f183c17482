"""Sign-in, sign-out, and the invitation with which somebody chooses the first password."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter import request_context as context
from recruiter.accounts import queries, services
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, NotFound
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.forms import InvitationForm, SignInForm
from recruiter.web.request import guard, session_recovery
from recruiter.web.request.form_handling import NOT_ACCEPTABLE, general_error, handle_form, has_errors
from recruiter.web.request.redirects import safe_path

UNKNOWN = "This address and password do not go together. Check both, or ask for a new invitation."


@dataclass(frozen=True)
class SignInPage:
    """A page with a password on it; `problem` is what is wrong with the form as a whole."""

    title: str
    form: FlaskForm
    problem: str = ""


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guard.public
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    form, problem, status = SignInForm(), "", 200
    if form.validate_on_submit():
        try:
            signed_in = services.sign_in(
                db.session(),
                email=form.email.data or "",
                password=form.password.data or "",
                address=request.remote_addr or "",
                moment=context.moment(),
                memory_kib=guard.settings().argon2_memory_kib,
            )
        except DomainError as error:
            problem, status = error.message, error.status
        else:
            if signed_in is not None:
                user, secret = signed_in
                pages = session_recovery.pages_of(user, now=guard.now())
                session.clear()
                session.update({session_recovery.SECRET: secret, session_recovery.OLD_PAGES: pages})
                return redirect(safe_path(request.args.get("next")) or url_for("today.index"), code=303)
            guard.keep_changes()
            problem, status = UNKNOWN, NOT_ACCEPTABLE
    elif form.is_submitted():
        status = NOT_ACCEPTABLE
    elif g.actor is not None:
        return redirect(url_for("today.index"), code=303)
    page = SignInPage("Sign in", form, problem)
    return render_template("accounts/sign_in.html", page=page, has_errors=form.is_submitted()), status


@blueprint.post("/sign-out")
@guard.needs(Permission.SIGNED_IN)
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
    form = InvitationForm()

    def again() -> str:
        page = SignInPage("Choose a password", form, general_error(form))
        return render_template("accounts/invitation.html", page=page, has_errors=has_errors(form))

    return handle_form(
        form,
        save=lambda: services.accept_invitation(
            db.session(),
            secret=secret,
            password=form.password.data or "",
            moment=context.moment(),
            memory_kib=guard.settings().argon2_memory_kib,
        ),
        again=again,
        home=url_for("accounts.sign_in"),
        flash="Your password is set. Sign in with it.",
    )

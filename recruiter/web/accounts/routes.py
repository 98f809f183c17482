"""Sign-in, sign-out, and the invitation with which somebody chooses the first password."""

from __future__ import annotations

from flask import g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from recruiter import request_context as context
from recruiter.accounts import queries, services
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, NotFound
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.forms import InvitationForm, SignInForm
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard, session_recovery
from recruiter.web.request.form_handling import NOT_ACCEPTABLE, handle_form
from recruiter.web.request.redirects import safe_path

UNKNOWN = "This address and password do not go together. Check both, or ask for a new invitation."


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guard.public
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    form, status = SignInForm(), 200
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
            form.form_errors, status = [error.message], error.status
        else:
            if signed_in is not None:
                user, secret = signed_in
                pages = session_recovery.pages_of(user, now=guard.now())
                session.clear()
                session.update({session_recovery.SECRET: secret, session_recovery.OLD_PAGES: pages})
                return redirect(safe_path(request.args.get("next")) or url_for("today.index"), code=303)
            guard.commit_although_refused()
            form.form_errors, status = [UNKNOWN], NOT_ACCEPTABLE
    elif form.is_submitted():
        status = NOT_ACCEPTABLE
    elif g.actor is not None:
        return redirect(url_for("today.index"), code=303)
    return FormPage("Sign in", [], form).rendered("accounts/sign_in.html"), status


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
    form = InvitationForm()
    return handle_form(
        form,
        save=lambda: services.accept_invitation(
            db.session(),
            secret=secret,
            password=form.password.data or "",
            moment=context.moment(),
            memory_kib=guard.settings().argon2_memory_kib,
        ),
        again=lambda: FormPage("Choose a password", [], form).rendered("accounts/invitation.html"),
        home=url_for("accounts.sign_in"),
        flash="Your password is set. Sign in with it.",
    )

"""Sign-in with a password and, where one is set up, a code; sign-out."""

from __future__ import annotations

from flask import g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from recruiter import request_context as context
from recruiter.accounts import queries, session_services, sign_in_services
from recruiter.accounts.sign_in_services import SignedIn, TooManyTries
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.devices import keep_device
from recruiter.web.accounts.forms import CodeForm, SignInForm
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard, session_recovery, turn
from recruiter.web.request.form_handling import NOT_ACCEPTABLE
from recruiter.web.request.redirects import redirect_with_flash, safe_path

UNKNOWN = "Wrong e-mail or password."
WRONG_CODE = "That code is wrong, or was used before. Enter the one that your app shows now."
AGAIN = "Sign in with your password again: the code was not entered in time, or was wrong too often."
HALF = "half"  # of the cookie: a sign-in that waits for its code


def _home() -> str:
    return safe_path(request.args.get("next")) or url_for("today.index")


def _let_in(signed_in: SignedIn) -> Response:
    """Go on as this person; nothing of whoever used this browser before is left in it."""
    pages = session_recovery.pages_of(signed_in.user, now=guard.now())
    session.clear()
    session.update({session_recovery.SECRET: signed_in.secret, session_recovery.OLD_PAGES: pages})
    return keep_device(redirect(_home(), code=303), signed_in.device)


def _wait_for_code(signed_in: SignedIn) -> Response:
    session_services.end(db.session(), secret=session.get(HALF, ""))
    session[HALF] = signed_in.secret
    return redirect(url_for("accounts.sign_in_code", next=request.args.get("next")), code=303)


def _refused(form: FlaskForm, error: TooManyTries) -> tuple[int, dict[str, str]]:
    form.form_errors = [error.message]
    return error.status, {"Retry-After": str(error.seconds)}


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guard.public
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    form, status = SignInForm(), 200
    headers: dict[str, str] = {}
    if form.validate_on_submit():
        turn.wait()
        try:
            signed_in = sign_in_services.sign_in(
                db.session(),
                email=form.email.data or "",
                password=form.password.data or "",
                origin=context.origin(),
                moment=context.moment(),
                memory_kib=guard.settings().argon2_memory_kib,
            )
        except TooManyTries as error:
            status, headers = _refused(form, error)
        else:
            if signed_in is not None:
                return _wait_for_code(signed_in) if signed_in.awaits_code else _let_in(signed_in)
            guard.commit_although_refused()
            form.form_errors, status = [UNKNOWN], NOT_ACCEPTABLE
    elif form.is_submitted():
        status = NOT_ACCEPTABLE
    elif g.actor is not None:
        return redirect(url_for("today.index"), code=303)
    return FormPage("Sign in", [], form).rendered("accounts/sign_in.html"), status, headers


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@guard.public
def sign_in_code() -> ResponseReturnValue:
    """Enter the code of the authenticator app, or a recovery code, after the password."""
    form, status = CodeForm(), 200
    headers: dict[str, str] = {}
    half = queries.half_open_session(db.session(), session.get(HALF, ""), now=guard.now())
    if half is None:
        return redirect_with_flash(url_for("accounts.sign_in", next=request.args.get("next")), AGAIN, tone="late")
    if form.validate_on_submit():
        turn.wait()
        try:
            signed_in = sign_in_services.enter_code(
                db.session(),
                half=half,
                code=form.code.data or "",
                origin=context.origin(),
                seal=context.seal(),
                moment=context.moment(),
            )
        except TooManyTries as error:
            status, headers = _refused(form, error)
        else:
            if signed_in is not None:
                return _let_in(signed_in)
            guard.commit_although_refused()
            form.code.errors, status = [WRONG_CODE], NOT_ACCEPTABLE
    elif form.is_submitted():
        status = NOT_ACCEPTABLE
    return FormPage("Enter your code", [], form).rendered("accounts/code.html"), status, headers


@blueprint.act("/sign-out", Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    session_services.end(db.session(), secret=session.get(session_recovery.SECRET, ""))
    session.clear()
    answer = make_response(redirect(url_for("accounts.sign_in"), code=303))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer

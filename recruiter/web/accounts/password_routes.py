"""Passwords: changed by oneself, forgotten, chosen by link."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from recruiter import request_context as context
from recruiter.accounts import emails, link_services, password_services, queries, session_services
from recruiter.accounts.models import LinkPurpose, User
from recruiter.foundation import mail
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.devices import keep_device
from recruiter.web.accounts.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard, step_up
from recruiter.web.request.form_handling import NOT_ACCEPTABLE, handle_form
from recruiter.web.request.redirects import redirect_with_flash


@dataclass(frozen=True)
class SentPage:
    """What is said after a link was asked for: the same whether anybody has the address or not."""

    title: str
    email: str


@blueprint.form("/account/password", Permission.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Change one's own password; every other browser is signed out."""
    form = ChangePasswordForm()
    way = [("Your account", url_for("accounts.account")), ("Change password", None)]

    def again() -> str:
        return FormPage("Change password", way, form).rendered("accounts/password.html")

    if form.validate_on_submit() and (problem := step_up.confirmed(form.current.data or "")):
        form.current.errors = [problem]
        return again(), NOT_ACCEPTABLE
    return handle_form(
        form,
        save=lambda: password_services.change(
            db.session(),
            user=guard.actor(),
            password=form.password.data or "",
            browser_id=step_up.browser().id,
            organisation=guard.settings().organisation,
            act=guard.act(),
            memory_kib=guard.settings().argon2_memory_kib,
        ),
        again=again,
        home=url_for("accounts.account"),
        flash="Your password is changed. You were signed out everywhere else.",
    )


@blueprint.route("/sign-in/forgotten", methods=["GET", "POST"])
@guard.public
def forgotten() -> ResponseReturnValue:
    """Ask for a link with which a forgotten password is replaced; the answer is the same for every address."""
    form = ForgottenForm()

    def save() -> None:
        reset_link = link_services.request_reset(db.session(), email=form.email.data or "", moment=context.moment())
        if reset_link is not None:
            user, secret = reset_link
            link = f"{guard.settings().base_url}{url_for('accounts.reset', secret=secret)}"
            mail.enqueue(db.session(), emails.password_reset(user, link=link), now=guard.now())

    return handle_form(
        form,
        save=save,
        again=lambda: FormPage("Forgotten password", [], form).rendered("accounts/forgotten.html"),
        answer=lambda _: render_template(
            "accounts/forgotten_sent.html", page=SentPage("Look at your mail", form.email.data or "")
        ),
    )


def _choose(secret: str, *, purpose: LinkPurpose) -> ResponseReturnValue:
    link = queries.open_link(db.session(), secret, now=guard.now())
    if link is None or link.purpose != purpose:
        raise NotFound(link_services.GONE)
    form, settings = NewPasswordForm(), guard.settings()

    def go_on(user: User) -> Response:
        device = session_services.remember_device(
            db.session(), user=user, secret=context.origin().device, now=guard.now()
        )
        answer = redirect_with_flash(url_for("accounts.sign_in"), "Your password is set. Sign in with it.")
        return keep_device(answer, device)  # the link came by mail: strangers' tries are not theirs

    return handle_form(
        form,
        save=lambda: link_services.choose_password(
            db.session(),
            secret=secret,
            password=form.password.data or "",
            organisation=settings.organisation,
            moment=context.moment(),
            memory_kib=settings.argon2_memory_kib,
        ),
        again=lambda: FormPage("Choose a password", [], form).rendered("accounts/invitation.html"),
        answer=go_on,
    )


@blueprint.route("/invitation/<secret>", methods=["GET", "POST"])
@guard.public
def invitation(secret: str) -> ResponseReturnValue:
    """Choose the first password."""
    return _choose(secret, purpose=LinkPurpose.INVITATION)


@blueprint.route("/password-reset/<secret>", methods=["GET", "POST"])
@guard.public
def reset(secret: str) -> ResponseReturnValue:
    """Choose a new password in place of a forgotten one."""
    return _choose(secret, purpose=LinkPurpose.RESET)

"""The people who work here: an administrator invites them, gives the right to see pay, and ends accounts."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import queries, services
from recruiter.accounts.models import Role, User
from recruiter.foundation import email_templates, mail
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.forms import PersonForm
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import NOT_ACCEPTABLE, apply_errors, general_error
from recruiter.web.request.redirects import redirect_with_flash


@dataclass(frozen=True)
class PeoplePage:
    """Everybody with an account, the form to invite somebody, and a link that is shown once."""

    title: str
    people: list[User]
    form: PersonForm
    problem: str
    link: str
    breadcrumbs: crumbs.Crumbs


def _page(form: PersonForm, *, link: str = "", status: int = 200) -> ResponseReturnValue:
    everybody, problem = queries.everybody(db.session()), general_error(form)
    page = PeoplePage("People", everybody, form, problem, link, crumbs.of_settings("People"))
    return render_template("accounts/people.html", page=page, has_errors=status >= NOT_ACCEPTABLE), status


def _invite(user: User) -> str:
    """Make an invitation, mail it, and hand its address out once."""
    session, settings = db.session(), guard.settings()
    secret = services.invite(session, user=user, act=guard.act())
    link = f"{settings.base_url}{url_for('accounts.invitation', secret=secret)}"
    invitation = email_templates.compose("accounts/invitation", to=user, inviter=guard.actor(), link=link)
    mail.enqueue(session, invitation, now=guard.now(), asked_by_id=guard.actor().id)
    return link


@blueprint.form("/settings/people", Permission.PEOPLE_EDIT)
def people() -> ResponseReturnValue:
    """Who works here; invite somebody with a role. Administrators are made on the command line alone."""
    session, form = db.session(), PersonForm()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form, status=NOT_ACCEPTABLE)
    try:
        made = services.add(
            session,
            email=form.email.data or "",
            name=form.name.data or "",
            role=Role(form.role.data),
            team=form.team.data or "",
            pay_view=bool(form.pay.data),
            act=guard.act(),
        )
        link = _invite(made)
    except DomainError as error:
        apply_errors(form, error)
        return _page(form, status=error.status)
    return _page(PersonForm(formdata=None), link=link)


@blueprint.act("/settings/people/<int:user_id>/invitation", Permission.PEOPLE_EDIT)
def invite(user: User) -> ResponseReturnValue:
    """Invite somebody anew: the address before it is worth nothing from now on."""
    if not user.active:
        raise Conflict(f"{user.name} is disabled, so there is nobody to invite.")
    return _page(PersonForm(formdata=None), link=_invite(user))


@blueprint.act("/settings/people/<int:user_id>/end", Permission.PEOPLE_EDIT)
def disable(user: User) -> ResponseReturnValue:
    """End an account; its sessions and tokens stop at once. Nobody ends their own."""
    if user.id == guard.actor().id:
        raise Conflict("Nobody ends their own account. Ask another administrator.")
    services.disable(db.session(), user=user, act=guard.act())
    return redirect_with_flash(url_for("accounts.people"), message=f"{user.name} can no longer sign in.")


@blueprint.act("/account/theme", Permission.SIGNED_IN)
def theme() -> ResponseReturnValue:
    """Light, dark, or as the device says."""
    services.choose_theme(db.session(), user=guard.actor(), theme=request.form.get("theme", ""))
    return redirect_with_flash(url_for("accounts.account"), message="Saved.")


@blueprint.act("/account/token", Permission.SIGNED_IN)
def token() -> ResponseReturnValue:
    """Make an API token for oneself; it is shown once."""
    secret = services.new_token(db.session(), user=guard.actor(), act=guard.act())
    return render_template("accounts/token.html", page=TokenPage("Your API token", secret))


@dataclass(frozen=True)
class TokenPage:
    """A token, shown once."""

    title: str
    secret: str

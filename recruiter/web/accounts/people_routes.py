"""The people who work here: an administrator invites them, gives the right to see pay, and ends accounts."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import queries, services
from recruiter.accounts.models import Role, User
from recruiter.foundation import email_templates, mail
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.forms import PersonForm
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_form
from recruiter.web.request.redirects import redirect_with_flash


def _page(form: PersonForm | None = None, *, link: str = "") -> str:
    form = form or PersonForm(formdata=None)
    page, people = FormPage("People", crumbs.of_settings("People"), form), queries.everybody(db.session())
    return page.rendered("accounts/people.html", people=people, link=link)


def _add(form: PersonForm) -> User:
    return services.add(
        db.session(),
        email=form.email.data or "",
        name=form.name.data or "",
        role=Role(form.role.data),
        team=form.team.data or "",
        pay_view=bool(form.pay.data),
        act=guard.act(),
    )


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
    form = PersonForm()
    return handle_form(
        form, save=lambda: _invite(_add(form)), again=lambda: _page(form), answer=lambda link: _page(link=link)
    )


@blueprint.act("/settings/people/<int:user_id>/invitation", Permission.PEOPLE_EDIT)
def invite(user: User) -> ResponseReturnValue:
    """Invite somebody anew: the address before it is worth nothing from now on."""
    if not user.active:
        raise Conflict(f"{user.name} is disabled, so there is nobody to invite.")
    return _page(link=_invite(user))


@blueprint.act("/settings/people/<int:user_id>/end", Permission.PEOPLE_EDIT)
def disable(user: User) -> ResponseReturnValue:
    """End an account; its sessions and tokens stop at once. Nobody ends their own."""
    if user.id == guard.actor().id:
        raise Conflict("Nobody ends their own account. Ask another administrator.")
    services.disable(db.session(), user=user, act=guard.act())
    return redirect_with_flash(url_for("accounts.people"), message=f"{user.name} can no longer sign in.")

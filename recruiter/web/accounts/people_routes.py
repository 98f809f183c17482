"""The people who work here: an administrator invites them, changes what they may do, and ends accounts."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from recruiter.accounts import link_services, queries, second_factor_services, services
from recruiter.accounts.models import Role, User
from recruiter.accounts.services import PersonTerms
from recruiter.foundation import email_templates, mail
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.handover import services as handover
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.forms import INVITED, PersonChangeForm, PersonForm
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.layout.shell import role_label
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import handle_act, handle_form
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
    secret = link_services.invite(session, user=user, act=guard.act())
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


@blueprint.form("/settings/people/<int:user_id>", Permission.PEOPLE_EDIT)
def person(user: User) -> ResponseReturnValue:
    """Change what somebody is called and may do: it counts from their next request on, in pages and in the API."""
    now = PersonTerms(user.name, user.role, user.team, user.pay_view)
    start = {"version": user.version, "name": now.name, "role": now.role.value, "team": now.team, "pay": now.pay_view}
    form = PersonChangeForm(data=start)
    roles = INVITED if user.role in INVITED else (*INVITED, user.role)
    form.role.choices = [SelectChoice(role.value, role_label(role)) for role in roles]
    title = f"Change {user.name}"

    def save() -> None:
        check_form_unchanged(form, user, "person")
        wanted = PersonTerms(form.name.data or "", Role(form.role.data), form.team.data or "", bool(form.pay.data))
        if user.id == guard.actor().id and (wanted.role, wanted.pay_view) != (now.role, now.pay_view):
            raise Conflict("You can't change your own role or right to see pay. Ask another administrator.")
        services.change(db.session(), user=user, terms=wanted, act=guard.act())

    way = crumbs.of_settings(("People", url_for("accounts.people")), user.name)
    return handle_form(
        form,
        save=save,
        again=lambda: FormPage(title, way, form).rendered("accounts/person.html", person=user),
        home=url_for("accounts.people"),
        flash=lambda _: f"{user.name} is saved. It counts from their next click on.",
    )


@blueprint.act("/settings/people/<int:user_id>/second-factor", Permission.PEOPLE_EDIT)
def forget_second_factor(user: User) -> ResponseReturnValue:
    """Let somebody who has lost their app sign in with the password alone; they are signed out everywhere, and told by mail."""

    def turn_off() -> None:
        if user.id == guard.actor().id:
            raise Conflict("Switch your own code off on your account page.")
        second_factor_services.turn_off(db.session(), user=user, act=guard.act())

    return handle_act(
        turn_off,
        home=url_for("accounts.person", user_id=user.id),
        flash=f"{user.name} signs in without a code now. They were told by mail.",
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
        raise Conflict("You can't disable your own account. Ask another administrator.")
    duties = handover.disable(db.session(), user=user, act=guard.act())
    sentences = [f"{user.name} can no longer sign in.", *duties.sentences]
    return redirect_with_flash(url_for("accounts.people"), message=" ".join(sentences))

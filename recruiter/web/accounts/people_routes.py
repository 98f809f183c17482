"""The people who work here: an administrator invites them, changes what they may do, signs them out, enables an ended account."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from recruiter.accounts import people_services, queries, services
from recruiter.accounts.models import Role, User
from recruiter.accounts.services import PersonTerms
from recruiter.foundation.database.db import db
from recruiter.handover import queries as handover_queries
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.accounts.forms import INVITED, PersonChangeForm, PersonForm
from recruiter.web.accounts.people_page import PeoplePage, people_page
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.layout.shell import role_label
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import handle_act, handle_form


def _page(form: PersonForm | None = None, *, link: str = "") -> str:
    page: PeoplePage = people_page(
        form or PersonForm(formdata=None), state=request.args.get("state", ""), q=request.args.get("q", "")
    )
    return page.rendered("accounts/people.html", link=link)


def _terms(form: PersonForm | PersonChangeForm) -> PersonTerms:
    return PersonTerms(form.name.data or "", Role(form.role.data), form.team.data or "", bool(form.pay.data))


@blueprint.form("/settings/people", Permission.PEOPLE_EDIT)
def people() -> ResponseReturnValue:
    """Who works here; invite somebody with a role. Administrators are made on the command line alone."""
    form = PersonForm()
    return handle_form(
        form,
        save=lambda: people_services.add(
            db.session(),
            email=form.email.data or "",
            terms=_terms(form),
            base_url=guard.settings().base_url,
            act=guard.act(),
        ),
        again=lambda: _page(form),
        answer=lambda added: _page(link=added[1]),
    )


def _left(user: User) -> str:
    """What needs somebody else now that their role is another; empty where nothing does."""
    return "".join(f" {sentence}" for sentence in handover_queries.left_by_role(db.session(), user, moment=guard.act()))


@blueprint.form("/settings/people/<int:user_id>", Permission.PEOPLE_EDIT)
def person(user: User) -> ResponseReturnValue:
    """Change what somebody is called and may do: it counts from their next request on, in pages and in the API."""
    now = PersonTerms.of(user)
    start = {"version": user.version, "name": now.name, "role": now.role.value, "team": now.team, "pay": now.pay_view}
    form = PersonChangeForm(data=start)
    roles = INVITED if user.role in INVITED else (*INVITED, user.role)
    form.role.choices = [SelectChoice(role.value, role_label(role)) for role in roles]
    sessions = len(queries.sessions_of(db.session(), user, now=guard.now()))

    def save() -> None:
        check_form_unchanged(form, user, "person")
        people_services.change(db.session(), user=user, terms=_terms(form), act=guard.act())

    way = crumbs.of_settings(("People", url_for("accounts.people")), user.name)
    return handle_form(
        form,
        save=save,
        again=lambda: FormPage(f"Change {user.name}", way, form).rendered(
            "accounts/person.html", person=user, sessions=sessions, is_self=user.id == guard.actor().id
        ),
        home=url_for("accounts.people"),
        flash=lambda _: f"{user.name} is saved. The change holds from their next page.{_left(user)}",
    )


@blueprint.act("/settings/people/<int:user_id>/second-factor", Permission.PEOPLE_EDIT)
def forget_second_factor(user: User) -> ResponseReturnValue:
    """Let somebody who has lost their app sign in with the password alone; they are signed out everywhere, and told by mail."""
    return handle_act(
        lambda: people_services.forget_second_factor(db.session(), user=user, act=guard.act()),
        home=url_for("accounts.person", user_id=user.id),
        flash=f"{user.name} signs in without a code now. They were told by mail.",
    )


@blueprint.act("/settings/people/<int:user_id>/sessions/end", Permission.PEOPLE_EDIT)
def end_sessions_of(user: User) -> ResponseReturnValue:
    """Sign somebody out in every browser, as when a laptop is lost."""
    return handle_act(
        lambda: people_services.end_sessions(db.session(), user=user, act=guard.act()),
        home=url_for("accounts.person", user_id=user.id),
        flash=f"{user.name} is signed out everywhere. They can sign in again.",
    )


@blueprint.act("/settings/people/<int:user_id>/invitation", Permission.PEOPLE_EDIT)
def invite(user: User) -> ResponseReturnValue:
    """Invite somebody anew: the address before it is worth nothing from now on."""
    link = people_services.invite(db.session(), user=user, base_url=guard.settings().base_url, act=guard.act())
    return _page(link=link)


@blueprint.act("/settings/people/<int:user_id>/enable", Permission.PEOPLE_EDIT)
def enable(user: User) -> ResponseReturnValue:
    """Let somebody sign in again whose account was ended."""
    password = "with the password they had" if user.password_hash else "once they have an invitation: send them one"
    return handle_act(
        lambda: services.enable(db.session(), user=user, act=guard.act()),
        home=url_for("accounts.people"),
        flash=lambda _: " ".join(
            [
                f"{user.name} can sign in again, {password}. Their API tokens stay revoked.",
                *handover_queries.kept_by_others(db.session(), user),
            ]
        ),
    )

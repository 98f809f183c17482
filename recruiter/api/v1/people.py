"""The people who work here: invited, changed, signed out, disabled and enabled by an administrator."""

from __future__ import annotations

from dataclasses import replace

import marshmallow as ma

from recruiter.accounts import people_services, queries, services
from recruiter.accounts.models import Role, User
from recruiter.accounts.services import PersonTerms
from recruiter.api import guard
from recruiter.api.fields import Text, choice
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import ListQuery, listed
from recruiter.api.serializers import accounts as serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.handover import queries as handover_queries
from recruiter.handover import services as handover
from recruiter.policy.permissions import Permission
from recruiter.request_context import settings

blueprint = Area("people", "The people who work here")


class PersonBody(Body):
    """Somebody who is invited. Administrators are made on the command line."""

    name = Text(required=True, longest=200)
    email = Text(required=True, longest=254)
    role = choice(Role, required=True)
    team = Text(load_default="", longest=120)
    pay_view = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})


class PersonChange(Body):
    """What somebody is called and may do; what is left out stays."""

    name = Text(longest=200)
    role = choice(Role)
    team = Text(longest=120)
    pay_view = ma.fields.Boolean(truthy={True}, falsy={False})


class PeopleQuery(ListQuery):
    """Filters of the list: words of the name or the address, the role, and whether the account is active."""

    q = Text(load_default="", longest=200)
    role = choice(Role, load_default=None)
    active = ma.fields.Boolean(load_default=None, truthy={"true"}, falsy={"false"})


@blueprint.get("/people", Permission.PEOPLE_EDIT, query=PeopleQuery)
def index(query: JsonObject) -> JsonObject:
    """Everybody with an account, the disabled too, by name."""
    page = queries.page(db.session(), **query)
    return listed(page, [serializers.account(user) for user in page.items])


@blueprint.post("/people", Permission.PEOPLE_EDIT, body=PersonBody, status=201)
def invite(body: JsonObject) -> JsonObject:
    """Make an account and mail its person an invitation, whose address is also answered, once."""
    email = body.pop("email")
    user, link = people_services.add(
        db.session(), email=email, terms=PersonTerms(**body), base_url=settings().base_url, act=guard.act()
    )
    return {**serializers.account(user), "invitation": link}


@blueprint.get("/people/<int:user_id>", Permission.PEOPLE_EDIT)
def show(user: User) -> JsonObject:
    """Somebody with an account."""
    return serializers.account(user)


@blueprint.patch("/people/<int:user_id>", Permission.PEOPLE_EDIT, body=PersonChange)
def change(body: JsonObject, user: User) -> JsonObject:
    """Change what somebody is called and may do, from their next request on; `left` says what then needs somebody else."""
    terms = replace(PersonTerms.of(user), **body)
    people_services.change(db.session(), user=user, terms=terms, act=guard.act())
    return {**serializers.account(user), "left": handover_queries.left_by_role(db.session(), user, moment=guard.act())}


@blueprint.post("/people/<int:user_id>/invitation", Permission.PEOPLE_EDIT)
def invite_again(user: User) -> JsonObject:
    """Mail somebody a new invitation; the one before is worth nothing from now on."""
    link = people_services.invite(db.session(), user=user, base_url=settings().base_url, act=guard.act())
    return {**serializers.account(user), "invitation": link}


@blueprint.post("/people/<int:user_id>/deactivation", Permission.PEOPLE_EDIT)
def disable(user: User) -> JsonObject:
    """End an account: its sessions, tokens and links are worth nothing from this moment; `handed_over` says what becomes of their work."""
    duties = handover.disable(db.session(), user=user, act=guard.act())
    return {**serializers.account(user), "handed_over": duties.sentences}


@blueprint.post("/people/<int:user_id>/activation", Permission.PEOPLE_EDIT)
def enable(user: User) -> JsonObject:
    """Let somebody sign in again whose account was ended; their tokens stay revoked. `kept_by_others` says who has their work."""
    services.enable(db.session(), user=user, act=guard.act())
    return {**serializers.account(user), "kept_by_others": handover_queries.kept_by_others(db.session(), user)}


@blueprint.post("/people/<int:user_id>/sessions/end", Permission.PEOPLE_EDIT)
def end_sessions(user: User) -> JsonObject:
    """Sign somebody out in every browser; their tokens go on."""
    people_services.end_sessions(db.session(), user=user, act=guard.act())
    return serializers.account(user)


@blueprint.post("/people/<int:user_id>/second-factor/removal", Permission.PEOPLE_EDIT)
def forget_second_factor(user: User) -> JsonObject:
    """Let somebody who has lost their authenticator app sign in with the password alone; they are told by mail."""
    people_services.forget_second_factor(db.session(), user=user, act=guard.act())
    return serializers.account(user)

"""Who looks after an application."""

from __future__ import annotations

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import User
from recruiter.api import guard
from recruiter.api.fields import Text
from recruiter.api.openapi import Area, Body
from recruiter.api.v1.applications import serialized
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm import bulk_actions
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition

blueprint = Area("owners", "Who looks after an application")


class OwnerBody(Body):
    """Whoever looks after it by address; null is nobody."""

    owner = Text(required=True, allow_none=True, longest=254)


def owner_by_email(email: str | None) -> User | None:
    """The person with an address; RuleBroken at `owner` where there is none."""
    return accounts.by_email_or_refuse(db.session(), email, field="owner") if email else None


def mover_ids(requisition: Requisition) -> list[int]:
    """Those who may look after the applications of a requisition, as the services ask for them."""
    return [user.id for user in db.session.scalars(scopes.movers(requisition))]


@blueprint.patch("/applications/<int:application_id>", Permission.APPLICATION_MOVE, body=OwnerBody)
def change(body: JsonObject, application: Application) -> JsonObject:
    """Give an application to somebody who may move it, or to nobody; `undo` takes it back."""
    secret = bulk_actions.hand(
        db.session(), chosen=[application], to=owner_by_email(body["owner"]), among=mover_ids, act=guard.act()
    )
    return {**serialized([application])[0], "undo": secret}

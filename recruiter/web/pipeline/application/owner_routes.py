"""Who looks after an application, on a page of its own."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.keepwarm import bulk_actions
from recruiter.pipeline import history_queries
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.pipeline.application import forms
from recruiter.web.pipeline.application.action_page import handle_action, undo_href, way_back
from recruiter.web.pipeline.area import blueprint
from recruiter.web.request import conflicts, guard


def movers(requisition: Requisition) -> list[User]:
    """Those who may look after an application of a requisition, by name."""
    return list(db.session.scalars(scopes.movers(requisition)))


def owner_text(owner: User | None) -> str:
    """Whose it is, in words that go on a sentence."""
    return f"with {owner.name}" if owner else "without owner"


def check_owner_unchanged(application: Application, owner_seen: str | None, *, then: str) -> None:
    """Refuse where somebody else handed an application over since the page was read. Raises Conflict with who and when."""
    if owner_seen == str(application.owner_id or ""):
        return
    name = application.candidate.name
    latest = next(reversed(history_queries.owner_changes_among(db.session(), [application.id])), None)
    change = f"{name} is {owner_text(application.owner)} now."
    if latest is not None:
        action = f"gave {name} to {latest.to_owner.name}" if latest.to_owner else "left them without owner"
        change = f"{latest.changed_by.name} {action} {conflicts.when(latest.changed_at)}."
    raise Conflict(then.format(change=change))


@blueprint.form("/applications/<int:application_id>/owner", Permission.APPLICATION_MOVE)
def owner(application: Application) -> ResponseReturnValue:
    """Give an application to somebody who may move it, or to nobody."""
    people, name = movers(application.requisition), application.candidate.name
    owner_id = str(application.owner_id or "")
    form = forms.OwnerForm.for_people(people, data={"owner": owner_id or forms.NOBODY, "was": owner_id})

    def save() -> str:
        owner_seen, form.was.data = form.was.data, owner_id
        check_owner_unchanged(application, owner_seen, then="Not changed. {change} What you chose is kept below.")
        chosen, to, ids = [application], form.chosen_owner, [user.id for user in people]
        return bulk_actions.hand(db.session(), chosen=chosen, to=to, among=lambda _: ids, act=guard.act())

    return handle_action(
        application,
        form,
        save=save,
        flash=lambda _: f"{name} is {owner_text(application.owner)} now.",
        title=f"Owner of {name}",
        button="Set owner",
        template="pipeline/owner.html",
        undo=undo_href(way_back(application)),
    )

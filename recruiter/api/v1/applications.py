"""Applications, their moves and endings, the board and the slate."""

from __future__ import annotations

from recruiter.accounts import queries as people
from recruiter.api import guard
from recruiter.api.blind_view import blind_on
from recruiter.api.fields import Day, Strictly, Text, choice, reference
from recruiter.api.guard import actor, now
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import ListQuery, listed
from recruiter.api.serializers import applications as serializers
from recruiter.api.serializers import people as serialized_people
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm import bulk_actions
from recruiter.keepwarm.overview import board_signals, contact_list
from recruiter.pipeline import history_queries, ownership, queries, services
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards

blueprint = Area("applications", "Candidates for requisitions")


class ApplicationBody(Body):
    """A candidate for a requisition."""

    candidate_id = Strictly(required=True)
    requisition_id = Strictly(required=True)
    stage = Text()
    applied_on = Day()
    source = Text(longest=ownership.LONGEST_SOURCE)
    credited_to = Text(longest=254)


class ApplicationQuery(ListQuery):
    """Filters of the list."""

    requisition_id = reference(load_default=None)
    candidate_id = reference(load_default=None)
    stage = Text(load_default=None)
    owner = Text(load_default=None)
    status = choice(ApplicationStatus, load_default=None)


def serialized(applications: list[Application]) -> list[JsonObject]:
    """Applications as the caller may see them."""
    if not actor().is_staff:
        return [serializers.application(application, standing=None) for application in applications]
    standings = contact_list.standing_of(db.session(), applications, moment=guard.act(), viewer=actor())
    blind_requisitions = blind_on()
    return [
        serializers.application(
            application,
            standing=standings.get(application.id, serializers.NO_FINALIST),
            blind=application.requisition_id in blind_requisitions,
        )
        for application in applications
    ]


@blueprint.get("/applications", Permission.SIGNED_IN, query=ApplicationQuery)
def index(query: JsonObject) -> JsonObject:
    """Applications that the caller may see, oldest first; `owner` is an address, `me` or `nobody`."""
    owner_filter = query.pop("owner")
    owner = actor() if owner_filter == "me" else people.by_email(db.session(), owner_filter or "")
    if owner_filter and owner_filter != "nobody" and owner is None:
        raise RuleBroken.at("owner", f"Nobody here has the address {owner_filter}. Use me, nobody, or an address.")
    within, unowned = scopes.applications(actor()), owner_filter == "nobody"
    page = queries.page(db.session(), within=within, owner_id=owner.id if owner else None, unowned=unowned, **query)
    return listed(page, serialized(page.items))


@blueprint.post("/applications", Permission.APPLICATION_CREATE, body=ApplicationBody, status=201)
def create(body: JsonObject) -> JsonObject:
    """Enter a candidate for a requisition; `credited_to` is the address of the colleague who brought them."""
    session = db.session()
    candidate = permits.find(session, name="candidate_id", value=body.pop("candidate_id"))
    guard.require(Permission.CANDIDATE_READ, candidate)
    requisition = permits.find(session, name="requisition_ref", value=body.pop("requisition_id"))
    guard.require(Permission.REQUISITION_EDIT, requisition)
    if "stage" in body:
        body["stage"] = requisitions.stage_by_name(requisition, body["stage"])
    if email := body.pop("credited_to", None):
        body["credited_to"] = people.by_email_or_refuse(session, email, field="credited_to")
    application = services.apply(session, candidate=candidate, requisition=requisition, act=guard.act(), **body)
    return serialized([application])[0]


@blueprint.get("/applications/<int:application_id>", Permission.APPLICATION_READ)
def read(application: Application) -> JsonObject:
    """One application; `owner` is whoever looks after it, null where nobody does."""
    return serialized([application])[0]


@blueprint.get("/applications/<int:application_id>/moves", Permission.APPLICATION_READ)
def moves(application: Application) -> JsonObject:
    """Every move of an application, oldest first."""
    session = db.session()
    blind = bool(scorecards.owed_application_ids(session, viewer=actor(), application_ids=[application.id]))
    items = [serializers.move(change, blind=blind) for change in history_queries.moves_among(session, [application.id])]
    return {"items": items, "next": None}


class MoveBody(Body):
    """A move to another stage."""

    to_stage = Text(required=True)
    reason = Text(load_default="", longest=2000)


@blueprint.post("/applications/<int:application_id>/moves", Permission.APPLICATION_MOVE, body=MoveBody, status=201)
def move(body: JsonObject, application: Application) -> JsonObject:
    """Move an application; going back and skipping an interview stage ask for a reason."""
    session = db.session()
    secret = bulk_actions.move(
        session, chosen=[application], to_stage=body["to_stage"], reason=body["reason"], act=guard.act()
    )
    return {**serializers.move(history_queries.moves_among(session, [application.id])[-1]), "undo": secret}


@blueprint.get("/requisitions/<requisition_ref>/board", Permission.BOARD_READ)
def board(requisition: Requisition) -> JsonObject:
    """The stages of a requisition with who stands in them, those longest in their stage first."""
    applications = queries.board_applications(db.session(), requisition)
    board_items = board_signals.of_requisition(db.session(), requisition, viewer=actor(), moment=guard.act())
    flags = {item.row.id: [signal.kind.value for signal in item.signals] for item in board_items}
    by_stage: dict[int, list[JsonObject]] = {stage.id: [] for stage in requisition.stages}
    for application, entry in zip(applications, serialized(applications), strict=True):
        entry["candidate"] = serialized_people.candidate(application.candidate)
        entry["days_in_stage"] = (now() - application.stage_since).days
        entry["flags"] = flags.get(application.id, [])
        by_stage[application.stage_id].append(entry)
    stages = [
        {"name": stage.name, "kind": stage.kind.value, "count": len(cards), "applications": cards}
        for stage, cards in zip(requisition.stages, by_stage.values(), strict=True)
    ]
    return {"requisition_id": requisition.id, "stages": stages}

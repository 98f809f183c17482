"""Storing the searches of past decisions: their people, the closed requisitions, stages and attributes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from recruiter.accounts.models import Role, User
from recruiter.exchange import queries, rules
from recruiter.requisitions.models import Attribute, Requisition, RequisitionStatus, Stage, StageKind
from recruiter.requisitions.rules import DEFAULT_STAGES

if TYPE_CHECKING:
    from recruiter.exchange.insert_decisions import BulkInsert
    from recruiter.exchange.slates import Slate

Rows = list[dict[str, Any]]


def insert_people(bulk: BulkInsert, slates: list[Slate]) -> dict[str, int]:
    """Numbers by address: raters, and the one in whose name past searches stand; none of them can sign in."""
    names = {rules.KEEPER: "Imported history"}
    for slate in slates:
        for entry in slate.entries.values():
            names |= {rules.rater_address(card.rater): card.rater for card in entry.cards}
    known = queries.people_by_key(bulk.session, names)
    new_addresses = [address for address in names if address not in known]
    rows = [
        {
            "email": address,
            "email_key": address,
            "name": names[address],
            "role": Role.HIRING_MANAGER if address == rules.KEEPER else Role.INTERVIEWER,
            "active": False,
            "password_hash": None,
            "created_at": bulk.now,
        }
        for address in new_addresses
    ]
    return known | dict(zip(new_addresses, bulk.returning_ids(User, rows), strict=True))


def begun(slate: Slate) -> dt.datetime:
    """When the search can be said to have begun: before its first card, and before it was decided."""
    days = [card.day for entry in slate.entries.values() for card in entry.cards if card.day]
    first = min([*days, slate.decided_at.date()])
    return dt.datetime.combine(first, dt.time(tzinfo=dt.UTC))


def insert_requisitions(bulk: BulkInsert, slates: list[Slate], *, keeper_id: int) -> list[int]:
    """Store a closed requisition a slate, and answer their numbers."""
    rows: Rows = []
    for number, slate in enumerate(slates, start=queries.highest_key(bulk.session) + 1):
        overall = bulk.weights.get(rules.OVERALL, 0.0)
        total = overall + sum(bulk.weights.get(name, 0.0) for name in slate.attributes())
        rows.append(
            {
                "key": f"{rules.KEY_PREFIX}-{number}",
                "title": slate.name,
                "status": RequisitionStatus.CLOSED,
                "department": slate.job_family,
                "hiring_manager_id": keeper_id,
                "created_by_id": bulk.actor_id,
                "bar": None,
                "overall_weight": overall / total if bulk.weights and total > 0 else 0.5,
                "imported": True,
                "created_at": begun(slate),
                "closed_at": slate.decided_at,
            }
        )
    return bulk.returning_ids(Requisition, rows)


def insert_stages(bulk: BulkInsert, requisitions: list[int]) -> list[dict[StageKind, int]]:
    """Store the usual stages of each requisition, and answer their numbers by kind."""
    rows: Rows = [
        {"requisition_id": number, "name": stage.name, "kind": stage.kind, "position": place}
        for number in requisitions
        for place, stage in enumerate(DEFAULT_STAGES)
    ]
    statement = insert(Stage).returning(Stage.id, sort_by_parameter_order=True)
    stage_ids = list(bulk.session.scalars(statement, rows))
    size = len(DEFAULT_STAGES)
    kinds = [stage.kind for stage in DEFAULT_STAGES]
    return [dict(zip(kinds, stage_ids[k * size : (k + 1) * size], strict=True)) for k in range(len(requisitions))]


def insert_attributes(bulk: BulkInsert, slates: list[Slate], requisitions: list[int]) -> None:
    """Store what the candidates of each slate were rated on, with its declared weight."""
    bulk.insert(
        Attribute,
        [
            {
                "requisition_id": number,
                "name": name,
                "weight": bulk.weights.get(name, 0.0) if bulk.weights else 1.0,
                "position": place,
            }
            for slate, number in zip(slates, requisitions, strict=True)
            for place, name in enumerate(slate.attributes())
        ],
    )

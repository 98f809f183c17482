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
    from recruiter.exchange.insert_decisions import Made
    from recruiter.exchange.slates import Slate

Rows = list[dict[str, Any]]


def insert_people(made: Made, slates: list[Slate]) -> dict[str, int]:
    """Numbers by address: raters, and the one in whose name past searches stand; none of them can sign in."""
    names = {rules.KEEPER: "Imported history"}
    for slate in slates:
        for entry in slate.entries.values():
            names |= {rules.rater_address(sheet.rater): sheet.rater for sheet in entry.sheets}
    known = queries.people_by_key(made.session, names)
    fresh = [address for address in names if address not in known]
    rows = [
        {
            "email": address,
            "email_key": address,
            "name": names[address],
            "role": Role.HIRING_MANAGER if address == rules.KEEPER else Role.INTERVIEWER,
            "active": False,
            "password_hash": None,
            "created_at": made.now,
        }
        for address in fresh
    ]
    return known | dict(zip(fresh, made.many(User, rows), strict=True))


def begun(slate: Slate) -> dt.datetime:
    """When the search can be said to have begun: before its first card, and before it was decided."""
    days = [sheet.day for entry in slate.entries.values() for sheet in entry.sheets if sheet.day]
    first = min([*days, slate.decided_at.date()])
    return dt.datetime.combine(first, dt.time(tzinfo=dt.UTC))


def insert_requisitions(made: Made, slates: list[Slate], *, keeper_id: int) -> list[int]:
    """Store a closed requisition a slate, and answer their numbers."""
    rows: Rows = []
    for number, slate in enumerate(slates, start=queries.highest_key(made.session) + 1):
        overall = made.weights.get(rules.OVERALL, 0.0)
        total = overall + sum(made.weights.get(name, 0.0) for name in slate.attributes())
        rows.append(
            {
                "key": f"{rules.KEY_PREFIX}-{number}",
                "title": slate.name,
                "status": RequisitionStatus.CLOSED,
                "department": slate.job_family,
                "hiring_manager_id": keeper_id,
                "created_by_id": made.actor_id,
                "bar": None,
                "overall_weight": overall / total if made.weights and total > 0 else 0.5,
                "imported": True,
                "created_at": begun(slate),
                "closed_at": slate.decided_at,
            }
        )
    return made.many(Requisition, rows)


def insert_stages(made: Made, requisitions: list[int]) -> list[dict[StageKind, int]]:
    """Store the usual stages of each requisition, and answer their numbers by kind."""
    rows: Rows = [
        {"requisition_id": number, "name": stage.name, "kind": stage.kind, "position": place}
        for number in requisitions
        for place, stage in enumerate(DEFAULT_STAGES)
    ]
    wanted = insert(Stage).returning(Stage.id, sort_by_parameter_order=True)
    found = list(made.session.scalars(wanted, rows))
    size = len(DEFAULT_STAGES)
    kinds = [stage.kind for stage in DEFAULT_STAGES]
    return [dict(zip(kinds, found[k * size : (k + 1) * size], strict=True)) for k in range(len(requisitions))]


def insert_attributes(made: Made, slates: list[Slate], requisitions: list[int]) -> None:
    """Store what the candidates of each slate were rated on, with its declared weight."""
    made.unnamed(
        Attribute,
        [
            {
                "requisition_id": number,
                "name": name,
                "weight": made.weights.get(name, 0.0) if made.weights else 1.0,
                "position": place,
            }
            for slate, number in zip(slates, requisitions, strict=True)
            for place, name in enumerate(slate.attributes())
        ],
    )

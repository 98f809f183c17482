"""Storing the searches of past decisions: their people, the closed requisitions, stages and attributes."""

from __future__ import annotations

from recruiter.accounts.models import Role, User
from recruiter.exchange import queries, rules
from recruiter.exchange.bulk_insert import BulkInsert, Rows
from recruiter.exchange.slates import Slate
from recruiter.learning.types import OVERALL
from recruiter.requisitions.models import Attribute, Requisition, RequisitionStatus, Stage
from recruiter.requisitions.rules import DEFAULT_STAGES, search_key


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
            "created_at": bulk.now,
        }
        for address in new_addresses
    ]
    return known | dict(zip(new_addresses, bulk.returning_ids(User, rows), strict=True))


def insert_requisitions(bulk: BulkInsert, slates: list[Slate], *, weights: dict[str, float], keeper_id: int) -> None:
    """Store a closed requisition a slate, with the usual stages and what its candidates were rated on."""
    rows: Rows = []
    for number, slate in enumerate(slates, start=queries.highest_key(bulk.session) + 1):
        key = f"{rules.KEY_PREFIX}-{number}"
        overall = weights.get(OVERALL, 0.0)
        total = overall + sum(weights.get(name, 0.0) for name in slate.attributes())
        rows.append(
            {
                "key": key,
                "title": slate.name,
                "search_key": search_key(key, slate.name),
                "status": RequisitionStatus.CLOSED,
                "department": slate.job_family,
                "hiring_manager_id": keeper_id,
                "created_by_id": bulk.actor_id,
                "overall_weight": overall / total if weights and total > 0 else 0.5,
                "imported": True,
                "created_at": slate.start,
                "closed_at": slate.decided_at,
            }
        )
    for slate, requisition_id in zip(slates, bulk.returning_ids(Requisition, rows), strict=True):
        slate.requisition_id = requisition_id
    stages: Rows = [
        {"requisition_id": slate.requisition_id, "name": stage.name, "kind": stage.kind, "position": place}
        for slate in slates
        for place, stage in enumerate(DEFAULT_STAGES)
    ]
    stage_ids = iter(bulk.returning_ids(Stage, stages, part=True))
    usual = 0.0 if weights else 1.0
    attributes: Rows = []
    for slate in slates:
        slate.stage_ids = {stage.kind: next(stage_ids) for stage in DEFAULT_STAGES}
        attributes += [
            {
                "requisition_id": slate.requisition_id,
                "name": name,
                "weight": weights.get(name, usual),
                "position": place,
            }
            for place, name in enumerate(slate.attributes())
        ]
    bulk.insert(Attribute, attributes)

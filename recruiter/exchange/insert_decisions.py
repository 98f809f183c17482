"""Storing past decisions: many rows of one kind at a time, each kind after those that it hangs on."""

from __future__ import annotations

import datetime as dt

from recruiter.candidates.models import Candidate
from recruiter.exchange import rules
from recruiter.exchange.bulk_insert import BulkInsert, Rows, Values
from recruiter.exchange.insert_requisitions import insert_attributes, insert_people, insert_requisitions, insert_stages
from recruiter.exchange.insert_scorecards import insert_cards
from recruiter.exchange.models import ImportBatch, ImportRow
from recruiter.exchange.slates import Slate
from recruiter.foundation import text
from recruiter.pipeline.models import Application, ApplicationStatus, StageChange, StatusChange
from recruiter.ranking.models import DecisionGrade, ImportedFeature, PastDecision
from recruiter.requisitions.models import StageKind


def insert_slates(bulk: BulkInsert, slates: list[Slate], *, weights: dict[str, float], actor_id: int | None) -> None:
    """Store slates: a closed requisition each, with candidates, applications, cards and the decision."""
    people = insert_people(bulk, slates)
    bulk.actor_id = actor_id or people[rules.KEEPER]
    requisitions = insert_requisitions(bulk, slates, weights=weights, keeper_id=people[rules.KEEPER])
    stages = insert_stages(bulk, requisitions)
    insert_attributes(bulk, slates, requisitions, weights=weights)
    applications = _applications(bulk, slates, requisitions, stages)
    insert_cards(bulk, slates, applications, stages, people)
    _decisions(bulk, slates, requisitions, applications)


def note_rows(bulk: BulkInsert, batch: ImportBatch) -> None:
    """Remember what the import made, so that it can be undone."""
    versions = {PastDecision.__tablename__: None}
    rows: Rows = [
        {"batch_id": batch.id, "object_type": table, "object_id": number, "object_version": versions.get(table, 1)}
        for table, numbers in bulk.numbers.items()
        for number in numbers
    ]
    bulk.insert(ImportRow, rows)


def _candidate(item: str, bulk: BulkInsert) -> Values:
    name = text.clean(item) or "Candidate"
    key = text.folded(name)[: rules.LONGEST]
    made = {"created_by_id": bulk.actor_id, "created_at": bulk.now}
    return {"name": name, "name_key": key, "search_key": key, **made}


def _applications(
    bulk: BulkInsert, slates: list[Slate], requisitions: list[int], stages: list[dict[StageKind, int]]
) -> list[dict[str, int]]:
    """Numbers of applications by item, slate by slate."""
    people = [_candidate(item, bulk) for slate in slates for item in slate.entries]
    candidates = iter(bulk.returning_ids(Candidate, people))
    usual_grades = {grade for slate in slates for grade in slate.grades().values()} <= set(rules.USUAL_GRADES)
    rows: Rows = []
    for slate, requisition_id, kinds in zip(slates, requisitions, stages, strict=True):
        start = slate.start
        for entry in slate.entries.values():
            status, ended_by = rules.ending(entry.outcome)
            kind = rules.stage_kind(grade=entry.grade, outcome=entry.outcome, usual_grades=usual_grades)
            ended = status != ApplicationStatus.HIRED
            rows.append(
                {
                    "candidate_id": next(candidates),
                    "requisition_id": requisition_id,
                    "stage_id": kinds[kind],
                    "stage_since": start,
                    "status": status,
                    "ended_by": ended_by,
                    "reason_code": "other" if ended else None,
                    "reason": rules.REASON if ended else None,
                    "ended_at": slate.decided_at if ended else None,
                    "applied_on": rules.imported_day(start),
                    "created_at": start,
                }
            )
    numbers = bulk.returning_ids(Application, rows)
    _changes(bulk, rows, numbers, [slate.decided_at for slate in slates for _ in slate.entries])
    application_ids = iter(numbers)
    return [{item: next(application_ids) for item in slate.entries} for slate in slates]


def _changes(bulk: BulkInsert, rows: Rows, numbers: list[int], ends: list[dt.datetime]) -> None:
    moves: Rows = []
    statuses: Rows = []
    for row, number, end in zip(rows, numbers, ends, strict=True):
        common = {"application_id": number, "reason": rules.REASON}
        move = {"to_stage_id": row["stage_id"], "moved_by_id": bulk.actor_id, "moved_at": row["stage_since"]}
        status = {name: row[name] for name in ("status", "ended_by", "reason_code")}
        moves.append(common | move)
        statuses.append(common | status | {"changed_by_id": bulk.actor_id, "changed_at": end})
    bulk.insert(StageChange, moves)
    bulk.insert(StatusChange, statuses)


def _decisions(
    bulk: BulkInsert, slates: list[Slate], requisitions: list[int], applications: list[dict[str, int]]
) -> None:
    rows: Rows = [
        {
            "requisition_id": number,
            "slate": slate.name,
            "decided_at": slate.decided_at,
            "order_number": slate.order_number,
            "job_family": slate.job_family,
            "imported": True,
        }
        for slate, number in zip(slates, requisitions, strict=True)
    ]
    decisions = bulk.returning_ids(PastDecision, rows)
    grades: Rows = []
    features: list[list[tuple[str, float]]] = []
    for slate, decision_id, numbers in zip(slates, decisions, applications, strict=True):
        for item, entry in slate.entries.items():
            shared = {"decision_id": decision_id, "application_id": numbers[item], "item": item}
            grades.append(shared | {"grade": entry.grade, "outcome": entry.outcome})
            features.append(entry.features)
    grade_ids = bulk.returning_ids(DecisionGrade, grades, part=True)
    values: Rows = [
        {"grade_id": grade_id, "name": name, "value": repr(value)}
        for grade_id, entry_features in zip(grade_ids, features, strict=True)
        for name, value in entry_features
    ]
    bulk.insert(ImportedFeature, values)

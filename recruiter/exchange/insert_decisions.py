"""Storing past decisions: many rows of one kind at a time, each kind after those that it hangs on."""

from __future__ import annotations

from recruiter.candidates.models import Candidate
from recruiter.exchange import rules
from recruiter.exchange.bulk_insert import BulkInsert, Rows, Values
from recruiter.exchange.insert_requisitions import insert_people, insert_requisitions
from recruiter.exchange.insert_scorecards import insert_cards
from recruiter.exchange.models import ImportBatch, ImportRow
from recruiter.exchange.slates import Slate
from recruiter.foundation import text
from recruiter.pipeline.models import Application, ApplicationStatus, StageChange, StatusChange
from recruiter.ranking.models import DecisionGrade, ImportedFeature, PastDecision


def insert_slates(bulk: BulkInsert, slates: list[Slate], *, weights: dict[str, float], actor_id: int | None) -> None:
    """Store slates: a closed requisition each, with candidates, applications, cards and the decision."""
    people = insert_people(bulk, slates)
    bulk.actor_id = actor_id or people[rules.KEEPER]
    insert_requisitions(bulk, slates, weights=weights, keeper_id=people[rules.KEEPER])
    _insert_applications(bulk, slates)
    insert_cards(bulk, slates, people)
    _insert_decisions(bulk, slates)


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
    name = text.one_line(item) or "Candidate"
    key = text.folded(name)[: rules.LONGEST]
    made = {"created_by_id": bulk.actor_id, "created_at": bulk.now}
    return {"name": name, "name_key": key, "search_key": key, **made}


def _insert_applications(bulk: BulkInsert, slates: list[Slate]) -> None:
    entries = [(slate, entry) for slate in slates for entry in slate.entries.values()]
    candidates = bulk.returning_ids(Candidate, [_candidate(entry.item, bulk) for _, entry in entries])
    usual_grades = {entry.grade for _, entry in entries} <= set(rules.USUAL_GRADES)
    rows: Rows = []
    for (slate, entry), candidate_id in zip(entries, candidates, strict=True):
        status, ended_by = rules.ending(entry.outcome)
        kind = rules.stage_kind(grade=entry.grade, outcome=entry.outcome, usual_grades=usual_grades)
        ended = status != ApplicationStatus.HIRED
        rows.append(
            {
                "candidate_id": candidate_id,
                "requisition_id": slate.requisition_id,
                "stage_id": slate.stage_ids[kind],
                "stage_since": slate.start,
                "status": status,
                "ended_by": ended_by,
                "reason_code": "other" if ended else None,
                "reason": rules.REASON if ended else None,
                "ended_at": slate.decided_at if ended else None,
                "applied_on": rules.imported_day(slate.start),
                "created_at": slate.start,
            }
        )
    moves: Rows = []
    statuses: Rows = []
    for (slate, entry), row, number in zip(entries, rows, bulk.returning_ids(Application, rows), strict=True):
        entry.application_id = number
        common = {"application_id": number, "reason": rules.REASON}
        move = {"to_stage_id": row["stage_id"], "moved_by_id": bulk.actor_id, "moved_at": row["stage_since"]}
        status_fields = {name: row[name] for name in ("status", "ended_by", "reason_code")}
        moves.append(common | move)
        statuses.append(common | status_fields | {"changed_by_id": bulk.actor_id, "changed_at": slate.decided_at})
    bulk.insert(StageChange, moves)
    bulk.insert(StatusChange, statuses)


def _insert_decisions(bulk: BulkInsert, slates: list[Slate]) -> None:
    rows: Rows = [
        {
            "requisition_id": slate.requisition_id,
            "slate": slate.name,
            "decided_at": slate.decided_at,
            "order_number": slate.order_number,
            "job_family": slate.job_family,
            "imported": True,
        }
        for slate in slates
    ]
    grades: Rows = []
    for slate, number in zip(slates, bulk.returning_ids(PastDecision, rows), strict=True):
        for entry in slate.entries.values():
            item = {"application_id": entry.application_id, "item": entry.item}
            grades.append({"decision_id": number, **item, "grade": entry.grade, "outcome": entry.outcome})
    entries = [entry for slate in slates for entry in slate.entries.values()]
    features: Rows = [
        {"grade_id": grade_id, "name": name, "value": repr(value)}
        for entry, grade_id in zip(entries, bulk.returning_ids(DecisionGrade, grades, part=True), strict=True)
        for name, value in entry.features
    ]
    bulk.insert(ImportedFeature, features)

"""Storing past decisions: many rows of one kind at a time, each kind after those that it hangs on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from recruiter.candidates.models import Candidate
from recruiter.exchange import rules
from recruiter.exchange.insert_requisitions import (
    begun,
    insert_attributes,
    insert_people,
    insert_requisitions,
    insert_stages,
)
from recruiter.exchange.insert_scorecards import insert_cards
from recruiter.exchange.models import ImportBatch, ImportRow
from recruiter.exchange.slates import Entry, Slate
from recruiter.foundation import text
from recruiter.foundation.database.db import Model
from recruiter.pipeline.models import Application, ApplicationStatus, StageChange, StatusChange
from recruiter.ranking.models import DecisionGrade, ImportedFeature, PastDecision
from recruiter.requisitions.models import StageKind

Rows = list[dict[str, Any]]


@dataclass
class Made:
    """One import while it is stored: whose it is, when, and the numbers of everything that it made."""

    session: Session
    weights: dict[str, float]
    now: dt.datetime
    actor_id: int = 0
    usual_grades: bool = False
    numbers: dict[str, list[int]] = field(default_factory=dict)

    def many(self, model: type[Model], rows: Rows) -> list[int]:
        """Store rows of one kind and answer their numbers, in the same order."""
        if not rows:
            return []
        column: Any = model.__table__.c.id
        wanted = insert(model).returning(column, sort_by_parameter_order=True)
        found = list(self.session.scalars(wanted, rows))
        self.numbers.setdefault(model.__tablename__, []).extend(found)
        return found

    def unnamed(self, model: type[Model], rows: Rows) -> None:
        """Store rows that nothing else refers to."""
        if rows:
            self.session.execute(insert(model), rows)


def insert_slates(made: Made, slates: list[Slate], *, actor_id: int | None) -> None:
    """Store slates: a closed requisition each, with candidates, applications, cards and the decision."""
    people = insert_people(made, slates)
    made.actor_id = actor_id or people[rules.KEEPER]
    grades = {grade for slate in slates for grade in slate.grades().values()}
    made.usual_grades = grades <= {0.0, 1.0, 2.0, 3.0}
    requisitions = insert_requisitions(made, slates, keeper_id=people[rules.KEEPER])
    stages = insert_stages(made, requisitions)
    insert_attributes(made, slates, requisitions)
    applications = _applications(made, slates, requisitions, stages)
    insert_cards(made, slates, applications, stages, people)
    _decisions(made, slates, requisitions, applications)


def note_rows(made: Made, batch: ImportBatch) -> None:
    """Remember what the import made, so that it can be undone."""
    rows: Rows = []
    for table, numbers in made.numbers.items():
        version = None if table == PastDecision.__tablename__ else 1
        rows += [
            {"batch_id": batch.id, "object_type": table, "object_id": number, "object_version": version}
            for number in numbers
        ]
    made.unnamed(ImportRow, rows)


def _candidate(entry: Entry, made: Made) -> dict[str, Any]:
    name = text.clean(entry.item) or "Candidate"
    folded = text.folded(name)[: rules.LONGEST]
    return {
        "name": name,
        "name_key": folded,
        "search_key": folded,
        "source": "",
        "created_by_id": made.actor_id,
        "created_at": made.now,
    }


def _applications(
    made: Made, slates: list[Slate], requisitions: list[int], stages: list[dict[StageKind, int]]
) -> list[dict[str, int]]:
    """Numbers of applications by item, slate by slate."""
    candidates = iter(
        made.many(Candidate, [_candidate(entry, made) for slate in slates for entry in slate.entries.values()])
    )
    rows: Rows = []
    for slate, requisition_id, kinds in zip(slates, requisitions, stages, strict=True):
        start = begun(slate)
        for entry in slate.entries.values():
            status, ended_by = rules.ending(entry.outcome)
            kind = rules.stage_kind(grade=entry.grade, outcome=entry.outcome, usual_grades=made.usual_grades)
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
                    "applied_on": start.date(),
                    "created_at": start,
                }
            )
    numbers = made.many(Application, rows)
    _changes(made, rows, numbers, [slate.decided_at for slate in slates for _ in slate.entries])
    given = iter(numbers)
    return [{item: next(given) for item in slate.entries} for slate in slates]


def _changes(made: Made, rows: Rows, numbers: list[int], ends: list[dt.datetime]) -> None:
    moves: Rows = []
    statuses: Rows = []
    for row, number, end in zip(rows, numbers, ends, strict=True):
        shared = {"application_id": number, "reason": rules.REASON}
        moves.append(
            shared | {"to_stage_id": row["stage_id"], "moved_by_id": made.actor_id, "moved_at": row["stage_since"]}
        )
        taken = {name: row[name] for name in ("status", "ended_by", "reason_code")}
        statuses.append(shared | taken | {"changed_by_id": made.actor_id, "changed_at": end})
    made.unnamed(StageChange, moves)
    made.unnamed(StatusChange, statuses)


def _decisions(made: Made, slates: list[Slate], requisitions: list[int], applications: list[dict[str, int]]) -> None:
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
    decisions = made.many(PastDecision, rows)
    grades: Rows = []
    features: list[list[tuple[str, float]]] = []
    for slate, decision_id, numbers in zip(slates, decisions, applications, strict=True):
        for item, entry in slate.entries.items():
            shared = {"decision_id": decision_id, "application_id": numbers[item], "item": item}
            grades.append(shared | {"grade": entry.grade, "outcome": entry.outcome})
            features.append(entry.features)
    wanted = insert(DecisionGrade).returning(DecisionGrade.id, sort_by_parameter_order=True)
    kept = made.session.scalars(wanted, grades).all()
    made.unnamed(
        ImportedFeature,
        [
            {"grade_id": grade_id, "name": name, "value": repr(value)}
            for grade_id, named in zip(kept, features, strict=True)
            for name, value in named
        ],
    )

"""Taking a whole import back: what it made, and what others have hung on that since."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, or_, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.exchange.models import ImportBatch, ImportRow, ImportState
from recruiter.foundation.database.db import Base
from recruiter.interviews.models import Interview, Panelist
from recruiter.pipeline.models import Application, StageChange, StatusChange
from recruiter.ranking.models import DecisionGrade, ImportedFeature, PastDecision
from recruiter.requisitions.models import Attribute, Requisition, Stage
from recruiter.scorecards.models import CardReading, Rating, Scorecard, ScorecardVersion

ROOTS: list[Any] = [Requisition, Candidate, Application, Interview, Scorecard, PastDecision]
PARTS: list[tuple[Any, str, Any]] = [
    (Stage, "requisition_id", Requisition),
    (Attribute, "requisition_id", Requisition),
    (StageChange, "application_id", Application),
    (StatusChange, "application_id", Application),
    (Panelist, "interview_id", Interview),
    (Rating, "scorecard_id", Scorecard),
    (ScorecardVersion, "scorecard_id", Scorecard),
    (CardReading, "application_id", Application),  # whoever looks changes nothing
    (DecisionGrade, "decision_id", PastDecision),
    (ImportedFeature, "grade_id", DecisionGrade),
]
MOST_NAMED = 50


def _inserted_rows(batch: ImportBatch) -> dict[Table, Select[Any]]:
    """For each table the numbers of the rows that an import made."""
    selects: dict[Table, Select[Any]] = {}
    made = select(ImportRow.object_id).where(ImportRow.batch_id == batch.id)
    for model in ROOTS:
        selects[model.__table__] = made.where(ImportRow.object_type == model.__tablename__)
    for model, column, parent in PARTS:
        table = model.__table__
        selects[table] = select(table.c.id).where(table.c[column].in_(selects[parent.__table__]))
    return selects


def changed_since(session: Session, batch: ImportBatch) -> list[str]:
    """What was changed since an import, or hung on what it made: “application 12”, “offer 3”."""
    changes = []
    for model in [*ROOTS, User]:
        if not hasattr(model, "version"):
            continue
        rows = session.scalars(
            select(model.id)
            .join(ImportRow, (ImportRow.object_id == model.id) & (ImportRow.object_type == model.__tablename__))
            .where(ImportRow.batch_id == batch.id, ImportRow.object_version != model.version)
            .order_by(model.id)
        )
        changes += [f"{_title(model.__table__)} {number}" for number in rows]
    inserted = _inserted_rows(batch)
    for table in Base.metadata.sorted_tables:
        links: list[ColumnElement[bool]] = [
            column.in_(inserted[key.column.table])
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table in inserted
        ]
        if not links:
            continue
        statement = select(table.c.id).where(or_(*links)).order_by(table.c.id)
        if table in inserted:
            statement = statement.where(table.c.id.not_in(inserted[table]))
        changes += [f"{_title(table)} {number}" for number in session.scalars(statement)]
    return list(dict.fromkeys(changes))


def delete_imported(session: Session, batch: ImportBatch) -> None:
    """Delete what an import made. People whom another import still needs stay."""
    inserted = _inserted_rows(batch)
    for table in reversed(Base.metadata.sorted_tables):  # what hangs on another goes before it
        if table in inserted:
            session.execute(delete(table).where(table.c.id.in_(inserted[table])))
    session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.object_type != "user"))
    _delete_orphaned_raters(session, batch)
    session.flush()
    session.expire_all()


def _delete_orphaned_raters(session: Session, batch: ImportBatch) -> None:
    """Delete the raters of this import and of undone ones before whom nothing refers to any more."""
    undone = select(ImportBatch.id).where(or_(ImportBatch.id == batch.id, ImportBatch.state == ImportState.UNDONE))
    rater_rows = (ImportRow.object_type == "user") & ImportRow.batch_id.in_(undone)
    people = set(session.scalars(select(ImportRow.object_id).where(rater_rows)))
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if people and any(key.column.table is User.__table__ for key in column.foreign_keys):
                people -= set(session.scalars(select(column).where(column.in_(sorted(people))).distinct()))
    if people:
        session.execute(delete(ImportRow).where(rater_rows, ImportRow.object_id.in_(sorted(people))))
        session.execute(delete(User).where(User.id.in_(sorted(people))))


def _title(table: Table) -> str:
    return table.name.replace("_", " ")

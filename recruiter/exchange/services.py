"""Imports: looked at first, then made in one transaction, and taken back as a whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.exchange import import_folder, queries, rollback, rules, slates
from recruiter.exchange.bulk_insert import BulkInsert
from recruiter.exchange.insert_decisions import insert_slates, note_rows
from recruiter.exchange.models import DroppedColumn, ImportBatch, ImportState
from recruiter.foundation import daily_count
from recruiter.foundation.act import Moment
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.learning.history.csv_table import HistoryRefused, Problem
from recruiter.learning.history.history_folder import read_history
from recruiter.learning.history.history_tables import History
from recruiter.learning.types import OVERALL

OTHER_FILE = "This is another file than the one that was looked at. Look at it first, then bring it in."


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do: the import, not stored yet, and what it makes. `earlier` brought in the same content, if one did."""

    batch: ImportBatch
    fresh: list[slates.Slate]
    weights: dict[str, float]
    earlier: ImportBatch | None


def plan(session: Session, *, folder: Path, format: str | None = None) -> ImportPlan:  # noqa: A002  # the word of the API
    """Look at a history folder: what would be created, matched, skipped and refused. Changes nothing.

    Raises HistoryRefused where the folder as a whole cannot be used, RuleBroken for an unknown format.
    """
    if (format or rules.HISTORY) not in rules.FORMATS:
        raise RuleBroken.at("format", f"The format {format} is not known here. Known: {', '.join(rules.FORMATS)}.")
    history = read_history(folder)
    if long := slates.too_long(history):
        raise RuleBroken.at("file", f"A name in {long} has more than {rules.LONGEST} characters.")
    weights = {name: weight for name, weight in history.weights.items() if weight >= 0}
    bad = [problem for problem in history.problems if not rules.is_note(problem)]
    ignored = [problem for problem in history.problems if rules.is_note(problem)]
    counts = rules.refused_counts(bad)
    folder_slates = slates.slates_of(history)
    content_digest = import_folder.digest(folder)
    notes, fresh = _compare(session, folder_slates, counts)
    left_out = [*ignored, *_left_out(history, folder_slates)]
    batch = ImportBatch(
        format=rules.HISTORY,
        content_digest=content_digest,
        counts=counts,
        problems=[problem.as_dict() for problem in [*bad, *notes]],
        dropped_columns=[_dropped(note) for note in left_out],
    )
    return ImportPlan(batch, fresh, weights, earlier=queries.applied_before(session, content_digest))


def _dropped(note: Problem) -> DroppedColumn:
    of_column: DroppedColumn = {"file": note.file, "column": note.column, "why": note.why}
    return {**of_column, "line": note.line} if note.line > 1 else of_column  # the first line is the header


def plan_upload(session: Session, *, file_name: str, stream: IO[bytes], format: str | None = None) -> ImportPlan:  # noqa: A002
    """Look at an uploaded zip of a history folder. Raises RuleBroken, at `file`, with what is wrong with it."""
    if file_name.lower().endswith(".csv"):
        raise RuleBroken.at("file", "This is a single file. Send a zip that holds decisions.csv and ratings.csv.")
    with tempfile.TemporaryDirectory() as directory:
        folder = import_folder.unpack(stream, Path(directory) / "upload")
        try:
            return plan(session, folder=folder, format=format)
        except HistoryRefused as refusal:
            raise RuleBroken.at("file", str(refusal)) from None


def _compare(
    session: Session, folder_slates: list[slates.Slate], counts: rules.Counts
) -> tuple[list[Problem], list[slates.Slate]]:
    known = queries.imported_grades(session, [slate.name for slate in folder_slates])
    notes, fresh = [], []
    for slate in folder_slates:
        if slate.name not in known:
            fate = "created"
            fresh.append(slate)
        elif known[slate.name] == slate.grades():
            fate = "matched"
        else:
            fate = "skipped"
            why = f"the slate {slate.name} was imported before with other items or grades; it stays as it is"
            notes.append(Problem("decisions.csv", 1, "slate", why))
        for kind, size in slate.sizes().items():
            counts[kind][fate] += size
    return notes, fresh


def _left_out(history: History, folder_slates: list[slates.Slate]) -> list[Problem]:
    notes = []
    rated = {OVERALL}.union(*(slate.attributes() for slate in folder_slates))
    for name, weight in history.weights.items():
        if weight < 0:
            notes.append(Problem("weights.csv", 1, name, "a weight below 0 cannot be kept"))
        elif name not in rated:
            notes.append(Problem("weights.csv", 1, name, "nothing was rated under this name, its weight is left out"))
    return notes


def _store(session: Session, planned: ImportPlan, state: ImportState, act: Moment) -> ImportBatch:
    batch = planned.batch
    batch.state, batch.by_id, batch.created_at = state, act.actor_id, act.now
    session.add(batch)
    session.flush()
    return batch


def keep_plan(session: Session, *, planned: ImportPlan, act: Moment) -> ImportBatch:
    """Remember a dry run, so that it can be read again; none of its rows is made."""
    batch = _store(session, planned, ImportState.PLANNED, act)
    audit.record(session, action=AuditAction.IMPORT_PLANNED, subject=batch, act=act)
    return batch


def apply(
    session: Session, *, planned: ImportPlan, act: Moment, progress: Callable[[str], None] | None = None
) -> ImportBatch:
    """Make what was planned. The same content a second time answers with the import that stands and changes nothing."""
    if planned.earlier is not None:
        return planned.earlier
    batch = _store(session, planned, ImportState.APPLIED, act)
    if planned.fresh:
        if progress:
            progress(f"Storing {len(planned.fresh)} decisions.")
        bulk = BulkInsert(session, act.now)
        insert_slates(bulk, planned.fresh, weights=planned.weights, actor_id=act.actor_id)
        note_rows(bulk, batch)
        daily_count.schedule_shortly(session, moment=act)
    created = {kind: fates["created"] for kind, fates in batch.counts.items()}
    audit.record(session, action=AuditAction.IMPORT_APPLIED, subject=batch, act=act, created=created)
    return batch


def apply_kept(session: Session, *, batch: ImportBatch, planned: ImportPlan, act: Moment) -> ImportBatch:
    """Make an import that was looked at before, from the same file.

    Raises:
        Conflict: the import is not one that was only looked at.
        RuleBroken: the file is another one.
    """
    if batch.state != ImportState.PLANNED:
        raise Conflict(f"Import {batch.id} is {batch.state.value}. Look at the file anew to bring it in.")
    if planned.batch.content_digest != batch.content_digest:
        raise RuleBroken.at("file", OTHER_FILE)
    return apply(session, planned=planned, act=act)


def undo(session: Session, *, batch: ImportBatch, act: Moment) -> ImportBatch:
    """Take away everything that an import made. Raises Conflict with the list when some of it was changed since."""
    if batch.state != ImportState.APPLIED:
        raise Conflict(f"Import {batch.id} is {batch.state.value}. Only an applied import can be undone.")
    changed = rollback.changed_since(session, batch)
    if changed:
        summary = ", ".join(changed[:5]) + (" and others" if len(changed) > 5 else "")  # noqa: PLR2004  # a line's worth
        raise Conflict(
            f"Import {batch.id} was not undone: {len(changed)} rows were changed since ({summary}).",
            errors={"rows": changed[: rollback.MOST_NAMED]},
        )
    rollback.delete_imported(session, batch)
    batch.state = ImportState.UNDONE
    audit.record(session, action=AuditAction.IMPORT_UNDONE, subject=batch, act=act)
    return batch

"""What the pages of imports show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from recruiter.exchange.models import DroppedColumn, ImportBatch, ImportState
from recruiter.exchange.rules import FATES, KINDS
from recruiter.learning.history.csv_table import ProblemRow
from recruiter.web.exchange.forms import UndoForm, UploadForm

SHOWN_PROBLEMS = 200
FORMATS = {"history": "History folder"}
STATES = {
    ImportState.PLANNED: ("Looked at", "info"),
    ImportState.APPLIED: ("Brought in", "ok"),
    ImportState.UNDONE: ("Taken back", ""),
    ImportState.REFUSED: ("Refused", "late"),
}
Crumbs = list[tuple[str, str | None]]


@dataclass(frozen=True)
class ImportItem:
    """One import in the list."""

    batch: ImportBatch
    format: str
    state: str
    tone: str
    totals: dict[str, int]

    @property
    def planned(self) -> bool:
        """Whether nothing has been made of it yet."""
        return self.batch.state == ImportState.PLANNED

    @property
    def applied(self) -> bool:
        """Whether it stands."""
        return self.batch.state == ImportState.APPLIED

    @property
    def undone(self) -> bool:
        """Whether it was taken back."""
        return self.batch.state == ImportState.UNDONE


@dataclass(frozen=True)
class ListPage:
    """The imports, newest first, and the form of a new one."""

    title: str
    imports: Sequence[ImportItem]
    next: str | None
    form: UploadForm
    problem: str


@dataclass(frozen=True)
class ImportPage:
    """One import: what it makes, what it leaves out and why."""

    title: str
    breadcrumbs: Crumbs
    item: ImportItem
    counts: list[tuple[str, list[int]]]
    problems: list[ProblemRow]
    more_problems: int
    dropped: list[DroppedColumn]
    same: ImportBatch | None
    form: UploadForm
    problem: str


@dataclass(frozen=True)
class UndoPage:
    """Before an import is taken back."""

    title: str
    breadcrumbs: Crumbs
    item: ImportItem
    counts: list[tuple[str, list[int]]]
    form: UndoForm
    problem: str
    rows: list[str]


def import_item(batch: ImportBatch) -> ImportItem:
    """An import with its totals over all kinds."""
    state, tone = STATES[batch.state]
    totals = {fate: sum(int(row.get(fate, 0)) for row in batch.counts.values()) for fate in FATES}
    return ImportItem(batch, FORMATS.get(batch.format, batch.format), state, tone, totals)


def counts_of(batch: ImportBatch) -> list[tuple[str, list[int]]]:
    """The kinds of which there is something, each with its figures."""
    rows = [
        (kind.replace("_", " ").capitalize(), [int(batch.counts.get(kind, {}).get(fate, 0)) for fate in FATES])
        for kind in KINDS
    ]
    return [row for row in rows if any(row[1])]


def _breadcrumbs(batch: ImportBatch, *more: str) -> Crumbs:
    own = url_for("exchange.show", batch_id=batch.id) if more else None
    return [("Import", url_for("exchange.index")), (f"Import {batch.id}", own), *((title, None) for title in more)]


def import_page(batch: ImportBatch, *, same: ImportBatch | None, form: UploadForm, problem: str) -> ImportPage:
    """One import; of very many problems the first are shown."""
    return ImportPage(
        title=f"Import {batch.id}",
        breadcrumbs=_breadcrumbs(batch),
        item=import_item(batch),
        counts=counts_of(batch),
        problems=batch.problems[:SHOWN_PROBLEMS],
        more_problems=max(len(batch.problems) - SHOWN_PROBLEMS, 0),
        dropped=batch.dropped_columns,
        same=same if same is not None and same.id != batch.id else None,
        form=form,
        problem=problem,
    )


def undo_page(batch: ImportBatch, *, form: UndoForm, problem: str, rows: list[str]) -> UndoPage:
    """What would be taken away, and what stands in the way of it."""
    return UndoPage(
        title=f"Take back import {batch.id}",
        breadcrumbs=_breadcrumbs(batch, "Take back"),
        item=import_item(batch),
        counts=counts_of(batch),
        form=form,
        problem=problem,
        rows=rows,
    )

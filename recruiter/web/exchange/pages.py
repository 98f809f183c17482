"""What the pages of imports show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from recruiter.exchange.models import ImportBatch, ImportState
from recruiter.exchange.rules import FATES, KINDS
from recruiter.learning.history.csv_table import ProblemRow
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.layout.form_page import FormPage

SHOWN_PROBLEMS = 200  # of very many the first are shown
FORMATS = {"history": "History folder"}
STATES = {
    ImportState.PLANNED: ("Looked at", "info"),
    ImportState.APPLIED: ("Brought in", "ok"),
    ImportState.UNDONE: ("Taken back", ""),
    ImportState.REFUSED: ("Refused", "late"),
}


@dataclass(frozen=True)
class ImportItem:
    """One import, in the list and on its own page."""

    batch: ImportBatch

    @property
    def format(self) -> str:
        """What it came as."""
        return FORMATS.get(self.batch.format, self.batch.format)

    @property
    def state(self) -> str:
        """How it stands, in words."""
        return STATES[self.batch.state][0]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return STATES[self.batch.state][1]

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

    @property
    def counts(self) -> list[tuple[str, list[int]]]:
        """The kinds of which there is something, each with its figures."""
        figures = {kind: self.batch.counts.get(kind, {}) for kind in KINDS}
        rows = [
            (kind.replace("_", " ").capitalize(), [int(by_fate.get(fate, 0)) for fate in FATES])
            for kind, by_fate in figures.items()
        ]
        return [row for row in rows if any(row[1])]

    @property
    def totals(self) -> dict[str, int]:
        """The figures over all kinds."""
        return {fate: sum(int(row.get(fate, 0)) for row in self.batch.counts.values()) for fate in FATES}

    @property
    def problems(self) -> list[ProblemRow]:
        """What it leaves out, and why."""
        return self.batch.problems[:SHOWN_PROBLEMS]

    @property
    def more_problems(self) -> int:
        """How many more there are."""
        return max(len(self.batch.problems) - SHOWN_PROBLEMS, 0)


@dataclass(frozen=True)
class ListPage(FormPage):
    """The imports, newest first, and the form of a new one."""

    imports: Sequence[ImportItem]
    next: str | None


@dataclass(frozen=True)
class ImportPage(FormPage):
    """One import: what it makes, what it leaves out and why; `same` is another that brought the same file in before."""

    item: ImportItem
    same: ImportBatch | None


@dataclass(frozen=True)
class UndoPage(FormPage):
    """Before an import is taken back; `rows` stand in the way of it."""

    item: ImportItem
    rows: list[str]


def breadcrumbs(batch: ImportBatch, *below: str) -> Crumbs:
    """All imports, this one, then what is done to it."""
    own = url_for("exchange.show", batch_id=batch.id) if below else None
    return [("Import", url_for("exchange.index")), (f"Import {batch.id}", own), *((title, None) for title in below)]

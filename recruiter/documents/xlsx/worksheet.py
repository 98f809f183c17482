"""A sheet of the workbook of a case, written row by row: rows as high as their words, heads over their figures, ready to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from recruiter.documents.layout.layout_plan import outline
from recruiter.documents.layout.summary import width
from recruiter.documents.layout.value_text import is_money, number, parted_among, places
from recruiter.documents.model import Amount, CaseDocument

Property = str | int | float | bool
LONGEST = 32_000  # a cell holds 32,767 characters
PAPER_CODES = {"a4": 9, "letter": 1}
LINE, TALLEST = 15.0, 405.0  # points of a line; no row is higher in any program
DENSE = 1.02  # letters of running text to a unit of width, words broken
FIGURES, NARROW = 2, 30  # the column that holds figures, where it is no wider


@dataclass(frozen=True)
class Computed:
    """A figure that the workbook computes from others; the amount is what it shows until it does."""

    formula: str
    amount: Amount


Value = Computed | Amount | dt.date | int | str  # what a cell can hold


def code_of(amount: Amount, parted: frozenset[str]) -> str:
    """The number format: money with decimals only where some amount of its currency has them (`parted`)."""
    digits = places(amount) if not is_money(amount) or amount.unit in parted else 0
    return "#,##0" + ("." + "0" * digits if digits else "")


def amounts_of(document: CaseDocument) -> Iterable[Amount]:
    """Every amount that the first sheet shows."""
    yield from (document.ask, document.excess)
    for section in document.sections:
        yield from section.figures
        yield from (
            side for change in section.changes for side in (change.before, change.now) if isinstance(side, Amount)
        )
    yield from (decision.amount for decision in document.decisions if decision.amount)


class Worksheet:
    """A worksheet that is written row by row; text stays text whatever it starts with."""

    def __init__(self, book: Workbook, name: str, widths: tuple[int, ...], document: CaseDocument) -> None:
        self.book, self.sheet, self.row, self.widths = book, book.add_worksheet(name), 0, widths
        self.formats: dict[str, Format] = {}
        self.parted = parted_among(amounts_of(document))
        for column, wide in enumerate(widths):
            self.sheet.set_column(column, column, wide)
        self.sheet.set_paper(PAPER_CODES[document.paper])
        self.sheet.set_landscape()
        self.sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        self.sheet.fit_to_pages(1, 0)
        plan = outline(document)
        self.sheet.set_header(
            f"&L{_escaped(plan.number)} version {plan.version}" + ("&C&36&KD8B4B2DRAFT" if plan.draft else "")
        )
        self.sheet.set_footer(f"&L{_escaped(plan.mark)}&RPage &P of &N")

    def style(self, **properties: Property) -> Format:
        """A format, made once."""
        key = repr(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top", **properties})
        return self.formats[key]

    def head(self, *names: str, right: Sequence[int] = ()) -> None:
        """A row of column names, those over figures set to the right."""
        for column, name in enumerate(names):
            alignment = self._apart(column) if column not in right else {"align": "right"}
            style = self.style(**{"align": "left", **alignment}, bold=True, bottom=1)
            self.sheet.write_string(self.row, column, name, style)
        self.row += 1

    def stays(self) -> None:
        """The row above stays in sight, and stands on every printed page."""
        self.sheet.freeze_panes(self.row, 0)
        self.sheet.repeat_rows(self.row - 1)

    def line(self, *values: Value, **style: Property) -> None:
        """A row as high as its words; what is too long for a cell goes on in the row below."""
        rest: list[Value] = [""] * len(values)
        lines = 1
        for column, value in enumerate(values):
            if isinstance(value, str) and len(value) > LONGEST:
                rest[column] = value[LONGEST:]
                value = value[:LONGEST]  # noqa: PLW2901  # the row holds the beginning
            self._cell(column, value, style)
            if isinstance(value, str) and style.get("text_wrap", True):
                lines = max(lines, self._lines(column, value))
        if lines > 1:  # not every program fits rows to their words
            self.sheet.set_row(self.row, min(lines * LINE, TALLEST))
        self.row += 1
        if any(rest):
            self.line(*rest, **style)

    def _lines(self, column: int, text: str) -> int:
        room = self.widths[column] * DENSE if column < len(self.widths) else 8
        return sum(max(-(-width(line) // int(room)), 1) for line in text.split("\n"))

    def _cell(self, column: int, value: Value, properties: dict[str, Property]) -> None:
        if isinstance(value, Computed):
            style = self.style(num_format=code_of(value.amount, self.parted), **properties)
            self.sheet.write_formula(self.row, column, value.formula, style, float(number(value.amount)))
        elif isinstance(value, Amount):
            style = self.style(num_format=code_of(value, self.parted), **properties)
            self.sheet.write_number(self.row, column, float(number(value)), style)
        elif isinstance(value, dt.date):
            style = self.style(num_format="d mmm yyyy", align="left", **properties)
            self.sheet.write_datetime(self.row, column, value, style)
        elif isinstance(value, int):
            self.sheet.write_number(self.row, column, value, self.style(num_format="0", **properties))
        elif value:
            self.sheet.write_string(
                self.row, column, value, self.style(**{"text_wrap": True, **self._apart(column), **properties})
            )

    def _apart(self, column: int) -> dict[str, Property]:
        """Words right of a figure keep away from it."""
        figures = column > FIGURES and self.widths[FIGURES] <= NARROW
        return {"align": "left", "indent": 1} if figures else {}


def _escaped(text: str) -> str:
    return text.replace("&", "&&")

"""A case as a workbook: figures as numbers, claims as rows, all words."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from recruiter.documents import formulas
from recruiter.documents.model import Amount, CaseDocument
from recruiter.documents.outline import outline, summary_figures
from recruiter.documents.wording import day, is_money, number, places, sentence

LONGEST = 32_000  # a cell holds 32,767 characters
PAPER_CODES = {"a4": 9, "letter": 1}
COMPUTED = {
    "Excess as a share of the band maximum": formulas.SHARE,
    "Compa-ratio": formulas.COMPA,
    "Range penetration": formulas.PENETRATION,
}
FIRST_YEAR = 1901  # the calendar of workbooks begins
SAFE = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}


@dataclass(frozen=True)
class Computed:
    """A figure that the workbook computes from others; the amount is what it shows until it does."""

    formula: str
    amount: Amount


def _code(amount: Amount) -> str:
    digits = places(amount)
    return "#,##0" + ("." + "0" * digits if digits else "")


class _Sheet:
    """A worksheet that is written row by row; text stays text whatever it starts with."""

    def __init__(self, book: Any, name: str, widths: tuple[int, ...], document: CaseDocument) -> None:
        self.book, self.sheet, self.row = book, book.add_worksheet(name), 0
        self.formats: dict[str, Any] = {}
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_paper(PAPER_CODES[document.paper])
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        plan = outline(document)
        self.sheet.set_header(
            f"&L{_escaped(plan.number)} version {plan.version}" + ("&C&36&KD8B4B2DRAFT" if plan.draft else "")
        )
        self.sheet.set_footer(f"&L{_escaped(plan.mark)}&RPage &P of &N")

    def style(self, **wanted: Any) -> Any:
        """A format, made once."""
        known = repr(sorted(wanted.items()))
        if known not in self.formats:
            self.formats[known] = self.book.add_format({"valign": "top", **wanted})
        return self.formats[known]

    def head(self, *names: str) -> None:
        """A row of column names."""
        self.line(*names, bold=True, bottom=1)

    def line(self, *values: Any, **wanted: Any) -> None:
        """A row; what is too long for a cell goes on in the row below."""
        rest: list[Any] = [""] * len(values)
        for column, value in enumerate(values):
            if isinstance(value, str) and len(value) > LONGEST:
                rest[column] = value[LONGEST:]
                value = value[:LONGEST]  # noqa: PLW2901  # the row holds the beginning
            self._cell(column, value, wanted)
        self.row += 1
        if any(rest):
            self.line(*rest, **wanted)

    def _cell(self, column: int, value: Any, wanted: dict[str, Any]) -> None:
        if isinstance(value, Computed):
            style, shown = self.style(num_format=_code(value.amount), **wanted), float(number(value.amount))
            self.sheet.write_formula(self.row, column, value.formula, style, shown)
        elif isinstance(value, Amount):
            style = self.style(num_format=_code(value), **wanted)
            self.sheet.write_number(self.row, column, float(number(value)), style)
        elif isinstance(value, dt.date):
            self.sheet.write_datetime(
                self.row, column, value, self.style(num_format="d mmm yyyy", align="left", **wanted)
            )
        elif isinstance(value, int):
            self.sheet.write_number(self.row, column, value, self.style(num_format="0", **wanted))
        elif value:
            self.sheet.write_string(self.row, column, value, self.style(text_wrap=True, **wanted))


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def _dated(text: str | None) -> dt.date | str:
    found = day(text)
    return found if found and found.year >= FIRST_YEAR else text or ""


def _unit(amount: Amount) -> str:
    return amount.unit if is_money(amount) else ""


def _kind(amount: Amount) -> str:
    return "" if is_money(amount) else amount.unit


def _figures(sheet: _Sheet, document: CaseDocument, caption: str) -> None:
    """Every figure as a number; what follows from others as a formula, with the value that stands on record."""
    sheet.head("Section", "Figure", "Value", "Currency", "Unit")
    found = [(caption, one) for one in summary_figures(document)]
    for section in document.sections:
        found += [(section.title, one) for one in section.figures if section.name != "ask"]
    known: dict[str, Amount] = {}
    rows: dict[str, int] = {}
    for row, (_, figure) in enumerate(found, start=sheet.row + 1):
        if figure.label not in known:
            known[figure.label], rows[figure.label] = figure, row

    def cell(label: str) -> str:
        return f"C{rows[label]}"

    for title, figure in found:
        one = formulas.formula_of(figure.label, known) if known[figure.label] is figure else None
        value = Computed(f"={one.written(cell)}", figure) if one else figure
        sheet.line(title, figure.label, value, _unit(figure), _kind(figure))
    for label, one in COMPUTED.items():
        share = one.value(known) if label not in known and all(name in known for name in one.labels) else None
        if share is not None:
            ratio = Amount(label, float(share), "ratio")
            sheet.line("Computed from the figures above", label, Computed(f"={one.written(cell)}", ratio), "", "ratio")


def _changes(sheet: _Sheet, document: CaseDocument) -> None:
    """What differs from the case before, figures as numbers."""
    found = [one for section in document.sections for one in section.changes]
    if not found:
        return
    sheet.row += 1
    sheet.head("Changed", "What", document.follows, "Now", "Unit")
    for one in found:
        known = next((side for side in (one.now, one.before) if isinstance(side, Amount)), None)
        sides = ((_dated(side) if isinstance(side, str) else side or "") for side in (one.before, one.now))
        sheet.line(sentence(one.section), one.label, *sides, known.unit if known else "")


def _summary(book: Any, document: CaseDocument) -> None:
    plan = outline(document)
    sheet = _Sheet(book, "Summary", (30, 44, 18, 11, 11), document)
    sheet.line(plan.kicker, bold=True)
    facts: tuple[tuple[str, Any], ...] = (
        ("Case", document.number),
        ("Version", document.version),
        ("State", plan.state),
        ("SHA-256", document.sha256 or plan.mark),
        ("Candidate", document.candidate),
        ("Role", document.title),
        ("Requisition", document.requisition),
        ("Level", document.level),
        ("Place", document.location),
        ("Asked for by", document.requester),
        ("Created on", _dated(document.created_on)),
        ("Submitted on", _dated(document.submitted_on)),
        ("Decision needed by", _dated(document.needed_by)),
        ("Pay interval", document.band.interval),
    )
    for name, value in facts:
        if isinstance(value, int):
            sheet.line(name, value, align="left")
        elif value:
            sheet.line(name, value)
    sheet.row += 1
    _figures(sheet, document, plan.costs.caption)
    _changes(sheet, document)
    if document.decisions:
        sheet.row += 1
        sheet.head("Decision", "Words", "Amount", "Currency", "On", "By")
        for one in document.decisions:
            code = one.amount.unit if one.amount else ""
            sheet.line(sentence(one.decision), one.comment, one.amount or "", code, _dated(one.at), one.by)


def _finalists(book: Any, document: CaseDocument) -> None:
    """The scores of the slate with their ranges, as numbers; no sheet where there is no ranking."""
    plot = next((one.plot for one in document.sections if one.plot is not None), None)
    if plot is None:
        return
    sheet = _Sheet(book, "Finalists", (34, 10, 10, 12, 12, 12, 12), document)
    sheet.head("Finalist", "Place", "Score of 5", "90 %, from", "90 %, to", "50 %, from", "50 %, to")
    for one in plot.rows:
        numbers = (Amount("", value, "points") for value in (one.score, one.low, one.high, one.low50, one.high50))
        sheet.line(one.name, one.place, *numbers)
    if plot.bar is not None:
        sheet.line("The bar", "", Amount("", plot.bar, "points"))
    sheet.line(f"By {plot.basis}.", italic=True)


def _evidence(book: Any, document: CaseDocument) -> None:
    sheet = _Sheet(book, "Evidence", (8, 26, 70, 34, 22, 13, 8, 24), document)
    sheet.head("No.", "Section", "Statement", "Source", "By", "On", "Count", "Period")
    sheet.sheet.freeze_panes(1, 0)
    for index, section in enumerate(document.sections, start=1):
        for place, claim in enumerate(section.claims, start=1):
            count: Any = "" if claim.count is None else claim.count
            words = claim.statement, claim.source, claim.by or "", _dated(claim.at), count, claim.period or ""
            sheet.line(f"{index}.{place}", section.title, *words)


def _text(book: Any, document: CaseDocument) -> None:
    sheet = _Sheet(book, "Text", (8, 30, 110), document)
    sheet.head("No.", "Section", "Text")
    sheet.sheet.freeze_panes(1, 0)
    for index, section in enumerate(document.sections, start=1):
        sheet.line(str(index), section.title, section.text)


def render(document: CaseDocument) -> bytes:
    """The bytes of the workbook: sheets Summary, Evidence and Text, and Finalists where there is a ranking."""
    import xlsxwriter  # loads slowly

    made = io.BytesIO()
    plan = outline(document)
    dated = dt.datetime.combine(day(plan.date) or dt.date(2000, 1, 1), dt.time())
    with xlsxwriter.Workbook(made, SAFE) as book:
        book.set_properties(
            {
                "title": plan.title[:255],
                "subject": plan.kicker,
                "author": plan.requester[:255],
                "status": plan.state,
                "comments": plan.mark if plan.draft else f"SHA-256 {plan.seal}",
                "created": dated,
            }
        )
        _summary(book, document)
        _evidence(book, document)
        _text(book, document)
        _finalists(book, document)
    return made.getvalue()

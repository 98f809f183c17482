"""A case as a workbook: figures as numbers, claims as rows, all words."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

from xlsxwriter import Workbook

from recruiter.documents.layout.layout_plan import outline, summary_figures
from recruiter.documents.layout.value_text import day, file_date, is_money, sentence
from recruiter.documents.model import Amount, CaseDocument
from recruiter.documents.xlsx.table_workbook import SAFE
from recruiter.documents.xlsx.worksheet import Computed, Value, Worksheet
from recruiter.foundation.money import quotient

KEY = re.compile(r"\[(\w+)\]")
BAND_WIDTH = "[band_maximum]-[band_minimum]"
RATIO = 10_000  # parts of one, so many decimals a ratio has
FIRST_YEAR = 1901  # the calendar of workbooks begins


def _as_date(text: str | None) -> dt.date | str:
    date = day(text)
    return date if date and date.year >= FIRST_YEAR else text or ""


def _ratios(document: CaseDocument) -> Iterator[Amount]:
    """How the request lies in its band, worked out for the workbook where the case has no such figures."""
    ask, band = int(document.ask.value), document.band
    ratios = (
        ("Excess as a share of the band maximum", ask - band.max, band.max, "[excess]/[band_maximum]"),
        ("Compa-ratio", ask, band.mid, "[asked_base]/[band_midpoint]"),
        ("Range penetration", ask - band.min, band.max - band.min, f"([asked_base]-[band_minimum])/({BAND_WIDTH})"),
    )
    for label, part, whole, formula in ratios:
        if whole:
            yield Amount(label, quotient(part * RATIO, whole) / RATIO, "ratio", formula=f"ROUND({formula},4)")


def _figures(sheet: Worksheet, document: CaseDocument, caption: str) -> None:
    """Every figure as a number; what follows from others as a formula, with the value that stands on record."""
    sheet.head("Section", "Figure", "Value", "Currency", "Unit", right=(2,))
    figures = [(caption, figure) for figure in summary_figures(document)]
    for section in document.sections:
        figures += [(section.title, figure) for figure in section.figures if section.name != "ask"]
    keys = {figure.key for _, figure in figures}
    figures += [("Computed from the figures above", ratio) for ratio in _ratios(document) if ratio.key not in keys]
    cells: dict[str, str] = {}
    for row, (_, figure) in enumerate(figures, start=sheet.row + 1):
        cells.setdefault(figure.key, f"C{row}")
    for title, figure in figures:
        value: Value = figure
        needed = KEY.findall(figure.formula)
        if needed and all(key in cells for key in needed):
            value = Computed("=" + KEY.sub(lambda key: cells[key[1]], figure.formula), figure)
        currency, unit = (figure.unit, "") if is_money(figure) else ("", figure.unit)
        sheet.line(title, figure.label, value, currency, unit)


def _changes(sheet: Worksheet, document: CaseDocument) -> None:
    """What differs from the case before, figures as numbers."""
    changes = [change for section in document.sections for change in section.changes]
    if not changes:
        return
    sheet.row += 1
    sheet.head("Changed", "What", document.follows, "Now", "Unit", right=(2, 3))
    for change in changes:
        figure = next((side for side in (change.now, change.before) if isinstance(side, Amount)), None)
        sides = ((_as_date(side) if isinstance(side, str) else side or "") for side in (change.before, change.now))
        sheet.line(sentence(change.section), change.label, *sides, figure.unit if figure else "")


def _summary(book: Workbook, document: CaseDocument) -> None:
    plan = outline(document)
    sheet = Worksheet(book, "Summary", (34, 46, 19, 13, 13, 24), document)
    sheet.line(plan.kicker, bold=True, text_wrap=False)
    facts: tuple[tuple[str, Value], ...] = (
        ("Case", document.number),
        ("Version", document.version),
        ("State", plan.state),
        ("Approved up to", document.decided or ""),
        ("SHA-256", document.sha256 or plan.mark),
        ("Candidate", document.candidate),
        ("Role", document.title),
        ("Requisition", document.requisition),
        ("Level", document.level),
        ("Place", document.location),
        ("Asked for by", document.requester),
        ("Created on", _as_date(document.created_on)),
        ("Submitted on", _as_date(document.submitted_on)),
        ("Decision needed by", _as_date(document.needed_by)),
        ("Pay interval", document.band.interval),
    )
    for name, value in facts:
        if isinstance(value, int):
            sheet.line(name, value, align="left")
        elif value:
            sheet.line(name, value, **({"text_wrap": False} if name == "SHA-256" else {}))
    sheet.row += 1
    _figures(sheet, document, plan.costs.caption)
    _changes(sheet, document)
    if document.decisions:
        sheet.row += 1
        sheet.head("Decision", "Words", "Amount", "Currency", "On", "By", right=(2,))
        for decision in document.decisions:
            amount: tuple[Value, str] = (decision.amount, decision.amount.unit) if decision.amount else ("", "")
            verdict, when = sentence(decision.decision), _as_date(decision.at)
            sheet.line(verdict, decision.comment, *amount, when, decision.by)


def _finalists(book: Workbook, document: CaseDocument) -> None:
    """The scores of the slate with their ranges, as numbers; no sheet where there is no ranking."""
    plot = next((section.plot for section in document.sections if section.plot is not None), None)
    if plot is None:
        return
    sheet = Worksheet(book, "Finalists", (38, 10, 12, 12, 12, 12, 12), document)
    sheet.head("Finalist", "Place", "Score of 5", "90 %, from", "90 %, to", "50 %, from", "50 %, to", right=range(2, 7))
    for score in plot.rows:
        sheet.line(score.name, score.place, *(Amount("", value, "points") for value in score.values))
    if plot.bar is not None:
        sheet.line("The bar", "", Amount("", plot.bar, "points"))
    sheet.line(f"By {plot.basis}.", italic=True, text_wrap=False)


def _evidence(book: Workbook, document: CaseDocument) -> None:
    sheet = Worksheet(book, "Evidence", (6, 22, 60, 28, 18, 12, 8, 18), document)
    sheet.head("No.", "Section", "Statement", "Source", "By", "On", "Count", "Period", right=(6,))
    sheet.stays()
    for index, section in enumerate(document.sections, start=1):
        for place, claim in enumerate(section.claims, start=1):
            count: Value = "" if claim.count is None else claim.count
            cells = claim.statement, claim.source, claim.by or "", _as_date(claim.at), count, claim.period or ""
            sheet.line(f"{index}.{place}", section.title, *cells)


def _text(book: Workbook, document: CaseDocument) -> None:
    sheet = Worksheet(book, "Text", (6, 32, 98), document)
    sheet.head("No.", "Section", "Text")
    sheet.stays()
    for index, section in enumerate(document.sections, start=1):
        sheet.line(str(index), section.title, section.text)


def render(document: CaseDocument) -> bytes:
    """The bytes of the workbook: sheets Summary, Evidence and Text, and Finalists where there is a ranking."""
    output = io.BytesIO()
    plan = outline(document)
    with Workbook(output, SAFE) as book:
        comments = plan.mark if plan.draft else f"SHA-256 {plan.seal}"
        heading = {"title": plan.title[:255], "subject": plan.kicker, "author": plan.requester[:255]}
        book.set_properties({**heading, "status": plan.state, "comments": comments, "created": file_date(plan.date)})
        _summary(book, document)
        _evidence(book, document)
        _text(book, document)
        _finalists(book, document)
    return output.getvalue()

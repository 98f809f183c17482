"""Tables of a Word document: columns as wide as their words need, a head that repeats, lines below rows alone."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from recruiter.documents.docx.text_runs import heard
from recruiter.documents.layout.section_view import Table
from recruiter.documents.layout.summary import width

if TYPE_CHECKING:
    from docx.document import Document

MOST, LEAST = 60, 7  # letters that a column is reckoned with
PAIR = 0.68  # of the page, for a name and its figure: the eye goes along no farther
MARGIN = 1.9 * 2  # millimetres beside the words of a cell
SEAL = re.compile("[0-9a-f]{64}")  # in smaller letters, so that it stands in one line
LETTER = 2.2  # millimetres that a letter of 9.5 points takes


def shares(head: Sequence[str], rows: Sequence[Sequence[str]], room: float, *, numeric: bool) -> list[float]:
    """The widths of columns in millimetres: figures and dates take what they need, words share the rest by their length."""
    lines = [head, *rows]
    longest = [max(width(line[column]) for line in lines) for column in range(len(head))]
    needed = [max(min(one, MOST), LEAST) * LETTER + MARGIN for one in longest]
    if sum(needed) <= room:
        wide = 0 if numeric else len(needed) - 1
        return [one + (room - sum(needed) if place == wide else 0) for place, one in enumerate(needed)]
    words = {place for place, one in enumerate(needed) if one > room / len(needed)}
    left = room - sum(one for place, one in enumerate(needed) if place not in words)
    weight = {place: math.sqrt(longest[place]) for place in words}
    return [left * weight[place] / sum(weight.values()) if place in words else one for place, one in enumerate(needed)]


def put(made: Document, given: Table, room: float, *, caption: bool = True) -> None:
    """A table on a page with so much room, in millimetres."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    if caption:
        made.add_paragraph(given.caption, style="Caption").paragraph_format.keep_with_next = True
    pair = given.numeric and len(given.head) == 2  # noqa: PLR2004  # a name and its figure
    widths = shares(given.head, given.rows, room * PAIR if pair else room, numeric=given.numeric)
    table = made.add_table(rows=0, cols=len(given.head))
    table.style, table.autofit = made.styles["Table Grid"], False
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Mm(wide)
    for index, row in enumerate((given.head, *given.rows)):
        line = table.add_row()
        properties = line._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no header rows
        properties.append(OxmlElement("w:cantSplit"))
        if index == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for column, (cell, words, wide) in enumerate(zip(line.cells, row, widths, strict=True)):
            cell.width = Mm(wide)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = index == 0
            run = paragraph.add_run(words)
            run.font.size, run.font.bold = Pt(8.5 if SEAL.fullmatch(words) else 9.5), index == 0
            heard(paragraph)
            if column and given.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _lined(table, qn, OxmlElement)


def _lined(table: Any, qn: Any, element: Any) -> None:
    borders = element("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line_of = element(f"w:{edge}")
        line_of.set(qn("w:val"), "single" if edge in {"bottom", "insideH"} else "nil")
        line_of.set(qn("w:sz"), "4")
        line_of.set(qn("w:color"), "CFC9BB")
        borders.append(line_of)
    properties = table._tbl.tblPr  # noqa: SLF001  # python-docx sets no borders
    after = next((one for one in properties if one.tag in {qn("w:tblLayout"), qn("w:tblLook")}), None)
    if after is None:
        properties.append(borders)
    else:
        after.addprevious(borders)  # Word reads the properties in one order only

"""Tables of a Word document: columns as wide as their words need, a head that repeats, lines below rows alone."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm, Pt

from recruiter.documents.docx.text_runs import element, mark_right_to_left
from recruiter.documents.layout.section_view import Table
from recruiter.documents.layout.summary import width

MOST, LEAST = 60, 7  # letters that a column is reckoned with
PAIR = 0.68  # of the page, for a name and its figure: the eye goes along no farther
MARGIN = 1.9 * 2  # millimetres beside the words of a cell
SEAL = re.compile("[0-9a-f]{64}")  # in smaller letters, so that it stands in one line
LETTER = 2.2  # millimetres that a letter of 9.5 points takes


def column_widths(head: Sequence[str], rows: Sequence[Sequence[str]], room: float, *, numeric: bool) -> list[float]:
    """The widths of columns in millimetres: figures and dates take what they need, words share the rest by their length."""
    lines = [head, *rows]
    longest = [max(width(line[column]) for line in lines) for column in range(len(head))]
    needed = [max(min(letters, MOST), LEAST) * LETTER + MARGIN for letters in longest]
    if sum(needed) <= room:
        wide = 0 if numeric else len(needed) - 1
        return [need + (room - sum(needed) if place == wide else 0) for place, need in enumerate(needed)]
    word_columns = {place for place, need in enumerate(needed) if need > room / len(needed)}
    room_for_words = room - sum(need for place, need in enumerate(needed) if place not in word_columns)
    weight = {place: math.sqrt(longest[place]) for place in word_columns}
    return [
        room_for_words * weight[column] / sum(weight.values()) if column in word_columns else need
        for column, need in enumerate(needed)
    ]


def add_table(word_document: Document, content: Table, *, caption: bool = True) -> None:
    """A table between the margins of the page."""
    page = word_document.sections[0]
    room = Length((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)).mm
    if caption:
        word_document.add_paragraph(content.caption, style="Caption").paragraph_format.keep_with_next = True
    pair = content.numeric and len(content.head) == 2  # noqa: PLR2004  # a name and its figure
    widths = column_widths(content.head, content.rows, room * PAIR if pair else room, numeric=content.numeric)
    word_table = word_document.add_table(rows=0, cols=len(content.head))
    word_table.style, word_table.autofit = word_document.styles["Table Grid"], False
    for column, wide in zip(word_table.columns, widths, strict=True):
        column.width = Mm(wide)
    for index, row in enumerate((content.head, *content.rows)):
        word_row = word_table.add_row()
        properties = word_row._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no header rows
        properties.append(element("cantSplit"))
        if index == 0:
            properties.append(element("tblHeader"))
        for column, (cell, text, wide) in enumerate(zip(word_row.cells, row, widths, strict=True)):
            cell.width = Mm(wide)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = index == 0
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = Pt(8.5 if SEAL.fullmatch(text) else 9.5), index == 0
            mark_right_to_left(paragraph)
            if column and content.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    lines = [
        element(edge, val="single" if edge in {"bottom", "insideH"} else "nil", sz="4", color="CFC9BB")
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    table_properties: Any = word_table._tbl.tblPr  # noqa: SLF001  # python-docx sets no borders
    table_properties.insert_element_before(element("tblBorders", *lines), "w:tblLayout", "w:tblLook")

"""A case as PDF, tagged for screen readers, set by Typst."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from recruiter.documents.layout.layout_plan import Outline, outline
from recruiter.documents.layout.value_text import file_date
from recruiter.documents.model import PAPERS, CaseDocument
from recruiter.documents.pdf import font_coverage

SOURCE = Path(__file__).with_name("case.typ")
STANDARD: Final = "ua-1"


@dataclass(frozen=True)
class PrintedPdf:
    """A PDF, the accessibility standard that it was checked against, and what it says of letters without a font."""

    data: bytes
    standard: str
    note: str


def _template_input(plan: Outline, known: frozenset[int]) -> tuple[str, str]:
    """What the template reads, every letter of it in some font, and the note about those that were not."""
    chapters = [{**asdict(chapter), "empty": chapter.empty} for chapter in plan.chapters]
    fitted, missing = font_coverage.with_numbers_for_unknown(
        {**asdict(plan), "title": plan.title, "chapters": chapters}, known
    )
    note = font_coverage.note(missing)
    width, height = PAPERS[plan.paper]
    return json.dumps({**fitted, "note": note, "width": width, "height": height}), note


@cache
def fonts() -> Any:
    """Our own fonts alone, so that every machine prints the same; read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_coverage.FOLDER)])


def _compile(template_input: str, moment: int, **output_options: Any) -> Any:
    return typst.compile(
        str(SOURCE),
        root=str(SOURCE.parent),
        font_paths=fonts(),
        sys_inputs={"case": template_input},
        timestamp=moment,
        **output_options,
    )


def _moment(plan: Outline) -> int:
    return int(file_date(plan.date).replace(tzinfo=dt.UTC).timestamp())


def print_pdf(document: CaseDocument) -> PrintedPdf:
    """The document as tagged PDF/UA-1. What no font has is printed as its number; an export never fails for a letter."""
    plan = outline(document)
    moment = _moment(plan)
    # Letters that are in a font, but not together with their marks, are found out by the typesetter alone.
    for known in (font_coverage.letters(), font_coverage.plain()):
        template_input, note = _template_input(plan, known)
        try:
            return PrintedPdf(_compile(template_input, moment, format="pdf", pdf_standards=STANDARD), STANDARD, note)
        except typst.TypstError:
            continue
    template_input, note = _template_input(plan, frozenset())
    return PrintedPdf(_compile(template_input, moment, format="pdf", pdf_standards=STANDARD), STANDARD, note)


def render(document: CaseDocument) -> bytes:
    """The bytes of the PDF."""
    return print_pdf(document).data


def pictures(document: CaseDocument, *, ppi: float) -> list[bytes]:
    """Each page as a PNG of `ppi` pixels an inch, set by the same template."""
    plan = outline(document)
    pages = _compile(_template_input(plan, font_coverage.letters())[0], _moment(plan), format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]

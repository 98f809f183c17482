"""A case as PDF, tagged for screen readers, set by Typst."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from recruiter.documents.layout.layout_plan import Outline, outline
from recruiter.documents.layout.value_text import day
from recruiter.documents.model import PAPERS, CaseDocument
from recruiter.documents.pdf import font_coverage

SOURCE = Path(__file__).with_name("case.typ")
Standard = Literal["ua-1"]
STANDARD: Standard = "ua-1"


@dataclass(frozen=True)
class Printed:
    """A PDF, the accessibility standard that it was checked against, and what it says of letters without a font."""

    data: bytes
    standard: str
    note: str


def _given(plan: Outline, known: frozenset[int]) -> tuple[str, str]:
    """What the template reads, every letter of it in some font, and the note about those that were not."""
    chapters = [{**asdict(one), "empty": one.empty} for one in plan.chapters]
    whole, missing = font_coverage.fitted({**asdict(plan), "title": plan.title, "chapters": chapters}, known)
    said = font_coverage.note(missing)
    width, height = PAPERS[plan.paper]
    return json.dumps({**whole, "note": said, "width": width, "height": height}), said


@cache
def fonts() -> Any:
    """Our own fonts alone, so that every machine prints the same; read once."""
    import typst  # loads slowly

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_coverage.FOLDER)])


def _compiled(given: str, moment: int, **how: Any) -> Any:
    import typst

    return typst.compile(
        str(SOURCE), root=str(SOURCE.parent), font_paths=fonts(), sys_inputs={"case": given}, timestamp=moment, **how
    )


def _moment(plan: Outline) -> int:
    dated = day(plan.date) or dt.date(2000, 1, 1)
    return int(dt.datetime.combine(dated, dt.time(), dt.UTC).timestamp())


def print_pdf(document: CaseDocument) -> Printed:
    """The document as tagged PDF/UA-1. What no font has is printed as its number; an export never fails for a letter."""
    import typst

    plan = outline(document)
    moment = _moment(plan)
    # Letters that are in a font, but not together with their marks, are found out by the typesetter alone.
    for known in (font_coverage.letters(), font_coverage.plain()):
        given, said = _given(plan, known)
        try:
            return Printed(_compiled(given, moment, format="pdf", pdf_standards=STANDARD), STANDARD, said)
        except typst.TypstError:
            continue
    given, said = _given(plan, frozenset())
    return Printed(_compiled(given, moment, format="pdf", pdf_standards=STANDARD), STANDARD, said)


def render(document: CaseDocument) -> bytes:
    """The bytes of the PDF."""
    return print_pdf(document).data


def pictures(document: CaseDocument, *, ppi: float) -> list[bytes]:
    """Each page as a PNG of `ppi` pixels an inch, set by the same template."""
    plan = outline(document)
    made = _compiled(_given(plan, font_coverage.letters())[0], _moment(plan), format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]

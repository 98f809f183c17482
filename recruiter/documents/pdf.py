"""A case as PDF, tagged for screen readers, set by Typst."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from recruiter.documents.model import CaseDocument
from recruiter.documents.outline import Outline, outline
from recruiter.documents.wording import day

SOURCE = Path(__file__).with_name("case.typ")
Standard = Literal["ua-1"]
STANDARD: Standard = "ua-1"


@dataclass(frozen=True)
class Printed:
    """A PDF, and the accessibility standard that it was checked against; None where a letter is in none of our fonts."""

    data: bytes
    standard: str | None


def _given(plan: Outline) -> str:
    chapters = [{**asdict(one), "empty": one.empty} for one in plan.chapters]
    return json.dumps({**asdict(plan), "title": plan.title, "chapters": chapters})


def _compiled(given: str, standard: Standard | None, moment: int) -> bytes:
    import typst  # loads slowly

    return typst.compile(
        str(SOURCE),
        root=str(SOURCE.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"case": given},
        pdf_standards=standard,
        timestamp=moment,
    )


def print_pdf(document: CaseDocument) -> Printed:
    """The document as tagged PDF/UA-1. A letter that no font has cannot be in PDF/UA: then it is tagged all the same, without the mark."""
    import typst

    plan = outline(document)
    given = _given(plan)
    dated = day(plan.date) or dt.date(2000, 1, 1)
    moment = int(dt.datetime.combine(dated, dt.time(), dt.UTC).timestamp())
    try:
        return Printed(_compiled(given, STANDARD, moment), STANDARD)
    except typst.TypstError:
        return Printed(_compiled(given, None, moment), None)


def render(document: CaseDocument) -> bytes:
    """The bytes of the PDF."""
    return print_pdf(document).data

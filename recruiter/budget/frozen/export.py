"""A case as a file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.budget.evidence.types import Content
from recruiter.budget.frozen import assembly
from recruiter.budget.frozen.integrity import check_intact
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus
from recruiter.documents.from_frozen import from_content
from recruiter.documents.model import PAPERS, CaseDocument
from recruiter.foundation.errors import Conflict

HIDDEN_CHECKSUM = "shown when you have sent your scorecard"


@dataclass(frozen=True)
class ExportFile:
    """A file to hand out."""

    name: str
    mimetype: str
    data: bytes


FORMATS = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
SIZES = tuple(PAPERS)
ON_PAPER = frozenset({"pdf", "docx", "xlsx", "html"})
State = tuple[CaseStatus, Sequence[CaseDecision]]


def _printed(document: CaseDocument, form: str) -> bytes:
    """The bytes of a document in one of FORMATS but JSON; each printer is loaded where it is needed, since that is slow."""
    if form == "html":
        from recruiter.documents import html_printer

        return html_printer.render(document).encode()
    if form == "docx":
        from recruiter.documents.docx import docx_printer

        return docx_printer.render(document)
    if form == "xlsx":
        from recruiter.documents.xlsx import xlsx_printer

        return xlsx_printer.render(document)
    from recruiter.documents.pdf import pdf_printer

    return pdf_printer.render(document)


def document_of(
    case: BudgetCase,
    content: Content,
    *,
    zone: dt.tzinfo,
    paper: str = "a4",
    state: State | None = None,
    hide: bool = False,
) -> CaseDocument:
    """A case as a document: content, number, checksum, what was decided, on days of the company's `zone`. `state` is an earlier one, else the present.

    With `hide` the checksum stays away too: who may not read all of the content could try guesses against it.
    """
    draft = case.is_draft
    status, decisions_so_far = state or (case.status, case.decisions)
    decisions = [
        {
            "decision": decision.decision.value,
            "amount": {"amount": decision.amount, "currency": case.currency} if decision.amount is not None else None,
            "comment": decision.comment,
            "by": decision.by.name,
            "at": decision.at.astimezone(zone).isoformat(),
        }
        for decision in decisions_so_far
    ]
    checksum = HIDDEN_CHECKSUM if hide else case.sha256
    sha256 = None if draft else checksum
    return from_content(content, sha256=sha256, status=status.value, decisions=[] if draft else decisions, paper=paper)


def file_bytes(
    case: BudgetCase, content: Content, *, form: str, zone: dt.tzinfo, paper: str = "a4", state: State | None = None
) -> bytes:
    """The bytes of a case in one of FORMATS."""
    if form != "json":
        return _printed(document_of(case, content, zone=zone, paper=paper, state=state), form)
    export = {
        "number": case.number,
        "status": (state or (case.status,))[0].value,
        "sha256": None if case.is_draft else case.sha256,
        "content": content,
    }
    return json.dumps(export, ensure_ascii=False, indent=1).encode()


def _check_findings(case: BudgetCase) -> None:
    """The check of what people wrote, once more with each file: words that it blocks now are in no file but a draft."""
    for finding in assembly.findings(case):
        if finding.is_blocked:
            raise Conflict(f"No file is made of {case.number}: {finding.quoted}. {finding.why}")


def render(case: BudgetCase, content: Content, *, form: str, zone: dt.tzinfo, paper: str = "a4") -> ExportFile:
    """A case in one of FORMATS. The name tells number, the first digits of the checksum once frozen, and the paper if not A4.

    Raises Conflict where the frozen content was altered since, or where it holds words that have no place in a case.
    """
    check_intact(case)
    if not case.is_draft:
        _check_findings(case)
    suffix = "draft" if case.is_draft else str(case.sha256)[:12]
    size = f"-{paper}" if paper != "a4" and form in ON_PAPER else ""
    data = file_bytes(case, content, form=form, zone=zone, paper=paper)
    return ExportFile(f"{case.number}-{suffix}{size}.{form}", FORMATS[form], data)

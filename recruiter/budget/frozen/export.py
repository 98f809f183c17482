"""A case as a file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from recruiter.budget import decided_amounts
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


def _pdf(document: CaseDocument) -> bytes:
    from recruiter.documents.pdf import pdf_printer  # the typesetter loads slowly

    return pdf_printer.render(document)


def _html(document: CaseDocument) -> bytes:
    from recruiter.documents import html_printer

    return html_printer.render(document).encode()


def _docx(document: CaseDocument) -> bytes:
    from recruiter.documents.docx import docx_printer

    return docx_printer.render(document)


def _xlsx(document: CaseDocument) -> bytes:
    from recruiter.documents.xlsx import xlsx_printer

    return xlsx_printer.render(document)


FORMATS: dict[str, tuple[str, Callable[[CaseDocument], bytes] | None]] = {
    "pdf": ("application/pdf", _pdf),
    "html": ("text/html; charset=utf-8", _html),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "json": ("application/json", None),
}
SIZES = tuple(PAPERS)
ON_PAPER = frozenset({"pdf", "docx", "xlsx", "html"})
State = tuple[CaseStatus, Sequence[CaseDecision]]


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
    decided = None if draft else decided_amounts.decided_amount(case, status=status, decisions=decisions_so_far)
    return from_content(
        content,
        sha256=sha256,
        status=status.value,
        decisions=[] if draft else decisions,
        paper=paper,
        decided=asdict(decided) if decided else None,
    )


def file_bytes(
    case: BudgetCase, content: Content, *, form: str, zone: dt.tzinfo, paper: str = "a4", state: State | None = None
) -> bytes:
    """The bytes of a case in one of FORMATS."""
    _, printer = FORMATS[form]
    if printer is not None:
        return printer(document_of(case, content, zone=zone, paper=paper, state=state))
    status, decisions_so_far = state or (case.status, case.decisions)
    decided = decided_amounts.decided_amount(case, status=status, decisions=decisions_so_far)
    export = {
        "number": case.number,
        "status": status.value,
        "decided_amount": asdict(decided) if decided else None,
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
    return ExportFile(f"{case.number}-{suffix}{size}.{form}", FORMATS[form][0], data)

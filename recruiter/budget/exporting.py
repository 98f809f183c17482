"""A case as a file, and whether a file is the frozen one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from recruiter.budget import assembly
from recruiter.budget.models import BudgetCase
from recruiter.budget.rules import OPEN
from recruiter.documents.model import CaseDocument, from_content
from recruiter.foundation.errors import Conflict

HIDDEN_SUM = "shown when you have sent your scorecard"


@dataclass(frozen=True)
class File:
    """A file to hand out."""

    name: str
    mimetype: str
    data: bytes


def _pdf(document: CaseDocument) -> bytes:
    from recruiter.documents import pdf  # the typesetter loads slowly

    return pdf.render(document)


def _html(document: CaseDocument) -> bytes:
    from recruiter.documents import html

    return html.render(document).encode()


def _docx(document: CaseDocument) -> bytes:
    from recruiter.documents import docx

    return docx.render(document)


def _xlsx(document: CaseDocument) -> bytes:
    from recruiter.documents import xlsx

    return xlsx.render(document)


FORMATS: dict[str, tuple[str, Callable[[CaseDocument], bytes] | None]] = {
    "pdf": ("application/pdf", _pdf),
    "html": ("text/html; charset=utf-8", _html),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "json": ("application/json", None),
}


def is_draft(case: BudgetCase) -> bool:
    """Whether a case is still written, so that its files carry a watermark and no checksum."""
    return case.status in OPEN or case.frozen is None


def document_of(case: BudgetCase, content: dict[str, Any], *, hide: bool = False) -> CaseDocument:
    """A case as a document: content, number, checksum, what was decided.

    With `hide` the checksum stays away too: who may not read all of the content could try guesses against it.
    """
    draft = is_draft(case)
    decisions = [
        {
            "decision": one.decision.value,
            "amount": {"amount": one.amount, "currency": case.currency} if one.amount is not None else None,
            "comment": one.comment,
            "by": one.by.name,
            "at": one.at.date().isoformat(),
        }
        for one in case.decisions
    ]
    checksum = HIDDEN_SUM if hide else case.sha256
    return from_content(
        content, sha256=None if draft else checksum, status=case.status.value, decisions=[] if draft else decisions
    )


def render(case: BudgetCase, content: dict[str, Any], *, form: str) -> File:
    """A case in one of FORMATS. The name tells number, version and, once frozen, the first digits of the checksum."""
    mimetype, maker = FORMATS[form]
    mark = "draft" if is_draft(case) else str(case.sha256)[:12]
    name = f"{case.number}-{mark}.{form}"
    if maker is None:
        whole = {
            "number": case.number,
            "status": case.status.value,
            "sha256": None if is_draft(case) else case.sha256,
            "content": content,
        }
        return File(name, mimetype, json.dumps(whole, ensure_ascii=False, indent=1).encode())
    return File(name, mimetype, maker(document_of(case, content)))


def verify(case: BudgetCase, data: bytes, *, form: str) -> str:
    """Say in a sentence that a file is the frozen case; raises Conflict where it is not.

    A JSON file is judged by the SHA-256 of its content, every other form by being byte for byte what the frozen content prints.
    """
    if case.frozen is None or case.sha256 is None or is_draft(case):
        raise Conflict(f"{case.number} is not frozen: it has not been submitted, or was sent back to be changed.")
    if form == "json":
        try:
            content = json.loads(data)["content"]
            found = assembly.checksum(assembly.canonical(content))
        except (ValueError, KeyError, TypeError):
            raise Conflict("This file is not an export of a case.") from None
        same = found == case.sha256
    else:
        again = render(case, json.loads(case.frozen), form=form).data
        same = hashlib.sha256(again).digest() == hashlib.sha256(data).digest()
    if not same:
        raise Conflict(
            f"This file is NOT the frozen {case.number}: its content was altered, or it is of another state."
        )
    return f"This file is the frozen {case.number}, SHA-256 {case.sha256}."

"""Is a file the frozen case: its bytes against what the frozen content prints, its checksum against the record and the audit trail."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator

from recruiter.budget.frozen import assembly, export
from recruiter.budget.frozen.integrity import check_intact
from recruiter.budget.models import FINAL_VERDICTS, BudgetCase, CaseDecision, CaseStatus
from recruiter.foundation.errors import Conflict
from recruiter.foundation.files import zip_errors

# Where each form bears the checksum: the properties of an archive, else the file itself.
PROPERTIES = "docProps/core.xml"
LONGEST = 100_000
# What the reader of archives makes of a damaged one.
DAMAGED = (*zip_errors.DAMAGED, LookupError, OverflowError)
SEAL = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def stated_checksum(data: bytes) -> str | None:
    """The SHA-256 that a file says is that of its case; None where it says none. Nothing is believed of it."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(PROPERTIES) as file:
                data = file.read(LONGEST)
        except DAMAGED:
            return None
    match = SEAL.search(data)
    return match[0].decode() if match else None


def _states(case: BudgetCase) -> Iterator[tuple[CaseStatus, list[CaseDecision]]]:
    """Every state in which the frozen content was handed out, the present one first: its status, the decisions so far."""
    yield case.status, list(case.decisions)
    for count in range(len(case.decisions), -1, -1):
        so_far = case.decisions[:count]
        yield CaseStatus.SUBMITTED, so_far
        if so_far and so_far[-1].decision in FINAL_VERDICTS:
            yield CaseStatus(so_far[-1].decision.value), so_far


def _is_frozen_file(case: BudgetCase, data: bytes, form: str, zone: dt.tzinfo) -> bool:
    file_digest = hashlib.sha256(data).digest()
    content = json.loads(case.frozen or "")
    papers = export.SIZES if form in export.ON_PAPER else ("a4",)
    return any(
        hashlib.sha256(export.file_bytes(case, content, form=form, paper=paper, zone=zone, state=state)).digest()
        == file_digest
        for state in _states(case)
        for paper in papers
    )


def _mismatch_reason(case: BudgetCase, data: bytes, form: str) -> str:
    if form == "json":
        try:
            content = json.loads(data)["content"]
            checksum = assembly.checksum(assembly.canonical(content))
        except (ValueError, KeyError, TypeError, RecursionError):
            return "It is no export of a case."
        if checksum == case.sha256:
            return "Its content is the frozen one, but the file around it was altered."
        return "Its content was altered, or it is of another version."
    seal = stated_checksum(data)
    if seal == case.sha256:
        return "It bears the right SHA-256, but it is not what the frozen content prints: it was altered, or printed by another release."
    if seal is None:
        return "It bears no SHA-256: it is a draft, or no export of a case."
    return "It bears another SHA-256: it is of another version or another case."


def verify(case: BudgetCase, data: bytes, *, form: str, zone: dt.tzinfo) -> str:
    """Say in a sentence that a file is the frozen case; raises Conflict with the reason where it is not.

    A file is the frozen case when it is byte for byte what the frozen content prints, in any state since it was submitted.
    """
    if case.frozen is None or case.sha256 is None or case.is_draft:
        raise Conflict(f"{case.number} is not frozen: it has not been submitted, or was sent back to be changed.")
    check_intact(case)
    if not _is_frozen_file(case, data, form, zone):
        raise Conflict(f"This file is NOT the frozen {case.number}. {_mismatch_reason(case, data, form)}")
    return f"This file is the frozen {case.number}, SHA-256 {case.sha256}."

"""Whether what was frozen is still what was frozen."""

from __future__ import annotations

from sqlalchemy.orm import object_session

from recruiter.audit import queries as trail
from recruiter.audit.actions import AuditAction
from recruiter.budget.frozen import assembly
from recruiter.budget.models import BudgetCase
from recruiter.foundation.errors import Conflict

ALTERED = "{} was altered after it was submitted: its frozen content does not match {}. Nothing of it is to be trusted."


def check_intact(case: BudgetCase) -> None:
    """Raise Conflict where the frozen content of a case is not what was frozen: by its checksum, and by that of the audit trail."""
    if case.frozen is None or case.is_draft:
        return
    if assembly.checksum(case.frozen) != case.sha256:
        raise Conflict(ALTERED.format(case.number, "its SHA-256"))
    session = object_session(case)
    if session is None:
        return
    entries = trail.trail_of(session, object_type="budgetcase", object_id=case.id)
    seals = [entry.detail.get("sha256") for entry in entries if entry.action == AuditAction.CASE_SUBMITTED]
    if seals and seals[-1] != case.sha256:
        raise Conflict(ALTERED.format(case.number, "the SHA-256 in the audit trail"))

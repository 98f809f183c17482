"""How somebody came to a requisition, and which colleague brought them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.pipeline.models import Application

LONGEST_SOURCE = 120


def credit(
    session: Session, *, application: Application, source: str, credited_to: User | None, act: Act
) -> Application:
    """Record how somebody came to a requisition, and whom that is owed to, if to anybody. Raises RuleBroken at `source`."""
    source_text = " ".join(text.clean(source).split())
    if len(source_text) > LONGEST_SOURCE:
        raise RuleBroken.at("source", f"Use at most {LONGEST_SOURCE} characters.")
    application.source, application.credited_to = source_text, credited_to
    audit.record(
        session, action=AuditAction.APPLICATION_CREDITED, subject=application, act=act, credited_to_id=credited_to.id if credited_to else None,
    )  # fmt: skip
    return application

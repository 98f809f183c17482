"""What is said to a candidate as feedback holds nothing that is protected: the same check as for a budget case."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.after_start import bench_release
from recruiter.keepwarm.after_start.bench_release import ReleaseCall
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.contacts.contact_services import Contact
from recruiter.keepwarm.models.records import BenchRelease, Direction, TouchKind, Touchpoint
from recruiter.pipeline.models import Application
from recruiter.privacy import word_check


def check(feedback: str, *, field: str) -> None:
    """Refuse feedback to a candidate that speaks of protected facts.

    Raises RuleBroken at `field`, with the words that stand in the way and the reason.
    """
    blocked = [finding for finding in word_check.findings(feedback) if finding.blocked]
    if blocked:
        about = "feedback is about the work that was seen, never about the person."
        raise RuleBroken.at(field, f"Leave out {word_check.quoted(blocked)}: {about} {blocked[0].why}")


def record(
    session: Session, *, application: Application, contact: Contact, act: Act, hear_by: dt.date | None = None
) -> Touchpoint:
    """Record a contact; what they said themselves, and other talk than feedback, is let through.

    Raises as `contact_services.record` does, and RuleBroken at `said` for feedback with protected facts.
    """
    if contact.kind == TouchKind.FEEDBACK and contact.direction == Direction.TO:
        check(contact.text, field="said")
    return contact_services.record(session, application=application, contact=contact, hear_by=hear_by, act=act)


def release(session: Session, *, application: Application, call: ReleaseCall, act: Act) -> BenchRelease:
    """Keep the call that lets a finalist go. Raises as `bench_release.release` does, and RuleBroken at `feedback`."""
    check(call.feedback, field="feedback")
    return bench_release.release(session, application=application, call=call, act=act)

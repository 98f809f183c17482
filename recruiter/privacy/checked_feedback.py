"""What is said to a candidate as feedback holds nothing that is protected: the same check as for a budget case."""

from __future__ import annotations

from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.contacts.contact_services import Contact
from recruiter.keepwarm.models.records import Direction, TouchKind
from recruiter.privacy import word_check


def check(
    feedback: str, *, field: str, kind: TouchKind = TouchKind.FEEDBACK, direction: Direction = Direction.TO
) -> None:
    """Refuse feedback to a candidate that speaks of protected facts; what they said themselves, and other talk, is let through.

    Raises RuleBroken at `field`, with the words that stand in the way and the reason.
    """
    if kind != TouchKind.FEEDBACK or direction != Direction.TO:
        return
    blocked = [finding for finding in word_check.findings(feedback) if finding.blocked]
    if blocked:
        about = "feedback is about the work that was seen, never about the person."
        raise RuleBroken.at(field, f"Leave out {word_check.quoted(blocked)}: {about} {blocked[0].why}")


def check_contact(contact: Contact) -> None:
    """The same for a contact that is recorded. Raises RuleBroken at `said`."""
    check(contact.text, field="said", kind=contact.kind, direction=contact.direction)

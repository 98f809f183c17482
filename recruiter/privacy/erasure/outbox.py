"""Mails that were written into the outbox folder instead of being sent."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from recruiter.privacy.person.identity_rules import Identity, names_person


def _content(message: EmailMessage) -> str:
    """All that a mail says: its headers and every part that is text."""
    parts = [str(value) for value in message.values()]
    parts += [str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join(parts)


def mails_about(folder: Path, identity: Identity) -> list[Path]:
    """The mails of an outbox that name a person; one that cannot be read as a mail is looked at as it is."""
    mails = []
    for path in sorted(folder.glob("*.eml")):
        raw = path.read_bytes()
        try:
            content = _content(email.message_from_bytes(raw, policy=email.policy.default))
        except (LookupError, ValueError, KeyError):
            content = raw.decode(errors="replace")
        if names_person(content, identity.pattern):
            mails.append(path)
    return mails

"""A message as it comes from a mail server, reduced to what a record of contact needs. Pure: nothing is looked up."""

from __future__ import annotations

import datetime as dt
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser

from recruiter.foundation import wording
from recruiter.foundation.calendar import is_in_calendar
from recruiter.foundation.storable_text import storable

LONGEST = 10_000  # characters that are kept; a letter is shorter, what is longer is an attachment in disguise
QUOTED = re.compile(r"^\s*>")
INTRODUCES = re.compile(r"^.{0,200}(wrote|schrieb|a écrit|escribió|ha scritto|schreef)\s*:\s*$", re.IGNORECASE)
BREAKS = {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "blockquote"}
SILENT = {"style", "script", "head", "title"}


@dataclass(frozen=True)
class InboundMail:
    """Who wrote to whom, when, about what; `automatic` is what no person wrote: absence notes, delivery reports."""

    sender: str
    recipients: tuple[str, ...]
    subject: str
    body: str
    at: dt.datetime | None
    attachments: int
    automatic: bool

    @property
    def record_text(self) -> str:
        """The line of the record: subject, what was written, and how many files came along."""
        files = f"({wording.plural(self.attachments, 'file')} attached, not kept here)"
        parts = [self.subject, self.body[:LONGEST], files if self.attachments else ""]
        return "\n\n".join(part for part in parts if part)


class _Reader(HTMLParser):
    """The words of a page, with a new line where a block begins."""

    def __init__(self) -> None:
        super().__init__()
        self.text_parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Note a block, or the start of what nobody reads."""
        if tag in SILENT:
            self._silent += 1
        elif tag in BREAKS:
            self.text_parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of what nobody reads."""
        if tag in SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self._silent:
            self.text_parts.append(data)


def _words(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, UnicodeDecodeError):  # an unknown or wrong character set
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if part.get_content_subtype() != "html":
        return str(content)
    reader = _Reader()
    reader.feed(str(content))
    return "\n".join(line.strip() for line in "".join(reader.text_parts).split("\n") if line.strip())


def own_words(body: str) -> str:
    """What the author wrote, without the letter that is answered, which mail programs repeat below or between the lines."""
    own_lines: list[str] = []
    for line in body.replace("\r\n", "\n").split("\n"):
        if INTRODUCES.match(line) or line.startswith("-----Original Message-----"):
            break
        if not QUOTED.match(line):
            own_lines.append(line.rstrip())
    return "\n".join(own_lines).strip() or body.strip()


def _moment(message: EmailMessage) -> dt.datetime | None:
    """When a message says that it was written; nothing where that is no moment of these years."""
    try:
        at = parsedate_to_datetime(str(message.get("Date", "")))
        at = (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError):
        return None
    return at if is_in_calendar(at) else None


def _addresses(message: EmailMessage, *names: str) -> list[str]:
    values = [str(value) for name in names for value in message.get_all(name, [])]
    return [storable(address) for _, address in getaddresses(values) if "@" in address]


def read(raw: bytes) -> InboundMail:
    """The letter in a message as RFC 5322 has it. Raises ValueError where nobody is named as its author."""
    message = BytesParser(policy=email.policy.default).parsebytes(raw)
    authors = _addresses(message, "From") or _addresses(message, "Sender")
    if not authors:
        raise ValueError("The message names nobody who wrote it. Pass it on as it came, headers first.")
    automatic = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower() != "no" or str(
        message.get("Precedence", "")
    ).strip().lower() in {"bulk", "junk", "list"}
    return InboundMail(
        sender=authors[0],
        recipients=tuple(_addresses(message, "To", "Cc")),
        subject=" ".join(storable(str(message.get("Subject", ""))).split()),
        body=own_words(storable(_words(message))),
        at=_moment(message),
        attachments=sum(1 for _ in message.iter_attachments()),
        automatic=automatic,
    )

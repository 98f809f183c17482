"""Mail: rooms compose a value, a job sends it. Without a server it is written into the outbox folder."""

from __future__ import annotations

import dataclasses
import datetime as dt
import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from sqlalchemy.orm import Session

from recruiter.foundation import jobs, text

THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Email:
    """One message to one person, as plain text; `calendar` is an iCalendar file that goes with it, for its method."""

    to: str
    name: str
    subject: str
    body: str
    calendar: str = ""
    calendar_method: str = ""


class Recipient(Protocol):
    """Whoever a mail goes to: a person with an account, or a colleague of whom only the address is known and the name is empty."""

    name: str
    email: str


def enqueue(session: Session, email: Email, *, now: dt.datetime, asked_by_id: int | None = None) -> None:
    """Ask for a mail in the transaction of the change that it tells of; it leaves when that transaction is committed."""
    jobs.enqueue(session, "mail", payload=dataclasses.asdict(email), now=now, asked_by_id=asked_by_id)


class Mailer(Protocol):
    """Whoever delivers a message."""

    def send(self, email: Email, *, key: str) -> None:
        """Deliver once; `key` names the message, so a repeated delivery can be told apart."""
        ...


def _message(email: Email, *, sender: str, key: str) -> EmailMessage:
    message = EmailMessage()
    message["To"] = Address(display_name=text.one_line(email.name), addr_spec=email.to)
    message["From"] = sender
    message["Subject"] = text.one_line(email.subject)
    message["Message-ID"] = f"<{key}@recruiter>"
    message.set_content(email.body)
    if email.calendar:
        message.add_attachment(
            email.calendar.encode(),
            maintype="text",
            subtype="calendar",
            filename="interview.ics",
            params={"method": email.calendar_method, "charset": "utf-8"},
        )
    return message


class FileMailer:
    """Writes messages into a folder: the default, so that nothing leaves a machine by surprise."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self.folder, self.sender = folder, sender

    def send(self, email: Email, *, key: str) -> None:
        """Write the message as one .eml file named by its key."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{key}.eml").write_bytes(bytes(_message(email, sender=self.sender, key=key)))


class NotEncryptedError(smtplib.SMTPException):
    """A mail server that offers no encryption is given neither a message nor a password."""


class SmtpMailer:
    """Hands messages to a mail server named by an address such as smtp://user:password@host:587.

    The connection is encrypted and the server's certificate checked against those that this machine trusts; SSL_CERT_FILE
    names others. `without_tls` allows a server that offers no encryption. One on this machine that asks for no password
    needs none.
    """

    def __init__(self, url: str, *, sender: str, without_tls: bool = False) -> None:
        self.url, self.sender, self.without_tls = urlsplit(url), sender, without_tls

    def send(self, email: Email, *, key: str) -> None:
        """Send over SMTP. Raises NotEncryptedError, and SSLError for a certificate that is not trusted; nothing is sent then."""
        host, port = self.url.hostname or "localhost", self.url.port
        secure, trusted = self.url.scheme == "smtps", ssl.create_default_context()
        link: smtplib.SMTP
        if secure:
            link = smtplib.SMTP_SSL(host, port or 465, timeout=30, context=trusted)
        else:
            link = smtplib.SMTP(host, port or 25, timeout=30)
        with link:
            stays_here = host in THIS_MACHINE and not self.url.username
            if not secure and not stays_here:
                link.ehlo_or_helo_if_needed()
                if link.has_extn("starttls"):
                    link.starttls(context=trusted)
                elif not self.without_tls:
                    raise NotEncryptedError(
                        "The mail server offers no encryption. Use smtps:// or a server with STARTTLS, or set "
                        "RECRUITER_SMTP_WITHOUT_TLS=yes."
                    )
            if self.url.username:
                link.login(unquote(self.url.username), unquote(self.url.password or ""))
            link.send_message(_message(email, sender=self.sender, key=key))

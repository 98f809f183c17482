"""What a message to a candidate may say, and how its text is made for one reader and compared with others. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from recruiter.foundation import text
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.person_names import first_name
from recruiter.keepwarm.models.records import TouchKind
from recruiter.pipeline.models import Application, ApplicationStatus

LONGEST_SUBJECT, LONGEST_BODY, MOST = 200, 5000, 100
BLANK = re.compile(r"\[[^\]\n]{2,}\]")
PLACEHOLDER = re.compile(r"\{([^{}\n]{1,40})\}")
PLACEHOLDERS: dict[str, Callable[[Application], str]] = {
    "first name": lambda application: first_name(application.candidate.name),
    "name": lambda application: application.candidate.name,
    "requisition": lambda application: application.requisition.title,
    "stage": lambda application: application.stage.name,
}
SAME = "Somebody else has been sent this very text. Write to this person about what was said with them."


@dataclass(frozen=True)
class OutgoingMessage:
    """What one candidate gets; `personal` where it was written to them alone, whether they are a finalist or not."""

    application: Application
    subject: str
    body: str
    kind: TouchKind = TouchKind.UPDATE
    personal: bool = False

    @property
    def name(self) -> str:
        """Who gets it."""
        return self.application.candidate.name

    @property
    def subject_line(self) -> str:
        """The subject as it is sent: in one line."""
        return text.one_line(self.subject)

    @property
    def text(self) -> str:
        """The body as it is sent."""
        return text.clean(self.body)

    @property
    def needs_own_words(self) -> bool:
        """Whether nobody else may get this text: it is personal, or goes to a finalist. Others may get the same news."""
        application = self.application
        return self.personal or (application.finalist is not None and application.status == ApplicationStatus.ACTIVE)

    def key(self, sender: str) -> str:
        """What the text is compared by across all that was ever sent; empty where others may get the same."""
        return text_key(self.text, names=(self.name, sender)) if self.needs_own_words else ""


def fill_placeholders(template: str, application: Application, *, at: str = "body") -> str:
    """A text (or `at` the subject) with its places filled in for one candidate. Raises RuleBroken for a place that there is not."""
    where = " in the subject" if at == "subject" else ""

    def fill(match: re.Match[str]) -> str:
        name = " ".join(match[1].lower().split())
        if name not in PLACEHOLDERS:
            known_placeholders = ", ".join(f"{{{placeholder}}}" for placeholder in PLACEHOLDERS)
            raise RuleBroken.at(at, f"There is no {{{match[1]}}}{where}. Use {known_placeholders}.")
        return PLACEHOLDERS[name](application)

    return PLACEHOLDER.sub(fill, template)


def blanks(body: str) -> list[str]:
    """Words in brackets that the sender has not filled in yet."""
    return BLANK.findall(body)


def text_key(body: str, *, names: tuple[str, ...]) -> str:
    """What two messages are compared by: their words without names, case, accents, signs and spaces; empty for none."""
    name_words = {word for name in names for word in re.findall(r"\w+", text.folded(name))}
    text_words = [word for word in re.findall(r"\w+", text.folded(body)) if word not in name_words]
    return hashlib.sha256(" ".join(text_words).encode()).hexdigest() if text_words else ""


def name_in(message: OutgoingMessage, names: Iterable[str]) -> str:
    """The first of some full names that stands in a message to somebody else; empty where none does."""
    folded_text = text.folded(f"{message.subject_line}\n{message.text}")
    own_name = text.folded(message.name)
    for name in names:
        folded = text.folded(name)
        if " " in folded and folded != own_name and re.search(rf"\b{re.escape(folded)}\b", folded_text):
            return name
    return ""


def check(message: OutgoingMessage, *, sender: str, rivals: Iterable[str]) -> None:
    """Refuse a message that is not written out, or names another finalist.

    Args:
        message: what would be sent.
        sender: the name of whoever sends it.
        rivals: the full names of the other finalists of the requisition.

    Raises:
        RuleBroken: at `subject` or `body`.
    """
    about = "" if message.personal else f" to {message.name}"
    if message.personal and not message.subject_line:
        raise RuleBroken.at("subject", "Give the message a subject.")
    if not message.subject_line or not message.text:
        wanted = "the message" if message.personal else "a subject and a text"
        raise RuleBroken.at("body", f"Write {wanted}{about}.")
    if not message.personal and (len(message.subject_line) > LONGEST_SUBJECT or len(message.text) > LONGEST_BODY):
        raise RuleBroken.at("body", f"The message{about} is longer than {LONGEST_BODY:,} characters.")
    rival = name_in(message, rivals)
    if rival:
        raise RuleBroken.at("body", f"The message{about} names {rival}, who is on the same slate. Leave the name out.")
    if empty := blanks(message.text):
        where = f" in the message{about}" if about else ""
        raise RuleBroken.at("body", f"Fill in what stands in brackets{where} first: {empty[0]}")
    if message.needs_own_words and not message.key(sender):
        raise RuleBroken.at("body", f"Write the message{about}.")


def check_not_sent(message: OutgoingMessage, *, earlier_application_id: int | None) -> None:
    """Refuse a text that somebody was sent already, or that is on its way. Raises RuleBroken at `body`."""
    if earlier_application_id is None:
        return
    if earlier_application_id == message.application.id:
        who = "them" if message.personal else message.name
        raise RuleBroken.at("body", f"This was sent to {who} already.")
    same = f"Another finalist was sent this very text. Write to {message.name} in words of their own."
    raise RuleBroken.at("body", SAME if message.personal else same)


def check_apart(messages: Iterable[OutgoingMessage], *, sender: str) -> None:
    """Refuse messages of one batch that say the same to two finalists. Raises RuleBroken at `body`."""
    names_by_key: dict[str, str] = {}
    for message in messages:
        key = message.key(sender)
        if key and (earlier_name := names_by_key.setdefault(key, message.name)) != message.name:
            same = f"{earlier_name} and {message.name} are finalists, and their texts are the same."
            raise RuleBroken.at("body", f"{same} Write to each in words of their own.")

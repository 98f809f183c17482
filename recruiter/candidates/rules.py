"""How people are compared and found again, and what may be written about them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from recruiter.accounts.models import User
from recruiter.candidates.models import ContactKind
from recruiter.foundation import text
from recruiter.foundation.errors import RuleBroken

MOST_CONTACTS = 20
LONGEST_NOTE = 10_000
LONGEST_TASK = 500
MOST_READERS = 50
LONGEST_TAG, MOST_TAGS = 120, 60
MOST_LINKS = 20
LATEST_DUE = dt.timedelta(days=3 * 365)


@dataclass(frozen=True)
class CandidateDetails:
    """What is entered about somebody. In a change, None leaves a field as it is."""

    name: str | None = None
    emails: list[str] | None = None
    phones: list[str] | None = None
    headline: str | None = None
    location: str | None = None
    source: str | None = None
    links: list[str] | None = None
    tags: list[str] | None = None


def check_name(name: str) -> None:
    """Somebody is called something that can be seen. Raises RuleBroken at `name`."""
    if not text.is_visible(name):
        raise RuleBroken.at("name", "Enter a name.")


def email_key(value: str) -> str:
    """The form in which two e-mail addresses are the same. Raises RuleBroken with how an address looks."""
    from email_validator import EmailNotValidError, validate_email  # loads its own tables

    try:
        return validate_email(value.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError:
        raise RuleBroken.at("emails", f"“{value}” is not an e-mail address. Enter one like ana@example.com.") from None


def phone_key(value: str) -> str:
    """The last nine digits of a number: enough to know it again with or without its country code."""
    digits = re.sub(r"\D", "", value)
    if not 5 <= len(digits) <= 20:  # noqa: PLR2004  # E.164 has fifteen digits; extensions are typed too
        raise RuleBroken.at("phones", f"“{value}” is not a phone number. Enter one like +49 30 1234567.")
    return digits[-9:]


def contact_key(kind: ContactKind, value: str) -> str:
    """The form in which two addresses or two numbers are the same. Raises RuleBroken."""
    return email_key(value) if kind == ContactKind.EMAIL else phone_key(value)


def check_links(links: list[str]) -> None:
    """Only addresses of the web: a link is something that people will click."""
    if len(links) > MOST_LINKS:
        raise RuleBroken.at("links", f"Enter at most {MOST_LINKS} links.")
    for link in links:
        if not re.match(r"https?://[^\s]+$", link, re.IGNORECASE):
            raise RuleBroken.at("links", f"“{link}” is not a web address. Enter one that starts with https://.")


def note_text(note: str) -> str:
    """The words of a note, cleaned. Raises RuleBroken at `text` where there are none or too many."""
    cleaned_note = text.clean(note)
    if not cleaned_note:
        raise RuleBroken.at("text", "Write the note first.")
    if len(cleaned_note) > LONGEST_NOTE:
        raise RuleBroken.at("text", f"Use at most {LONGEST_NOTE:,} characters.")
    return cleaned_note


def check_readers(*, private: bool, count: int) -> None:
    """Readers are named in private notes: the others are read by everybody on the search."""
    if count and not private:
        raise RuleBroken.at("readers", "Readers are named in a private note. Make it private, or name nobody.")
    if count > MOST_READERS:
        raise RuleBroken.at("readers", f"Name at most {MOST_READERS} readers.")


def task_text(task: str) -> str:
    """What is to be done, cleaned, on one line. Raises RuleBroken at `what`."""
    cleaned_task = text.one_line(task)
    if not cleaned_task:
        raise RuleBroken.at("what", "Say what is to be done.")
    if len(cleaned_task) > LONGEST_TASK:
        raise RuleBroken.at("what", f"Use at most {LONGEST_TASK} characters.")
    return cleaned_task


def check_assignee(assignee: User, *, sees_subject: bool) -> None:
    """A follow-up is somebody's who can sign in and sees whom it is about. Raises RuleBroken at `assignee`."""
    if not assignee.active:
        raise RuleBroken.at("assignee", f"{assignee.name} can no longer sign in. Choose somebody else.")
    if not sees_subject:
        raise RuleBroken.at("assignee", f"{assignee.name} does not see this person. Choose somebody who does.")


def check_due(due_on: dt.date, *, today: dt.date) -> None:
    """A follow-up is due today or later, and within three years."""
    if due_on < today:
        raise RuleBroken.at("due_on", "Enter today or a later date.")
    if due_on > today + LATEST_DUE:
        raise RuleBroken.at("due_on", "Enter a date within three years.")


def tags(entries: list[str]) -> list[str]:
    """The tags in what was written: commas and semicolons part them, and of those that differ in case or accents the first stays.

    Raises RuleBroken at `tags` where there are too many, or one is too long to be a tag.
    """
    tags_by_key: dict[str, str] = {}
    for line in entries:
        for part in re.split(r"[,;\n\uff0c\u3001\u061b\u060c]", line):
            tag = text.one_line(part)
            if len(tag) > LONGEST_TAG:
                raise RuleBroken.at("tags", f"Use at most {LONGEST_TAG} characters in a tag. Commas part tags.")
            if tag:
                tags_by_key.setdefault(text.folded(tag) or tag, tag)
    if len(tags_by_key) > MOST_TAGS:
        raise RuleBroken.at("tags", f"Keep at most {MOST_TAGS} tags.")
    return list(tags_by_key.values())


def tags_key(tags: list[str]) -> str:
    """The tags in folded form, each between bars, so that one of them can be looked for as a whole."""
    keys = [text.folded(tag).replace("|", " ") for tag in tags]
    return "|" + "".join(f"{key}|" for key in keys) if keys else ""


def employer_key(headline: str) -> str:
    """The employer in a headline like “Staff Engineer, Cobalt Pay” or “Staff Engineer at Cobalt Pay”, folded; empty where it names none."""
    match = re.search(r"(?:,| at | bei | chez | @)\s*([^,@]+)$", headline)
    return text.folded(match.group(1)) if match else ""


PAY = re.compile(
    r"[€$£]\s?\d|\b(?:eur|usd|gbp|chf)\s?\d|\d\s?(?:eur|usd|gbp|chf|€|k)\b|\b(?:salary|salaries|pay|compensation|bonus|gehalt)\b",
    re.IGNORECASE,
)


def mentions_pay(note: str) -> bool:
    """Whether a note speaks of pay, which is kept where only those who may see pay read it."""
    return PAY.search(note) is not None

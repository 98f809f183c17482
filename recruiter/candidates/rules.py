"""How people are compared and found again."""

from __future__ import annotations

import re

from recruiter.foundation import text
from recruiter.foundation.errors import RuleBroken

MOST_CONTACTS = 20


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


def check_links(links: list[str]) -> None:
    """Only addresses of the web: a link is something that people will click."""
    for link in links:
        if not re.match(r"https?://[^\s]+$", link, re.IGNORECASE):
            raise RuleBroken.at("links", f"“{link}” is not a web address. Enter one that starts with https://.")


def search_key(*, name: str, headline: str, location: str, tags: list[str], contacts: list[str]) -> str:
    """What a search looks through, folded."""
    return text.folded(" ".join([name, headline, location, *tags, *contacts]))[:4000]

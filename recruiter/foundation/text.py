"""Text as people typed it, cleaned at the boundary: NFC, no control characters, a length that both engines hold."""

from __future__ import annotations

import unicodedata

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LONGEST_NUMBER = 9  # digits that fit an integer of both engines


def clean(value: str) -> str:
    """Text in NFC without NUL and other control characters (line feed and tab stay) and without lone surrogates.

    Signs that turn the direction of what follows go too: a name needs none, and they make one file's name read as another's.
    """
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c for c in text if c in "\n\t" or (unicodedata.category(c) not in {"Cc", "Cs"} and c not in TURNING)
    ).strip()


def number(value: str | None) -> int | None:
    """The number of a thing, as an address or a form names it; None for anything but plain digits, and for more than either engine counts."""
    digits = value or ""
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER else None


def folded(value: str) -> str:
    """The form in which names are compared and searched: no accents, no case, single spaces. Display text is untouched."""
    if value.isascii() and value.isprintable():  # most are, and nothing is to be taken off them
        return " ".join(value.casefold().split())
    text = unicodedata.normalize("NFKD", clean(value).casefold())
    special = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe"})
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).translate(special).split())


SPELT = (("-", " "), ("ae", "a"), ("oe", "o"), ("ue", "u"))


def respelt(value: str) -> str:
    """A name so that Müller, Mueller and Muller are one, and a hyphen is a space: for asking whether two may be the same."""
    key = folded(value)
    for written, read in SPELT:
        key = key.replace(written, read)
    return key


def initials(name: str) -> str:
    """One or two letters for an avatar."""
    parts = [part for part in name.split() if part]
    if not parts:
        return "?"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()

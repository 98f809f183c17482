"""Text as people typed it, cleaned at the boundary: NFC, no control characters, a length that both engines hold.

What shows nothing is empty, here and so everywhere: a space of no width is no name, no evidence and no reason.
"""

from __future__ import annotations

import re
import unicodedata

from recruiter.foundation.storable_text import storable

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NUMBER = re.compile(
    "0|[1-9][0-9]{0,8}"
)  # one spelling a number, and no more digits than an integer of both engines holds
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
GAPS = re.compile("[ \t\n]+")
SHOWN = frozenset("LNPS")  # letters, numbers, punctuation and signs; marks show nothing without one of them
BLANK = frozenset(  # letters and signs that are drawn as nothing: fillers, the empty Braille pattern, the place of an object
    "\u115f\u1160\u2800\u3164\uffa0\ufffc\U0001d159\U00013441\U00013442"
)
UNSEEN = BLANK | frozenset("\u00ad\u034f\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff")  # no text begins or ends so
EDGES = "".join(UNSEEN) + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # how the letter before is drawn


def is_visible(value: str) -> bool:
    """Whether a reader would see anything of a text, in any script: a letter, number, punctuation or sign that is drawn."""
    return any(unicodedata.category(c)[0] in SHOWN and c not in BLANK for c in value)


def clean(value: str) -> str:
    """Text in NFC without NUL and other control characters (line feed and tab stay) and without lone surrogates.

    Empty where a reader would see nothing. Signs that turn the direction of what follows go too: a name needs none, and
    they make one file's name read as another's.
    """
    if value.isascii() and value.isprintable():  # most are, and nothing is to be taken off them
        return value.strip()
    lines = LINE_ENDS.sub("\n", value)
    printable = "".join(c for c in storable(lines) if c not in TURNING)
    return unicodedata.normalize("NFC", printable).strip(EDGES) if is_visible(printable) else ""


def one_line(value: str) -> str:
    """A name, cleaned, on one line: a line break in it would forge a row of a table or a header of a mail."""
    return GAPS.sub(" ", clean(value))


def number(value: str | None) -> int | None:
    """The number of a thing, as an address or a form names it; None for any other spelling of it.

    `0567`, `+5`, `1_000`, full-width digits and more than either engine counts are no numbers: what two addresses name is two things.
    """
    return int(value) if value and NUMBER.fullmatch(value) else None


APOSTROPHES = (
    "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u055a\u05f3\u2018\u2019\u201b\u2032\u2035\ua78b\ua78c\uff07"
)
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
MARKS = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(DASHES, "-"))
LATIN = [chr(code) for code in (*range(0x80, 0x250), *range(0x253, 0x2A0), *range(0x1D6B, 0x1EFF))]


def _plain_letters() -> dict[str, str]:
    """Latin letters that Unicode takes no mark off (ø, ł, ħ) by the letter in their names, and those that are two in one."""
    names = {letter: re.match("LATIN SMALL LETTER ([A-Z]) WITH ", unicodedata.name(letter, "")) for letter in LATIN}
    plain = {letter: name[1].lower() for letter, name in names.items() if name}
    pairs = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng", "ĳ": "ij"}
    return plain | pairs | {"ð": "d", "\u0131": "i", "ĸ": "k", "ə": "a", "ɛ": "e", "ɔ": "o"}


LETTERS = str.maketrans(_plain_letters())


def folded(value: str) -> str:
    """The form in which names are compared and searched: no accents, no case, single spaces. Display text is untouched.

    An apostrophe is one by whichever sign it is written, and nothing that is not seen tells two names apart.
    """
    if value.isascii() and value.isprintable() and "`" not in value:  # most are, and nothing is to be taken off them
        return " ".join(value.casefold().split())
    text = unicodedata.normalize("NFKD", clean(value).translate(MARKS).casefold())
    letters = (c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Cf" and c not in UNSEEN)
    return " ".join(SELECTORS.sub("", "".join(letters)).translate(LETTERS).split())


def search_words(q: str) -> list[str]:
    """The words of a search, folded and without apostrophes."""
    return folded(q).replace("'", "").split()


def has_words(value: str, searched: list[str]) -> bool:
    """Whether a text holds every word of a search, as `search_words` has them, in any order."""
    key = folded(value).replace("'", "")
    return all(word in key for word in searched)


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

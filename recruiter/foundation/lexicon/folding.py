"""Letters as a reader sees them: small, without accents, Latin where they only look so; what cannot be seen is nothing."""

from __future__ import annotations

import unicodedata

# Cyrillic, Greek and other letters that look like Latin ones; what they are read as stands below them.
_LOOKS = "\u0430\u0432\u0435\u0456\u0458\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0501\u051b\u051d\u04bb\u04cf\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03c3\u0131\u0142\u00f8\u0111"
_LATIN = "abeijkmhopctyxsdqwhlaeikvoptuxcilod"
_TWINS = str.maketrans(_LOOKS, _LATIN)
_SPELT = {"\u2019": "'", "\u2018": "'", "\u00b4": "'", "`": "'", "\u00e6": "ae", "\u0153": "oe"}
_HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_UNSEEN = {"\u034f", "\u115f", "\u1160", "\u3164", "\ufe0f"}


def _folded(letter: str) -> str:
    if letter in _UNSEEN or unicodedata.category(letter) == "Cf":
        return ""
    if letter in _HYPHENS:
        return "-"
    plain = unicodedata.normalize("NFKD", letter).casefold().translate(_TWINS)
    plain = "".join(part for part in plain if unicodedata.category(part) not in ("Mn", "Cc") or part.isspace())
    return "".join(_SPELT.get(part, part) for part in plain)


class _Letters(dict[str, str]):
    """Each letter folded once."""

    def __missing__(self, letter: str) -> str:
        self[letter] = folded = _folded(letter)
        return folded


_LETTERS = _Letters()


def folded(text: str) -> str:
    """A text in small letters without accents, for comparison alone."""
    return "".join(map(_LETTERS.__getitem__, text))


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters where it stands in the text as it was typed."""
    parts = [_LETTERS[letter] for letter in text]
    plain = "".join(parts)
    if len(plain) == len(text) and all(parts):
        return plain, list(range(len(text) + 1))
    starts = [place for place, part in enumerate(parts) for _ in part]
    return plain, [*starts, len(text)]

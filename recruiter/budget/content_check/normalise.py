"""A text as a reader sees it: letters of other alphabets that look Latin, hidden marks and spaced-out words read as what they spell."""

from __future__ import annotations

import re
import unicodedata

# Cyrillic and Greek letters that look like Latin ones, both sizes; what they are read as stands below them.
_LOOKS = "\u0430\u0432\u0435\u0456\u0458\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0501\u051b\u051d\u04bb\u04cf\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03f2\u0131"
_LATIN = "abeijkmhopctyxsdqwhlaeikvoptuxci"
_BIG = "\u0410\u0412\u0415\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03f9"
_BIG_LATIN = "ABEIJKMHOPCTYXSABEZHIKMNOPTYXC"
_TWINS = str.maketrans(_LOOKS + _BIG, _LATIN + _BIG_LATIN)
_MIXED = re.compile(r"\w+")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-_*]){3,}[^\W\d_](?!\w)")
_MARKS = {"\u034f", "\u115f", "\u1160", "\u3164", "\ufe0f"}


def _is_visible(letter: str) -> bool:
    return letter not in _MARKS and unicodedata.category(letter) != "Cf"


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"[ .\-_*]", "", match.group())


def _twins(match: re.Match[str]) -> str:
    """A word with a Latin letter in it, or all of look-alikes, in Latin; a word of another alphabet stays."""
    word = match.group()
    latin = word.translate(_TWINS)
    return latin if _LATIN_LETTER.search(word) or latin.isascii() else word


def as_read(text: str) -> str:
    """A text on one line, for the check alone: NFKC, no soft hyphens or marks without width, look-alikes in Latin, letters set apart joined."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text) if _is_visible(letter)).replace(
        "\u2019", "'"
    )
    plain = _MIXED.sub(_twins, " ".join(plain.split()))
    return _SPACED.sub(_joined, plain)

"""A text as words: each with the ways in which it can be read, the sentence that it stands in, and what number it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from recruiter.foundation.lexicon.folding import folded_with_places

# A word, with signs inside that stand for letters; a number with its groups, its currency and "k".
_PIECE = re.compile(
    r"(?P<word>(?:\d(?=[^\W\d_]{3}))?[^\W\d_][^\W_]*(?:[@$!*+][^\W_]+)*@?)"
    r"|(?P<number>(?:[€$£₹¥]\s?)?\d+(?:[.,' ]\d{3}(?!\d))*(?:[.,]\d{1,2}(?!\d))?)(?P<unit>\s?(?:k|tsd|teur|mil|€|\$|£|%)(?!\w)|\s?k?€)?"
)
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:(?: |[.\-_*]{1,2})[^\W_](?![^\W_])){2,}")
_JOINS = re.compile(r"[-_*~·|/]{1,2}\n?")
_ENDS = re.compile(r"[!?;]|\n\s*\n")
_STOP = re.compile(r"\.[\s\"')]")
_ASKS = re.compile(r"[^\w.!\n]*\?")
_COMMA = re.compile(r"[,.:;!?()\n\u201c\u201d\"]|- ")
_LEET = str.maketrans("01345@$7!+", "oieasastit")
_LEET_L = str.maketrans("01345@$7!+", "oleasastlt")
_HAS_SIGN = re.compile(r"[0-9@$!+]")
_HIDDEN, _VOWELS = "*", "aeiou"
_LONGEST_SPACED = 40
AGES, YEARS_OF_OLD, YEARS = range(16, 80), range(1930, 2013), range(1900, 2100)
LONGEST_NUMBER, DIGITS_OF_PAY, FEWEST_LETTERS = 12, 4, 2
MOST_PIECES = 6  # of a word that is taken apart
_ABBREVIATED = 4


@dataclass(slots=True)
class Token:
    """One word of a text: `readings` are the words it may be, each with the place of the token after it."""

    start: int
    end: int
    sentence: int
    readings: list[tuple[str, int]]
    kinds: frozenset[str] = frozenset()
    ends_clause: bool = False
    starts_sentence: bool = False
    is_disguised: bool = False


@dataclass(slots=True)
class Reading:
    """A text that was read: its tokens in order, each with its place in the text as it was typed."""

    text: str
    tokens: list[Token] = field(default_factory=list)

    def terms(self, first: int, after: int) -> str:
        """The words from one token up to another, as they stand in the text."""
        return self.text[self.tokens[first].start : self.tokens[after - 1].end]

    def asks(self, token: Token) -> bool:
        """Whether the sentence of its last word is a question."""
        return bool(_ASKS.match(self.text, token.end))


def _number_kinds(number: str, unit: str) -> frozenset[str]:
    """What a number may be: an amount of pay, an age, a year, or any number."""
    if "%" in unit:
        return frozenset({"percent"})
    digits = re.sub(r"\D", "", number)
    grouped = re.search(r"\d[.,' ]\d{3}(?!\d)", number)
    kinds = {"num"}
    is_plain = digits == number
    value = int(digits[:LONGEST_NUMBER])
    if is_plain and value in AGES:
        kinds.add("age")
    if is_plain and value in YEARS_OF_OLD:
        kinds.add("year")
    is_large = len(digits) >= DIGITS_OF_PAY and not (is_plain and value in YEARS)
    if unit.strip() or number[0] in "€$£₹¥" or grouped or is_large:
        kinds.add("sum")
    return frozenset(kinds)


def _readings(word: str, after: int) -> list[tuple[str, int]]:
    """A word, and what it spells where digits and signs stand for letters."""
    readings = [(word, after)]
    if "ae" in word or "oe" in word or "ue" in word:  # German letters with dots, written out
        readings.append((word.replace("ae", "a").replace("oe", "o").replace("ue", "u"), after))
    if _HAS_SIGN.search(word) and sum(letter.isalpha() for letter in word) >= FEWEST_LETTERS:
        readings += [(word.translate(table), after) for table in (_LEET, _LEET_L)]
        readings += [(word.rstrip("@"), after)] if word.endswith("@") else []
    if word.count(_HIDDEN) == 1:
        readings += [(word.replace(_HIDDEN, vowel), after) for vowel in _VOWELS]
    return readings


def _is_disguised(word: str) -> bool:
    """Whether a word has signs or figures where letters belong."""
    return bool(re.search(r"[^\W\d_][0-9@$!+*]+[^\W\d_]|^\d[^\W\d_]{3}", word))


def _join(tokens: list[Token], plain: str, bounds: list[tuple[int, int]]) -> None:
    """Words that hyphens, stars or spaces between all letters take apart are read as one word, too."""
    joined = [
        place for place, ((_, end), (start, _)) in enumerate(pairwise(bounds)) if _JOINS.fullmatch(plain, end, start)
    ]
    together = set(joined)
    for place in joined:
        word = tokens[place].readings[0][0]
        for last in range(place + 1, place + MOST_PIECES):
            if last - 1 not in together:
                break
            word += tokens[last].readings[0][0]
            tokens[place].readings.append((word, last + 1))
    runs = list(_SPACED.finditer(plain))
    at_start = {start: place for place, (start, _) in enumerate(bounds)} if runs else {}
    at_end = {end: place for place, (_, end) in enumerate(bounds)} if runs else {}
    for run in runs:
        first_place, last_place = at_start.get(run.start()), at_end.get(run.end())
        if first_place is not None and last_place is not None and last_place - first_place < _LONGEST_SPACED:
            letters = "".join(tokens[at].readings[0][0] for at in range(first_place, last_place + 1))
            spelt = (letters, letters.translate(_LEET), letters.translate(_LEET_L))
            tokens[first_place].readings += [(word, last_place + 1) for word in dict.fromkeys(spelt)]
            for token in tokens[first_place : last_place + 1]:
                token.is_disguised = True


def read(text: str) -> Reading:
    """Read a text of any length, in time that grows with its length alone."""
    plain, places = folded_with_places(text)
    reading = Reading(text)
    bounds: list[tuple[int, int]] = []
    sentence, last_end = 0, 0
    for piece in _PIECE.finditer(plain):
        start, end = piece.span()
        between = plain[last_end:start]
        ended = bool(reading.tokens) and _ends_sentence(plain, last_end, start, reading.tokens[-1].readings[0][0])
        if reading.tokens and _COMMA.search(between):
            reading.tokens[-1].ends_clause = True
        sentence += ended
        place = len(reading.tokens)
        word = piece["word"]
        readings = _readings(word, place + 1) if word else [(piece["number"], place + 1)]
        kinds = frozenset() if word else _number_kinds(piece["number"], piece["unit"] or "")
        is_first = ended or not reading.tokens
        reading.tokens.append(
            Token(
                places[start],
                places[end - 1] + 1,
                sentence,
                readings,
                kinds,
                starts_sentence=is_first,
                is_disguised=len(readings) > 1 and _is_disguised(word),
            )
        )
        bounds.append((start, end))
        last_end = end
    if reading.tokens:
        reading.tokens[-1].ends_clause = True
    _join(reading.tokens, plain, bounds)
    return reading


def _ends_sentence(plain: str, start: int, end: int, word: str) -> bool:
    """Whether a sentence ends between two words; a full stop between a short word and a figure is that of an abbreviation."""
    between = plain[start:end]
    if _ENDS.search(between):
        return True
    return bool(_STOP.search(between)) and not (len(word) <= _ABBREVIATED and plain[end].isdigit())

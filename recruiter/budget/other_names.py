"""Other finalists are not named in a case: their names are found in what people write for it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from recruiter.foundation.lexicon.check import Finding
from recruiter.foundation.lexicon.folding import folded
from recruiter.foundation.lexicon.tokens import Reading, read
from recruiter.foundation.lexicon.topics import BLOCKED

TOPIC = "other finalists"
SHORTEST = 3  # a part of a name with fewer letters says nothing alone
# Parts of names that are words, too: found with the rest of the name, or with its initial, never alone.
WORDS = frozenset(tomllib.loads(Path(__file__).with_name("name_words.toml").read_text(encoding="utf-8"))["words"])


def called(place: int) -> str:
    """What the finalist at a place among the others is called in a case, from 0 on: Finalist B to Z, then AA and so on."""
    letters, number = "", place + 2  # the candidate is A
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"Finalist {letters}"


def _parts(name: str) -> list[str]:
    return [token.readings[0][0] for token in read(name).tokens]


def _stands(reading: Reading, parts: list[str], place: int) -> bool:
    """Whether words stand one after the other from a place on."""
    tokens = reading.tokens[place : place + len(parts)]
    return len(tokens) == len(parts) and all(
        any(word == part for word, _ in token.readings) for token, part in zip(tokens, parts, strict=True)
    )


def _ways(parts: list[str], telling: set[str]) -> list[list[str]]:
    """The ways in which a person may be named: whole, in one word too, family name first, an initial with the family name, one part that tells."""
    first, family = parts[0], parts[-1]
    whole = [parts, [family, *parts[:-1]], [first, family], ["".join(parts)]] if len(parts) > 1 else []
    initials = [[first[0], family], [family, first[0]]] if len(parts) > 1 else []
    joined = [[before + part] for before, part in pairwise(parts) if len(before) < SHORTEST]  # OBrien, DeVries
    return [*whole, *initials, *joined, *([part] for part in parts if part in telling)]


def found_in(text: str, *, others: Mapping[str, str], known: Iterable[str], section: str = "") -> list[Finding]:
    """The names of other finalists in a text, as what blocks it.

    Args:
        text: what somebody wrote for a case.
        others: the names of the other finalists, by what they are called in the case (Finalist B).
        known: names that may stand there: the candidate's, and those of colleagues who are cited.
        section: of the case, for the finding.
    """
    reading = read(text)
    known_parts = {part for name in known for part in _parts(name)}
    of_others = Counter(part for name in others.values() for part in set(_parts(name)))
    ordinary = {folded(word) for word in WORDS} | known_parts
    findings = []
    for called, name in others.items():
        parts = _parts(name)
        telling = {part for part in parts if len(part) >= SHORTEST and part not in ordinary and of_others[part] == 1}
        terms = [
            reading.terms(place, place + len(way))
            for way in _ways(parts, telling)
            for place in range(len(reading.tokens))
            if not set(way) <= known_parts and _stands(reading, way, place)
        ]
        if terms:
            why = f"Other finalists are not named in a case: write {called}."
            findings.append(Finding(BLOCKED, TOPIC, tuple(dict.fromkeys(terms)), why, section))
    return findings

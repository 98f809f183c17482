"""A sentence in pieces: plain words and names, so that a page can set each name apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True)
class Piece:
    """A part of a sentence: plain words, or somebody's name."""

    text: str
    is_name: bool = False


Sentence = list[Piece]


def sentence(pattern: str, **values: object) -> Sentence:
    """A sentence from a pattern: `{person}` stands apart as a name, a value with a format (`{points:.2f}`) is plain words.

    A value that is a sentence itself is taken in as it is.
    """
    pieces: Sentence = []
    for plain, field, spec, _ in Formatter().parse(pattern):
        if plain:
            pieces.append(Piece(plain))
        value = values[field] if field else None
        if isinstance(value, list):
            pieces += value
        elif field:
            pieces.append(Piece(format(value, spec or ""), is_name=not spec))
    return pieces


def joined(parts: Sequence[Sentence]) -> Sentence:
    """“A, B and C”."""
    pieces: Sentence = []
    for index, part in enumerate(parts):
        if index:
            pieces.append(Piece(" and " if index == len(parts) - 1 else ", "))
        pieces += part
    return pieces


def joined_names(names: Sequence[str]) -> Sentence:
    """“A, B and C”, each a name."""
    return joined([[Piece(name, is_name=True)] for name in names])

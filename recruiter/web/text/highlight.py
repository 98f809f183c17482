"""Blocked and warned words, marked where they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recruiter.foundation.lexicon.check import Finding


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `why` is the reason where the check found it, `blocked` whether it stops the case."""

    text: str
    why: str = ""
    blocked: bool = False


def _pattern(phrase: str) -> str:
    """Words as the check read them, found again in the text as it was typed: any space, any apostrophe."""
    parts = [re.escape(part).replace("'", "['\u2019]") for part in phrase.split()]
    return r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"


def marked(text: str, findings: list[Finding]) -> list[Piece]:
    """The text in pieces, with the words of its findings apart."""
    spans: list[tuple[int, int, Finding]] = []
    for finding in findings:
        for phrase in finding.matches:
            spans += [(*hit.span(), finding) for hit in re.finditer(_pattern(phrase), text, re.IGNORECASE)]
    pieces, at = [], 0
    for start, end, finding in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], finding.why, finding.severity == "blocked"))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces

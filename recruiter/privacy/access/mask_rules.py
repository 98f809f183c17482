"""The names of others in what a person is given: colleagues and other candidates go by what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from recruiter.foundation import text
from recruiter.privacy.person.identity_rules import Identity, taken_out

COLLEAGUE, CANDIDATE = "[a colleague]", "[another candidate]"
LONGEST_NAME = 5  # words
WORD = re.compile(r"[\w-]+(?:['\u2019](?!s\b)\w+)*")


@dataclass(frozen=True)
class Mask:
    """Whose names are masked: colleagues, and candidates by their folded names; `beside` stood on the same requisitions.

    Of those a first or last name alone is masked too, unless the person shares it.
    """

    person: tuple[str, ...]
    colleagues: Identity
    candidates: frozenset[str]
    beside: tuple[str, ...]

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        beside = Identity(names=self.beside, exact=())
        colleagues = Identity(names=self.colleagues.names, exact=())
        patterns = [
            (self.colleagues.pattern, COLLEAGUE),
            (colleagues.parts(self.person), COLLEAGUE),
            (beside.parts(self.person), CANDIDATE),
        ]
        return [(pattern, by) for pattern, by in patterns if pattern is not None]

    def masked(self, value: Any) -> Any:
        """A text, or whatever JSON holds, without the names of others."""
        if isinstance(value, str):
            return self._masked_text(value)
        if isinstance(value, list):
            return [self.masked(each) for each in value]
        if isinstance(value, dict):
            return {key: self.masked(each) for key, each in value.items()}
        return value

    def _masked_text(self, value: str) -> str:
        spans = self._spans_of_candidates(value)
        for start, end in reversed(spans):
            value = f"{value[:start]}{CANDIDATE}{value[end:]}"
        for pattern, by in self._patterns:
            value = taken_out(value, pattern, by=by)
        return value

    def _spans_of_candidates(self, value: str) -> list[tuple[int, int]]:
        """Where full names of other candidates stand; the longest name first, none over another."""
        own = {text.folded(name) for name in self.person}
        tokens = [match.span() for match in WORD.finditer(value)]
        spans: list[tuple[int, int]] = []
        place = 0
        while place < len(tokens):
            for length in range(min(LONGEST_NAME, len(tokens) - place), 1, -1):
                start, end = tokens[place][0], tokens[place + length - 1][1]
                name = text.folded(value[start:end])
                if name in self.candidates and name not in own:
                    spans.append((start, end))
                    place += length - 1
                    break
            place += 1
        return spans


def labels(numbers: Iterable[int]) -> dict[int, str]:
    """What colleagues are called in the file: “colleague 1”, in the order of their numbers."""
    return {number: f"colleague {place}" for place, number in enumerate(sorted(set(numbers)), start=1)}

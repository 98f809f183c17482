"""By which words a text names a person, found and taken out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, quote_plus

from recruiter.foundation import text
from recruiter.foundation.personal_data import ERASED

SHORTEST_PART = 3
SHORTEST_EXACT = 5
ENOUGH_TO_ASK = 3  # letters of ASCII by which a database looks for a name


@dataclass(frozen=True)
class Identity:
    """What names a person: full names, and what is theirs alone (addresses, numbers, links)."""

    names: tuple[str, ...]
    exact: tuple[str, ...]

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Every spelling that is looked for: names in both orders and folded, as an address of a page has them, and what is exact."""
        spelt: list[str] = []
        for name in self.names:
            parts = name.split()
            if len(parts) > 1:  # a single word may be any word: it is looked for only where the person was
                turned = f"{parts[-1]}, {' '.join(parts[:-1])}"
                spelt += [" ".join(parts), turned, f"{parts[-1]} {' '.join(parts[:-1])}", text.folded(name)]
                spelt += [quote_plus(name), quote(name)]
        spelt += [value for each in self.exact for value in (each, quote_plus(each)) if len(value) >= SHORTEST_EXACT]
        return tuple(dict.fromkeys(spelt))

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """What finds any spelling, whatever its case and spaces; the longest first. None where there is nothing to find."""
        spelt = sorted(self.needles, key=len, reverse=True)
        alternatives = "|".join(r"\s+".join(re.escape(word) for word in needle.split()) for needle in spelt)
        return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if alternatives else None

    def parts(self, others: Iterable[str]) -> re.Pattern[str] | None:
        """What finds a first or last name alone, as it is written; not one that `others` on the same requisition have too."""
        theirs = {word for name in others for word in name.split()}
        parts = {word for name in self.names for word in name.split()}
        wanted = sorted(word for word in parts - theirs if len(word) >= SHORTEST_PART and word[0].isupper())
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)") if wanted else None


def likeness(needle: str, *, in_json: bool) -> tuple[str, bool]:
    """How a database looks for a needle: a pattern for ILIKE, and whether it is one; else the words themselves.

    Whatever is not a letter or digit of ASCII may be anything, because engines fold and write it in their own ways.
    """
    runs = re.findall(r"[A-Za-z0-9]+", needle)
    if sum(map(len, runs)) >= ENOUGH_TO_ASK:
        return f"%{'%'.join(runs)}%", True
    return (json.dumps(needle)[1:-1] if in_json else needle), False


def taken_out(value: Any, pattern: re.Pattern[str], *, by: str = ERASED) -> Any:
    """A text, or whatever JSON holds, without what a pattern finds."""
    if isinstance(value, str):
        return pattern.sub(by, value)
    if isinstance(value, list):
        return [taken_out(each, pattern, by=by) for each in value]
    if isinstance(value, dict):
        return {taken_out(key, pattern, by=by): taken_out(each, pattern, by=by) for key, each in value.items()}
    return value


def names_person(value: object, pattern: re.Pattern[str] | None) -> bool:
    """Whether a text, or JSON, names the person."""
    return pattern is not None and taken_out(value, pattern) != value


def numbers_in(value: object) -> set[int]:
    """Every number that stands in JSON."""
    if isinstance(value, bool):
        return set()
    if isinstance(value, int):
        return {value}
    parts: Sequence[object] = (
        list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    )
    return {number for part in parts for number in numbers_in(part)}

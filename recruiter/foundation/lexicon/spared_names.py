"""Names are no findings: somebody may be called Christian, Young or Black. They are blanked out before a text is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

SHORTEST = 2  # letters of a part of a name that stands for its person alone
_OF_THE_HOUSE: set[str] = set()


class WholeName(str):
    """The name of an organisation, a team or a place: spared where it stands whole, its single words are words like others."""

    __slots__ = ()


def spare_house(organisation: str) -> None:
    """Spare the name of the organisation in every text: signatures and offers bear it."""
    _OF_THE_HOUSE.add(organisation.strip())


@lru_cache(maxsize=512)
def _pattern(names: frozenset[str], wholes: frozenset[str]) -> re.Pattern[str] | None:
    parts = {name for name in names | wholes if name}
    parts |= {
        part for name in names for part in re.split(r"[\s\-]+", name) if len(part) >= SHORTEST and part[0].isupper()
    }
    if not parts:
        return None
    longest_first = sorted(parts, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?=s?(?!\w))")


def without_names(text: str, names: Iterable[str]) -> str:
    """A text with names blanked out, in length as it was. Parts of a name count as it does, in its own letters: black is no Black."""
    given = tuple(names)
    wholes = frozenset(name.strip() for name in given if isinstance(name, WholeName)) | _OF_THE_HOUSE
    pattern = _pattern(frozenset(name.strip() for name in given if not isinstance(name, WholeName)), wholes)
    return pattern.sub(lambda hit: "_" * len(hit.group()), text) if pattern else text

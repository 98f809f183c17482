"""The assumptions about an empty seat that a writer may change: what they are by default, and how large they may become. They are listed in the TOML file beside this."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

PREFIX = "assumption:"
LEVELS = ("low", "middle", "high")


@dataclass(frozen=True)
class AssumptionKind:
    """What is assumed three times, low, middle and high: the defaults, the largest value, how a sentence, a field and a figure say it."""

    name: str
    defaults: list[int]
    largest: int
    phrase: str
    field_label: str
    figure_label: str = ""


_LISTED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
KINDS = {name: AssumptionKind(name, **kind) for name, kind in _LISTED.items()}
DEFAULTS: dict[str, int] = {
    f"{kind.name}_{level}": default
    for kind in KINDS.values()
    for level, default in zip(LEVELS, kind.defaults, strict=True)
}


def kind_and_level(name: str) -> tuple[AssumptionKind, str]:
    """What an assumption of a name like `empty_seat_low` is about, and its level."""
    kind, _, level = name.rpartition("_")
    return KINDS[kind], level


def largest_value(name: str) -> int:
    """The largest value that an assumption may take: days, or percent."""
    return kind_and_level(name)[0].largest

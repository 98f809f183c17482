"""Topics that have no place in a case for pay: their words, what only looks alike, and why. They are listed in topics.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

BLOCKED, WARNED = "blocked", "warned"
LISTED = Path(__file__).with_name("topics.toml")


@dataclass(frozen=True)
class Topic:
    """One topic: its severity, the reason shown, regular expressions for its words, and for what only looks alike."""

    name: str
    severity: str
    why: str
    patterns: tuple[str, ...]
    near_misses: tuple[str, ...] = ()


def _listed() -> tuple[Topic, ...]:
    """The topics of a case in the order of the file, with `<pay>` in a pattern as the word list of that name."""
    content = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    word_lists: dict[str, str] = {}

    def patterns(lines: str) -> tuple[str, ...]:
        return tuple(
            re.sub(r"<(\w+)>", lambda name: word_lists[name[1]], line) for line in lines.split("\n") if line.strip()
        )

    for name, pattern in content["word_lists"].items():
        word_lists[name] = "".join(patterns(pattern))
    return tuple(
        Topic(
            topic["name"],
            topic["severity"],
            topic["why"],
            patterns(topic["words"] + topic.get("hints", "")),
            patterns(topic.get("near_misses", "")),
        )
        for topic in content["topics"]
    )


TOPICS = _listed()

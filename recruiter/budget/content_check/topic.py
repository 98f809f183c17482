"""A topic that has no place in a case for pay: its words, what only looks alike, and why."""

from __future__ import annotations

from dataclasses import dataclass

BLOCKED, WARNED = "blocked", "warned"


@dataclass(frozen=True)
class Topic:
    """One topic: its severity, the reason shown, regular expressions for its words, and for what only looks alike."""

    name: str
    severity: str
    why: str
    patterns: tuple[str, ...]
    near_misses: tuple[str, ...] = ()

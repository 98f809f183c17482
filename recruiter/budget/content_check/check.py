"""The check for what has no place in a case: words marked, reason given, near misses let through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from recruiter.budget.content_check.normalise import as_read
from recruiter.budget.content_check.topic import BLOCKED, TOPICS, Topic

LONGEST = 20_000


@dataclass(frozen=True)
class Finding:
    """One topic found in one text: `severity` is `blocked` or `warned`, `matches` are as they stand in the text."""

    severity: str
    topic: str
    matches: tuple[str, ...]
    why: str
    section: str = ""

    @property
    def is_blocked(self) -> bool:
        """Whether its words must not stand in a case."""
        return self.severity == BLOCKED

    @property
    def quoted(self) -> str:
        """Its words in quotation marks."""
        return ", ".join(f"“{match}”" for match in self.matches)


@lru_cache(maxsize=4)
def _patterns(more: tuple[Topic, ...]) -> list[tuple[Topic, re.Pattern[str], re.Pattern[str] | None]]:
    def joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile("|".join(patterns), re.IGNORECASE)

    return [
        (topic, joined(topic.patterns), joined(topic.near_misses) if topic.near_misses else None)
        for topic in (*TOPICS, *more)
    ]


def _is_spared(span: tuple[int, int], spared: list[tuple[int, int]]) -> bool:
    """Whether a hit overlaps with what only looks alike, or is nothing within it."""
    return any((start <= span[0] and span[1] <= end) or (start < span[1] and span[0] < end) for start, end in spared)


def check(text: str, *, section: str = "", more: tuple[Topic, ...] = ()) -> list[Finding]:
    """What in a text has no place in a case, blocked findings first. English words; each topic is named once.

    `more` are topics that matter beside those of a case, where the text is for somebody else.
    """
    read = as_read(text[:LONGEST])
    findings = []
    for topic, pattern, near_miss in _patterns(more):
        spared = [match.span() for match in near_miss.finditer(read)] if near_miss else []
        hits = [match.group() for match in pattern.finditer(read) if not _is_spared(match.span(), spared)]
        if hits:
            findings.append(Finding(topic.severity, topic.name, tuple(dict.fromkeys(hits)), topic.why, section))
    return sorted(findings, key=lambda finding: not finding.is_blocked)


def is_blocked(text: str) -> bool:
    """Whether a text holds what must not stand in a case."""
    return any(finding.is_blocked for finding in check(text))

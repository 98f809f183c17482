"""The check for what has no place in a case: words marked, reason given, near misses let through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from recruiter.budget.content_check import indirect_hints
from recruiter.budget.content_check.blocked_topics import BLOCKED_TOPICS
from recruiter.budget.content_check.normalise import as_read
from recruiter.budget.content_check.topic import BLOCKED, Topic
from recruiter.budget.content_check.warned_topics import WARNED_TOPICS

LONGEST = 20_000


@dataclass(frozen=True)
class Finding:
    """One topic found in one text: `severity` is `blocked` or `warned`, `words` are as they stand in the text."""

    severity: str
    topic: str
    matches: tuple[str, ...]
    why: str
    section: str = ""


@lru_cache(maxsize=4)
def _patterns(more: tuple[Topic, ...]) -> list[tuple[Topic, re.Pattern[str], re.Pattern[str] | None]]:
    patterns = []
    for topic in (*BLOCKED_TOPICS, *WARNED_TOPICS, *more):
        pattern = (*topic.patterns, *indirect_hints.WORDS.get(topic.name, ()))
        near_misses = (*topic.near_misses, *indirect_hints.NEAR_MISSES.get(topic.name, ()))
        spared = re.compile("|".join(near_misses), re.IGNORECASE) if near_misses else None
        patterns.append((topic, re.compile("|".join(pattern), re.IGNORECASE), spared))
    return patterns


def _within(span: tuple[int, int], spared_spans: list[tuple[int, int]]) -> bool:
    return any(
        (start <= span[0] and span[1] <= end) or (start < span[1] and span[0] < end) for start, end in spared_spans
    )


def check(text: str, *, section: str = "", more: tuple[Topic, ...] = ()) -> list[Finding]:
    """What in a text has no place in a case, blocked findings first. English words; each topic is named once.

    `more` are topics that matter beside those of a case, where the text is for somebody else.
    """
    read = as_read(text[:LONGEST])
    findings = []
    for topic, pattern, near_miss in _patterns(more):
        spared = [match.span() for match in near_miss.finditer(read)] if near_miss else []
        hits = [match.group() for match in pattern.finditer(read) if not _within(match.span(), spared)]
        if hits:
            marked = tuple(dict.fromkeys(hits))
            findings.append(Finding(topic.severity, topic.name, marked, topic.why, section))
    return sorted(findings, key=lambda finding: finding.severity != BLOCKED)


def is_blocked(text: str) -> bool:
    """Whether a text holds what must not stand in a case."""
    return any(finding.severity == BLOCKED for finding in check(text))

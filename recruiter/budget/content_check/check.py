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
    words: tuple[str, ...]
    why: str
    section: str = ""


@lru_cache(maxsize=4)
def _patterns(more: tuple[Topic, ...]) -> list[tuple[Topic, re.Pattern[str], re.Pattern[str] | None]]:
    found = []
    for topic in (*BLOCKED_TOPICS, *WARNED_TOPICS, *more):
        words = (*topic.words, *indirect_hints.WORDS.get(topic.name, ()))
        near = (*topic.near_misses, *indirect_hints.NEAR_MISSES.get(topic.name, ()))
        spared = re.compile("|".join(near), re.IGNORECASE) if near else None
        found.append((topic, re.compile("|".join(words), re.IGNORECASE), spared))
    return found


def _within(span: tuple[int, int], spared: list[tuple[int, int]]) -> bool:
    return any((start <= span[0] and span[1] <= end) or (start < span[1] and span[0] < end) for start, end in spared)


def check(text: str, *, section: str = "", more: tuple[Topic, ...] = ()) -> list[Finding]:
    """What in a text has no place in a case, blocked findings first. English words; each topic is named once.

    `more` are topics that matter beside those of a case, where the text is for somebody else.
    """
    read = as_read(text[:LONGEST])
    found = []
    for topic, words, near in _patterns(more):
        spared = [one.span() for one in near.finditer(read)] if near else []
        hits = [one.group() for one in words.finditer(read) if not _within(one.span(), spared)]
        if hits:
            marked = tuple(dict.fromkeys(hits))
            found.append(Finding(topic.severity, topic.name, marked, topic.why, section))
    return sorted(found, key=lambda one: one.severity != BLOCKED)


def is_blocked(text: str) -> bool:
    """Whether a text holds what must not stand in a case."""
    return any(one.severity == BLOCKED for one in check(text))

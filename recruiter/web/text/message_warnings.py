"""What the check found in a text to a candidate, as a page shows it: each sentence with its words marked, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recruiter.budget.content_check.check import Finding
from recruiter.pipeline.models import Application
from recruiter.privacy import word_check
from recruiter.web.request import guard
from recruiter.web.text import highlight


@dataclass(frozen=True)
class Mark:
    """One finding: whether it stops the text, why, and each sentence in pieces, the words apart."""

    blocked: bool
    words: str
    why: str
    sentences: list[list[highlight.Piece]]


@dataclass(frozen=True)
class Marks:
    """The findings of a text; `key` is what a confirmation sends, empty where nothing can be confirmed."""

    found: list[Mark]
    key: str


def _mark(one: word_check.Found) -> Mark:
    finding = Finding("blocked" if one.blocked else "warned", "", one.words, one.why)
    quoted = ", ".join(f"\u201c{words}\u201d" for words in one.words)
    return Mark(one.blocked, quoted, one.why, [highlight.marked(sentence, [finding]) for sentence in one.sentences])


def of(found: Sequence[word_check.Found]) -> Marks:
    """Findings as a page shows them."""
    return Marks([_mark(one) for one in found], "" if any(one.blocked for one in found) else word_check.key(found))


def of_letter(form: Any, application: Application) -> Marks:
    """What stands in the way of a message to one candidate, as it was typed."""
    return of_words(f"{form.subject.data or ''}\n{form.body.data or ''}", application)


def of_words(words: str, application: Application) -> Marks:
    """The same for words alone."""
    return of(word_check.findings(words, names=word_check.names_in(application, guard.actor())))

"""What the check found in a text, as a page shows it: each sentence with its words marked, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recruiter.foundation.json_types import JsonView
from recruiter.foundation.lexicon.check import Finding
from recruiter.pipeline.models import Application
from recruiter.privacy import word_check
from recruiter.web.request import guard
from recruiter.web.text import highlight


@dataclass(frozen=True)
class Mark:
    """One finding: whether it stops the text, why, and each sentence in pieces, the words apart."""

    blocked: bool
    phrase: str
    why: str
    sentences: list[list[highlight.Piece]]


@dataclass(frozen=True)
class Marks:
    """The findings of a text; `key` is what a confirmation sends, empty where nothing can be confirmed."""

    marks: list[Mark]
    key: str


def _mark(word_finding: word_check.Finding) -> Mark:
    finding = Finding("blocked" if word_finding.blocked else "warned", "", word_finding.phrases, word_finding.why)
    quoted = ", ".join(f"\u201c{phrase}\u201d" for phrase in word_finding.phrases)
    return Mark(
        word_finding.blocked,
        quoted,
        word_finding.why,
        [highlight.marked(sentence, [finding]) for sentence in word_finding.sentences],
    )


def of(findings: Sequence[word_check.Finding]) -> Marks:
    """Findings as a page shows them."""
    return Marks(
        [_mark(finding) for finding in findings],
        "" if any(finding.blocked for finding in findings) else word_check.key(findings),
    )


def flashed(line: Any) -> JsonView:
    """A line that the last page left for this one; what was found in texts that it stored becomes `marks`."""
    stored = [word_check.Finding(**finding) for finding in line.get("found", ())]
    return {**line, "marks": of(stored) if stored else None}


def of_letter(form: Any, application: Application) -> Marks:
    """What stands in the way of a message to one candidate, as it was typed."""
    return of_words(f"{form.subject.data or ''}\n{form.body.data or ''}", application)


def of_words(text: str, application: Application) -> Marks:
    """The same for words alone."""
    return of(word_check.findings(text, names=word_check.names_in(application, guard.actor())))

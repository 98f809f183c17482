"""What is written to a candidate goes through the check that a budget case goes through: what is protected stops it, what is warned of asks twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from recruiter.foundation.act import Actor
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.lexicon import check as checking
from recruiter.foundation.lexicon.spared_names import WholeName
from recruiter.foundation.lexicon.topics import BLOCKED
from recruiter.pipeline.models import Application

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
# What a company offers everybody, told and not asked: a sentence that ends in a question mark is read whole.
OFFERED = re.compile(
    r"\b(?:paid\s+)?(?:(?:parental|maternity|paternity|adoption|family|carer'?s)(?:,?\s+(?:and|or)\s+|,\s+)?)+\s*leave\b"
    r"|\b(?:childcare|child\s+care|nursery)\s+(?:vouchers?|allowances?|support|places?|subsid(?:y|ies))\b"
    r"|\b(?:insurance|cover|leave|plan)\s+for\s+you\s+and\s+your\s+family\b"
    r"|\b(?:sponsor|support|pay\s+for|arrange)\s+(?:your|the|a)\s+(?:work\s+)?visas?\b|\bvisa\s+(?:sponsorship|support)\b"
    r"|\b(?:help|support|budget|package|allowance)\s+(?:with|for)\s+(?:your\s+|the\s+)?relocation\b"
    r"|\brelocation\s+(?:budget|package|allowance|support|help)\b"
    r"|\bwheelchair[\s-]+accessible\b|\baccessible\s+(?:by|with|for)\s+(?:a\s+)?wheelchairs?\b"
    r"|\bopen\s+to\s+people\s+with\s+(?:a\s+)?disabilit(?:y|ies)\b"
    r"|\bequal[\s-]+opportunit(?:y|ies)\s+employer\b[^.!?\n]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """Words of one topic in a text: `blocked` where they stop it; `sentences` are those in which they stand."""

    blocked: bool
    phrases: tuple[str, ...]
    why: str
    sentences: tuple[str, ...]


class Stopped(RuleBroken):
    """A text that is not sent as it stands; `found` is what stands in the way."""

    def __init__(self, message: str, *, field: str, findings: list[Finding]) -> None:
        super().__init__(message, errors={field: [message]})
        self.findings = findings


def names_in(application: Application, actor: Actor) -> tuple[str, ...]:
    """What is no finding wherever it stands in a message: who reads and who writes it, the title of the job, its team and place."""
    requisition = application.requisition
    wholes = (WholeName(requisition.department), WholeName(requisition.location))
    return (application.candidate.name, actor.name, requisition.title, *wholes)


def as_told(text: str) -> str:
    """A text with what a company offers everybody blanked out of the sentences that do not ask, in length as it was."""

    def blanked(sentence: str) -> str:
        asks = sentence.rstrip().endswith("?")
        return sentence if asks else OFFERED.sub(lambda hit: "_" * len(hit.group()), sentence)

    return "".join(blanked(piece) for piece in re.split(f"({SENTENCE.pattern})", text))


def findings(text: str, *, names: Iterable[str] = (), to_candidate: bool = True) -> list[Finding]:
    """What in a text stops it or is warned of, what stops it first; in a message to a candidate more does (see `lexicon.check`)."""
    names = tuple(names)

    def matches_in(part: str) -> list[checking.Finding]:
        return checking.check(as_told(part) if to_candidate else part, names=names, to_candidate=to_candidate)

    topics = {
        sentence.strip(): {match.topic for match in matches_in(sentence)}
        for sentence in SENTENCE.split(text)
        if sentence.strip()
    }
    return [
        Finding(
            match.severity == BLOCKED,
            match.matches,
            match.why,
            tuple(sentence for sentence in topics if match.topic in topics[sentence]),
        )
        for match in matches_in(text)
    ]


def key(shown_findings: Iterable[Finding]) -> str:
    """What a confirmation stands for: the warned words that were shown, and no others."""
    warned = [finding for finding in shown_findings if not finding.blocked]
    return "|".join(sorted({word.lower() for finding in warned for word in finding.phrases}))


def quoted(findings: Iterable[Finding]) -> str:
    """The words that were found, as a sentence quotes them."""
    return ", ".join(dict.fromkeys(f"\u201c{word}\u201d" for finding in findings for word in finding.phrases))


def check(text: str, *, field: str = "body", names: Iterable[str] = (), confirmed: str | bool = False) -> None:
    """Refuse what may not be said to a candidate; see `check_findings`."""
    check_findings(findings(text, names=names), field=field, confirmed=confirmed)


def check_findings(
    findings: list[Finding], *, field: str = "body", confirmed: str | bool = False, to: str = ""
) -> None:
    """Refuse what is blocked in a text, and what is warned of until somebody confirms it.

    `confirmed` is True, or the `key` of the words that were shown; `to` names who it is for where it is for one of several.
    Raises Stopped at `field`, with the words that stand in the way, their sentences and the reason.
    """
    blocked = [finding for finding in findings if finding.blocked]
    of_message = f" of the message to {to}" if to else ""
    if blocked:
        sentence = f"Take {quoted(blocked)} out{of_message}. What you write is about the work and what comes next, never about the person."
        raise Stopped(f"{sentence} {blocked[0].why}", field=field, findings=findings)
    if findings and confirmed is not True and confirmed != key(findings):
        sentence = f"Look again at {quoted(findings)}{of_message}. {findings[0].why}"
        raise Stopped(f"{sentence} Confirm it where it should stand.", field=field, findings=findings)

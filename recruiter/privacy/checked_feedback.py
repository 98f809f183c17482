"""What is said to a candidate as feedback holds nothing that is protected: the same check as for a budget case."""

from __future__ import annotations

from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.models.records import Direction, TouchKind
from recruiter.privacy import word_check


def check(words: str, *, field: str, kind: TouchKind = TouchKind.FEEDBACK, direction: Direction = Direction.TO) -> None:
    """Refuse feedback to a candidate that speaks of protected facts; what they said themselves, and other talk, is let through.

    Raises RuleBroken at `field`, with the words that stand in the way and the reason.
    """
    if kind != TouchKind.FEEDBACK or direction != Direction.TO:
        return
    found = [one for one in word_check.findings(words) if one.blocked]
    if not found:
        return
    quoted = ", ".join(dict.fromkeys(f"\u201c{each}\u201d" for one in found for each in one.words))
    raise RuleBroken.at(
        field, f"Leave out {quoted}: feedback is about the work that was seen, never about the person. {found[0].why}"
    )

"""People's own words in a case: quoted as they stand, or left out where the check would block them."""

from __future__ import annotations

from recruiter.budget.content_check import check
from recruiter.budget.content_check.topic import BLOCKED
from recruiter.foundation.errors import RuleBroken

LONGEST = 400
LEFT_OUT = "(words left out: they have no place in a case)"


def check_spoken(words: str, *, at: str) -> None:
    """Refuse words of a decision that the check blocks, since they are printed with the case: RuleBroken at the field."""
    for one in check.check(words):
        if one.severity == BLOCKED:
            marked = ", ".join(f"“{word}”" for word in one.words)
            raise RuleBroken.at(at, f"{marked}: {one.why}")


def quoted(words: str, *, longest: int = LONGEST) -> str:
    """Somebody's words in quotation marks, at most so many characters; a note in their place where the check blocks them."""
    said = " ".join(words.split())
    if not said:
        return ""
    if check.is_blocked(said):
        return LEFT_OUT
    return f"“{said if len(said) <= longest else said[: longest - 1].rstrip() + '…'}”"

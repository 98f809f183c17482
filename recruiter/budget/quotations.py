"""People's own words in a case: quoted as they stand, or left out where the check would block them."""

from __future__ import annotations

from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.lexicon import check

LONGEST = 400
LEFT_OUT = "(words left out: they have no place in a case)"


def check_comment(comment: str, *, at: str) -> None:
    """Refuse words of a decision that the check blocks, since they are printed with the case: RuleBroken at the field."""
    for finding in check.check(comment):
        if finding.is_blocked:
            raise RuleBroken.at(at, f"{finding.quoted}: {finding.why}")


def quoted(text: str, *, longest: int = LONGEST) -> str:
    """Somebody's words in quotation marks, at most so many characters; a note in their place where the check blocks them."""
    plain = " ".join(text.split())
    if not plain:
        return ""
    if check.is_blocked(plain):
        return LEFT_OUT
    return f"“{shortened(plain, longest)}”"


def shortened(text: str, longest: int) -> str:
    """Words of one line, at most so many characters; an ellipsis stands for what is left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"

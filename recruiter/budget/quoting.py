"""People's own words in a case: quoted as they stand, or left out where the check would block them."""

from __future__ import annotations

from recruiter.budget import checking

LONGEST = 400
LEFT_OUT = "(words left out: they have no place in a case)"


def quoted(words: str) -> str:
    """Somebody's words in quotation marks, at most 400 characters; a note in their place where the check blocks them."""
    said = " ".join(words.split())
    if not said:
        return ""
    if checking.is_blocked(said):
        return LEFT_OUT
    return f"“{said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + '…'}”"

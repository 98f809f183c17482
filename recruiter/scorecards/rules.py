"""Who may see a card, and what makes a card whole. The sentence “blind until sent” is written once, here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, RuleBroken

LOWEST, HIGHEST = 1, 5
LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Mark:
    """One attribute as rated: 1 to 5, or None where it was not covered; what was seen or heard."""

    attribute: str
    rating: int | None
    evidence: str = ""


def may_see(*, viewer_id: int, author_id: int, submitted: bool, owes_card: bool) -> bool:
    """Nobody sees others' scorecards on an application for which he still owes one of his own; drafts are their author's alone."""
    return viewer_id == author_id or (submitted and not owes_card)


def check_opens(*, starts_at: dt.datetime, now: dt.datetime) -> None:
    """A card opens when its interview starts."""
    if now < starts_at:
        raise Conflict("This scorecard opens when the interview starts.")


def check_marks(marks: list[Mark], *, attributes: list[str]) -> list[Mark]:
    """Marks of attributes that the requisition has, each once, on the scale; spelled as the requisition spells them."""
    known = {text.folded(one): one for one in attributes}
    out: dict[str, Mark] = {}
    for mark in marks:
        key = text.folded(mark.attribute)
        if key not in known:
            raise RuleBroken.at("ratings", f"“{mark.attribute}” is not an attribute of this requisition.")
        if key in out:
            raise RuleBroken.at("ratings", f"“{mark.attribute}” is rated twice.")
        if mark.rating is not None and not LOWEST <= mark.rating <= HIGHEST:
            raise RuleBroken.at("ratings", f"Rate {known[key]} from 1 to 5, or leave it as not covered.")
        out[key] = Mark(known[key], mark.rating, text.clean(mark.evidence)[:LONGEST_TEXT])
    return list(out.values())


def check_overall(overall: int | None) -> None:
    """The recommendation has four choices and no middle."""
    if overall is not None and overall not in {1, 2, 3, 4}:
        raise RuleBroken.at("overall", "Recommend 1 strong no, 2 no, 3 yes or 4 strong yes.")


def check_whole(marks: list[Mark], *, overall: int | None) -> None:
    """What a card needs to be sent: a rating, a recommendation, and evidence for the lowest and the highest ratings."""
    errors: dict[str, list[str]] = {}
    if not any(mark.rating is not None for mark in marks):
        errors["ratings"] = ["Rate at least one attribute."]
    for mark in marks:
        if mark.rating in {LOWEST, HIGHEST} and not mark.evidence:
            errors[f"evidence.{mark.attribute}"] = [
                f"Write what you saw or heard for {mark.attribute}: a {mark.rating} needs its evidence."
            ]
    if overall is None:
        errors["overall"] = ["Choose whether you would hire for this role."]
    if errors:
        first = next(iter(errors.values()))[0]
        raise RuleBroken(first, errors=errors)

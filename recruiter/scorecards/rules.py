"""Who may see a card, and what makes a card whole. The sentence “blind until sent” is written once, here."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.scorecards.models import ReminderStep

LOWEST, HIGHEST = 1, 5
LONGEST_TEXT = 10_000
LONGEST_ANCHOR = 400
FEWEST_COMPARED = 5  # fewer people would tell of single cards


@dataclass(frozen=True)
class Mark:
    """One attribute as rated: 1 to 5, or None where it was not covered; what was seen or heard."""

    attribute: str
    rating: int | None
    evidence: str = ""


@dataclass(frozen=True)
class CardContent:
    """What somebody fills in on a card: ratings, a recommendation and texts; none of it need be there before it is sent.

    `question` is for the debrief, `concern` is what the candidate raised.
    """

    marks: Sequence[Mark] = ()
    overall: int | None = None
    summary: str = ""
    question: str = ""
    concern: str = ""


def may_see(*, viewer_id: int, author_id: int, submitted: bool, owes_card: bool) -> bool:
    """Nobody sees others' scorecards on an application for which they still owe one of their own; drafts are their author's alone."""
    return viewer_id == author_id or (submitted and not owes_card)


def check_opens(*, starts_at: dt.datetime, now: dt.datetime) -> None:
    """A card opens when its interview starts."""
    if now < starts_at:
        raise Conflict("This scorecard opens when the interview starts.")


def _check_marks(marks: Sequence[Mark], *, attributes: Sequence[str]) -> list[Mark]:
    """Marks of attributes that the requisition has, each once, on the scale; spelled as the requisition spells them."""
    spellings = {text.folded(name): name for name in attributes}
    checked: dict[str, Mark] = {}
    for mark in marks:
        key = text.folded(mark.attribute)
        if key not in spellings:
            raise RuleBroken.at("ratings", f"“{mark.attribute}” is not an attribute of this requisition.")
        if key in checked:
            raise RuleBroken.at("ratings", f"“{mark.attribute}” is rated twice.")
        if mark.rating is not None and not LOWEST <= mark.rating <= HIGHEST:
            raise RuleBroken.at("ratings", f"Rate {spellings[key]} from 1 to 5, or leave it as not covered.")
        checked[key] = Mark(spellings[key], mark.rating, _cleaned(mark.evidence))
    return list(checked.values())


def _cleaned(value: str) -> str:
    return text.clean(value)[:LONGEST_TEXT]


def check_content(content: CardContent, *, attributes: Sequence[str]) -> CardContent:
    """The content of a card as it is stored: on its scales, its texts cleaned. The recommendation has four choices and no middle."""
    if content.overall is not None and content.overall not in {1, 2, 3, 4}:
        raise RuleBroken.at("overall", "Recommend 1 strong no, 2 no, 3 yes or 4 strong yes.")
    return CardContent(
        marks=_check_marks(content.marks, attributes=attributes),
        overall=content.overall,
        summary=_cleaned(content.summary),
        question=_cleaned(content.question),
        concern=_cleaned(content.concern),
    )


def check_complete(content: CardContent, *, evidence_for_all: bool = False) -> None:
    """What a card needs to be sent: a rating, a recommendation, and evidence for the lowest and the highest ratings.

    With `evidence_for_all` every rating needs its evidence, as its requisition may ask.
    """
    errors: dict[str, list[str]] = {}
    if not any(mark.rating is not None for mark in content.marks):
        errors["ratings"] = ["Rate at least one attribute."]
    for mark in content.marks:
        name, needs = mark.attribute, mark.rating is not None and (evidence_for_all or mark.rating in {LOWEST, HIGHEST})
        if needs and not mark.evidence:
            sentence = f"Write what you saw or heard for {name}: a {mark.rating} needs its evidence."
            errors[f"evidence.{name}"] = [sentence]
    if content.overall is None:
        errors["overall"] = ["Choose whether you would hire for this role."]
    if errors:
        raise RuleBroken(next(iter(errors.values()))[0], errors=errors)


def check_anchors(texts: dict[int, str]) -> dict[int, str]:
    """What each rating of an attribute looks like, cleaned: for all five ratings, or for none where the usual words do."""
    cleaned = {rating: text.clean(anchor)[:LONGEST_ANCHOR] for rating, anchor in texts.items() if text.clean(anchor)}
    missing = [rating for rating in range(LOWEST, HIGHEST + 1) if rating not in cleaned]
    if cleaned and missing:
        missing_ratings = ", ".join(str(rating) for rating in missing)
        raise RuleBroken.at("anchors", f"Say what a {missing_ratings} looks like too, or leave all five empty.")
    return cleaned


def deviation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """How much higher somebody marks than the others on the same people, in points; None below five comparisons."""
    if len(pairs) < FEWEST_COMPARED:
        return None
    return sum(own - others for own, others in pairs) / len(pairs)


REMINDER_DELAYS = {  # how long after the end of an interview each reminder may go out
    ReminderStep.FRESH: dt.timedelta(hours=1),
    ReminderStep.BEFORE_DUE: dt.timedelta(hours=20),
    ReminderStep.OVERDUE: dt.timedelta(hours=24),
    ReminderStep.MANAGER: dt.timedelta(hours=28),
}


def due_step(*, ends_at: dt.datetime, now: dt.datetime, sent: Collection[ReminderStep]) -> ReminderStep | None:
    """The reminder that is due: the furthest whose time has come; None where it, or a later one, has gone out.

    Whoever decides hears nothing before the interviewer was told that they are late.
    """
    order = list(REMINDER_DELAYS)
    step = next((step for step in reversed(order) if now >= ends_at + REMINDER_DELAYS[step]), None)
    if step is None:
        return None
    if step == ReminderStep.MANAGER and ReminderStep.OVERDUE not in sent:
        step = ReminderStep.OVERDUE
    return None if any(later in sent for later in order[order.index(step) :]) else step


def next_step(step: ReminderStep) -> ReminderStep | None:
    """The reminder that follows one."""
    return dict(itertools.pairwise(REMINDER_DELAYS)).get(step)

"""Voices of other teams: panelists of other teams, and colleagues who were asked by link. Silence and refusals stay visible."""

from __future__ import annotations

import datetime as dt

from recruiter.budget import queries
from recruiter.budget.content_check import quotations
from recruiter.budget.evidence.figures import record
from recruiter.budget.evidence.sections import candidate
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso, on
from recruiter.budget.models import Choice, Endorsement

WHOLE = 5000  # an answer stands word for word
IN_BRIEF, BRIEF = 2, 160  # so many answers, of so many characters each
SAID = {
    Choice.YES: "would use this skill",
    Choice.NO: "would not use this skill",
    Choice.PERHAPS: "would perhaps use this skill",
    Choice.DECLINED: "prefers not to answer",
}


def _told(one: Endorsement, *, now: dt.datetime, earlier: str | None = None) -> Evidence:
    source = "Answer by signed link" if earlier is None else f"Answer by signed link, for {earlier}"
    asked = f"asked on {on(one.asked_at)}: {quotations.quoted(one.question)}"
    if one.answered_at is None:
        late = f"; the link ran out on {on(one.expires_at)}" if one.expires_at <= now else ""
        return Evidence(f"A colleague of another team has not answered{late}, {asked}", source, at=iso(one.asked_at))
    name = one.name or "A colleague of another team"
    who = f"{name}, {one.team}" if one.team else name
    said = quotations.quoted(one.answer, longest=WHOLE)
    words = f"{who} {SAID[one.choice or Choice.PERHAPS]}"
    words += f"; for what: {quotations.quoted(one.for_what)}" if one.for_what else ""
    words += f"; by when: {quotations.quoted(one.by_when)}" if one.by_when else ""
    words += f": {said}" if said else "."
    return Evidence(
        f"{words} Asked: {quotations.quoted(one.question)}", source, by=one.name or None, at=iso(one.answered_at)
    )


def _in_brief(answered: list[Endorsement]) -> str:
    """Who would use the skill, for what and by when, for the two pages that everybody reads; whole answers stand in the annex."""
    told = []
    for one in answered:
        use = quotations.quoted(one.for_what, longest=BRIEF)
        words = f", for {use}" if use else f": {quotations.quoted(one.answer, longest=BRIEF)}"
        if one.choice in {Choice.YES, Choice.PERHAPS} and quotations.LEFT_OUT not in words:
            by = quotations.quoted(one.by_when, longest=BRIEF)
            who = ", ".join(part for part in (one.name or "A colleague", one.team) if part)
            told.append(f" {who} {SAID[one.choice]}{words}" + (f", by when: {by}." if by else "."))
    return "".join(told[:IN_BRIEF])


def collect(ground: Ground) -> Part:
    """Cards and answers from outside of the hiring team."""
    seats = candidate.from_other_teams(ground)
    cards = [one for one in record.cards_of(ground) if (one.interview_id, one.author_id) in seats]
    before = queries.answered_before(ground.session, ground.case) if ground.case.follows is not None else []
    asked = [*before, *ground.case.endorsements]
    answered = [one for one in asked if one.answered_at is not None]
    refused = [one for one in answered if one.choice == Choice.NO]
    declined = [one for one in answered if one.choice == Choice.DECLINED]
    told = [candidate.told_by(one) for one in cards]
    told += [_told(one, now=ground.now, earlier=one.case.number) for one in before]
    told += [_told(one, now=ground.now) for one in ground.case.endorsements]
    if not told:
        return Part()
    text = f"{counted(len(cards), 'interviewer')} of another team has sent a card."
    if len(cards) != 1:
        text = f"{len(cards)} interviewers of other teams have sent a card."
    if asked:
        text += f" {counted(len(asked), 'colleague')} asked by link, {len(answered)} answered, {len(refused)} of them said no."
        text += f" {len(declined)} preferred not to answer." if declined else ""
        text += f" {counted(len(before), 'answer')} given for an earlier case of this candidate." if before else ""
        text += _in_brief(answered)
    figures = (
        Figure("Cards of other teams", len(cards), "count"),
        Figure("Colleagues asked", len(asked), "count"),
        Figure("Colleagues who answered", len(answered), "count"),
        Figure("Colleagues who said no", len(refused), "count"),
        Figure("Colleagues who preferred not to answer", len(declined), "count"),
        Figure("Colleagues who are silent", len(asked) - len(answered), "count"),
    )
    return Part(text, tuple(told), figures, whole=len(answered) > len(declined) or bool(cards))

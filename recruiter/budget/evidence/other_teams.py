"""Voices of other teams: panelists of other teams, and colleagues who were asked by link. Silence and refusals stay visible."""

from __future__ import annotations

import datetime as dt

from recruiter.budget import quoting
from recruiter.budget.evidence import candidate, record
from recruiter.budget.evidence.shapes import Evidence, Figure, Ground, Part, counted, iso, on
from recruiter.budget.models import Endorsement


def _told(one: Endorsement, *, now: dt.datetime) -> Evidence:
    source = "Answer by signed link"
    asked = f"asked on {on(one.asked_at)}: {quoting.quoted(one.question)}"
    if one.answered_at is None:
        late = f"; the link ran out on {on(one.expires_at)}" if one.expires_at <= now else ""
        return Evidence(f"A colleague of another team has not answered{late}, {asked}", source, at=iso(one.asked_at))
    who = f"{one.name}, {one.team}" if one.team else one.name
    choice = {True: "would work with the candidate", False: "would not", None: "leaves it open"}[one.would_use]
    said = quoting.quoted(one.answer)
    return Evidence(
        f"{who}: {choice}" + (f": {said}" if said else ".") + f" Asked: {quoting.quoted(one.question)}",
        source,
        by=one.name,
        at=iso(one.answered_at),
    )


def collect(ground: Ground) -> Part:
    """Cards and answers from outside of the hiring team."""
    seats = candidate.from_other_teams(ground)
    cards = [one for one in record.cards_of(ground) if (one.interview_id, one.author_id) in seats]
    asked = ground.case.endorsements
    answered = [one for one in asked if one.answered_at is not None]
    refused = [one for one in answered if one.would_use is False]
    told = [candidate.told_by(one) for one in cards] + [_told(one, now=ground.now) for one in asked]
    if not told:
        return Part()
    text = f"{counted(len(cards), 'interviewer')} of another team has sent a card."
    if len(cards) != 1:
        text = f"{len(cards)} interviewers of other teams have sent a card."
    if asked:
        text += f" {counted(len(asked), 'colleague')} asked by link, {len(answered)} answered, {len(refused)} of them said no."
    figures = (
        Figure("Cards of other teams", len(cards), "count"),
        Figure("Colleagues asked", len(asked), "count"),
        Figure("Colleagues who answered", len(answered), "count"),
        Figure("Colleagues who said no", len(refused), "count"),
        Figure("Colleagues who are silent", len(asked) - len(answered), "count"),
    )
    return Part(text, tuple(told), figures, whole=bool(cards or answered))

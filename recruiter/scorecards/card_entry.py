"""How a card is begun, filled and fixed: what sending it oneself and entering it for somebody have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from recruiter.foundation.errors import Conflict, NotFound
from recruiter.interviews.models import Interview
from recruiter.scorecards import queries, rules
from recruiter.scorecards.models import CardState, Rating, Scorecard, ScorecardVersion, SentRating


def start_draft(session: Session, *, interview: Interview, author_id: int, now: dt.datetime) -> Scorecard:
    """A new draft of one panelist, for the caller to fill. NotFound off the panel, Conflict before the start or where nothing took place."""
    if interview.panelist(author_id) is None:
        raise NotFound
    if not interview.is_planned:
        raise Conflict("This interview did not take place, so it has no scorecards.")
    if not interview.scored:
        raise Conflict("This interview asks for no scorecards.")
    rules.check_opens(starts_at=interview.starts_at, now=now)
    card = Scorecard(
        interview=interview,
        application_id=interview.application_id,
        author_id=author_id,
        state=CardState.DRAFT,
        created_at=now,
        saved_at=now,
    )
    session.add(card)
    return card


def _attributes_of(card: Scorecard) -> list[str]:
    return card.interview.application.requisition.attribute_names


def fill(card: Scorecard, content: rules.CardContent, *, now: dt.datetime) -> None:
    """Put the content of a form on a card in place of what it had. Raises RuleBroken for what is not on the scale."""
    checked = rules.check_content(content, attributes=_attributes_of(card))
    previous_ratings = {rating.attribute: rating for rating in card.ratings}
    for place, mark in enumerate(checked.marks):
        rating = previous_ratings.pop(mark.attribute, None)
        if rating is None:
            rating = Rating(attribute=mark.attribute)
            card.ratings.append(rating)
        rating.position, rating.rating, rating.evidence = place, mark.rating, mark.evidence
    for rating in previous_ratings.values():
        card.ratings.remove(rating)
    card.overall, card.summary, card.saved_at = checked.overall, checked.summary, now
    card.question, card.concern = checked.question, checked.concern


def content_of(card: Scorecard) -> rules.CardContent:
    """What a card of our own says, as a form would hold it; ratings that were left open say nothing."""
    marks = [
        rules.Mark(rating.attribute, _whole_number(rating.rating), rating.evidence)
        for rating in card.ratings
        if rating.rating is not None or rating.evidence
    ]
    return rules.CardContent(marks, _whole_number(card.overall), card.summary, card.question, card.concern)


def has_content(card: Scorecard, content: rules.CardContent) -> bool:
    """Whether a card says the same as a form already, in whatever order its attributes stand."""
    stored, entered = content_of(card), rules.check_content(content, attributes=_attributes_of(card))
    rated = {mark for mark in entered.marks if mark.rating is not None or mark.evidence}
    return set(stored.marks) == rated and replace(stored, marks=()) == replace(entered, marks=())


def check_complete(session: Session, card: Scorecard) -> None:
    """Raise RuleBroken for everything that a card lacks to be sent on its requisition."""
    evidence_for_all = queries.evidence_for_all(session, card.interview.application.requisition_id)
    rules.check_complete(content_of(card), evidence_for_all=evidence_for_all)


def _whole_number(rating: float | None) -> int | None:
    return None if rating is None else int(rating)


def fix(session: Session, card: Scorecard, *, now: dt.datetime, after_reveal: bool = False, reason: str = "") -> int:
    """Keep a whole card as it stands now as one more version, and answer its number. Raises RuleBroken for what it lacks."""
    check_complete(session, card)
    number = max((version.number for version in card.versions), default=0) + 1
    card.state = CardState.AMENDED if card.sent else CardState.SUBMITTED
    marks: list[SentRating] = [
        {"attribute": mark.attribute, "rating": mark.rating, "evidence": mark.evidence} for mark in card.ratings
    ]
    version = ScorecardVersion(
        scorecard=card,
        number=number,
        state=card.state,
        after_reveal=after_reveal,
        ratings=marks,
        overall=card.overall,
        summary=card.summary,
        question=card.question,
        concern=card.concern,
        reason=reason,
        at=now,
    )
    session.add(version)
    return number

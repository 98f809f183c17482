"""How a card is begun, filled and fixed: what sending it oneself and entering it for somebody have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, NotFound
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.scorecards import queries, rules
from recruiter.scorecards.models import CardState, Rating, Scorecard, ScorecardVersion


@dataclass(frozen=True)
class OptionalParts:
    """What stands beside the ratings: a question for the debrief, and a concern that the candidate raised."""

    question: str = ""
    concern: str = ""


NO_OPTIONAL_PARTS = OptionalParts()


def start_draft(session: Session, *, interview: Interview, author: User, now: dt.datetime) -> Scorecard:
    """A new draft of one panelist, for the caller to fill. NotFound off the panel, Conflict before the start or where nothing took place."""
    if all(panelist.user_id != author.id for panelist in interview.panel):
        raise NotFound
    if interview.status != InterviewStatus.PLANNED:
        raise Conflict("This interview did not take place, so it has no scorecards.")
    rules.check_opens(starts_at=interview.starts_at, now=now)
    card = Scorecard(
        interview=interview,
        application_id=interview.application_id,
        author=author,
        state=CardState.DRAFT,
        summary="",
        created_at=now,
        saved_at=now,
    )
    session.add(card)
    return card


def _short(value: str) -> str:
    return text.clean(value)[: rules.LONGEST_TEXT]


def fill(
    card: Scorecard,
    *,
    marks: list[rules.Mark],
    overall: int | None,
    summary: str,
    optional: OptionalParts,
    now: dt.datetime,
) -> None:
    """Put the content of a form on a card in place of what it held; `now` is when."""
    previous_ratings = {rating.attribute: rating for rating in card.ratings}
    for place, mark in enumerate(marks):
        rating = previous_ratings.pop(mark.attribute, None)
        if rating is None:
            rating = Rating(attribute=mark.attribute)
            card.ratings.append(rating)
        rating.position, rating.rating, rating.evidence = place, mark.rating, mark.evidence
    for rating in previous_ratings.values():
        card.ratings.remove(rating)
    card.overall, card.summary, card.saved_at = overall, _short(summary), now
    card.question, card.concern = _short(optional.question), _short(optional.concern)


def has_content(
    card: Scorecard, *, marks: list[rules.Mark], overall: int | None, summary: str, optional: OptionalParts
) -> bool:
    """Whether a card says the same as the content of a form already; ratings that were left open say nothing."""
    stored = {
        rating.attribute: (rating.rating, rating.evidence)
        for rating in card.ratings
        if rating.rating is not None or rating.evidence
    }
    entered = {
        mark.attribute: (mark.rating, text.clean(mark.evidence))
        for mark in marks
        if mark.rating is not None or mark.evidence
    }
    texts = (_short(summary), _short(optional.question), _short(optional.concern))
    return stored == entered and card.overall == overall and (card.summary, card.question, card.concern) == texts


def check_complete(session: Session, card: Scorecard) -> None:
    """Raise RuleBroken for everything that a card lacks to be sent on its requisition."""
    marks = [rules.Mark(rating.attribute, _whole_number(rating.rating), rating.evidence) for rating in card.ratings]
    overall = _whole_number(card.overall)
    evidence_for_all = queries.evidence_for_all(session, card.interview.application.requisition_id)
    rules.check_complete(marks, overall=overall, evidence_for_all=evidence_for_all)


def _whole_number(rating: float | None) -> int | None:
    return None if rating is None else int(rating)


def new_version(card: Scorecard, *, number: int, now: dt.datetime, after_reveal: bool, reason: str) -> ScorecardVersion:
    """A card as it stands now, as one more fixed version."""
    marks = [
        {"attribute": rating.attribute, "rating": rating.rating, "evidence": rating.evidence} for rating in card.ratings
    ]
    return ScorecardVersion(
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

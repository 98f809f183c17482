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
class Aside:
    """What stands beside the ratings: a question for the debrief, and a concern that the candidate raised."""

    question: str = ""
    concern: str = ""


NOTHING = Aside()


def start(session: Session, *, interview: Interview, author: User, now: dt.datetime) -> Scorecard:
    """A new draft of one panelist, for the caller to fill. NotFound off the panel, Conflict before the start or where nothing took place."""
    if all(one.user_id != author.id for one in interview.panel):
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


def _short(words: str) -> str:
    return text.clean(words)[: rules.LONGEST_TEXT]


def write(
    card: Scorecard, *, marks: list[rules.Mark], overall: int | None, summary: str, aside: Aside, now: dt.datetime
) -> None:
    """Put the content of a form on a card in place of what it held; `now` is when."""
    kept = {one.attribute: one for one in card.ratings}
    for place, mark in enumerate(marks):
        one = kept.pop(mark.attribute, None)
        if one is None:
            one = Rating(attribute=mark.attribute)
            card.ratings.append(one)
        one.position, one.rating, one.evidence = place, mark.rating, mark.evidence
    for one in kept.values():
        card.ratings.remove(one)
    card.overall, card.summary, card.saved_at = overall, _short(summary), now
    card.question, card.concern = _short(aside.question), _short(aside.concern)


def holds(card: Scorecard, *, marks: list[rules.Mark], overall: int | None, summary: str, aside: Aside) -> bool:
    """Whether a card says the same as the content of a form already; ratings that were left open say nothing."""
    said = {one.attribute: (one.rating, one.evidence) for one in card.ratings if one.rating is not None or one.evidence}
    given = {
        one.attribute: (one.rating, text.clean(one.evidence)) for one in marks if one.rating is not None or one.evidence
    }
    beside = (_short(summary), _short(aside.question), _short(aside.concern))
    return said == given and card.overall == overall and (card.summary, card.question, card.concern) == beside


def check_whole(session: Session, card: Scorecard) -> None:
    """Raise RuleBroken for everything that a card lacks to be sent on its requisition."""
    marks = [rules.Mark(one.attribute, _whole(one.rating), one.evidence) for one in card.ratings]
    overall = _whole(card.overall)
    asked = queries.evidence_for_all(session, card.interview.application.requisition_id)
    rules.check_whole(marks, overall=overall, evidence_for_all=asked)


def _whole(rating: float | None) -> int | None:
    return None if rating is None else int(rating)


def version(card: Scorecard, *, number: int, now: dt.datetime, after_reveal: bool, reason: str) -> ScorecardVersion:
    """A card as it stands now, as one more fixed version."""
    marks = [{"attribute": one.attribute, "rating": one.rating, "evidence": one.evidence} for one in card.ratings]
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

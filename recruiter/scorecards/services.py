"""Scorecards saved, sent and amended."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.scorecards import queries, rules
from recruiter.scorecards.models import CardState, Rating, Scorecard, ScorecardVersion


def _start(session: Session, *, interview: Interview, author: User, now: dt.datetime) -> Scorecard:
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


def _write(card: Scorecard, *, marks: list[rules.Mark], overall: int | None, summary: str, now: dt.datetime) -> None:
    kept = {one.attribute: one for one in card.ratings}
    for place, mark in enumerate(marks):
        one = kept.pop(mark.attribute, None)
        if one is None:
            one = Rating(attribute=mark.attribute)
            card.ratings.append(one)
        one.position, one.rating, one.evidence = place, mark.rating, mark.evidence
    for one in kept.values():
        card.ratings.remove(one)
    card.overall, card.summary, card.saved_at = overall, text.clean(summary)[: rules.LONGEST_TEXT], now


def save(
    session: Session,
    *,
    interview: Interview,
    author: User,
    marks: list[rules.Mark],
    overall: int | None,
    summary: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> Scorecard:
    """Keep a draft: anything that is on the scale, however incomplete. A sent card is frozen (Conflict)."""
    card = queries.own(session, interview=interview, author=author) or _start(
        session, interview=interview, author=author, now=now
    )
    if expected_version is not None and expected_version != (card.version or 0):
        raise Conflict(
            "Not saved. You changed this scorecard on another device or in another window. Read it again, then repeat your change."
        )
    if card.state != CardState.DRAFT:
        raise Conflict(
            "This scorecard was sent and is fixed. Amend it with a reason where something has to be put right."
        )
    rules.check_overall(overall)
    known = [one.name for one in interview.application.requisition.attributes]
    _write(card, marks=rules.check_marks(marks, attributes=known), overall=overall, summary=summary, now=now)
    session.flush()
    return card


def submit(
    session: Session,
    *,
    interview: Interview,
    author: User,
    marks: list[rules.Mark],
    overall: int | None,
    summary: str,
    now: dt.datetime,
    expected_version: int | None = None,
) -> Scorecard:
    """Send a card: it is fixed from now on, and its author sees the others'. Raises RuleBroken for what is missing."""
    card = save(
        session,
        interview=interview,
        author=author,
        marks=marks,
        overall=overall,
        summary=summary,
        now=now,
        expected_version=expected_version,
    )
    rules.check_whole(
        [rules.Mark(one.attribute, _whole(one.rating), one.evidence) for one in card.ratings], overall=overall
    )
    card.state, card.submitted_at = CardState.SUBMITTED, now
    session.add(_version(card, number=1, now=now, after_reveal=False, reason=""))
    audit.record(
        session, action="scorecard.submitted", subject=card, actor_id=author.id, at=now, interview_id=interview.id
    )
    return card


def _whole(rating: float | None) -> int | None:
    return None if rating is None else int(rating)


def _version(card: Scorecard, *, number: int, now: dt.datetime, after_reveal: bool, reason: str) -> ScorecardVersion:
    marks = [{"attribute": one.attribute, "rating": one.rating, "evidence": one.evidence} for one in card.ratings]
    return ScorecardVersion(
        scorecard=card,
        number=number,
        state=card.state,
        after_reveal=after_reveal,
        ratings=marks,
        overall=card.overall,
        summary=card.summary,
        reason=reason,
        at=now,
    )


def amend(
    session: Session,
    *,
    interview: Interview,
    author: User,
    marks: list[rules.Mark],
    overall: int | None,
    summary: str,
    reason: str,
    now: dt.datetime,
) -> Scorecard:
    """Put a sent card right as a new version that stands beside the old one; marked when others' cards were open to its author by then."""
    card = queries.own(session, interview=interview, author=author)
    if card is None or card.state == CardState.DRAFT:
        raise Conflict("Only a scorecard that was sent can be amended. Save or send yours first.")
    said = text.clean(reason)
    if not said:
        raise RuleBroken.at("reason", "Say why this scorecard is amended.")
    rules.check_overall(overall)
    known = [one.name for one in interview.application.requisition.attributes]
    checked = rules.check_marks(marks, attributes=known)
    rules.check_whole(checked, overall=overall)
    others = session.scalar(
        select(Scorecard.id)
        .where(
            Scorecard.application_id == card.application_id,
            Scorecard.author_id != author.id,
            Scorecard.state != CardState.DRAFT,
        )
        .limit(1)
    )
    owes = card.application_id in queries.owed(session, viewer=author, application_ids=[card.application_id])
    _write(card, marks=checked, overall=overall, summary=summary, now=now)
    card.state = CardState.AMENDED
    number = max(one.number for one in card.versions) + 1
    session.add(_version(card, number=number, now=now, after_reveal=others is not None and not owes, reason=said))
    audit.record(session, action="scorecard.amended", subject=card, actor_id=author.id, at=now, number=number)
    return card

"""Scorecards saved, sent and amended."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews.models import Interview
from recruiter.scorecards import card_entry, queries, readings, saved_submissions
from recruiter.scorecards.models import CardChannel, Scorecard
from recruiter.scorecards.rules import CardContent


def save(
    session: Session, *, interview: Interview, content: CardContent, act: Act, seen: int | None = None
) -> Scorecard:
    """Keep a draft of whoever acts: anything that is on the scale, however incomplete. A sent card is frozen (Conflict).

    A draft that moved on since `seen` is a Conflict too, unless it holds the same already: what another
    window has saved for its author needs no second look.
    """
    card = queries.card_of(session, interview=interview, author=act.actor) or card_entry.start_draft(
        session, interview=interview, author_id=act.actor_id, now=act.now
    )
    if card.sent:
        raise Conflict(
            "This scorecard was sent and is fixed. Amend it with a reason where something has to be put right."
        )
    stale = seen is not None and seen != (card.version or 0)
    if stale and not card_entry.has_content(card, content):
        raise Conflict(
            "Not saved. You changed this scorecard on another device or in another window. Read it again, then repeat your change."
        )
    card_entry.fill(card, content, now=act.now)
    saved_submissions.discard(session, interview=interview, user_id=act.actor_id)
    session.flush()
    return card


def submit(
    session: Session, *, interview: Interview, content: CardContent, act: Act, seen: int | None = None
) -> Scorecard:
    """Send a card: it is fixed from now on, and its author sees the others'. Raises RuleBroken for what is missing."""
    card = save(session, interview=interview, content=content, act=act, seen=seen)
    return _send(session, card, action=AuditAction.SCORECARD_SUBMITTED, act=act)


def enter_for(
    session: Session, *, interview: Interview, author: User, channel: CardChannel, content: CardContent, act: Act
) -> Scorecard:
    """Write down and send a card that its author gave on paper or by mail; it stays marked with who entered it, and so has read it.

    Raises Conflict for one's own card, for one that its author has begun, and while whoever acts owes a card on this candidate.
    """
    if author.id == act.actor_id:
        raise Conflict("This is your own scorecard. Fill it in under My scorecards.")
    if queries.owes_on_application(session, viewer=act.actor, application_id=interview.application_id):
        raise Conflict(
            "You owe a scorecard on this candidate yourself. Send it first, so that yours stays independent."
        )
    if queries.card_of(session, interview=interview, author=author) is not None:
        raise Conflict(f"{author.name} has begun this scorecard. It is theirs to send.")
    card = card_entry.start_draft(session, interview=interview, author_id=author.id, now=act.now)
    card_entry.fill(card, content, now=act.now)
    card.entered_by_id, card.channel = act.actor_id, channel
    detail = {"author_id": author.id, "channel": channel.value}
    _send(session, card, action=AuditAction.SCORECARD_ENTERED, act=act, **detail)
    readings.note(session, viewer=act.actor, application_ids=[card.application_id])
    return card


def _send(session: Session, card: Scorecard, *, action: AuditAction, act: Act, **detail: int | str) -> Scorecard:
    """Fix a whole card as its first version, marked where its author has read others'. Raises RuleBroken for what it lacks."""
    card_entry.fix(session, card, now=act.now, after_reveal=queries.has_read_others(session, card))
    card.submitted_at = act.now
    audit.record(session, action=action, subject=card, act=act, interview_id=card.interview_id, **detail)
    return card


def amend(session: Session, *, interview: Interview, content: CardContent, reason: str, act: Act) -> Scorecard:
    """Put a sent card right as a new version that stands beside the old one; marked when others' cards were open to its author by then."""
    card = queries.card_of(session, interview=interview, author=act.actor)
    if card is None or not card.sent:
        raise Conflict("Only a scorecard that was sent can be amended. Save or send yours first.")
    cleaned_reason = text.clean(reason)
    if not cleaned_reason:
        raise RuleBroken.at("reason", "Say why this scorecard is amended.")
    after_reveal = queries.has_seen_others(session, card, viewer=act.actor)
    card_entry.fill(card, content, now=act.now)
    saved_submissions.discard(session, interview=interview, user_id=act.actor_id)
    number = card_entry.fix(session, card, now=act.now, after_reveal=after_reveal, reason=cleaned_reason)
    audit.record(session, action=AuditAction.SCORECARD_AMENDED, subject=card, act=act, number=number)
    return card

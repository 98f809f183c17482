"""Scorecards saved, sent and amended."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.calendar import WorkingDays
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews.models import Interview
from recruiter.scorecards import card_entry, queries, rules
from recruiter.scorecards.models import CardChannel, CardState, SavedSubmission, Scorecard


def save(
    session: Session,
    *,
    interview: Interview,
    author: User,
    marks: list[rules.Mark],
    overall: int | None,
    summary: str,
    now: dt.datetime,
    optional: card_entry.OptionalParts = card_entry.NO_OPTIONAL_PARTS,
    expected_version: int | None = None,
) -> Scorecard:
    """Keep a draft: anything that is on the scale, however incomplete. A sent card is frozen (Conflict).

    A draft that moved on since `expected_version` is a Conflict too, unless it holds the same already: what another
    window has saved for its author needs no second look.
    """
    card = queries.card_of(session, interview=interview, author=author) or card_entry.start_draft(
        session, interview=interview, author=author, now=now
    )
    if card.state != CardState.DRAFT:
        raise Conflict(
            "This scorecard was sent and is fixed. Amend it with a reason where something has to be put right."
        )
    stale = expected_version is not None and expected_version != (card.version or 0)
    if stale and not card_entry.has_content(card, marks=marks, overall=overall, summary=summary, optional=optional):
        raise Conflict(
            "Not saved. You changed this scorecard on another device or in another window. Read it again, then repeat your change."
        )
    rules.check_overall(overall)
    attribute_names = [attribute.name for attribute in interview.application.requisition.attributes]
    checked = rules.check_marks(marks, attributes=attribute_names)
    card_entry.fill(card, marks=checked, overall=overall, summary=summary, optional=optional, now=now)
    session.execute(
        delete(SavedSubmission).where(
            SavedSubmission.interview_id == interview.id, SavedSubmission.user_id == author.id
        )
    )
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
    optional: card_entry.OptionalParts = card_entry.NO_OPTIONAL_PARTS,
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
        optional=optional,
        now=now,
        expected_version=expected_version,
    )
    card_entry.check_complete(session, card)
    card.state, card.submitted_at = CardState.SUBMITTED, now
    session.add(card_entry.new_version(card, number=1, now=now, after_reveal=False, reason=""))
    audit.record(
        session, action="scorecard.submitted", subject=card, act=_act_of(author, now), interview_id=interview.id
    )
    return card


def enter_for(
    session: Session,
    *,
    interview: Interview,
    author: User,
    channel: CardChannel,
    marks: list[rules.Mark],
    overall: int | None,
    summary: str,
    act: Act,
    optional: card_entry.OptionalParts = card_entry.NO_OPTIONAL_PARTS,
) -> Scorecard:
    """Write down and send a card that its author gave on paper or by mail; it stays marked with who entered it.

    Raises Conflict for one's own card, for one that its author has begun, and while `actor` owes a card on this candidate.
    """
    if author.id == act.actor.id:
        raise Conflict("This is your own scorecard. Fill it in under My scorecards.")
    if interview.application_id in queries.owed_application_ids(
        session, viewer=act.actor, application_ids=[interview.application_id]
    ):
        raise Conflict(
            "You owe a scorecard on this candidate yourself. Send it first, so that yours stays independent."
        )
    if queries.card_of(session, interview=interview, author=author) is not None:
        raise Conflict(f"{author.name} has begun this scorecard. It is theirs to send.")
    card = card_entry.start_draft(session, interview=interview, author=author, now=act.now)
    rules.check_overall(overall)
    attribute_names = [attribute.name for attribute in interview.application.requisition.attributes]
    checked = rules.check_marks(marks, attributes=attribute_names)
    card_entry.fill(card, marks=checked, overall=overall, summary=summary, optional=optional, now=act.now)
    card_entry.check_complete(session, card)
    card.entered_by_id, card.channel = act.actor.id, channel
    card.state, card.submitted_at = CardState.SUBMITTED, act.now
    session.add(card_entry.new_version(card, number=1, now=act.now, after_reveal=False, reason=""))
    audit.record(
        session,
        action="scorecard.entered",
        subject=card,
        act=act,
        interview_id=interview.id,
        author_id=author.id,
        channel=channel.value,
    )
    return card


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
    optional: card_entry.OptionalParts = card_entry.NO_OPTIONAL_PARTS,
) -> Scorecard:
    """Put a sent card right as a new version that stands beside the old one; marked when others' cards were open to its author by then."""
    card = queries.card_of(session, interview=interview, author=author)
    if card is None or card.state == CardState.DRAFT:
        raise Conflict("Only a scorecard that was sent can be amended. Save or send yours first.")
    cleaned_reason = text.clean(reason)
    if not cleaned_reason:
        raise RuleBroken.at("reason", "Say why this scorecard is amended.")
    rules.check_overall(overall)
    attribute_names = [attribute.name for attribute in interview.application.requisition.attributes]
    checked = rules.check_marks(marks, attributes=attribute_names)
    evidence_for_all = queries.evidence_for_all(session, interview.application.requisition_id)
    rules.check_complete(checked, overall=overall, evidence_for_all=evidence_for_all)
    others = session.scalar(
        select(Scorecard.id)
        .where(
            Scorecard.application_id == card.application_id,
            Scorecard.author_id != author.id,
            Scorecard.state != CardState.DRAFT,
        )
        .limit(1)
    )
    owes = card.application_id in queries.owed_application_ids(
        session, viewer=author, application_ids=[card.application_id]
    )
    card_entry.fill(card, marks=checked, overall=overall, summary=summary, optional=optional, now=now)
    session.execute(
        delete(SavedSubmission).where(
            SavedSubmission.interview_id == interview.id, SavedSubmission.user_id == author.id
        )
    )
    card.state = CardState.AMENDED
    number = max(version.number for version in card.versions) + 1
    session.add(
        card_entry.new_version(
            card, number=number, now=now, after_reveal=others is not None and not owes, reason=cleaned_reason
        )
    )
    audit.record(session, action="scorecard.amended", subject=card, act=_act_of(author, now), number=number)
    return card


def _act_of(author: User, now: dt.datetime) -> Act:
    return Act(actor=author, now=now, zone=dt.UTC, calendar=WorkingDays())

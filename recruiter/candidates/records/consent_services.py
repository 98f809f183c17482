"""Keeping in touch after a search: asked for, with an end, asked for again, and over at once when taken back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Candidate, Consent, Purpose, Subject
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.endings.ledger import Ending
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import Conflict, RuleBroken

TEXT_VERSION = "1"
TEXT = (
    "May we keep your contact details, your applications and what our interviewers wrote, and tell you of openings that "
    "may suit you, until {ends_on}? You can take this back at any time, in one message, and it changes nothing about any "
    "application."
)
USUAL_DAYS = 365
LONGEST_DAYS = 730  # 24 months
CHANNELS = {
    "phone": "By phone",
    "video": "By video",
    "in_person": "In person",
    "email": "By e-mail",
    "letter": "By letter",
}


def default_end(today: dt.date) -> dt.date:
    """The end that is proposed: 12 months on."""
    return today + dt.timedelta(days=USUAL_DAYS)


def consent_text(ends_on: dt.date) -> str:
    """What is read to somebody who is asked."""
    return TEXT.format(ends_on=f"{ends_on.day} {ends_on:%B %Y}")


def check_end(ends_on: dt.date | None, *, today: dt.date) -> dt.date:
    """A consent ends on a day to come, within 24 months. Raises RuleBroken."""
    if ends_on is None or ends_on <= today:
        raise RuleBroken.at("ends_on", "Enter the day until which they agree, after today.")
    if ends_on > today + dt.timedelta(days=LONGEST_DAYS):
        raise RuleBroken.at("ends_on", "At most 24 months. Ask them again before it ends.")
    return ends_on


def record(session: Session, *, subject: Subject, ends_on: dt.date | None, channel: str, act: Act) -> Consent:
    """Keep that somebody said yes, in the words of today's text. A later yes takes the place of an earlier one."""
    until = check_end(ends_on, today=act.today)
    if text.clean(channel) not in CHANNELS:
        raise RuleBroken.at("channel", "Say how they told us.")
    consent = Consent(
        candidate_id=subject.candidate_id,
        application_id=subject.application_id,
        purpose=Purpose.KEEP_IN_TOUCH,
        text_version=TEXT_VERSION,
        text=consent_text(until),
        channel=channel,
        given_on=act.today,
        ends_on=until,
        recorded_by=act.actor,
        recorded_at=act.now,
    )
    session.add(consent)
    session.flush()
    values = {"candidate_id": subject.candidate_id, "text_version": TEXT_VERSION, "ends_on": until.isoformat()}
    audit.record(session, action=AuditAction.CONSENT_GIVEN, subject=consent, act=act, **values)
    return consent


def withdraw(session: Session, *, candidate: Candidate, act: Act) -> None:
    """Somebody takes it back: from this moment we keep in touch no more. Raises Conflict where there is nothing to take back."""
    if current_consent(session, candidate, today=act.today) is None:
        raise Conflict(f"{candidate.name} has not agreed to be kept in touch with, so there is nothing to take back.")
    open_consents = select(Consent).where(Consent.candidate_id == candidate.id, Consent.withdrawn_at.is_(None))
    for consent in session.scalars(open_consents.order_by(Consent.id)).all():
        consent.withdrawn_at, consent.withdrawn_by_id = act.now, act.actor.id
        record_ending(session, Ending.CONSENT, consent, made_at=consent.recorded_at, act=act)
        audit.record(session, action=AuditAction.CONSENT_WITHDRAWN, subject=consent, act=act, candidate_id=candidate.id)


def valid_ids(*, today: dt.date) -> Select[int]:
    """Ids of the consents that count today: the latest of each person, not over, not taken back since it was given."""
    later = aliased(Consent)
    of_person = select(later.id).where(later.candidate_id == Consent.candidate_id)
    withdrawn_since = of_person.where(later.withdrawn_at >= Consent.recorded_at)
    latest = select(func.max(Consent.id)).group_by(Consent.candidate_id)
    valid = select(Consent.id).where(Consent.id.in_(latest), Consent.withdrawn_at.is_(None), Consent.ends_on >= today)
    return valid.where(~withdrawn_since.exists())


def current_consent(session: Session, candidate: Candidate, *, today: dt.date) -> Consent | None:
    """The consent of a person that counts today."""
    query = select(Consent).where(Consent.candidate_id == candidate.id, Consent.id.in_(valid_ids(today=today)))
    return session.scalars(query).first()


def history_of(session: Session, candidate: Candidate) -> list[Consent]:
    """Every consent of a person, the latest first."""
    query = select(Consent).where(Consent.candidate_id == candidate.id).order_by(Consent.id.desc())
    return list(session.scalars(query))

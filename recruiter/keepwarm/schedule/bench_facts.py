"""What is on record about some finalists: contacts, promises, other employers' dates; a statement each, whatever the number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.keepwarm.models.agreements import Snooze
from recruiter.keepwarm.models.records import Concern, ConcernState, Direction, Promise, TouchKind, Touchpoint
from recruiter.keepwarm.schedule import next_contact
from recruiter.keepwarm.schedule.agreement_queries import Ids
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Stage, StageKind

THANKED_WITHIN = dt.timedelta(days=30)  # an interview that lies longer back asks for more than a thank-you


@dataclass(frozen=True)
class ContactSummary:
    """What the contacts of one finalist come to; `unthanked` is the end of a final interview that nobody has followed up.

    `snoozed_until` is the last word on leaving them alone, said `snoozed_at`.
    """

    last_two_way: dt.datetime | None = None
    last_words: str = ""
    open_concerns: int = 0
    unfollowed_interview: dt.datetime | None = None
    snoozed_until: dt.date | None = None
    snoozed_at: dt.datetime | None = None


def final_interview(now: dt.datetime) -> ScalarSelect[Any]:
    """The end of the last final interview of an application that took place, beside a statement about applications."""
    return (
        select(func.max(Interview.ends_at))
        .join(Stage, Stage.id == Interview.stage_id)
        .where(
            Interview.application_id == Application.id,
            Stage.kind == StageKind.FINAL,
            Interview.status == InterviewStatus.PLANNED,
            Interview.ends_at <= now,
            Interview.ends_at >= now - THANKED_WITHIN,
        )
        .correlate(Application)
        .scalar_subquery()
    )


def any_contact() -> ScalarSelect[Any]:
    """When an application was last in touch, either way, beside a statement about applications."""
    of_application = Touchpoint.application_id == Application.id
    return select(func.max(Touchpoint.at)).where(of_application).correlate(Application).scalar_subquery()


def contact_summaries(session: Session, ids: Ids, *, now: dt.datetime) -> dict[int, ContactSummary]:
    """Last two-way contact, last words, open concerns and the final interview to follow up of each finalist, in one statement."""
    of_application = Touchpoint.application_id == Application.id
    is_two_way = or_(
        Touchpoint.direction == Direction.FROM,
        Touchpoint.kind == TouchKind.CALL,
        Touchpoint.channel.in_(next_contact.TWO_WAY_CHANNELS),
    )
    latest = select(Touchpoint.id).where(of_application).order_by(Touchpoint.at.desc(), Touchpoint.id.desc()).limit(1)
    newest = latest.correlate(Application).scalar_subquery()  # by when it took place: one is often entered days later
    newest_snooze = select(func.max(Snooze.id)).where(Snooze.application_id == Application.id).correlate(Application)
    newest_snooze_id = newest_snooze.scalar_subquery()
    concern = (Concern.application_id == Application.id) & (Concern.state == ConcernState.OPEN)
    statement = select(
        Application.id,
        select(func.max(Touchpoint.at)).where(of_application, is_two_way).correlate(Application).scalar_subquery(),
        Touchpoint.text,
        select(func.count(Concern.id)).where(concern).correlate(Application).scalar_subquery(),
        final_interview(now),
        any_contact(),
        Snooze.until,
        Snooze.at,
    ).outerjoin(Touchpoint, Touchpoint.id == newest)
    statement = statement.outerjoin(Snooze, Snooze.id == newest_snooze_id)
    return {
        application_id: ContactSummary(
            two_way_at,
            text or "",
            concern_count,
            interview_end if interview_end and (last_contact is None or last_contact < interview_end) else None,
            snoozed_until,
            snoozed_at,
        )
        for application_id, two_way_at, text, concern_count, interview_end, last_contact, snoozed_until, snoozed_at in session.execute(
            statement.where(Application.id.in_(ids))
        )
    }


def promise_facts(session: Session, ids: Ids) -> dict[int, list[next_contact.PromiseFact]]:
    """What each of some applications was promised, oldest first."""
    facts: dict[int, list[next_contact.PromiseFact]] = {}
    columns = (Promise.application_id, Promise.what, Promise.due_on, Promise.state, Promise.made_at, Promise.zone)
    statement = select(*columns).where(Promise.application_id.in_(ids)).order_by(Promise.id)
    for application_id, what, due_on, state, made_at, zone in session.execute(statement):
        facts.setdefault(application_id, []).append(next_contact.PromiseFact(what, due_on, state, made_at, zone))
    return facts


def deadlines(session: Session, ids: Ids) -> dict[int, list[dt.date]]:
    """On which days other employers decide about each of some applications."""
    statement = select(CompetingProcess.application_id, CompetingProcess.decision_on).where(
        CompetingProcess.application_id.in_(ids), CompetingProcess.decision_on.is_not(None)
    )
    days_by_application: dict[int, list[dt.date]] = {}
    for application_id, day in session.execute(statement):
        if day is not None:
            days_by_application.setdefault(application_id, []).append(day)
    return days_by_application

"""What has reached the end of its keeping time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from recruiter.candidates.models import Candidate, Consent
from recruiter.foundation import text
from recruiter.foundation.act import Moment
from recruiter.foundation.calendar import after_months
from recruiter.foundation.database.db import Base
from recruiter.keepwarm.models.records import Touchpoint
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.privacy.holds import hold_queries
from recruiter.privacy.models import RetentionPeriod, RetentionPurpose
from recruiter.privacy.retention import retention_rules
from recruiter.privacy.retention.retention_rules import Due, PastApplication, Periods, PersonFacts
from recruiter.ranking.models import Prediction
from recruiter.requisitions.models import Requisition

GOES_ON = (ApplicationStatus.ACTIVE, ApplicationStatus.HIRED)
DAY_BEGINS = dt.time()


@dataclass(frozen=True)
class DueItem:
    """One thing at the end of its time: a person, or rows of a table; on hold it stays."""

    due: Due
    table: str
    number: int
    on_hold: bool


def periods(session: Session) -> Periods:
    """The keeping times that hold: the last confirmed of each place and purpose."""
    confirmed = select(RetentionPeriod).where(RetentionPeriod.confirmed_at.is_not(None))
    rows = session.scalars(confirmed.order_by(RetentionPeriod.confirmed_at, RetentionPeriod.id))
    return {(text.folded(row.place), row.purpose): row.months for row in rows}


def all_periods(session: Session) -> list[RetentionPeriod]:
    """Every keeping time that was proposed or confirmed, the newest first."""
    people = joinedload(RetentionPeriod.proposed_by), joinedload(RetentionPeriod.confirmed_by)
    return list(session.scalars(select(RetentionPeriod).options(*people).order_by(RetentionPeriod.id.desc())))


def due_items(session: Session, *, moment: Moment) -> list[DueItem]:
    """Everything whose keeping time has ended, the earliest first; the figures that were made of it stay."""
    chosen = periods(session)
    held_people = hold_queries.held_candidate_ids(session, today=moment.today)
    people = [
        DueItem(due, "candidate", facts.candidate_id, facts.candidate_id in held_people)
        for facts in _people(session, moment)
        if (due := retention_rules.due_of(facts, chosen)) is not None and due.on <= moment.today
    ]
    rows = [*_answers(session, chosen, moment, held_people), *_rankings(session, chosen, moment)]
    return sorted([*people, *rows], key=lambda item: (item.due.on, item.table, item.number))


def _people(session: Session, moment: Moment) -> list[PersonFacts]:
    """Everybody who is not erased, a person with several records as one."""
    rows = session.execute(
        select(Candidate.id, Candidate.merged_into_id, Candidate.created_at).where(Candidate.erased_at.is_(None))
    ).all()
    into = {row[0]: row[1] for row in rows if row[1] is not None}

    def standing(number: int) -> int:
        while number in into:
            number = into[number]
        return number

    applications: defaultdict[int, list[PastApplication]] = defaultdict(list)
    columns = (
        Application.candidate_id, Application.status, Application.ended_at, Application.created_at, Requisition.location, Requisition.closed_at,
    )  # fmt: skip
    for number, status, ended_at, made_at, place, closed_at in session.execute(select(*columns).join(Requisition)):
        applications[standing(number)].append(
            PastApplication(
                place=place,
                goes_on=status in GOES_ON,
                ended_on=moment.day_of(ended_at or made_at),
                closed_on=moment.day_of(closed_at) if closed_at else None,
            )
        )
    consents = select(Consent.candidate_id, func.max(Consent.ends_on)).where(Consent.withdrawn_at.is_(None))
    consent_until: dict[int, dt.date] = {}
    for number, day in session.execute(consents.group_by(Consent.candidate_id)):
        consent_until[standing(number)] = max(day, consent_until.get(standing(number), day))
    talks = select(Application.candidate_id, func.max(Touchpoint.at)).join(Touchpoint).where(Touchpoint.is_two_way)
    talked_on: dict[int, dt.date] = {}
    for number, at in session.execute(talks.group_by(Application.candidate_id)):
        talked_on[standing(number)] = max(moment.day_of(at), talked_on.get(standing(number), dt.date.min))
    return [
        PersonFacts(
            number,
            entered_on=moment.day_of(created_at),
            applications=tuple(applications[number]),
            consent_until=consent_until.get(number),
            last_talk_on=talked_on.get(number),
        )
        for number, merged_into, created_at in rows
        if merged_into is None
    ]


def _answers(session: Session, chosen: Periods, moment: Moment, held_ids: set[int]) -> list[DueItem]:
    """Answers on self-identification: who gave them and when is looked at, what they say is not."""
    table, purpose = Base.metadata.tables["protected_answer"], RetentionPurpose.SELF_IDENTIFICATION
    months = retention_rules.months_for(chosen, purpose)
    rows = session.execute(select(table.c.id, table.c.candidate_id, table.c.answered_on)).all()
    due = [(number, person, after_months(day, months)) for number, person, day in rows]
    return [
        DueItem(Due(purpose, "", day), table.name, number, person in held_ids)
        for number, person, day in due
        if day <= moment.today
    ]


def _rankings(session: Session, chosen: Periods, moment: Moment) -> list[DueItem]:
    held_ids = hold_queries.held_requisition_ids(session, today=moment.today)
    months = retention_rules.months_for(chosen, RetentionPurpose.RANKING_LOG)
    rows = session.execute(select(Prediction.id, Prediction.requisition_id, Prediction.made_at)).all()
    due = [(number, place, after_months(moment.day_of(at), months)) for number, place, at in rows]
    return [
        DueItem(Due(RetentionPurpose.RANKING_LOG, "", day), "prediction", number, requisition_id in held_ids)
        for number, requisition_id, day in due
        if day <= moment.today
    ]

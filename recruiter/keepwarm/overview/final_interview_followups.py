"""The final interview is done: whoever had it is thanked and told the day of the decision, on a slate or not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from recruiter.foundation.calendar import WEEKDAYS, WorkingDays
from recruiter.keepwarm.schedule import agreement_queries, bench_facts
from recruiter.keepwarm.schedule.cadence import USUAL, Situation
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Requisition, RequisitionStatus


@dataclass(frozen=True)
class ToThank:
    """Somebody who had the final interview and heard nothing since: on which day it was, until when they should hear."""

    application: Application
    held_on: dt.date
    due_on: dt.date


def to_thank(
    session: Session, *, within: Select[int], now: dt.datetime, zone: dt.tzinfo, calendar: WorkingDays = WEEKDAYS
) -> list[ToThank]:
    """Those in the running on searches that go on, not on a slate yet, who heard nothing since their final interview.

    Who is on a slate has it among the next contacts there. The earliest due first; two statements.
    """
    held, last = bench_facts.final_interview(now), bench_facts.any_contact()
    wanted = (
        select(Application, held)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(
            Application.requisition_id.in_(within),
            Application.status == ApplicationStatus.ACTIVE,
            Application.id.not_in(select(Finalist.application_id)),
            Requisition.status.not_in([RequisitionStatus.CLOSED, RequisitionStatus.DRAFT]),
            held.is_not(None),
            last.is_(None) | (last < held),
        )
        .options(joinedload(Application.candidate), joinedload(Application.requisition))
    )
    rows = [(one, ended) for one, ended in session.execute(wanted) if ended]
    if not rows:
        return []
    own = agreement_queries.cadences(session, sorted({one.requisition_id for one, _ in rows}))
    found = []
    for one, ended in rows:
        held_on = ended.astimezone(zone).date()
        days = own.get(one.requisition_id, USUAL).days(Situation.FINAL_ROUND)
        found.append(ToThank(one, held_on, calendar.add(held_on, days)))
    return sorted(found, key=lambda each: (each.due_on, each.application.id))

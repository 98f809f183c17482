"""The final interview is done: whoever had it is thanked and told the day of the decision, on a slate or not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.keepwarm import queries
from recruiter.keepwarm.schedule import agreement_queries, bench_facts
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Requisition


@dataclass(frozen=True)
class ToThank:
    """Somebody who had the final interview and heard nothing since: on which day it was, until when they should hear."""

    application: Application
    held_on: dt.date
    due_on: dt.date


def to_thank(session: Session, *, within: Scope, moment: Moment) -> list[ToThank]:
    """Those in the running on searches that go on, not on a slate yet, who heard nothing since their final interview.

    Who is on a slate has it among the next contacts there. The earliest due first; two statements.
    """
    interview_end, last_contact = bench_facts.final_interview(moment.now), bench_facts.any_contact()
    statement = (
        select(Application, interview_end)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(
            within.contains(Application.requisition_id),
            Application.status == ApplicationStatus.ACTIVE,
            Application.id.not_in(select(Finalist.application_id)),
            Requisition.status.not_in(queries.ASLEEP),
            interview_end.is_not(None),
            last_contact.is_(None) | (last_contact < interview_end),
        )
        .options(joinedload(Application.candidate), joinedload(Application.requisition))
    )
    rows = session.execute(statement).all()
    if not rows:
        return []
    cadences = agreement_queries.cadences(session, sorted({application.requisition_id for application, _ in rows}))
    followups = []
    for application, ended_at in rows:
        held_on = moment.day_of(ended_at)
        days = cadences[application.requisition_id].days(Situation.FINAL_ROUND)
        followups.append(ToThank(application, held_on, moment.calendar.add(held_on, days)))
    return sorted(followups, key=lambda followup: (followup.due_on, followup.application.id))

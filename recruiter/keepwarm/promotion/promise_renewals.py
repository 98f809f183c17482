"""What a promotion would move: each open promise to who waits on, and the day by which they hear instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.foundation.act import Moment
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import Promise
from recruiter.keepwarm.schedule import agreement_queries, bench_facts, next_contact
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.pipeline.models import Finalist
from recruiter.requisitions.models import Requisition


@dataclass(frozen=True)
class Renewal:
    """A promise to somebody who waits on, and the day to which a promotion moves it."""

    finalist: Finalist
    promise: Promise
    due_on: dt.date


def planned_renewals(
    session: Session, requisition: Requisition, others: Sequence[Finalist], *, moment: Moment
) -> list[Renewal]:
    """The open promises to some finalists, each with its new day; three statements whatever their number."""
    ids = [finalist.application_id for finalist in others]
    promises, deadlines = queries.promises_among(session, ids), bench_facts.load(session, ids).deadlines
    open_promises = [promise for promise in promises if next_contact.is_open(promise, moment=moment)]
    before = agreement_queries.cadences(session, [requisition.id])[requisition.id].days(Situation.DEADLINE)

    def renewed_to(promise: Promise) -> dt.date:
        elsewhere = deadlines[promise.application_id]
        return next_contact.renewed_due_date(promise.due_on, moment=moment, elsewhere=elsewhere, before=before)

    return [
        Renewal(finalist, promise, renewed_to(promise))
        for finalist in others
        for promise in open_promises
        if promise.application_id == finalist.application_id
    ]

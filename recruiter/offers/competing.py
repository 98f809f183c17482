"""Other employers' processes, as candidates volunteered them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation import text
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money
from recruiter.offers.models import CompetingProcess, SourceClass
from recruiter.pipeline.models import Application


def record(
    session: Session,
    *,
    application: Application,
    stage: str,
    source_class: SourceClass,
    actor: User,
    now: dt.datetime,
    today: dt.date,
    employer: str = "",
    decision_on: dt.date | None = None,
    amount: Money | None = None,
    disclosed_on: dt.date | None = None,
) -> CompetingProcess:
    """Keep what a candidate told of another process: how far it is, how surely it is known, until when, for how much."""
    told = disclosed_on or today
    if told > today:
        raise RuleBroken.at("disclosed_on", "Enter the day on which this was told, today at the latest.")
    if not text.clean(stage):
        raise RuleBroken.at("stage", "Say how far the other process is, like “final round” or “offer”.")
    one = CompetingProcess(
        application_id=application.id,
        employer=text.clean(employer),
        stage=text.clean(stage),
        source_class=source_class,
        decision_on=decision_on,
        offer_amount=amount.amount if amount else None,
        currency=amount.currency if amount else None,
        disclosed_on=told,
        by=actor,
        created_at=now,
    )
    session.add(one)
    session.flush()
    audit.record(session, action="competing_process.recorded", subject=one, actor_id=actor.id, at=now)
    return one

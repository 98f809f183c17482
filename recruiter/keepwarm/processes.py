"""Another employer's process, as told: kept, and whoever runs the search is warned a day before its date."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.money import Money
from recruiter.keepwarm import alerts
from recruiter.offers import competing
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
    zone: dt.tzinfo,
    employer: str = "",
    decision_on: dt.date | None = None,
    amount: Money | None = None,
    disclosed_on: dt.date | None = None,
) -> CompetingProcess:
    """Keep what a candidate told of another process, and warn of its date. Raises RuleBroken at the field that does not fit."""
    one = competing.record(
        session,
        application=application,
        stage=stage,
        source_class=source_class,
        employer=employer,
        decision_on=decision_on,
        amount=amount,
        disclosed_on=disclosed_on,
        actor=actor,
        now=now,
        today=now.astimezone(zone).date(),
    )
    alerts.answers_elsewhere(session, one, now=now, zone=zone)
    return one

"""What a bench finalist answered about being ready, each with the day on which it was asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import Readiness
from recruiter.pipeline.models import Application


@dataclass(frozen=True)
class ReadinessAnswers:
    """What a finalist answered about being ready; each None is left as it was."""

    interested: bool | None = None
    available_from: dt.date | None = None
    expectation_within_band: bool | None = None
    references_done_on: dt.date | None = None


def record_readiness(session: Session, *, application: Application, answers: ReadinessAnswers, act: Act) -> Readiness:
    """Bring the checklist of a bench finalist up to date; each answer keeps the day on which it was asked."""
    readiness = queries.readiness_of(session, application) or Readiness(application_id=application.id)
    session.add(readiness)
    if answers.interested is not None:
        readiness.interested, readiness.interested_asked_on = answers.interested, act.today
    readiness.available_from = answers.available_from or readiness.available_from
    if answers.expectation_within_band is not None:
        readiness.expectation_within_band, readiness.expectation_asked_on = answers.expectation_within_band, act.today
    readiness.references_done_on = answers.references_done_on or readiness.references_done_on
    audit.record(session, action=AuditAction.READINESS_RECORDED, subject=readiness, act=act)
    return readiness

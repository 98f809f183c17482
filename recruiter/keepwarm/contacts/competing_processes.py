"""Another employer's process, as told: kept, and whoever runs the search is warned a day before its date."""

from __future__ import annotations

from typing import Unpack

from sqlalchemy.orm import Session

from recruiter.foundation.act import Act
from recruiter.keepwarm.notifications import alerts
from recruiter.offers import competing_processes
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application


def record(
    session: Session, *, application: Application, act: Act, **process_fields: Unpack[competing_processes.ProcessInput]
) -> CompetingProcess:
    """Keep what a candidate told of another process, and warn of its date. Raises RuleBroken at the field that does not fit."""
    process = competing_processes.record(session, application=application, act=act, **process_fields)
    alerts.answers_elsewhere(session, process, moment=act)
    return process

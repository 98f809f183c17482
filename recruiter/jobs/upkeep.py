"""What keeps the house clean at night: keeping times, removed files, the files of the database."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.candidates.records import file_services
from recruiter.foundation.act import Moment
from recruiter.foundation.json_types import JsonObject
from recruiter.privacy.holds import hold_queries
from recruiter.privacy.retention import daily_run
from recruiter.request_context import places, settings


def sweep_files(session: Session, moment: Moment) -> JsonObject:
    """Delete the bytes of files that were removed, and what broken uploads left; those of people on hold stay."""
    held_people = hold_queries.held_candidate_ids(session, today=moment.today)
    swept = file_services.sweep(session, store=settings().files, held_people=held_people, now=moment.now)
    return {"swept": swept}


def apply_keeping_times(session: Session, moment: Moment) -> JsonObject:
    """End what has reached the end of a keeping time that was set, ask for the next night, and sweep what a hold had kept."""
    ended = daily_run.apply(session, places=places(), moment=moment)
    return {**ended, **sweep_files(session, moment)}

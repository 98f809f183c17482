"""Files that are left over: mails in the outbox folder, and what a restore replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Candidate
from recruiter.foundation.act import Moment
from recruiter.privacy.erasure import outbox
from recruiter.privacy.holds import hold_queries
from recruiter.privacy.models import RetentionPurpose
from recruiter.privacy.person import person_queries
from recruiter.privacy.places import Places
from recruiter.privacy.retention.retention_rules import Due, DueItem, Schedule

REPLACED = "replaced-*.zip"


def items(
    session: Session, *, times: Schedule, places: Places, moment: Moment, held_people: set[int]
) -> Iterator[DueItem]:
    """The files whose time is over. A mail about somebody on hold stays; what a restore replaced stays while any hold runs."""
    mails = list(_over(RetentionPurpose.OUTBOX, places.outbox.glob("*.eml"), times, moment))
    held_mails = _held_mails(session, places, held_people) if mails else set()
    for path, day in mails:
        yield DueItem(Due(RetentionPurpose.OUTBOX, "", day), "mail", 0, path in held_mails, path)
    any_hold = hold_queries.any_hold(session, today=moment.today)
    for path, day in _over(RetentionPurpose.REPLACED, places.instance.glob(REPLACED), times, moment):
        yield DueItem(Due(RetentionPurpose.REPLACED, "", day), "replaced", 0, any_hold, path)


def _over(
    purpose: RetentionPurpose, paths: Iterator[Path], times: Schedule, moment: Moment
) -> Iterator[tuple[Path, dt.date]]:
    for path in sorted(paths):
        try:
            written_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        except FileNotFoundError:  # somebody has taken it away meanwhile
            continue
        day = times.end(purpose, moment.day_of(written_at))
        if day <= moment.today:
            yield path, day


def _held_mails(session: Session, places: Places, held_people: set[int]) -> set[Path]:
    records = session.scalars(select(Candidate).where(Candidate.id.in_(held_people)))
    return {
        path for record in records for path in outbox.mails_about(places.outbox, person_queries.identity_of([record]))
    }

"""When data has reached the end of its keeping time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from recruiter.foundation import text
from recruiter.foundation.calendar import after_months
from recruiter.privacy.models import RetentionPurpose

P = RetentionPurpose
USUAL = {  # TRUST 4.3, the shortest usual time, in the unit of each
    P.UNSUCCESSFUL: 6,
    P.TALENT_POOL: 24,
    P.WITHOUT_APPLICATION: 6,
    P.SELF_IDENTIFICATION: 12,
    P.RANKING_LOG: 48,
    P.PAY_CASE: 72,
    P.DRAFT: 30,
    P.OUTBOX: 30,
    P.REPLACED: 35,
}
LONGEST = {"month": 120, "day": 3_650}
NEVER = dt.date.max
ABOUT = {
    P.UNSUCCESSFUL: "From the close of the requisition, else from the end of their application",
    P.TALENT_POOL: "Until their consent ends, and at most this long after the last contact of both sides",
    P.WITHOUT_APPLICATION: "From the day they were added",
    P.SELF_IDENTIFICATION: "From the day of the answer",
    P.RANKING_LOG: "They hold numbers only. From the day of the ranking",
    P.PAY_CASE: "From the decision. The words go; amounts, outcome and approvers stay",
    P.DRAFT: "What somebody typed when their session had ended. From the day they typed it",
    P.OUTBOX: "Only where no mail server is set. From the day they were written",
    P.REPLACED: "The zip that recruiter restore --replace sets aside. From the day of the restore",
}
Periods = Mapping[tuple[str, RetentionPurpose], int]  # lengths by place, folded, and purpose


@dataclass(frozen=True)
class Schedule:
    """The keeping times that were set; elsewhere the usual ones, or with `only_set` none, so that the data stays."""

    periods: Periods
    only_set: bool = False

    def is_set(self, purpose: RetentionPurpose, place: str = "") -> bool:
        """Whether somebody set a time that counts at a place."""
        return bool({(text.folded(place), purpose), ("", purpose)} & set(self.periods))

    def length(self, purpose: RetentionPurpose, place: str = "") -> int:
        """How long data is kept at a place: as set for it, else for everywhere else, else as usual."""
        everywhere = self.periods.get(("", purpose), USUAL[purpose])
        return self.periods.get((text.folded(place), purpose), everywhere)

    def end(self, purpose: RetentionPurpose, start: dt.date, place: str = "") -> dt.date:
        """The day on which a time that began on `start` ends."""
        if self.only_set and not self.is_set(purpose, place):
            return NEVER
        length = self.length(purpose, place)
        return after_months(start, length) if purpose.unit == "month" else start + dt.timedelta(days=length)


@dataclass(frozen=True)
class PastApplication:
    """One application as keeping times see it; `goes_on` while it is active, or the person was hired by it."""

    place: str
    goes_on: bool
    ended_on: dt.date
    closed_on: dt.date | None = None  # when its requisition was closed

    def kept_until(self, schedule: Schedule) -> dt.date:
        """The day on which its keeping time ends."""
        start = max(self.ended_on, self.closed_on or self.ended_on)
        return schedule.end(P.UNSUCCESSFUL, start, self.place)


@dataclass(frozen=True)
class PersonFacts:
    """What decides how long a person is kept."""

    candidate_id: int
    entered_on: dt.date
    applications: tuple[PastApplication, ...] = field(default=())
    consent_until: dt.date | None = None
    last_talk_on: dt.date | None = None  # the last contact of both sides; a note is none


@dataclass(frozen=True)
class Due:
    """The end of a keeping time: of which purpose, at which place, on which day."""

    purpose: RetentionPurpose
    place: str
    on: dt.date

    @property
    def group(self) -> str:
        """What it is and where, in words: “Candidates who were not hired, Berlin”."""
        return f"{self.purpose.label}, {self.place}" if self.place else self.purpose.label


@dataclass(frozen=True)
class DueItem:
    """One thing at the end of its time: a person, a row of a table, or a file at `path`; on hold it stays."""

    due: Due
    table: str
    number: int
    on_hold: bool
    path: Path | None = None

    @property
    def key(self) -> tuple[str, int, Path | None]:
        """What tells one thing from another, whenever and for whatever reason it ends."""
        return self.table, self.number, self.path


def due_of(person: PersonFacts, schedule: Schedule) -> Due | None:
    """When a person's keeping time ends, and why then; None while an application goes on, or where they were hired."""
    if any(application.goes_on for application in person.applications):
        return None
    if person.applications:
        last = max(person.applications, key=lambda application: application.kept_until(schedule))
        due = Due(P.UNSUCCESSFUL, last.place, last.kept_until(schedule))
    else:
        due = Due(P.WITHOUT_APPLICATION, "", schedule.end(P.WITHOUT_APPLICATION, person.entered_on))
    if person.consent_until is None:
        return due
    talked_on = person.last_talk_on or person.entered_on
    pool = min(person.consent_until, schedule.end(P.TALENT_POOL, talked_on, due.place))
    return Due(P.TALENT_POOL, due.place, pool) if pool > due.on else due

"""When data has reached the end of its keeping time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from recruiter.foundation import text
from recruiter.foundation.calendar import after_months
from recruiter.privacy.models import RetentionPurpose

P = RetentionPurpose
USUAL_MONTHS = {  # TRUST 4.3, the shortest usual time
    P.UNSUCCESSFUL: 6,
    P.TALENT_POOL: 24,
    P.WITHOUT_APPLICATION: 6,
    P.SELF_IDENTIFICATION: 12,
    P.RANKING_LOG: 48,
}
ABOUT = {
    P.UNSUCCESSFUL: "Candidates who were not hired, counted from the close of the requisition, else from the end of their application",
    P.TALENT_POOL: "People kept in touch with: until their consent ends, and at most so long after the last contact of both sides",
    P.WITHOUT_APPLICATION: "People without an application, counted from when they were entered",
    P.SELF_IDENTIFICATION: "Voluntary answers on self-identification, counted from the day of the answer",
    P.RANKING_LOG: "Logged rankings, which hold numbers alone, counted from when they were made",
}
Periods = Mapping[tuple[str, RetentionPurpose], int]  # months by place, folded, and purpose


def months_for(periods: Periods, purpose: RetentionPurpose, place: str = "") -> int:
    """How many months data of a purpose is kept at a place: as set for it, else for everywhere else, else as usual."""
    everywhere = periods.get(("", purpose), USUAL_MONTHS[purpose])
    return periods.get((text.folded(place), purpose), everywhere)


@dataclass(frozen=True)
class PastApplication:
    """One application as keeping times see it; `goes_on` while it is active, or the person was hired by it."""

    place: str
    goes_on: bool
    ended_on: dt.date
    closed_on: dt.date | None = None  # when its requisition was closed

    def kept_until(self, periods: Periods) -> dt.date:
        """The day on which its keeping time ends."""
        start = max(self.ended_on, self.closed_on or self.ended_on)
        return after_months(start, months_for(periods, P.UNSUCCESSFUL, self.place))


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


def due_of(person: PersonFacts, periods: Periods) -> Due | None:
    """When a person's keeping time ends, and why then; None while an application goes on, or where they were hired."""
    if any(application.goes_on for application in person.applications):
        return None
    if person.applications:
        last = max(person.applications, key=lambda application: application.kept_until(periods))
        due = Due(P.UNSUCCESSFUL, last.place, last.kept_until(periods))
    else:
        months = months_for(periods, P.WITHOUT_APPLICATION)
        due = Due(P.WITHOUT_APPLICATION, "", after_months(person.entered_on, months))
    if person.consent_until is None:
        return due
    talked_on = person.last_talk_on or person.entered_on
    pool = min(person.consent_until, after_months(talked_on, months_for(periods, P.TALENT_POOL, due.place)))
    return Due(P.TALENT_POOL, due.place, pool) if pool > due.on else due

"""What the board and the table of a requisition show of each application, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.keepwarm.overview import board_signals
from recruiter.keepwarm.overview.board_signals import Glance, Signal, SignalKind
from recruiter.pipeline import exit_checklist
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.ranking.suggestion import ties
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.web.request import guard

Flag = tuple[str, str, str]  # label, tone, icon
MOST_FLAGS = 3
MOST_WAYS = 12  # stages that a menu lists; a search with more of them opens the page of the move


@dataclass(frozen=True)
class Card:
    """One application on the board or in the table."""

    id: int
    name: str
    role: str
    flags: list[Flag]
    marks: frozenset[SignalKind]
    next: str
    days: str
    days_number: int
    done: int
    expected: int
    late: int
    stage: str
    stage_id: int
    place: int | None
    tied: bool
    owner_id: int | None
    owner: str
    ahead: list[Stage]
    back: list[Stage]
    leaving: tuple[exit_checklist.Line, ...]
    active: bool

    @property
    def tint(self) -> int:
        """The colour of the owner's initials, the same wherever they stand."""
        return (self.owner_id or 0) % 6 + 1

    @property
    def missing(self) -> list[str]:
        """What the stage still asks for."""
        return [one.words for one in self.leaving if not one.done]


def _days(count: int) -> str:
    return f"{count} day{'s' if count != 1 else ''}"


def _label(signal: Signal, *, today: dt.date) -> Flag:
    late, ahead = (today - signal.on).days, (signal.on - today).days
    soon = "today" if ahead == 0 else f"in {_days(ahead)}"
    words: dict[SignalKind, Flag] = {
        SignalKind.PROMISE_BROKEN: (f"Answer {_days(late)} late", "late", "clock"),
        SignalKind.CONTACT_OVERDUE: ("Contact overdue", "late", "clock"),
        SignalKind.CARD_LATE: ("Scorecard late", "late", "star"),
        SignalKind.OFFER_RAN_OUT: ("Offer ran out", "late", "doc"),
        SignalKind.PROMISE_DUE: ("Answer due today", "due", "clock"),
        SignalKind.CONTACT_DUE: ("Contact due today", "due", "clock"),
        SignalKind.ABOVE_BAND: ("Above band: needs a case", "due", "doc"),
        SignalKind.OFFER_EXPIRES: (f"Offer expires {soon}", "due", "doc"),
        SignalKind.COMPETING: (f"Offer elsewhere{' today' if ahead == 0 else f', {_days(ahead)}'}", "due", "flag"),
    }
    return words[signal.kind]


def place_label(place: int) -> str:
    """A place on the slate in words."""
    return "1st choice" if place == 1 else f"Backup {place - 1}"


def _flags(glance: Glance, *, tied: bool, today: dt.date) -> list[Flag]:
    found = [_label(one, today=today) for one in glance.signals]
    if glance.place is None:
        return found[:MOST_FLAGS]
    own = (place_label(glance.place), "accent" if glance.place == 1 else "", "star" if glance.place == 1 else "")
    if tied:
        own = (f"{own[0]} \u00b7 tied 1st", "tie", "tie")
    return [*found[: MOST_FLAGS - 1], own]


def _on(day: dt.date, today: dt.date) -> str:
    return "today" if day == today else f"{day:%a} {day.day} {day:%b}"


def _next(glance: Glance, *, zone: dt.tzinfo, today: dt.date) -> str:
    """What is next, in words: a promise that is broken, a card that is late, an interview to come."""
    first = glance.signals[0] if glance.signals else None
    if first is not None and first.kind == SignalKind.PROMISE_BROKEN:
        return f"Answer promised by {_on(first.on, today)}"
    if glance.progress.late_by:
        name, due = glance.progress.late_by
        return f"{name.split()[0]}\u2019s scorecard was due {_on(due.astimezone(zone).date(), today)}"
    if glance.progress.coming:
        name, at = glance.progress.coming[0], glance.progress.coming[1].astimezone(zone)
        return f"{name} {_on(at.date(), today)}, {at:%H:%M}"
    return ""


def _card(glance: Glance, stages: dict[int, Stage], *, tied: bool, now: dt.datetime, zone: dt.tzinfo) -> Card:
    row, here = glance.row, stages[glance.row.stage_id]
    active, today = row.status == ApplicationStatus.ACTIVE, now.astimezone(zone).date()
    ways = list(stages.values()) if active else []
    days = (now - row.stage_since).days
    return Card(
        id=row.id,
        name=row.name,
        role=row.headline,
        flags=_flags(glance, tied=tied, today=today),
        marks=frozenset(one.kind for one in glance.signals),
        next=_next(glance, zone=zone, today=today),
        days="Today" if days == 0 else _days(days),
        days_number=days,
        done=glance.progress.submitted,
        expected=glance.progress.expected,
        late=glance.progress.late,
        stage=here.name,
        stage_id=here.id,
        place=glance.place,
        tied=tied,
        owner_id=row.owner_id,
        owner=row.owner or "",
        ahead=[one for one in ways if one.position > here.position and one.kind != StageKind.HIRED],
        back=[one for one in reversed(ways) if one.position < here.position],
        leaving=glance.leaving,
        active=active,
    )


def of_requisition(session: Session, requisition: Requisition) -> list[Card]:
    """Every active or hired application as a card: the most urgent first, then those longest in their stage."""
    now, zone = guard.now(), guard.configured().zone
    rows = pipeline.board_rows(session, requisition)
    found = board_signals.of_requisition(
        session, requisition, rows, viewer=guard.actor(), now=now, zone=zone, calendar=guard.calendar()
    )
    stages = {one.id: one for one in requisition.stages}
    slate = [one for one in found if one.place is not None and one.row.status == ApplicationStatus.ACTIVE]
    ordered = [one.row.id for one in sorted(slate, key=lambda one: (one.place or 0, one.row.id))]
    tied = ties.tied_for_first(session, requisition, ordered)
    return [_card(one, stages, tied=one.row.id in tied, now=now, zone=zone) for one in found]

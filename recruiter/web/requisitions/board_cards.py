"""What the board and the table of a requisition show of each application, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.foundation import wording
from recruiter.keepwarm.overview import board_signals
from recruiter.keepwarm.overview.board_signals import BoardItem, Signal, SignalKind
from recruiter.pipeline import exit_checklist
from recruiter.pipeline.models import ApplicationStatus
from recruiter.ranking.suggestion import ties
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.web.request import guard

Flag = tuple[str, str, str]  # label, tone, icon
MOST_FLAGS = 3
MOST_MENU_STAGES = 12  # stages that a menu lists; a search with more of them opens the page of the move


@dataclass(frozen=True)
class Card:
    """One application on the board or in the table."""

    id: int
    name: str
    role: str
    flags: list[Flag]
    signals: frozenset[SignalKind]
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
    exit_checks: tuple[exit_checklist.ExitCheck, ...]
    active: bool

    @property
    def tint(self) -> int:
        """The colour of the owner's initials, the same wherever they stand."""
        return (self.owner_id or 0) % 6 + 1

    @property
    def missing(self) -> list[str]:
        """What the stage still asks for."""
        return [check.text for check in self.exit_checks if not check.done]


def _label(signal: Signal, *, today: dt.date) -> Flag:
    late, ahead = (today - signal.on).days, (signal.on - today).days
    elsewhere = " today" if ahead == 0 else f", {wording.plural(ahead, 'day')}"
    soon = "today" if ahead == 0 else f"in {wording.plural(ahead, 'day')}"
    flags: dict[SignalKind, Flag] = {
        SignalKind.PROMISE_BROKEN: (f"Answer {wording.plural(late, 'day')} late", "late", "clock"),
        SignalKind.CONTACT_OVERDUE: ("Contact overdue", "late", "clock"),
        SignalKind.CARD_LATE: ("Scorecard late", "late", "star"),
        SignalKind.OFFER_RAN_OUT: ("Offer ran out", "late", "doc"),
        SignalKind.PROMISE_DUE: ("Answer due today", "due", "clock"),
        SignalKind.CONTACT_DUE: ("Contact due today", "due", "clock"),
        SignalKind.ABOVE_BAND: ("Above band: needs a case", "due", "doc"),
        SignalKind.OFFER_EXPIRES: (f"Offer expires {soon}", "due", "doc"),
        SignalKind.COMPETING: (f"Offer elsewhere{elsewhere}", "due", "flag"),
    }
    return flags[signal.kind]


def _flags(glance: BoardItem, *, tied: bool, today: dt.date) -> list[Flag]:
    flags = [_label(signal, today=today) for signal in glance.signals]
    if glance.place is None:
        return flags[:MOST_FLAGS]
    place_flag = (
        wording.bench_place(glance.place),
        "accent" if glance.place == 1 else "",
        "star" if glance.place == 1 else "",
    )
    if tied:
        place_flag = (f"{place_flag[0]} \u00b7 tied 1st", "tie", "tie")
    return [*flags[: MOST_FLAGS - 1], place_flag]


def _next(glance: BoardItem, *, zone: dt.tzinfo, today: dt.date) -> str:
    """What is next, in words: a promise that is broken, a card that is late, an interview to come."""
    first = glance.signals[0] if glance.signals else None
    if first is not None and first.kind == SignalKind.PROMISE_BROKEN:
        return f"Answer promised by {wording.day_or_today(first.on, today=today)}"
    if glance.progress.longest_late:
        name, due = glance.progress.longest_late
        return f"{name.split()[0]}\u2019s scorecard was due {wording.day_or_today(due.astimezone(zone).date(), today=today)}"
    if glance.progress.next_interview:
        name, at = glance.progress.next_interview[0], glance.progress.next_interview[1].astimezone(zone)
        return f"{name} {wording.day_or_today(at.date(), today=today)}, {at:%H:%M}"
    return ""


def _card(glance: BoardItem, stages: dict[int, Stage], *, tied: bool, now: dt.datetime, zone: dt.tzinfo) -> Card:
    row, stage = glance.row, stages[glance.row.stage_id]
    active, today = row.status == ApplicationStatus.ACTIVE, now.astimezone(zone).date()
    stages_shown = list(stages.values()) if active else []
    days = (now - row.stage_since).days
    return Card(
        id=row.id,
        name=row.name,
        role=row.headline,
        flags=_flags(glance, tied=tied, today=today),
        signals=frozenset(signal.kind for signal in glance.signals),
        next=_next(glance, zone=zone, today=today),
        days="Today" if days == 0 else wording.plural(days, "day"),
        days_number=days,
        done=glance.progress.submitted,
        expected=glance.progress.expected,
        late=glance.progress.late,
        stage=stage.name,
        stage_id=stage.id,
        place=glance.place,
        tied=tied,
        owner_id=row.owner_id,
        owner=row.owner_name or "",
        ahead=[other for other in stages_shown if other.position > stage.position and other.kind != StageKind.HIRED],
        back=[other for other in reversed(stages_shown) if other.position < stage.position],
        exit_checks=glance.leaving,
        active=active,
    )


def of_requisition(session: Session, requisition: Requisition) -> list[Card]:
    """Every active or hired application as a card: the most urgent first, then those longest in their stage."""
    now, zone = guard.now(), guard.settings().zone
    items = board_signals.of_requisition(session, requisition, viewer=guard.actor(), moment=guard.act())
    stages = {stage.id: stage for stage in requisition.stages}
    slate = [item for item in items if item.place is not None and item.row.status == ApplicationStatus.ACTIVE]
    ordered = [item.row.id for item in sorted(slate, key=lambda entry: (entry.place or 0, entry.row.id))]
    tied = ties.tied_for_first(session, requisition, ordered)
    return [_card(item, stages, tied=item.row.id in tied, now=now, zone=zone) for item in items]

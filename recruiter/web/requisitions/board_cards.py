"""What the board and the table of a requisition show of each application, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.foundation import wording
from recruiter.foundation.act import Moment
from recruiter.keepwarm.overview import board_signals
from recruiter.keepwarm.overview.board_signals import BoardItem, Signal, SignalKind
from recruiter.pipeline.models import ApplicationStatus
from recruiter.pipeline.queries import BoardRow
from recruiter.ranking.suggestion import ties
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.web.request import guard

Flag = tuple[str, str, str]  # label, tone, icon
MOST_FLAGS = 3
MOST_MENU_STAGES = 12  # stages that a menu lists; a search with more of them opens the page of the move


@dataclass(frozen=True)
class Card:
    """One application on the board or in the table: what presses on it, and the same in words."""

    item: BoardItem
    stage: Stage
    tied: bool
    flags: list[Flag]
    next: str
    days: int
    ahead: list[Stage]
    back: list[Stage]
    active: bool

    @property
    def row(self) -> BoardRow:
        """The application itself."""
        return self.item.row

    @property
    def signals(self) -> set[SignalKind]:
        """What presses."""
        return {signal.kind for signal in self.item.signals}

    @property
    def days_text(self) -> str:
        """For how long they have been in the stage."""
        return wording.plural(self.days, "day") if self.days else "Today"

    @property
    def place_text(self) -> str:
        """The place on the slate; empty for none."""
        return wording.bench_place(self.item.place) if self.item.place else ""

    @property
    def tint(self) -> int:
        """The colour of the owner's initials, the same wherever they stand."""
        return (self.row.owner_id or 0) % 6 + 1

    @property
    def urgent_flags(self) -> list[Flag]:
        """The flags that ask for something to be done."""
        return [flag for flag in self.flags if flag[1] in {"late", "due"}]

    @property
    def missing(self) -> list[str]:
        """What the stage still asks for."""
        return [check.text for check in self.item.leaving if not check.done]


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


def _flags(item: BoardItem, *, tied: bool, today: dt.date) -> list[Flag]:
    flags = [_label(signal, today=today) for signal in item.signals]
    if item.place is None:
        return flags[:MOST_FLAGS]
    place = wording.bench_place(item.place)
    first_flag = (place, "accent", "star") if item.place == 1 else (place, "", "")
    return [*flags[: MOST_FLAGS - 1], (f"{place} \u00b7 tied 1st", "tie", "tie") if tied else first_flag]


def _next(item: BoardItem, *, moment: Moment) -> str:
    """What is next, in words: a promise that is broken, a card that is late, an interview to come."""
    first = item.signals[0] if item.signals else None
    if first is not None and first.kind == SignalKind.PROMISE_BROKEN:
        return f"Answer promised by {wording.day_or_today(first.on, today=moment.today)}"
    if item.progress.longest_late:
        name, due = item.progress.longest_late
        due_text = wording.day_or_today(moment.day_of(due), today=moment.today)
        return f"{name.split()[0]}\u2019s scorecard was due {due_text}"
    if item.progress.next_interview:
        name, at = item.progress.next_interview[0], item.progress.next_interview[1].astimezone(moment.zone)
        return f"{name} {wording.day_or_today(at.date(), today=moment.today)}, {at:%H:%M}"
    return ""


def _card(item: BoardItem, stages: dict[int, Stage], *, tied: bool, moment: Moment) -> Card:
    stage, active = stages[item.row.stage_id], item.row.status == ApplicationStatus.ACTIVE
    others = list(stages.values()) if active else []
    return Card(
        item,
        stage,
        tied,
        flags=_flags(item, tied=tied, today=moment.today),
        next=_next(item, moment=moment),
        days=(moment.now - item.row.stage_since).days,
        ahead=[other for other in others if other.position > stage.position and other.kind != StageKind.HIRED],
        back=[other for other in reversed(others) if other.position < stage.position],
        active=active,
    )


def of_requisition(session: Session, requisition: Requisition) -> list[Card]:
    """Every active or hired application as a card: the most urgent first, then those longest in their stage."""
    moment = guard.act()
    items = board_signals.of_requisition(session, requisition, viewer=guard.actor(), moment=moment)
    stages = {stage.id: stage for stage in requisition.stages}
    slate = [item for item in items if item.place is not None and item.row.status == ApplicationStatus.ACTIVE]
    ordered = [item.row.id for item in sorted(slate, key=lambda entry: (entry.place or 0, entry.row.id))]
    tied = ties.tied_for_first(session, requisition, ordered)
    return [_card(item, stages, tied=item.row.id in tied, moment=moment) for item in items]

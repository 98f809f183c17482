"""What the board and the table of a requisition show, in a handful of statements whatever their length."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from recruiter.foundation import text
from recruiter.interviews import queries as interviews
from recruiter.keepwarm import listing
from recruiter.keepwarm.rules import Warmth
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.pipeline.queries import BoardRow
from recruiter.policy import scopes
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.queries import Counts
from recruiter.web import guard

FLAGS = {
    "late": ("scorecard late", "scorecards late", "late", "star"),
    "cold": ("finalist overdue", "finalists overdue", "late", "clock"),
    "due": ("finalist due today", "finalists due today", "due", "clock"),
}


@dataclass(frozen=True)
class Card:
    """One application on the board or in the table."""

    id: int
    name: str
    role: str
    flags: list[tuple[str, str, str]]
    marks: frozenset[str]
    next: str
    days: str
    days_number: int
    done: int
    expected: int
    late: int
    stage: str
    stage_id: int
    place: int | None
    stood: int
    ahead: list[tuple[int, str]]
    back: list[tuple[int, str]]
    href: str
    move_href: str
    close_href: str | None


@dataclass(frozen=True)
class Flag:
    """A filter that is a link: what needs attention on this requisition, and how often."""

    name: str
    label: str
    tone: str
    icon: str
    count: int
    current: bool


def _ways(row: BoardRow, stages: list[Stage]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    if row.status != ApplicationStatus.ACTIVE:
        return [], []
    here = next(one.position for one in stages if one.id == row.stage_id)
    ahead = [(s.id, s.name) for s in stages if s.position > here and s.kind != StageKind.HIRED]
    return ahead, [(s.id, s.name) for s in reversed(stages) if s.position < here]


def _flags(row: BoardRow, counts: Counts, warmth: Warmth | None) -> tuple[list[tuple[str, str, str]], frozenset[str]]:
    flags, marks = [], set()
    if warmth == Warmth.COLD:
        flags.append(("Contact overdue", "late", "clock"))
        marks.add("cold")
    if counts.late:
        flags.append(("Scorecard late", "late", "star"))
        marks.add("late")
    if warmth == Warmth.COOLING:
        flags.append(("Contact due today", "due", "clock"))
        marks.add("due")
    if row.place is not None:
        flags.append(("1st choice", "accent", "star") if row.place == 1 else (f"Backup {row.place - 1}", "", ""))
    return flags[:3], frozenset(marks)


def _next(found: tuple[str, dt.datetime] | None, *, zone: dt.tzinfo, today: dt.date) -> str:
    if found is None:
        return ""
    name, at = found[0], found[1].astimezone(zone)
    day = "today" if at.date() == today else f"{at:%a} {at.day} {at:%b}"
    return f"{name} {day}, {at:%H:%M}"


def of_requisition(session: Session, requisition: Requisition) -> list[Card]:
    """Every active or hired application as a card: flagged ones first, then those longest in their stage."""
    now, zone = guard.now(), guard.configured().zone
    rows = pipeline.board_rows(session, requisition)
    ids = [one.id for one in rows]
    counts = scorecards.counts(session, ids, now=now)
    coming = interviews.next_of(session, ids, now=now)
    kept = listing.kept_warm(
        session,
        within=scopes.searches(guard.actor()),
        now=now,
        zone=zone,
        calendar=guard.calendar(),
        requisition_id=requisition.id,
    )
    warmth = {one.application.id: one.standing.warmth for one in kept}
    cards = []
    for row in rows:
        ahead, back = _ways(row, requisition.stages)
        flags, marks = _flags(row, counts[row.id], warmth.get(row.id))
        days = (now - row.stage_since).days
        active = row.status == ApplicationStatus.ACTIVE
        cards.append(
            Card(
                id=row.id,
                name=row.name,
                role=row.headline,
                flags=flags,
                marks=marks,
                next=_next(coming.get(row.id), zone=zone, today=guard.today()),
                days="Today" if days == 0 else f"{days} day{'s' if days != 1 else ''}",
                days_number=days,
                done=counts[row.id].submitted,
                expected=counts[row.id].expected,
                late=counts[row.id].late,
                stage=next(one.name for one in requisition.stages if one.id == row.stage_id),
                stage_id=row.stage_id,
                place=row.place,
                stood=row.stage_id,
                ahead=ahead,
                back=back,
                href=url_for("pipeline.application", application_id=row.id),
                move_href=url_for("pipeline.move", application_id=row.id),
                close_href=url_for("pipeline.reject", application_id=row.id) if active else None,
            )
        )
    return sorted(cards, key=lambda one: (not one.marks, -one.days_number))


def narrowed(cards: list[Card], *, q: str, flag: str, stage: str) -> list[Card]:
    """The cards that match a search, a flag and a stage."""
    key = text.folded(q)
    return [
        one
        for one in cards
        if (not key or key in text.folded(f"{one.name} {one.role}"))
        and (not flag or flag in one.marks)
        and (not stage or stage == str(one.stage_id))
    ]


def flags_of(cards: list[Card], *, current: str) -> list[Flag]:
    """The filters over a board: only what there is."""
    found = []
    for name, (one, more, tone, icon) in FLAGS.items():
        count = sum(1 for card in cards if name in card.marks)
        if count:
            found.append(Flag(name, f"{count} {one if count == 1 else more}", tone, icon, count, name == current))
    return found

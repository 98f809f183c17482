"""What happened to an application, newest first, by day."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from recruiter.interviews.models import ChangeKind, Interview, InterviewChange, InterviewStatus
from recruiter.pipeline.models import ApplicationStatus, OwnerChange, StageChange, StatusChange
from recruiter.scorecards.models import CardState, Scorecard
from recruiter.web.text.filters import moment

INTERVIEW_OUTCOMES = {
    InterviewStatus.PLANNED: "took place",
    InterviewStatus.CANCELLED: "was cancelled",
    InterviewStatus.NO_SHOW: "did not take place: nobody came",
}
INTERVIEW_CHANGES = {
    ChangeKind.PLANNED: "planned {name} for {after}",
    ChangeKind.MOVED: "moved {name} from {before} to {after}",
    ChangeKind.RENAMED: "renamed {name}",
    ChangeKind.PANEL: "changed the panel of {name}",
    ChangeKind.FOCUS: "changed what {name} looks at",
    ChangeKind.CANCELLED: "cancelled {name}",
    ChangeKind.NO_SHOW: "recorded that nobody came to {name}",
}
STATUS_CHANGES = {
    ApplicationStatus.REJECTED: "closed the application",
    ApplicationStatus.WITHDRAWN: "recorded that the candidate withdrew",
    ApplicationStatus.HIRED: "recorded the hire",
    ApplicationStatus.ACTIVE: "reopened the application",
}


@dataclass(frozen=True)
class Event:
    """One thing that happened: who or what, what was done, and words that somebody wrote.

    `kind` is what a timeline is filtered by; `href` leads to the thing, `note` is what the parts of a note are made from.
    """

    at: dt.datetime
    icon: str
    actor: str
    action: str
    text: str = ""
    tone: str = ""
    people: tuple[str, ...] = ()
    kind: str = "moves"
    href: str = ""
    note: Any = None


@dataclass(frozen=True)
class Day:
    """The events of one day, each with its time."""

    date: dt.date
    events: list[tuple[str, Event]]


def move_event(change: StageChange, *, quiet: bool) -> Event:
    """A move as an event; its reason stays away while the viewer scores blind."""
    if change.from_stage is None:
        did = f"added them to {change.to_stage.name}"
    else:
        did = f"moved them from {change.from_stage.name} to {change.to_stage.name}"
    return Event(change.moved_at, "move", change.moved_by.name, did, "" if quiet else change.reason)


def status_event(change: StatusChange, *, quiet: bool) -> Event:
    """An ending or a reopening as an event."""
    icon = "undo" if change.status == ApplicationStatus.ACTIVE else "flag"
    reason = "" if quiet else change.reason
    return Event(change.changed_at, icon, change.changed_by.name, STATUS_CHANGES[change.status], reason)


def owner_event(change: OwnerChange) -> Event:
    """A new owner as an event."""
    if change.to_owner is None:
        did = "left them without owner" + (f"; {change.from_owner.name} had them" if change.from_owner else "")
    elif change.to_owner_id == change.changed_by_id:
        did = "took them over" + (f" from {change.from_owner.name}" if change.from_owner else "")
    else:
        did = f"gave them to {change.to_owner.name}"
    return Event(change.changed_at, "people", change.changed_by.name, did)


def interview_event(talk: Interview) -> Event:
    """An interview as an event."""
    people = tuple(seat.user.name for seat in talk.panel)
    return Event(talk.starts_at, "cal", talk.name, INTERVIEW_OUTCOMES[talk.status], people=people, kind="interviews")


def interview_change_event(talk: Interview, change: InterviewChange, *, quiet: bool) -> Event:
    """What was done to an interview as an event; its reason is for those who run the search, and stays away from whoever scores blind."""
    before, after = moment(change.starts_before), moment(change.starts_after)
    did = INTERVIEW_CHANGES[change.kind].format(name=talk.name, before=before, after=after)
    return Event(change.at, "cal", change.by.name, did, "" if quiet else change.reason, kind="interviews")


def scorecard_events(card: Scorecard) -> list[Event]:
    """A sent card and its amendments as events: that they came, not what they say."""
    if card.state == CardState.DRAFT or card.submitted_at is None:
        return []
    name, talk = card.author.name, card.interview.name
    later = [
        Event(version.at, "star", name, f"amended the scorecard on {talk}", version.reason, kind="interviews")
        for version in card.versions[1:]
    ]
    return [Event(card.submitted_at, "star", name, f"sent a scorecard on {talk}", tone="ok", kind="interviews"), *later]


def with_requisition(event: Event, where: str) -> Event:
    """An event with the requisition on which it happened, for the timeline of a person who is on several."""
    return replace(event, action=f"{event.action} ({where})") if where else event


def by_day(events: list[Event], zone: ZoneInfo) -> list[Day]:
    """Newest first, in the days of the company's zone."""
    ordered = sorted(events, key=lambda event: event.at)[::-1]  # of one moment, what was written later stands first
    grouped = itertools.groupby(ordered, key=lambda event: event.at.astimezone(zone).date())
    return [Day(date, [(f"{each.at.astimezone(zone):%H:%M}", each) for each in of_day]) for date, of_day in grouped]

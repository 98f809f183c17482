"""The list of who must hear from us, as the page shows it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.keepwarm.overview import contact_list, final_interview_followups, promise_ledger
from recruiter.keepwarm.overview.contact_list import ContactListItem
from recruiter.keepwarm.overview.final_interview_followups import ToThank
from recruiter.keepwarm.schedule.next_contact import Group
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.request_context import cursor_asked, next_cursor
from recruiter.requisitions import queries as requisitions
from recruiter.scorecards import queries as scorecards
from recruiter.web.keepwarm import forms, labels
from recruiter.web.keepwarm.contact_list import first_choices
from recruiter.web.request import guard

LIMIT = 50
KEPT_DAYS = 30
REQUISITIONS = 40
TO_THANK = 8
DUE = (("all", "All"), ("overdue", "Overdue"), ("today", "Due today"), ("later", "Later"))


@dataclass(frozen=True)
class Line:
    """One finalist of the list."""

    row: ContactListItem
    place: str
    warmth: tuple[str, str, str]
    distance: str
    urgency: str
    why: str
    also: tuple[str, ...]

    @property
    def application(self) -> Application:
        """Whom it is about."""
        return self.row.application

    @property
    def due_on(self) -> dt.date | None:
        """When they are due."""
        return self.row.standing.due_on


@dataclass(frozen=True)
class Bucket:
    """The lines of one group."""

    id: str
    title: str
    urgency: str
    lost: bool
    lines: list[Line]


@dataclass(frozen=True)
class Filter:
    """A narrower view of the list as a link."""

    label: str
    href: str
    current: bool
    count: int = 0


@dataclass(frozen=True)
class IndexPage:
    """The list."""

    title: str
    total: int
    buckets: list[Bucket]
    due: list[Filter]
    ownership_filters: list[Filter]
    requisitions: list[Filter]
    promises_kept: tuple[int, int]
    first_choices: list[first_choices.Stand]
    to_thank: list[ToThank]
    narrowed: bool
    next_href: str | None
    here: str
    contact: forms.ContactForm
    today: dt.date


def _distance(due_on: dt.date | None, today: dt.date) -> str:
    if due_on is None:
        return ""
    days_left = (due_on - today).days
    if days_left < 0:
        return f"{wording.plural(-days_left, 'day')} overdue"
    return "today" if days_left == 0 else f"in {wording.plural(days_left, 'day')}"


def line_of(row: ContactListItem, *, blind: bool) -> Line:
    """A row as the page shows it; the place on the slate stays away while the viewer scores blind."""
    standing = row.standing
    reasons = standing.because or ("Contact is due",)
    return Line(
        row=row,
        place="" if blind else wording.bench_place(row.finalist.position),
        warmth=labels.WARMTH[standing.warmth],
        distance=_distance(standing.due_on, guard.today()),
        urgency=labels.URGENCY.get(standing.group, ""),
        why=reasons[0],
        also=reasons[1:],
    )


def blind_on(rows: Sequence[ContactListItem]) -> set[int]:
    """The requisitions among some rows on which the viewer owes a scorecard, so that the order stays hidden."""
    here = {row.application.requisition_id for row in rows}
    return here & set(db.session.scalars(scorecards.slates_owed_by(guard.actor())))


def _buckets(rows: Sequence[ContactListItem], blind: set[int]) -> list[Bucket]:
    buckets = []
    for group, inside in itertools.groupby(rows, key=lambda row: row.standing.group):
        lines = [line_of(row, blind=row.application.requisition_id in blind) for row in inside]
        lost = group == Group.FELL_THROUGH
        buckets.append(Bucket(group.value, labels.GROUPS[group], labels.URGENCY.get(group, ""), lost, lines))
    return buckets


def _address(due: str, requisition: str | None, *, owner: str | None = None, **more: Any) -> str:
    more["whose"] = "mine" if (request.args.get("whose") if owner is None else owner) == "mine" else None
    return url_for("keepwarm.index", due=due if due != "all" else None, requisition=requisition or None, **more)


def _by_requisition(rows: Sequence[ContactListItem], due: str, chosen: str) -> list[Filter]:
    titles = {row.application.requisition.key: row.application.requisition.title for row in rows}
    counts = {key: sum(row.application.requisition.key == key for row in rows) for key in titles}
    filters = [
        Filter(f"{key} {title}", _address(due, key), key == chosen, counts[key])
        for key, title in sorted(titles.items(), key=lambda pair: (-counts[pair[0]], pair[1]))[:REQUISITIONS]
    ]
    return [Filter("All requisitions", _address(due, None), not chosen, len(rows)), *filters]


def page_of() -> IndexPage:
    """The list as the address narrows it."""
    due = request.args.get("due", "all")
    due = due if due in dict(DUE) else "all"
    chosen = request.args.get("requisition", "").upper()
    mine = request.args.get("whose") == "mine"
    within = scopes.searches(guard.actor())
    if mine:
        within = within.where(requisitions.run_by(guard.actor().id).contains)
    every = contact_list.finalists_to_contact(
        db.session(), within=within, moment=guard.act(), due=due, viewer=guard.actor()
    )
    promises_kept = promise_ledger.count_kept(
        db.session(), searches=within, moment=guard.act(), since=guard.today() - dt.timedelta(days=KEPT_DAYS)
    )
    rows = [row for row in every if chosen in {"", row.application.requisition.key}]
    page = contact_list.page(rows, limit=LIMIT, cursor=cursor_asked())
    blind = blind_on(page.items)
    return IndexPage(
        title="Keep warm",
        total=len(rows),
        buckets=_buckets(page.items, blind),
        due=[Filter(label, _address(key, chosen), key == due) for key, label in DUE],
        ownership_filters=[
            Filter("Team", _address(due, chosen, owner="team"), not mine),
            Filter("Mine", _address(due, chosen, owner="mine"), mine),
        ],
        requisitions=_by_requisition(every, due, chosen),
        promises_kept=promises_kept,
        first_choices=first_choices.of_slates(every, page.items, blind=blind),
        to_thank=final_interview_followups.to_thank(db.session(), within=within, moment=guard.act())[:TO_THANK],
        narrowed=due != "all" or bool(chosen),
        next_href=_address(due, chosen, cursor=next_cursor(page)) if page.next else None,
        here=request.full_path.rstrip("?"),
        contact=forms.ContactForm(formdata=None),
        today=guard.today(),
    )

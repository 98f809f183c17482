"""The list of who must hear from us, as the page shows it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from sqlalchemy import Select, or_, select

from recruiter.foundation.database.db import db
from recruiter.keepwarm.overview import contact_list, final_interview_followups, promise_ledger
from recruiter.keepwarm.overview.contact_list import Row
from recruiter.keepwarm.overview.final_interview_followups import ToThank
from recruiter.keepwarm.schedule.next_contact import Group
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.requisitions.models import Member, MemberKind, Requisition
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

    key: str
    application: Application
    place: str
    warmth: tuple[str, str, str]
    due_on: dt.date | None
    distance: str
    urgency: str
    why: str
    also: tuple[str, ...]
    spoke_on: dt.datetime | None
    last_words: str
    concerns: int
    lost: bool
    warm_because: str = ""
    snoozed_until: dt.date | None = None


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
    whose: list[Filter]
    requisitions: list[Filter]
    kept: tuple[int, int]
    stands: list[first_choices.Stand]
    to_thank: list[ToThank]
    narrowed: bool
    next_href: str | None
    here: str
    contact: forms.ContactForm
    today: dt.date


def _distance(due_on: dt.date | None, today: dt.date) -> str:
    if due_on is None:
        return ""
    left = (due_on - today).days
    if left < 0:
        return f"{labels.days(-left)} overdue"
    return "today" if left == 0 else f"in {labels.days(left)}"


def line_of(row: Row, *, today: dt.date, blind: bool) -> Line:
    """A row as the page shows it; the place on the slate stays away while the viewer scores blind."""
    standing = row.standing
    reasons = standing.because or ("Contact is due",)
    return Line(
        key=f"a{row.application.id}",
        application=row.application,
        place="" if blind else labels.place(row.finalist.position),
        warmth=labels.WARMTH[standing.warmth],
        due_on=standing.due_on,
        distance=_distance(standing.due_on, today),
        urgency=labels.URGENCY.get(standing.group, ""),
        why=reasons[0],
        also=reasons[1:],
        spoke_on=row.last_two_way,
        last_words=row.last_said,
        concerns=row.open_concerns,
        lost=standing.group == Group.FELL_THROUGH,
        warm_because=standing.warm_because,
        snoozed_until=row.snoozed_until,
    )


def blind_on(rows: Sequence[Row]) -> set[int]:
    """The requisitions among some rows on which the viewer owes a scorecard, so that the order stays hidden."""
    here = {one.application.requisition_id for one in rows}
    return here & set(db.session.scalars(scorecards.searches_owed_on(guard.actor())))


def _buckets(rows: Sequence[Row], blind: set[int]) -> list[Bucket]:
    found, today = [], guard.today()
    for group, inside in itertools.groupby(rows, key=lambda one: one.standing.group):
        made = [line_of(one, today=today, blind=one.application.requisition_id in blind) for one in inside]
        lost = group == Group.FELL_THROUGH
        found.append(Bucket(group.value, labels.GROUPS[group], labels.URGENCY.get(group, ""), lost, made))
    return found


def _address(due: str, requisition: str | None, *, whose: str | None = None, **more: Any) -> str:
    whose = request.args.get("whose") if whose is None else whose
    return url_for(
        "keepwarm.index",
        due=due if due != "all" else None,
        requisition=requisition or None,
        whose="mine" if whose == "mine" else None,
        **more,
    )


def _by_requisition(rows: Sequence[Row], due: str, chosen: str) -> list[Filter]:
    titles = {one.application.requisition.key: one.application.requisition.title for one in rows}
    counts = {key: sum(one.application.requisition.key == key for one in rows) for key in titles}
    shown = [
        Filter(f"{key} {title}", _address(due, key), key == chosen, counts[key])
        for key, title in sorted(titles.items(), key=lambda pair: (-counts[pair[0]], pair[1]))[:REQUISITIONS]
    ]
    return [Filter("All requisitions", _address(due, None), not chosen, len(rows)), *shown]


def _own(user_id: int) -> Select[int]:
    """The searches that somebody runs: as hiring manager or as recruiter."""
    member = select(Member.requisition_id).where(Member.user_id == user_id, Member.kind == MemberKind.RECRUITER)
    return select(Requisition.id).where(or_(Requisition.hiring_manager_id == user_id, Requisition.id.in_(member)))


def page_of() -> IndexPage:
    """The list as the address narrows it."""
    asked = request.args.get("due", "all")
    due = asked if asked in dict(DUE) else "all"
    chosen = request.args.get("requisition", "").upper()
    mine = request.args.get("whose") == "mine"
    within = scopes.searches(guard.actor())
    if mine:
        within = within.where(Requisition.id.in_(_own(guard.actor().id)))
    every = contact_list.kept_warm(
        db.session(),
        within=within,
        now=guard.now(),
        zone=guard.configured().zone,
        calendar=guard.calendar(),
        due=due,
        viewer=guard.actor(),
    )
    kept = promise_ledger.kept_of(
        db.session(),
        searches=within,
        now=guard.now(),
        zone=guard.configured().zone,
        since=guard.today() - dt.timedelta(days=KEPT_DAYS),
    )
    rows = [one for one in every if chosen in {"", one.application.requisition.key}]
    page = contact_list.page(rows, limit=LIMIT, cursor=request.args.get("cursor"))
    blind = blind_on(page.items)
    return IndexPage(
        title="Keep warm",
        total=len(rows),
        buckets=_buckets(page.items, blind),
        due=[Filter(label, _address(key, chosen), key == due) for key, label in DUE],
        whose=[
            Filter("Team", _address(due, chosen, whose="team"), not mine),
            Filter("Mine", _address(due, chosen, whose="mine"), mine),
        ],
        requisitions=_by_requisition(every, due, chosen),
        kept=kept,
        stands=first_choices.of_slates(every, page.items, blind=blind),
        to_thank=final_interview_followups.to_thank(
            db.session(), within=within, now=guard.now(), zone=guard.configured().zone, calendar=guard.calendar()
        )[:TO_THANK],
        narrowed=due != "all" or bool(chosen),
        next_href=_address(due, chosen, cursor=page.next) if page.next else None,
        here=request.full_path.rstrip("?"),
        contact=forms.ContactForm(formdata=None),
        today=guard.today(),
    )

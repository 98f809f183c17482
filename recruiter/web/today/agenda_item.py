"""One line of Today: what needs somebody, about whom, why, and the button that does it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from flask import url_for

from recruiter.budget.models import BudgetCase
from recruiter.candidates.models import Task
from recruiter.interviews.models import Interview
from recruiter.interviews.rules import card_due, held_up
from recruiter.keepwarm.overview import contact_list
from recruiter.keepwarm.schedule import deadline_clashes
from recruiter.keepwarm.schedule.next_contact import Group, Warmth, shown
from recruiter.offers.models import Offer
from recruiter.scorecards.reminders import overdue_cards
from recruiter.web.keepwarm.after_start import release_routes as calls
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.text.filters import day


@dataclass(frozen=True)
class Thing:
    """One thing that needs somebody: what, about whom, how urgent, where to do it. With `post` the button does it at once."""

    who: str
    what: str
    tone: str
    icon: str
    badge: str
    href: str
    action: str
    post: str = ""


@dataclass(frozen=True)
class Section:
    """Things of one kind."""

    name: str
    title: str
    things: list[Thing] = field(default_factory=list)


def bench(row: contact_list.Row) -> Thing:
    """Somebody on a slate who must hear from us: a promise, a silence, a first choice that fell through."""
    one, standing = row.application, row.standing
    fell = standing.group == Group.FELL_THROUGH
    late = standing.warmth == Warmth.COLD
    href = url_for("pipeline.application", application_id=one.id)
    if tabs.stands("keepwarm.of_application"):
        href = url_for("keepwarm.of_application", application_id=one.id)
    if fell and tabs.stands("keepwarm.promote"):
        href = url_for("keepwarm.promote", requisition_ref=one.requisition.key)
    badge = "First choice lost" if fell else "Overdue" if late else "Due today"
    return Thing(
        one.candidate.name,
        f"{one.requisition.title}. {'. '.join(standing.because)}",  # as Keep warm says it
        "late" if late or fell else "due",
        "warn" if fell else "clock",
        badge,
        href,
        "Promote the next one" if fell else "Get in touch",
    )


def call(one: calls.Waiting) -> Thing:
    """A finalist who is still to be called after somebody else has started."""
    who = one.one.application
    what = f"{who.requisition.title}: give feedback and ask whether we may keep in touch, by {shown(one.one.due_on)}"
    badge, tone = ("Call overdue", "late") if one.late else ("To call", "due")
    return Thing(who.candidate.name, what, tone, "phone", badge, one.href, "Record call")


def clash(one: deadline_clashes.Clash) -> Thing:
    """Dates that clash: somebody is answered elsewhere before he hears from us, and the ways out stand on the slate."""
    requisition = one.application.requisition
    href = url_for("pipeline.application", application_id=one.application.id)
    if tabs.stands("keepwarm.of_requisition"):
        href = url_for("keepwarm.of_requisition", requisition_ref=requisition.key)
    return Thing(
        one.application.candidate.name,
        f"{requisition.title}: decides elsewhere on {shown(one.theirs)}, will hear from us on {shown(one.ours)}: {one.because}",
        "due",
        "flag",
        "Dates clash",
        href,
        "Ways out",
    )


def late_card(one: overdue_cards.Late) -> Thing:
    """A card that is late and holds up a decision, with a button that reminds its author."""
    held = day(one.decides_on, guard.today())
    return Thing(
        one.author,
        f"{one.requisition}: scorecard on {one.candidate} ({one.interview}) is late and holds up the decision of {held}",
        "late",
        "star",
        "Scorecard late",
        url_for("scorecards.of_application", application_id=one.application_id),
        "Remind",
        url_for("scorecards.remind", interview_id=one.interview_id, author_id=one.author_id),
    )


def offer(one: Offer, what: str, badge: str, action: str) -> Thing:
    """An offer that needs somebody."""
    href = url_for("pipeline.application", application_id=one.application_id)
    if tabs.stands("offers.show"):
        href = url_for("offers.show", offer_id=one.id)
    title = one.application.requisition.title
    return Thing(one.application.candidate.name, f"{title}: {what}", "due", "doc", badge, href, action)


def case(one: BudgetCase) -> Thing:
    """A budget case that waits for a decision."""
    return Thing(
        one.offer.application.candidate.name,
        f"Case {one.number}, {one.offer.application.requisition.title}: a decision is needed by {shown(one.needed_by)}",
        "due",
        "doc",
        "Budget case",
        url_for("budget.show", case_id=one.id),
        "Read and decide",
    )


def card(one: Interview, decides_on: dt.date | None) -> Thing:
    """A card that somebody owes."""
    zone, today = guard.configured().zone, guard.today()
    due_at = card_due(one.ends_at)
    due_on, late = due_at.astimezone(zone).date(), due_at < guard.now()
    what = f"{one.application.requisition.title}: {one.name}"
    if late:
        held = held_up(decide_on=decides_on, ends_at=one.ends_at, zone=zone)
        what += f"; holds up the decision of {day(held, today)}"
    days = {0: "today", 1: "tomorrow"}
    badge = (
        f"Late, due {day(due_on, today)}" if late else f"Due {days.get((due_on - today).days) or day(due_on, today)}"
    )
    return Thing(
        one.application.candidate.name,
        what,
        "late" if late else "due",
        "clock" if late else "star",
        badge,
        url_for("scorecards.show", interview_id=one.id),
        "Write scorecard",
    )


def task(one: Task) -> Thing:
    """A follow-up of somebody's own."""
    late = one.due_on < guard.today()
    href = url_for("candidates.show", candidate_id=one.candidate_id)
    if one.application_id is not None:
        href = url_for("pipeline.application", application_id=one.application_id)
    badge = f"Due {shown(one.due_on)}" if late else "Due today"
    return Thing(one.candidate.name, one.what, "late" if late else "due", "check", badge, href, "Open")

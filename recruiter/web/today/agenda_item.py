"""One line of Today: what needs somebody, about whom, why, and the button that does it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from flask import url_for

from recruiter.budget.models import BudgetCase
from recruiter.candidates.models import Task
from recruiter.interviews.models import Interview
from recruiter.interviews.rules import card_due
from recruiter.keepwarm.overview import contact_list
from recruiter.keepwarm.schedule import deadline_clashes
from recruiter.keepwarm.schedule.next_contact import Group, Warmth, short_day
from recruiter.offers.models import Offer
from recruiter.scorecards.reminders import overdue_cards
from recruiter.web.keepwarm.after_start import release_routes as calls
from recruiter.web.request import guard
from recruiter.web.text.filters import day


@dataclass(frozen=True)
class AgendaItem:
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
    items: list[AgendaItem] = field(default_factory=list)


def bench(row: contact_list.ContactListItem) -> AgendaItem:
    """Somebody on a slate who must hear from us: a promise, a silence, a first choice that fell through."""
    application, standing = row.application, row.standing
    fell = standing.group == Group.FELL_THROUGH
    late = standing.warmth == Warmth.COLD
    href = url_for("keepwarm.of_application", application_id=application.id)
    if fell:
        href = url_for("keepwarm.promote", requisition_ref=application.requisition.key)
    badge = "First choice lost" if fell else "Overdue" if late else "Due today"
    return AgendaItem(
        application.candidate.name,
        f"{application.requisition.title}. {'. '.join(standing.because)}",  # as Keep warm says it
        "late" if late or fell else "due",
        "warn" if fell else "clock",
        badge,
        href,
        "Promote the next one" if fell else "Get in touch",
    )


def call(line: calls.CallLine) -> AgendaItem:
    """A finalist who is still to be called after somebody else has started."""
    who = line.call.application
    what = (
        f"{who.requisition.title}: give feedback and ask whether we may keep in touch, by {short_day(line.call.due_on)}"
    )
    badge, tone = ("Call overdue", "late") if line.late else ("To call", "due")
    return AgendaItem(who.candidate.name, what, tone, "phone", badge, line.href, "Record call")


def clash(deadline_clash: deadline_clashes.Clash) -> AgendaItem:
    """Dates that clash: somebody is answered elsewhere before he hears from us, and the ways out stand on the slate."""
    requisition = deadline_clash.application.requisition
    href = url_for("keepwarm.of_requisition", requisition_ref=requisition.key)
    return AgendaItem(
        deadline_clash.application.candidate.name,
        f"{requisition.title}: decides elsewhere on {short_day(deadline_clash.theirs)}, will hear from us on {short_day(deadline_clash.ours)}: {deadline_clash.because}",
        "due",
        "flag",
        "Dates clash",
        href,
        "Ways out",
    )


def late_card(late: overdue_cards.LateCard) -> AgendaItem:
    """A card that is late and holds up a decision, with a button that reminds its author."""
    decision_day, interview = day(late.decides_on, guard.today()), late.interview
    title, person = interview.application.requisition.title, interview.application.candidate.name
    return AgendaItem(
        late.author.name,
        f"{title}: scorecard on {person} ({interview.name}) is late and holds up the decision of {decision_day}",
        "late",
        "star",
        "Scorecard late",
        url_for("scorecards.of_application", application_id=interview.application_id),
        "Remind",
        url_for("scorecards.remind", interview_id=interview.id, author_id=late.author.id),
    )


def offer(waiting_offer: Offer, what: str, badge: str, action: str) -> AgendaItem:
    """An offer that needs somebody."""
    href = url_for("offers.show", offer_id=waiting_offer.id)
    title = waiting_offer.application.requisition.title
    return AgendaItem(waiting_offer.application.candidate.name, f"{title}: {what}", "due", "doc", badge, href, action)


def case(budget_case: BudgetCase) -> AgendaItem:
    """A budget case that waits for a decision."""
    return AgendaItem(
        budget_case.offer.application.candidate.name,
        f"Case {budget_case.number}, {budget_case.offer.application.requisition.title}: a decision is needed by {short_day(budget_case.needed_by)}",
        "due",
        "doc",
        "Budget case",
        url_for("budget.show", case_id=budget_case.id),
        "Read and decide",
    )


def card(interview: Interview, decides_on: dt.date) -> AgendaItem:
    """A card that somebody owes."""
    zone, today = guard.settings().zone, guard.today()
    due_at = card_due(interview.ends_at)
    due_on, late = due_at.astimezone(zone).date(), due_at < guard.now()
    what = f"{interview.application.requisition.title}: {interview.name}"
    if late:
        what += f"; holds up the decision of {day(decides_on, today)}"
    days = {0: "today", 1: "tomorrow"}
    badge = (
        f"Late, due {day(due_on, today)}" if late else f"Due {days.get((due_on - today).days) or day(due_on, today)}"
    )
    return AgendaItem(
        interview.application.candidate.name,
        what,
        "late" if late else "due",
        "clock" if late else "star",
        badge,
        url_for("scorecards.show", interview_id=interview.id),
        "Write scorecard",
    )


def task(follow_up: Task) -> AgendaItem:
    """A follow-up of somebody's own."""
    late = follow_up.due_on < guard.today()
    href = url_for("candidates.show", candidate_id=follow_up.candidate_id)
    if follow_up.application_id is not None:
        href = url_for("pipeline.application", application_id=follow_up.application_id)
    badge = f"Due {short_day(follow_up.due_on)}" if late else "Due today"
    return AgendaItem(follow_up.candidate.name, follow_up.what, "late" if late else "due", "check", badge, href, "Open")

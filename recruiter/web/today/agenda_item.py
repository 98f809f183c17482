"""One line of Today: what needs somebody, about whom, why, and the button that does it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from flask import url_for

from recruiter.budget.models import BudgetCase
from recruiter.foundation import wording
from recruiter.foundation.calendar import local_day
from recruiter.interviews.models import Interview
from recruiter.interviews.rules import card_due
from recruiter.keepwarm.after_start.bench_release import ToCall
from recruiter.keepwarm.overview import contact_list
from recruiter.keepwarm.schedule import deadline_clashes
from recruiter.keepwarm.schedule.next_contact import Group, Warmth, short_day
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.privacy.models import RetentionPeriod
from recruiter.scorecards.reminders import overdue_cards
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
    application, because = row.application, ". ".join(row.standing.because)  # as Keep warm says it
    who, what = application.candidate.name, f"{application.requisition.title}. {because}"
    if row.standing.group == Group.FELL_THROUGH:
        href = url_for("keepwarm.promote", requisition_ref=application.requisition.key)
        return AgendaItem(who, what, "late", "warn", "First choice lost", href, "Promote the next one")
    href = url_for("keepwarm.of_application", application_id=application.id)
    tone, badge = ("late", "Overdue") if row.standing.warmth == Warmth.COLD else ("due", "Due today")
    return AgendaItem(who, what, tone, "clock", badge, href, "Get in touch")


def call(waiting: ToCall) -> AgendaItem:
    """A finalist who is still to be called after somebody else has started."""
    application, by = waiting.application, short_day(waiting.due_on)
    what = f"{application.requisition.title}: give feedback and ask whether we may keep in touch, by {by}"
    badge, tone = ("Call overdue", "late") if waiting.due_on < guard.today() else ("To call", "due")
    href = url_for("keepwarm.release", application_id=application.id)
    return AgendaItem(application.candidate.name, what, tone, "phone", badge, href, "Record call")


def unstaffed(interview: Interview) -> AgendaItem:
    """A coming interview on whose panel somebody can no longer sign in."""
    application, starts_on = interview.application, short_day(guard.act().day_of(interview.starts_at))
    names = ", ".join(seat.user.name for seat in interview.panel if not seat.user.active)
    what = f"{interview.name} on {starts_on}: {names} can no longer sign in"
    href = url_for("interviews.show", interview_id=interview.id)
    return AgendaItem(application.candidate.name, what, "late", "warn", "No interviewer", href, "Replace")


def clash(dates: deadline_clashes.Clash) -> AgendaItem:
    """Dates that clash: somebody is answered elsewhere before they hear from us, and the ways out stand on the slate."""
    candidate, requisition = dates.application.candidate, dates.application.requisition
    theirs, ours = short_day(dates.theirs), short_day(dates.ours)
    what = f"{requisition.title}: decides elsewhere on {theirs}, will hear from us on {ours}: {dates.because}"
    href = url_for("keepwarm.of_requisition", requisition_ref=requisition.key)
    return AgendaItem(candidate.name, what, "due", "flag", "Dates clash", href, "Ways out")


def late_card(late: overdue_cards.LateCard) -> AgendaItem:
    """A card that is late and holds up a decision, with a button that reminds its author."""
    interview, application = late.interview, late.interview.application
    held_up = f"holds up the decision of {day(late.decides_on, guard.today())}"
    card_on = f"{application.requisition.title}: scorecard on {application.candidate.name} ({interview.name})"
    href = url_for("scorecards.of_application", application_id=application.id)
    remind = url_for("scorecards.remind", interview_id=interview.id, author_id=late.author.id)
    what = f"{card_on} is late and {held_up}"
    return AgendaItem(late.author.name, what, "late", "star", "Scorecard late", href, "Remind", remind)


def untold(ended: Application) -> AgendaItem:
    """Somebody whose application has ended and who has not heard it from us, with the way to write to them."""
    on = day(local_day(ended.ended_at or guard.now(), guard.zone()), guard.today())
    verb = "withdrew" if ended.status == ApplicationStatus.WITHDRAWN else "ended"
    what = f"{ended.requisition.title}: {verb} {on}, no message from us since"
    href = url_for("keepwarm.of_application", application_id=ended.id) + "#letter"
    return AgendaItem(ended.candidate.name, what, "due", "mail", "Not told yet", href, "Write")


def offer(waiting: Offer, what: str, badge: str, action: str) -> AgendaItem:
    """An offer that needs somebody."""
    application, href = waiting.application, url_for("offers.show", offer_id=waiting.id)
    sentence = f"{application.requisition.title}: {what}"
    return AgendaItem(application.candidate.name, sentence, "due", "doc", badge, href, action)


def case(waiting: BudgetCase) -> AgendaItem:
    """A budget case that waits for a decision."""
    application, by = waiting.offer.application, short_day(waiting.needed_by)
    what = f"Case {waiting.number}, {application.requisition.title}: a decision is needed by {by}"
    href = url_for("budget.show", case_id=waiting.id)
    return AgendaItem(application.candidate.name, what, "due", "doc", "Budget case", href, "Read and decide")


def card(interview: Interview, decides_on: dt.date) -> AgendaItem:
    """A card that somebody owes."""
    today, due_at = guard.today(), card_due(interview.ends_at)
    due_on = due_at.astimezone(guard.zone()).date()
    who, what = interview.application.candidate.name, f"{interview.application.requisition.title}: {interview.name}"
    href = url_for("scorecards.show", interview_id=interview.id)
    if due_at < guard.now():
        what += f"; holds up the decision of {day(decides_on, today)}"
        badge = f"Late, due {day(due_on, today)}"
        return AgendaItem(who, what, "late", "clock", badge, href, "Write scorecard")
    due = {0: "today", 1: "tomorrow"}.get((due_on - today).days) or day(due_on, today)
    return AgendaItem(who, what, "due", "star", f"Due {due}", href, "Write scorecard")


def period(proposed: RetentionPeriod) -> AgendaItem:
    """A keeping time that another administrator proposed and a second one confirms or refuses."""
    where = f", {proposed.place}" if proposed.place else ""
    length = wording.plural(proposed.length, proposed.purpose.unit)
    what = f"{proposed.purpose.label}{where}: {length}. Proposed by {proposed.proposed_by.name}"
    href = url_for("privacy.confirm_period", period=proposed.id)
    return AgendaItem("Keeping time", what, "due", "clock", "Needs a second administrator", href, "Read and decide")

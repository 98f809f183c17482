"""What needs somebody today, by role: one line a thing, the most urgent first, each with the page where it is done."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field

from flask import url_for

from recruiter.accounts import kept
from recruiter.accounts.models import Role
from recruiter.budget import queries as cases
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.candidates import records
from recruiter.candidates.models import Task
from recruiter.foundation.db import db
from recruiter.interviews import deciding
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.interviews.rules import card_due, held_up
from recruiter.keepwarm import clashes, listing
from recruiter.keepwarm.rules import Group, Warmth, shown
from recruiter.offers import chain_queries as turns
from recruiter.offers import queries as offers
from recruiter.offers.models import Offer, OfferStatus
from recruiter.policy import approval_predicates, record_scopes, scopes
from recruiter.scorecards import overdue
from recruiter.scorecards import queries as scorecards
from recruiter.web import guard, tabs
from recruiter.web.filters import day
from recruiter.web.keepwarm import calling as calls

STAFF = {Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER}
SOON = dt.timedelta(days=3)
SHOWN = 25


@dataclass(frozen=True)
class Thing:
    """One thing that needs somebody: what, about whom, how urgent, where to do it."""

    who: str
    what: str
    tone: str
    icon: str
    badge: str
    href: str
    action: str


@dataclass(frozen=True)
class Section:
    """Things of one kind."""

    name: str
    title: str
    things: list[Thing] = field(default_factory=list)


def _bench(row: listing.Row) -> Thing:
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
        f"{one.requisition.title}: {'; '.join(standing.because)}",
        "late" if late or fell else "due",
        "warn" if fell else "clock",
        badge,
        href,
        "Promote the next one" if fell else "Get in touch",
    )


def _call(one: calls.Waiting) -> Thing:
    who = one.one.application
    what = f"{who.requisition.title}: give feedback and ask whether we may keep in touch, by {shown(one.one.due_on)}"
    badge, tone = ("Call overdue", "late") if one.late else ("To call", "due")
    return Thing(who.candidate.name, what, tone, "phone", badge, one.href, "Record call")


def _clash(one: clashes.Clash) -> Thing:
    return Thing(
        one.application.candidate.name,
        f"{one.application.requisition.title}: decides elsewhere on {shown(one.theirs)}, will hear from us on {shown(one.ours)}",
        "due",
        "flag",
        "Dates clash",
        url_for("pipeline.application", application_id=one.application.id),
        "Open",
    )


def _late_card(one: overdue.Late) -> Thing:
    return Thing(
        one.author,
        f"{one.requisition_key}: scorecard on {one.candidate} ({one.interview}) is late and holds up the decision of {day(one.decides_on, guard.today())}",
        "late",
        "star",
        "Scorecard late",
        url_for("pipeline.application", application_id=one.application_id),
        "Open",
    )


def _offer(one: Offer, what: str, badge: str, action: str) -> Thing:
    href = url_for("pipeline.application", application_id=one.application_id)
    if tabs.stands("offers.show"):
        href = url_for("offers.show", offer_id=one.id)
    title = one.application.requisition.title
    return Thing(one.application.candidate.name, f"{title}: {what}", "due", "doc", badge, href, action)


def _case(one: BudgetCase) -> Thing:
    return Thing(
        one.offer.application.candidate.name,
        f"Case {one.number}, {one.offer.application.requisition.title}: a decision is needed by {shown(one.needed_by)}",
        "due",
        "doc",
        "Budget case",
        url_for("budget.show", case_id=one.id),
        "Read and decide",
    )


def _card(one: Interview, decides_on: dt.date | None) -> Thing:
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


def _task(one: Task) -> Thing:
    late = one.due_on < guard.today()
    href = url_for("candidates.show", candidate_id=one.candidate_id)
    if one.application_id is not None:
        href = url_for("pipeline.application", application_id=one.application_id)
    badge = f"Due {shown(one.due_on)}" if late else "Due today"
    return Thing(one.candidate.name, one.what, "late" if late else "due", "check", badge, href, "Open")


def _unsent() -> list[Thing]:
    """Forms of his that came after his session had run out: nothing of them was saved."""
    waits = kept.of_person(db.session(), user=guard.actor(), now=guard.now())
    if not waits:
        return []
    count = f"{len(waits)} form{'s' if len(waits) > 1 else ''}"
    words = "not saved: look it over and send it" if len(waits) == 1 else "not saved: look them over and send them"
    return [Thing(count, words, "late", "warn", "Not saved", url_for("accounts.kept_forms"), "Look at it")]


def sections() -> list[Section]:
    """Everything that needs whoever is signed in, in a handful of statements."""
    session, actor, now = db.session(), guard.actor(), guard.now()
    within, today, zone = scopes.searches(actor), guard.today(), guard.configured().zone
    found = [Section("kept", "You sent this when you were signed out", _unsent())]
    met = [one for one in interviews.of_person(session, actor.id) if one.starts_at <= now]
    owed = scorecards.owed(session, viewer=actor, application_ids=[one.application_id for one in met])
    due = [one for one in met if one.application_id in owed and one.status == InterviewStatus.PLANNED]
    due = sorted(due, key=lambda one: (one.ends_at, one.id))[:SHOWN]
    decided = deciding.dates(session, {one.application.requisition_id for one in due})
    cards = [_card(one, decided.get(one.application.requisition_id)) for one in due]
    found.append(Section("cards", "Scorecards that wait for you", cards))
    if actor.role in STAFF:
        rows = listing.kept_warm(session, within=within, now=now, zone=zone, calendar=guard.calendar())
        urgent = [one for one in rows if one.standing.group in {Group.FELL_THROUGH, Group.OVERDUE, Group.DUE}]
        found.append(Section("bench", "Finalists who must hear from us", [_bench(one) for one in urgent[:SHOWN]]))
        clashing = clashes.found(session, within=within, now=now, zone=zone, calendar=guard.calendar())
        found.append(
            Section("calls", "Finalists to call, work has started", [_call(one) for one in calls.waiting()[:SHOWN]])
        )
        found.append(Section("clashes", "Dates that clash", [_clash(one) for one in clashing[:SHOWN]]))
        late = overdue.late(session, within=within, now=now, limit=SHOWN, zone=zone)
        found.append(Section("late", "Scorecards that block a decision", [_late_card(one) for one in late]))
    mine = record_scopes.tasks(actor)
    tasks = records.tasks_due(session, assignee_id=actor.id, until=today, within=mine, limit=SHOWN)
    found.append(Section("tasks", "Follow-ups for you", [_task(one) for one in tasks]))
    if actor.pay_view and actor.role in STAFF:
        ending = offers.standing_at(session, within=within, status=OfferStatus.EXTENDED, expires_until=today + SOON)
        things = [
            _offer(one, f"the offer ends on {shown(one.expires_on or today)}", "Offer expires", "Record answer")
            for one in ending
        ]
        approved = offers.standing_at(session, within=within, status=OfferStatus.APPROVED)
        things += [_offer(one, "approved and not sent yet", "Approved", "Send it") for one in approved]
        found.append(Section("offers", "Offers", things[:SHOWN]))
    if actor.role == Role.APPROVER:
        seen = scopes.requisitions(actor)
        waiting = offers.standing_at(session, within=seen, status=OfferStatus.PENDING_APPROVAL)
        stands_for = turns.stood_in_by(session, actor.id, on=today)
        mine_now = [one for one in waiting if turns.has_turn(one, actor.id, stands_for=stands_for)]
        things = [
            dataclasses.replace(
                _offer(one, "waits for your approval", "Offer", "Read and decide"),
                href=url_for("approvals.decide", offer_id=one.id),
            )
            for one in mine_now
        ]
        if tabs.stands("budget.show"):
            asked = cases.listed(session, within=scopes.cases(actor), status=CaseStatus.SUBMITTED)
            asked = approval_predicates.of_own_chains(session, actor=actor, found=asked)
            things = [*[_case(one) for one in asked], *things]
        found.append(Section("approvals", "Approvals that wait for you", things[:SHOWN]))
    return found


def coming() -> list[Interview]:
    """The next interviews of whoever is signed in."""
    now = guard.now()
    planned = [
        one
        for one in interviews.of_person(db.session(), guard.actor().id)
        if one.ends_at > now and one.status == InterviewStatus.PLANNED
    ]
    return sorted(planned, key=lambda one: one.starts_at)[:5]

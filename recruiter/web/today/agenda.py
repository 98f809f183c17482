"""What needs somebody today, by role: one line a thing, the most urgent first, each with the page where it is done."""

from __future__ import annotations

import dataclasses
import datetime as dt

from flask import url_for

from recruiter.accounts import saved_submissions
from recruiter.accounts.models import Role
from recruiter.budget import queries as cases
from recruiter.budget.decisions import decision_services as case_turns
from recruiter.budget.models import CaseStatus
from recruiter.candidates.records import record_queries
from recruiter.foundation.database.db import db
from recruiter.interviews import decision_dates
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.keepwarm.overview import contact_list
from recruiter.keepwarm.schedule import deadline_clashes
from recruiter.keepwarm.schedule.next_contact import Group, shown
from recruiter.offers import queries as offers
from recruiter.offers.approval import chain_queries as turns
from recruiter.offers.models import OfferStatus
from recruiter.policy import approval_predicates, record_scopes, scopes
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.reminders import overdue_cards
from recruiter.web.keepwarm.after_start import release_routes as calls
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.today import agenda_item, approval_replies

STAFF = {Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER}
SOON = dt.timedelta(days=3)
SHOWN = 25


def _unsent() -> list[agenda_item.Thing]:
    """Forms of his that came after his session had run out: nothing of them was saved."""
    waits = saved_submissions.of_person(db.session(), user=guard.actor(), now=guard.now())
    if not waits:
        return []
    count = f"{len(waits)} form{'s' if len(waits) > 1 else ''}"
    words = "not saved: look it over and send it" if len(waits) == 1 else "not saved: look them over and send them"
    return [agenda_item.Thing(count, words, "late", "warn", "Not saved", url_for("accounts.kept_forms"), "Look at it")]


def sections() -> list[agenda_item.Section]:
    """Everything that needs whoever is signed in, in a handful of statements."""
    session, actor, now = db.session(), guard.actor(), guard.now()
    within, today, zone = scopes.searches(actor), guard.today(), guard.configured().zone
    found = [agenda_item.Section("kept", "You sent this when you were signed out", _unsent())]
    met = [one for one in interviews.of_person(session, actor.id) if one.starts_at <= now]
    owed = scorecards.owed(session, viewer=actor, application_ids=[one.application_id for one in met])
    due = [one for one in met if one.application_id in owed and one.status == InterviewStatus.PLANNED]
    due = sorted(due, key=lambda one: (one.ends_at, one.id))[:SHOWN]
    decided = decision_dates.dates(session, {one.application.requisition_id for one in due})
    cards = [agenda_item.card(one, decided.get(one.application.requisition_id)) for one in due]
    found.append(agenda_item.Section("cards", "Scorecards that wait for you", cards))
    if actor.role in STAFF:
        rows = contact_list.kept_warm(
            session, within=within, now=now, zone=zone, calendar=guard.calendar(), viewer=actor
        )
        urgent = [one for one in rows if one.standing.group in {Group.FELL_THROUGH, Group.OVERDUE, Group.DUE}]
        found.append(
            agenda_item.Section(
                "bench", "Finalists who must hear from us", [agenda_item.bench(one) for one in urgent[:SHOWN]]
            )
        )
        clashing = deadline_clashes.found(session, within=within, now=now, zone=zone, calendar=guard.calendar())
        found.append(
            agenda_item.Section(
                "calls",
                "Finalists to call, work has started",
                [agenda_item.call(one) for one in calls.waiting()[:SHOWN]],
            )
        )
        found.append(
            agenda_item.Section("clashes", "Dates that clash", [agenda_item.clash(one) for one in clashing[:SHOWN]])
        )
        late = overdue_cards.late(session, within=within, now=now, limit=SHOWN, zone=zone)
        found.append(
            agenda_item.Section(
                "late", "Scorecards that block a decision", [agenda_item.late_card(one) for one in late]
            )
        )
    mine = record_scopes.tasks(actor)
    tasks = record_queries.tasks_due(session, assignee_id=actor.id, until=today, within=mine, limit=SHOWN)
    found.append(agenda_item.Section("tasks", "Follow-ups for you", [agenda_item.task(one) for one in tasks]))
    if actor.pay_view and actor.role in STAFF:
        ending = offers.standing_at(session, within=within, status=OfferStatus.EXTENDED, expires_until=today + SOON)
        listed = [
            agenda_item.offer(
                one, f"the offer ends on {shown(one.expires_on or today)}", "Offer expires", "Record answer"
            )
            for one in ending
        ]
        approved = offers.standing_at(session, within=within, status=OfferStatus.APPROVED)
        listed += [agenda_item.offer(one, "approved and not sent yet", "Approved", "Send it") for one in approved]
        lapsed = offers.lapsed_last(session, within=within, limit=SHOWN)
        listed += [
            agenda_item.offer(one, "lapsed; offer again, or promote the next", "Lapsed", "Decide") for one in lapsed
        ]
        found.append(agenda_item.Section("offers", "Offers", listed[:SHOWN]))
    found.append(agenda_item.Section("replies", "What came back to you", approval_replies.waiting(actor)[:SHOWN]))
    if actor.role == Role.APPROVER:
        seen = scopes.requisitions(actor)
        waiting = offers.standing_at(session, within=seen, status=OfferStatus.PENDING_APPROVAL)
        stands_for = turns.stood_in_by(session, actor.id, on=today)
        mine_now = [one for one in waiting if turns.has_turn(one, actor.id, stands_for=stands_for)]
        listed = [
            dataclasses.replace(
                agenda_item.offer(one, "waits for your approval", "Offer", "Read and decide"),
                href=url_for("approvals.decide", offer_id=one.id),
            )
            for one in mine_now
        ]
        if tabs.stands("budget.show"):
            asked = cases.listed(session, within=scopes.cases(actor), status=CaseStatus.SUBMITTED)
            asked = approval_predicates.of_own_chains(session, actor=actor, found=asked)
            asked = [one for one in asked if case_turns.has_turn(one, actor.id, stands_for=stands_for)]
            listed = [*[agenda_item.case(one) for one in asked], *listed]
        found.append(agenda_item.Section("approvals", "Approvals that wait for you", listed[:SHOWN]))
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

"""What needs somebody today, by role: one line a thing, the most urgent first, each with the page where it is done."""

from __future__ import annotations

import dataclasses
import datetime as dt

from flask import url_for

from recruiter.accounts import saved_submissions
from recruiter.accounts.models import Role
from recruiter.budget import queries as cases
from recruiter.budget.models import CaseStatus
from recruiter.candidates.records import record_queries
from recruiter.foundation.database.db import db
from recruiter.interviews import decision_dates
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.keepwarm.overview import contact_list
from recruiter.keepwarm.schedule import deadline_clashes
from recruiter.keepwarm.schedule.next_contact import Group, short_day
from recruiter.offers import queries as offers
from recruiter.offers.approval import approval_rounds, chain_queries
from recruiter.offers.models import OfferStatus
from recruiter.policy import approval_predicates, record_scopes, scopes
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.reminders import overdue_cards
from recruiter.web.keepwarm.after_start import release_routes as calls
from recruiter.web.request import guard
from recruiter.web.today import agenda_item, approval_replies

SOON = dt.timedelta(days=3)
SHOWN = 25


def _unsent() -> list[agenda_item.AgendaItem]:
    """Forms of his that came after his session had run out: nothing of them was saved."""
    waits = saved_submissions.of_person(db.session(), user=guard.actor(), now=guard.now())
    if not waits:
        return []
    count = f"{len(waits)} form{'s' if len(waits) > 1 else ''}"
    advice = "not saved: look it over and send it" if len(waits) == 1 else "not saved: look them over and send them"
    return [
        agenda_item.AgendaItem(count, advice, "late", "warn", "Not saved", url_for("accounts.kept_forms"), "Look at it")
    ]


def sections() -> list[agenda_item.Section]:
    """Everything that needs whoever is signed in, in a handful of statements."""
    session, actor, now = db.session(), guard.actor(), guard.now()
    within, today, zone = scopes.searches(actor), guard.today(), guard.settings().zone
    agenda_sections = [agenda_item.Section("kept", "You sent this when you were signed out", _unsent())]
    past_interviews = [interview for interview in interviews.of_person(session, actor.id) if interview.starts_at <= now]
    owed = scorecards.owed_application_ids(
        session, viewer=actor, application_ids=[interview.application_id for interview in past_interviews]
    )
    due = [
        interview
        for interview in past_interviews
        if interview.application_id in owed and interview.status == InterviewStatus.PLANNED
    ]
    due = sorted(due, key=lambda interview: (interview.ends_at, interview.id))[:SHOWN]
    decides_on = decision_dates.held_up_by(session, due, zone=zone)
    cards = [agenda_item.card(interview, decides_on[interview.id]) for interview in due]
    agenda_sections.append(agenda_item.Section("cards", "Scorecards that wait for you", cards))
    if actor.is_staff:
        rows = contact_list.finalists_to_contact(session, within=within, moment=guard.act(), viewer=actor)
        urgent = [row for row in rows if row.standing.group in {Group.FELL_THROUGH, Group.OVERDUE, Group.DUE}]
        agenda_sections.append(
            agenda_item.Section(
                "bench", "Finalists who must hear from us", [agenda_item.bench(row) for row in urgent[:SHOWN]]
            )
        )
        clashing = deadline_clashes.deadline_clashes(session, within=within, moment=guard.act())
        agenda_sections.append(
            agenda_item.Section(
                "calls",
                "Finalists to call, work has started",
                [agenda_item.call(call) for call in calls.waiting()[:SHOWN]],
            )
        )
        agenda_sections.append(
            agenda_item.Section("clashes", "Dates that clash", [agenda_item.clash(clash) for clash in clashing[:SHOWN]])
        )
        late = overdue_cards.late_cards(session, within=within, moment=guard.act(), limit=SHOWN)
        agenda_sections.append(
            agenda_item.Section(
                "late", "Scorecards that block a decision", [agenda_item.late_card(card) for card in late]
            )
        )
    mine = record_scopes.tasks(actor)
    tasks = record_queries.tasks_due(session, assignee_id=actor.id, until=today, within=mine, limit=SHOWN)
    agenda_sections.append(
        agenda_item.Section("tasks", "Follow-ups for you", [agenda_item.task(task) for task in tasks])
    )
    if actor.pay_view and actor.is_staff:
        ending = offers.with_status(session, within=within, status=OfferStatus.EXTENDED, expires_until=today + SOON)
        listed = [
            agenda_item.offer(
                offer, f"the offer ends on {short_day(offer.expires_on or today)}", "Offer expires", "Record answer"
            )
            for offer in ending
        ]
        approved = offers.with_status(session, within=within, status=OfferStatus.APPROVED)
        listed += [agenda_item.offer(offer, "approved and not sent yet", "Approved", "Send it") for offer in approved]
        lapsed = offers.unresolved_lapsed(session, within=within, limit=SHOWN)
        listed += [
            agenda_item.offer(offer, "lapsed; offer again, or promote the next", "Lapsed", "Decide") for offer in lapsed
        ]
        agenda_sections.append(agenda_item.Section("offers", "Offers", listed[:SHOWN]))
    agenda_sections.append(
        agenda_item.Section("replies", "What came back to you", approval_replies.waiting(actor)[:SHOWN])
    )
    if actor.role == Role.APPROVER:
        seen = scopes.requisitions(actor)
        waiting = offers.with_status(session, within=seen, status=OfferStatus.PENDING_APPROVAL)
        represented = chain_queries.represented_by(session, actor.id, on=today)
        mine_now = [offer for offer in waiting if approval_rounds.has_turn(offer, actor.id, represented=represented)]
        listed = [
            dataclasses.replace(
                agenda_item.offer(offer, "waits for your approval", "Offer", "Read and decide"),
                href=url_for("approvals.decide", offer_id=offer.id),
            )
            for offer in mine_now
        ]
        submitted = cases.cases_within(session, within=scopes.cases(actor), status=CaseStatus.SUBMITTED)
        submitted = approval_predicates.of_own_chains(session, actor=actor, requests=submitted)
        cases_now = [case for case in submitted if approval_rounds.has_turn(case, actor.id, represented=represented)]
        listed = [*map(agenda_item.case, cases_now), *listed]
        agenda_sections.append(agenda_item.Section("approvals", "Approvals that wait for you", listed[:SHOWN]))
    return agenda_sections


def coming() -> list[Interview]:
    """The next interviews of whoever is signed in."""
    now = guard.now()
    planned = [
        interview
        for interview in interviews.of_person(db.session(), guard.actor().id)
        if interview.ends_at > now and interview.status == InterviewStatus.PLANNED
    ]
    return sorted(planned, key=lambda interview: interview.starts_at)[:5]

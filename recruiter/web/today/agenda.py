"""What needs somebody today, by role: one line a thing, the most urgent first, each with the page where it is done."""

from __future__ import annotations

import dataclasses
import datetime as dt

from flask import url_for

from recruiter.accounts import saved_submissions
from recruiter.accounts.models import Role
from recruiter.budget import queries as cases
from recruiter.budget.models import CaseStatus
from recruiter.foundation.database.db import db
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.wording import plural
from recruiter.interviews import decision_dates, replacements
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.keepwarm.messages import closing_notices
from recruiter.keepwarm.overview import contact_list
from recruiter.keepwarm.schedule import deadline_clashes
from recruiter.keepwarm.schedule.next_contact import Group, short_day
from recruiter.offers import queries as offers
from recruiter.offers.approval import approval_rounds, chain_queries
from recruiter.offers.models import OfferStatus
from recruiter.policy import approval_predicates, scopes
from recruiter.privacy.retention import retention_queries
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.models import CardState
from recruiter.scorecards.reminders import overdue_cards
from recruiter.web.keepwarm.after_start import release_routes
from recruiter.web.request import guard
from recruiter.web.today import agenda_item, approval_replies, handed_work
from recruiter.web.today.agenda_item import AgendaItem, Section

SOON = dt.timedelta(days=3)
SHOWN = 25
MOST_ENDED = 200  # of the last two weeks that are looked at


def _unsent() -> list[AgendaItem]:
    """The viewer's forms that came after their session had run out: nothing of them was saved."""
    waits = saved_submissions.of_person(db.session(), user=guard.actor(), now=guard.now())
    if not waits:
        return []
    advice = (
        f"not saved: look {'it' if len(waits) == 1 else 'them'} over and send {'it' if len(waits) == 1 else 'them'}"
    )
    kept_forms = url_for("accounts.kept_forms")
    return [AgendaItem(plural(len(waits), "form"), advice, "late", "warn", "Not saved", kept_forms, "Look at it")]


def _cards_due() -> list[AgendaItem]:
    session, actor, now = db.session(), guard.actor(), guard.now()
    past = [interview for interview in interviews.of_person(session, actor.id) if interview.starts_at <= now]
    states = scorecards.own_states(session, author=actor, interview_ids=[interview.id for interview in past])
    due = [
        interview
        for interview in sorted(past, key=lambda interview: (interview.ends_at, interview.id))
        if interview.is_planned and interview.scored and states.get(interview.id, CardState.DRAFT) == CardState.DRAFT
    ][:SHOWN]
    decides_on = decision_dates.held_up_by(session, due, zone=guard.zone())
    return [agenda_item.card(interview, decides_on[interview.id]) for interview in due]


def _of_searches(within: Scope) -> list[Section]:
    """What the searches that somebody runs need: finalists, calls, dates that clash, late scorecards."""
    session, moment = db.session(), guard.act()
    rows = contact_list.finalists_to_contact(session, within=within, moment=moment, viewer=guard.actor())
    urgent = [row for row in rows if row.standing.group in {Group.FELL_THROUGH, Group.OVERDUE, Group.DUE}]
    clashes = deadline_clashes.deadline_clashes(session, within=within, moment=moment)
    calls = release_routes.waiting()
    unstaffed = replacements.interviews_without_somebody(session, within=within, moment=moment, limit=SHOWN)
    ended = closing_notices.ended_lately(session, within=within, moment=moment, limit=MOST_ENDED)
    untold = closing_notices.unwritten(session, ended, moment=moment)
    late = overdue_cards.late_cards(session, within=within, moment=moment, limit=SHOWN)
    return [
        Section("bench", "Finalists who must hear from us", list(map(agenda_item.bench, urgent[:SHOWN]))),
        Section("calls", "The new hire has started: call these finalists", list(map(agenda_item.call, calls[:SHOWN]))),
        Section("clashes", "Dates that clash", list(map(agenda_item.clash, clashes[:SHOWN]))),
        Section("panels", "Interviews that need somebody", list(map(agenda_item.unstaffed, unstaffed))),
        Section("untold", "Not told yet that it is over", list(map(agenda_item.untold, untold[:SHOWN]))),
        Section("late", "Scorecards that block a decision", list(map(agenda_item.late_card, late))),
    ]


def _offers(within: Scope) -> list[AgendaItem]:
    """Offers about to end, approved and not sent, or lapsed."""
    session, today = db.session(), guard.today()
    ending = offers.with_status(session, within=within, status=OfferStatus.EXTENDED, expires_until=today + SOON)
    approved = offers.with_status(session, within=within, status=OfferStatus.APPROVED)
    lapsed = offers.unresolved_lapsed(session, within=within, limit=SHOWN)
    items = []
    for offer in ending:
        ends = f"the offer ends on {short_day(offer.expires_on or today)}"
        items.append(agenda_item.offer(offer, ends, "Offer expires", "Record answer"))
    items += [agenda_item.offer(offer, "approved and not sent yet", "Approved", "Send it") for offer in approved]
    items += [
        agenda_item.offer(offer, "lapsed; offer again, or promote the next", "Lapsed", "Decide") for offer in lapsed
    ]
    return items[:SHOWN]


def _approvals() -> list[AgendaItem]:
    """Budget cases and offers on which it is an approver's turn."""
    session, actor = db.session(), guard.actor()
    represented = chain_queries.represented_by(session, actor.id, on=guard.today())
    waiting = offers.with_status(session, within=scopes.requisitions(actor), status=OfferStatus.PENDING_APPROVAL)
    submitted = cases.cases_within(session, within=scopes.cases(actor), status=CaseStatus.SUBMITTED)
    submitted = approval_predicates.of_own_chains(session, actor=actor, requests=submitted)
    items = [
        agenda_item.case(case)
        for case in submitted
        if approval_rounds.has_turn(case, actor.id, represented=represented)
    ]
    for offer in waiting:
        if approval_rounds.has_turn(offer, actor.id, represented=represented):
            item = agenda_item.offer(offer, "waits for your approval", "Offer", "Read and decide")
            items.append(dataclasses.replace(item, href=url_for("approvals.decide", offer_id=offer.id)))
    return items[:SHOWN]


def sections() -> list[Section]:
    """Everything that needs whoever is signed in, in a handful of statements."""
    actor = guard.actor()
    within = scopes.searches(actor)
    agenda = [
        Section("kept", "You sent this when you were signed out", _unsent()),
        Section("cards", "Scorecards that wait for you", _cards_due()),
    ]
    if actor.is_staff:
        agenda += _of_searches(within)
    agenda += handed_work.sections(limit=SHOWN)
    if actor.pay_view and actor.is_staff:
        agenda.append(Section("offers", "Offers", _offers(within)))
    agenda.append(Section("replies", "What came back to you", approval_replies.waiting(actor)[:SHOWN]))
    if actor.role == Role.ADMIN:
        waiting = retention_queries.waiting_periods(db.session(), user=actor)
        agenda.append(Section("periods", "Keeping times to confirm", list(map(agenda_item.period, waiting[:SHOWN]))))
    if actor.role == Role.APPROVER:
        agenda.append(Section("approvals", "Approvals that wait for you", _approvals()))
    return agenda


def coming() -> list[Interview]:
    """The next interviews of whoever is signed in."""
    now = guard.now()
    planned = [
        interview
        for interview in interviews.of_person(db.session(), guard.actor().id)
        if interview.ends_at > now and interview.status == InterviewStatus.PLANNED
    ]
    return sorted(planned, key=lambda interview: interview.starts_at)[:5]

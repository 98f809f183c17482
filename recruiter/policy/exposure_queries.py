"""Whose data an account could see between two instants, from the audit trail; for whoever looks into a stolen account."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit.actions import AuditAction
from recruiter.audit.models import AuditEntry
from recruiter.budget.models import BudgetCase
from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Candidate
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.policy import exposure_rules
from recruiter.policy.exposure_rules import Account, Met, Seen, Since, Team, World
from recruiter.requisitions.models import Member, Requisition

ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)
ENDED = {InterviewStatus.CANCELLED.value}


def exposed(session: Session, *, user: User, start: dt.datetime, end: dt.datetime) -> list[tuple[Seen, Candidate]]:
    """Everybody whose data an account could see, with since when and why; records that were merged as one.

    It errs on the side of more: where the trail does not say who was on a team or a panel, what is so now counts.
    """
    seen = exposure_rules.exposed(_world(session), _account(session, user), start=start, end=end)
    rows = {row.id: row for row in session.scalars(select(Candidate))}
    by_person: dict[int, tuple[Seen, Candidate]] = {}
    for each in seen:
        record = candidates.surviving_record(session, rows[each.candidate_id])
        by_person.setdefault(record.id, (each, record))
    return list(by_person.values())


def sign_ins(session: Session, *, user: User, start: dt.datetime, end: dt.datetime) -> int:
    """How often somebody signed in with the account between two instants."""
    query = select(func.count(AuditEntry.id)).where(
        AuditEntry.object_type == "user",
        AuditEntry.object_id == user.id,
        AuditEntry.action == AuditAction.USER_SIGNED_IN.value,
        AuditEntry.at.between(start, end),
    )
    return session.scalar(query) or 0


def _entries(session: Session, object_type: str, *actions: AuditAction) -> dict[int, list[AuditEntry]]:
    wanted = AuditEntry.object_type == object_type, AuditEntry.action.in_([action.value for action in actions])
    by_subject: dict[int, list[AuditEntry]] = defaultdict(list)
    for entry in session.scalars(select(AuditEntry).where(*wanted).order_by(AuditEntry.id)):
        by_subject[entry.object_id].append(entry)
    return by_subject


def _account(session: Session, user: User) -> Account:
    actions = AuditAction.USER_ADDED, AuditAction.USER_CHANGED, AuditAction.USER_DISABLED
    history: list[Since[Role | None]] = []
    for entry in _entries(session, "user", *actions)[user.id]:
        if entry.action == AuditAction.USER_DISABLED.value:
            history.append(Since(entry.at, None))
        elif "role" in entry.detail:
            history.append(Since(entry.at, Role(entry.detail["role"])))
    return Account(user.id, history or [Since(user.created_at, user.role if user.active else None)])


def _world(session: Session) -> World:
    entered = session.execute(select(Candidate.id, Candidate.created_at, Candidate.created_by_id))
    return World(
        teams=_teams(session),
        names={row.id: row.key for row in session.execute(select(Requisition.id, Requisition.key))},
        applications=_applications(session),
        entered={number: (at, by_id) for number, at, by_id in entered},
    )


def _teams(session: Session) -> dict[int, list[Since[Team]]]:
    people: dict[int, set[int]] = defaultdict(set)
    for number, user_id in session.execute(select(Member.requisition_id, Member.user_id)):
        people[number].add(user_id)
    trail = _entries(session, "requisition", AuditAction.REQUISITION_OPENED, AuditAction.REQUISITION_TEAM_CHANGED)
    columns = Requisition.id, Requisition.hiring_manager_id, Requisition.created_by_id, Requisition.confidential
    teams = {}
    for number, manager_id, maker_id, confidential in session.execute(select(*columns)):
        known = [entry for entry in trail[number] if "people" in entry.detail]
        now = Team(frozenset({manager_id, maker_id, *people[number]}), confidential)
        history = [
            Since(entry.at, Team(frozenset(entry.detail["people"]), entry.detail["confidential"])) for entry in known
        ]
        opened = bool(known) and known[0].action == AuditAction.REQUISITION_OPENED.value
        teams[number] = history if opened else [Since(ALWAYS, now), *history]
    return teams


def _applications(session: Session) -> list[Met]:
    panels: dict[int, list[list[Since[frozenset[int]]]]] = defaultdict(list)
    trail = _entries(session, "interview", AuditAction.INTERVIEW_PLANNED, AuditAction.INTERVIEW_CHANGED)
    for interview in session.scalars(select(Interview)):
        panels[interview.application_id].append(_panel(interview, trail[interview.id]))
    submitted: dict[int, dt.datetime] = {}
    offers = select(Offer.application_id, Offer.submitted_at).where(Offer.submitted_at.is_not(None))
    cases = select(Offer.application_id, BudgetCase.submitted_at).join(BudgetCase, BudgetCase.offer_id == Offer.id)
    for query in (offers, cases.where(BudgetCase.submitted_at.is_not(None))):
        for number, at in session.execute(query):
            if at is None:
                continue
            submitted[number] = min(at, submitted.get(number, at))
    columns = Application.id, Application.candidate_id, Application.requisition_id, Application.created_at
    return [
        Met(candidate_id, requisition_id, at, panels[number], submitted.get(number))
        for number, candidate_id, requisition_id, at in session.execute(select(*columns))
    ]


def _panel(interview: Interview, entries: list[AuditEntry]) -> list[Since[frozenset[int]]]:
    """Who was on the panel from when on; nobody while the interview is cancelled."""
    known = [entry for entry in entries if "people" in entry.detail]
    if known:
        return [
            Since(entry.at, frozenset() if entry.detail.get("status") in ENDED else frozenset(entry.detail["people"]))
            for entry in known
        ]
    is_off = interview.status == InterviewStatus.CANCELLED
    return [Since(interview.created_at, frozenset() if is_off else frozenset(seat.user_id for seat in interview.panel))]

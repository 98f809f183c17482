"""Reminders of a morning: computed for every slate at once, then handed to whoever runs the search, one mail a person."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import jobs
from recruiter.foundation.calendar import WEEKDAYS, WorkingDays, dated
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.keepwarm.models.agreements import MorningMail
from recruiter.keepwarm.models.records import Promise, PromiseState
from recruiter.keepwarm.notifications import emails
from recruiter.keepwarm.notifications.emails import Line
from recruiter.keepwarm.overview import contact_list, feedback_owed, final_interview_followups
from recruiter.keepwarm.schedule import agreement_queries, cadence, deadline_clashes, promise_zone
from recruiter.keepwarm.schedule.cadence import USUAL, Situation
from recruiter.keepwarm.schedule.next_contact import Group
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Member, MemberKind, Requisition, RequisitionStatus
from recruiter.scorecards import queries as scorecards

KIND = "keepwarm.morning"
AT = dt.time(7, 0)
SOON = dt.timedelta(days=7)
AHEAD = dt.timedelta(days=2 * cadence.MOST)  # no clock looks further
LOST, OVERDUE, DUE, THANK, SLIP, CLASH, ELSEWHERE, FEEDBACK = range(8)
NAMES = {
    LOST: "First choice lost",
    OVERDUE: "Overdue",
    DUE: "Due today",
    THANK: "Thank them after the final interview",
    SLIP: "Say whether a promise holds",
    CLASH: "Dates clash",
    ELSEWHERE: "Other offers about to expire",
    FEEDBACK: "Feedback owed",
}
OF_GROUP = {Group.FELL_THROUGH: LOST, Group.OVERDUE: OVERDUE, Group.DUE: DUE, Group.DEADLINE: ELSEWHERE}


@dataclass(frozen=True)
class Morning:
    """What one person is reminded of."""

    user: User
    lines: list[Line]


def _line(rank: int, application: Application, why: str) -> tuple[int, Line]:
    requisition = application.requisition
    path = f"/applications/{application.id}/bench"
    return requisition.id, Line(rank, NAMES[rank], application.candidate.name, requisition.title, why, path)


def _slips(
    session: Session, rows: Iterable[contact_list.Row], *, now: dt.datetime, today: dt.date, calendar: WorkingDays
) -> list[tuple[int, Line]]:
    """Promises that fall due within the days in which a search says whether they hold."""
    by_id = {one.application.id: one.application for one in rows}
    searches = sorted({one.requisition_id for one in by_id.values()})
    own = agreement_queries.cadences(session, searches)
    wanted = (
        select(Promise.application_id, Promise.what, Promise.due_on, Promise.zone)
        .join(Application, Application.id == Promise.application_id)
        .where(
            Promise.state == PromiseState.OPEN,
            Promise.due_on > today,
            Promise.due_on <= today + AHEAD,
            Application.status == ApplicationStatus.ACTIVE,
        )
        .join(Finalist, Finalist.application_id == Application.id)
        .order_by(Promise.due_on, Promise.id)
    )
    found = []
    for one in session.execute(wanted):
        application = by_id.get(one.application_id)
        if application is None:
            continue
        before = own.get(application.requisition_id, USUAL).days(Situation.SLIP)
        there = promise_zone.day_there(one.zone, now=now, today=today)
        if before and calendar.add(one.due_on, -before) <= there:
            found.append(_line(SLIP, application, f"“{one.what}” is due {dated(one.due_on)}; renew it before it slips"))
    return found


def _everything(
    session: Session, *, now: dt.datetime, zone: dt.tzinfo, calendar: WorkingDays
) -> list[tuple[int, Line]]:
    today, every = now.astimezone(zone).date(), select(Requisition.id)
    rows = contact_list.kept_warm(session, within=every, now=now, zone=zone, calendar=calendar, say=dated)
    found = []
    for row in rows:
        rank, due = OF_GROUP.get(row.standing.group), row.standing.due_on
        if rank is not None and (row.standing.group != Group.DEADLINE or (due and due <= today + SOON)):
            found.append(_line(rank, row.application, ". ".join(row.standing.because)))
    for one in final_interview_followups.to_thank(session, within=every, now=now, zone=zone, calendar=calendar):
        why = f"final interview {dated(one.held_on)}, nobody has written since; name the day of the decision"
        found.append(_line(THANK, one.application, why))
    found += _slips(session, rows, now=now, today=today, calendar=calendar)
    for clash in deadline_clashes.found(session, within=every, now=now, zone=zone, calendar=calendar, say=dated):
        why = f"must answer elsewhere by {dated(clash.theirs)}, but {clash.because}"
        found.append(_line(CLASH, clash.application, why))
    going_on = every.where(Requisition.status != RequisitionStatus.DRAFT, Requisition.imported.is_(False))
    for owed in feedback_owed.owed(session, searches=going_on, zone=zone, calendar=calendar):
        if owed.given_on is None:
            found.append(
                _line(FEEDBACK, owed.application, f"not chosen {dated(owed.ended_on)}, due {dated(owed.due_on)}")
            )
    return found


def _runners(session: Session, searches: set[int]) -> dict[int, set[int]]:
    """Who runs each search: its recruiters and its hiring manager."""
    found: dict[int, set[int]] = {}
    for number, manager in session.execute(select(Requisition.id, Requisition.hiring_manager_id)):
        if number in searches:
            found[number] = {manager}
    members = select(Member.requisition_id, Member.user_id).where(Member.kind == MemberKind.RECRUITER)
    for number, user_id in session.execute(members):
        if number in searches:
            found[number].add(user_id)
    return found


def due(session: Session, *, now: dt.datetime, zone: dt.tzinfo, calendar: WorkingDays = WEEKDAYS) -> list[Morning]:
    """What everybody is reminded of this morning, most urgent first; who has nothing to do is left out."""
    lines = _everything(session, now=now, zone=zone, calendar=calendar)
    runners = _runners(session, {number for number, _ in lines})
    mine: dict[int, list[tuple[int, Line]]] = {}
    for number, line in lines:
        for user_id in runners.get(number, ()):
            mine.setdefault(user_id, []).append((number, line))
    people = session.scalars(select(User).where(User.active.is_(True)).order_by(User.id))
    found = []
    for one in people:
        kept = _without_order(session, one, mine.get(one.id, ()))
        if kept:
            found.append(Morning(one, sorted(kept, key=lambda line: line.rank)))
    return found


def _without_order(session: Session, user: User, lines: Sequence[tuple[int, Line]]) -> list[Line]:
    """The lines of somebody; who owes a card on a search is not told there who is next, which would give the order away."""
    owed = scorecards.searches_owed_on(user)
    if any(line.rank == LOST for _, line in lines):
        blind = set(session.scalars(select(Requisition.id).where(Requisition.id.in_(owed))))
        return [line for number, line in lines if line.rank != LOST or number not in blind]
    return [line for _, line in lines]


def send(
    session: Session, *, now: dt.datetime, zone: dt.tzinfo, base_url: str, calendar: WorkingDays = WEEKDAYS
) -> int:
    """Ask for the mails of this morning: one a person and day, whoever asks how often; none on days without work."""
    today = now.astimezone(zone).date()
    if not calendar.is_working(today):
        return 0
    count = 0
    reminded = set(session.scalars(select(MorningMail.user_id).where(MorningMail.on_date == today)))
    for one in due(session, now=now, zone=zone, calendar=calendar):
        if one.user.id in reminded:
            continue
        try:
            with session.begin_nested():
                session.add(MorningMail(user_id=one.user.id, on_date=today, lines=len(one.lines), at=now))
        except IntegrityError:  # another worker was there first
            continue
        mail = emails.morning(one.user, one.lines, today=today, base_url=base_url)
        jobs.enqueue(session, "mail", payload=dataclasses.asdict(mail), now=now)
        count += 1
    return count


def next_morning(now: dt.datetime, *, zone: dt.tzinfo, calendar: WorkingDays = WEEKDAYS) -> dt.datetime:
    """When the next mails go out: at seven, where the company is, on the next working day; never on a day twice."""
    day = calendar.on_or_after(now.astimezone(zone).date())
    if dt.datetime.combine(day, AT, zone) <= now:
        day = calendar.add(day, 1)
    return dt.datetime.combine(day, AT, zone).astimezone(dt.UTC)


def schedule(session: Session, *, now: dt.datetime, zone: dt.tzinfo, calendar: WorkingDays = WEEKDAYS) -> Job | None:
    """Ask for the next morning where nobody has yet; None where one waits already."""
    waits = select(Job.id).where(Job.kind == KIND, Job.status == JobStatus.QUEUED)
    if session.scalar(waits.limit(1)) is not None:
        return None
    at = next_morning(now, zone=zone, calendar=calendar)
    return jobs.enqueue(session, KIND, payload={}, now=now, due_at=at)

"""Reminders of a morning: computed for every slate at once, then handed to whoever runs the search, one mail a person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import email_templates, jobs, mail
from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import EVERY, listed
from recruiter.foundation.jobs import Job
from recruiter.foundation.wording import dated
from recruiter.keepwarm.models.agreements import MorningMail
from recruiter.keepwarm.models.records import Promise, PromiseState
from recruiter.keepwarm.overview import contact_list, feedback_owed, final_interview_followups
from recruiter.keepwarm.schedule import agreement_queries, cadence, deadline_clashes, promise_zone
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.keepwarm.schedule.next_contact import Group
from recruiter.pipeline.models import Application
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
class DigestLine:
    """One thing to do: its group, why, and whom it is about, on whose page it is done."""

    rank: int
    application: Application
    why: str

    @property
    def group(self) -> str:
        """The heading under which it stands."""
        return NAMES[self.rank]

    @property
    def name(self) -> str:
        """Whom it is about."""
        return self.application.candidate.name


@dataclass(frozen=True)
class PersonalDigest:
    """What one person is reminded of."""

    user: User
    lines: list[DigestLine]


def _slips(session: Session, rows: Iterable[contact_list.ContactListItem], *, moment: Moment) -> list[DigestLine]:
    """Promises that fall due within the days in which a search says whether they hold."""
    applications = {row.application.id: row.application for row in rows}
    searches = sorted({application.requisition_id for application in applications.values()})
    cadences = agreement_queries.cadences(session, searches)
    today = moment.today
    coming = Promise.state == PromiseState.OPEN, Promise.due_on > today, Promise.due_on <= today + AHEAD
    lines = []
    for promise in session.scalars(select(Promise).where(*coming).order_by(Promise.due_on, Promise.id)):
        application = applications.get(promise.application_id)
        before = cadences[application.requisition_id].days(Situation.SLIP) if application else 0
        local_today = promise_zone.local_date(promise.zone, moment=moment)
        if application and before and moment.calendar.add(promise.due_on, -before) <= local_today:
            why = f"“{promise.what}” is due {dated(promise.due_on)}; renew it before it slips"
            lines.append(DigestLine(SLIP, application, why))
    return lines


def _everything(session: Session, *, moment: Moment) -> list[DigestLine]:
    today, every = moment.today, EVERY
    rows = contact_list.finalists_to_contact(session, within=every, moment=moment, say=dated)
    lines = []
    for row in rows:
        rank, due = OF_GROUP.get(row.standing.group), row.standing.due_on
        if rank is not None and (row.standing.group != Group.DEADLINE or (due and due <= today + SOON)):
            lines.append(DigestLine(rank, row.application, ". ".join(row.standing.because)))
    for followup in final_interview_followups.to_thank(session, within=every, moment=moment):
        why = f"final interview {dated(followup.held_on)}, nobody has written since; name the day of the decision"
        lines.append(DigestLine(THANK, followup.application, why))
    lines += _slips(session, rows, moment=moment)
    for clash in deadline_clashes.deadline_clashes(session, within=every, moment=moment, say=dated):
        why = f"must answer elsewhere by {dated(clash.theirs)}, but {clash.because}"
        lines.append(DigestLine(CLASH, clash.application, why))
    running = Requisition.status != RequisitionStatus.DRAFT, Requisition.imported.is_(False)
    active_searches = listed(select(Requisition.id).where(*running))
    for feedback in feedback_owed.owed(session, searches=active_searches, moment=moment):
        if feedback.given_on is None:
            why = f"not chosen {dated(feedback.ended_on)}, due {dated(feedback.due_on)}"
            lines.append(DigestLine(FEEDBACK, feedback.application, why))
    return lines


def due(session: Session, *, moment: Moment) -> list[PersonalDigest]:
    """What everybody is reminded of this morning, most urgent first; who has nothing to do is left out."""
    recruiters: dict[int, set[int]] = defaultdict(set)
    for member in session.scalars(select(Member).where(Member.kind == MemberKind.RECRUITER)):
        recruiters[member.requisition_id].add(member.user_id)
    lines_by_user: dict[int, list[DigestLine]] = defaultdict(list)
    for line in _everything(session, moment=moment):
        requisition = line.application.requisition
        for user_id in {requisition.hiring_manager_id, *recruiters[requisition.id]}:
            lines_by_user[user_id].append(line)
    users = session.scalars(select(User).where(User.active.is_(True)).order_by(User.id))
    digests = [
        PersonalDigest(user, sorted(_without_order(session, user, lines_by_user[user.id]), key=lambda line: line.rank))
        for user in users
        if user.is_staff
    ]
    return [digest for digest in digests if digest.lines]


def _without_order(session: Session, user: User, lines: Sequence[DigestLine]) -> Sequence[DigestLine]:
    """The lines of somebody; who owes a card on a search is not told there who is next, which would give the order away."""
    if all(line.rank != LOST for line in lines):
        return lines
    owed = select(Requisition.id).where(Requisition.id.in_(scorecards.slates_owed_by(user)))
    blind = set(session.scalars(owed))
    return [line for line in lines if line.rank != LOST or line.application.requisition_id not in blind]


def send(session: Session, *, moment: Moment, base_url: str) -> int:
    """Ask for the mails of this morning: one a person and day, whoever asks how often; none on days without work."""
    today = moment.today
    if not moment.calendar.is_working(today):
        return 0
    count = 0
    reminded = set(session.scalars(select(MorningMail.user_id).where(MorningMail.on_date == today)))
    for morning in due(session, moment=moment):
        if morning.user.id in reminded:
            continue
        sent = MorningMail(user_id=morning.user.id, on_date=today, lines=len(morning.lines), at=moment.now)
        try:
            with session.begin_nested():
                session.add(sent)
        except IntegrityError:  # another worker was there first
            continue
        facts = {"lines": morning.lines, "today": today, "base_url": base_url}
        mail.enqueue(session, email_templates.compose("keepwarm/morning", to=morning.user, **facts), now=moment.now)
        count += 1
    return count


def next_morning(moment: Moment) -> dt.datetime:
    """When the next mails go out: at seven, where the company is, on the next working day; never on a day twice."""
    day = moment.calendar.on_or_after(moment.today)
    if dt.datetime.combine(day, AT, moment.zone) <= moment.now:
        day = moment.calendar.add(day, 1)
    return dt.datetime.combine(day, AT, moment.zone).astimezone(dt.UTC)


def is_scheduled(session: Session) -> bool:
    """Whether a morning is asked for and has not begun."""
    return jobs.is_queued(session, KIND)


def schedule(session: Session, *, moment: Moment) -> Job | None:
    """Ask for the next morning where nobody has yet; None where one waits already."""
    if is_scheduled(session):
        return None
    return jobs.enqueue(session, KIND, payload={}, now=moment.now, due_at=next_morning(moment))

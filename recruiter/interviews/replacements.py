"""Coming interviews with somebody on the panel whose account has ended, and who could sit in for them."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.interviews import schedule_checks
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.interviews.queries import WITH_PANEL
from recruiter.interviews.schedule_checks import TimeSlot
from recruiter.pipeline.models import Application


def interviews_without_somebody(session: Session, *, within: Scope, moment: Moment, limit: int) -> list[Interview]:
    """The coming interviews of some requisitions on whose panel somebody is disabled, the next one first."""
    departed_seats = select(Panelist.interview_id).join(User, User.id == Panelist.user_id).where(User.active.is_(False))
    query = (
        select(Interview)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Interview.id.in_(departed_seats),
            Interview.starts_at > moment.now,
            within.contains(Application.requisition_id),
        )
        .where(Interview.status == InterviewStatus.PLANNED)
    )
    return list(session.scalars(query.order_by(Interview.starts_at, Interview.id).limit(limit).options(*WITH_PANEL)))


def proposals(
    session: Session, interview: Interview, *, among: Sequence[User], moment: Moment, zone: ZoneInfo
) -> list[tuple[User, User | None]]:
    """Whoever on the panel of a coming interview is disabled, each with a colleague to ask instead; None where nobody is free.

    Free is who holds no other interview then and works at that hour. Who has been on a panel of this search comes first, then who
    is of the same team as the one who left, then who holds the fewest interviews in that week.
    """
    departed = [seat.user for seat in interview.panel if not seat.user.active]
    if not departed or interview.starts_at <= moment.now or not interview.is_planned:
        return []
    seated = {seat.user_id for seat in interview.panel}
    slot = TimeSlot(interview.starts_at, interview.ends_at)
    colleagues = schedule_checks.free(
        session, [user for user in among if user.active and user.id not in seated], slot=slot, zone=zone
    )
    loads = schedule_checks.loads(session, [user.id for user in colleagues], now=interview.starts_at, zone=zone)
    on_search = select(Panelist.user_id).join(Interview).join(Application)
    known_ids = set(
        session.scalars(on_search.where(Application.requisition_id == interview.application.requisition_id))
    )
    chosen = []
    for user in departed:
        ranked = sorted(
            colleagues,
            key=lambda other: (other.id not in known_ids, other.team != user.team, loads[other.id], other.name),
        )
        substitute = ranked[0] if ranked else None
        chosen.append((user, substitute))
        colleagues = [other for other in colleagues if other is not substitute]
    return chosen

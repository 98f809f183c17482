"""Coming interviews that go with the end of their application, and come back when the end is taken back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act
from recruiter.interviews import queries, services
from recruiter.interviews.models import ChangeKind, Interview, InterviewStatus
from recruiter.interviews.notices import notifications
from recruiter.interviews.notices.emails import NoticeKind
from recruiter.pipeline.models import Application


def cancel_coming(session: Session, *, application: Application, reason: str, act: Act) -> list[Interview]:
    """Cancel what has not begun of the interviews of an application; each panel gets the cancellation for its calendar at once."""
    coming = queries.coming(session, [application.id], now=act.now)
    for interview in coming:
        services.change(session, interview=interview, status=InterviewStatus.CANCELLED, reason=reason, act=act)
    return coming


def reinstate(session: Session, *, interview_ids: Sequence[int], act: Act) -> list[Interview]:
    """Plan those of some cancelled interviews again that still lie ahead: the same appointment comes back into the calendars."""
    cancelled = select(Interview).where(Interview.id.in_(interview_ids), Interview.starts_at > act.now)
    interviews = list(session.scalars(cancelled.where(Interview.status == InterviewStatus.CANCELLED)))
    for interview in interviews:
        interview.status = InterviewStatus.PLANNED
        interview.sequence += 1
        services.record_changes(
            session, interview, [ChangeKind.PLANNED], before=None, reason="The cancellation was taken back", act=act
        )
        people = [seat.user.id for seat in interview.panel]
        detail = {"status": interview.status.value, "what": [ChangeKind.PLANNED.value], "people": people}
        audit.record(session, action=AuditAction.INTERVIEW_CHANGED, subject=interview, act=act, **detail)
        user_ids = [panelist.user_id for panelist in interview.panel]
        notifications.notify(session, interview, NoticeKind.PLANNED, user_ids, now=act.now)
        notifications.remind(session, interview, user_ids, now=act.now)
    return interviews

"""The questions that permissions are made of. Each is asked of the facts of one request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from recruiter.accounts.models import Role, User
from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Attachment, Candidate, Note, Task
from recruiter.foundation.database.scope import Scope
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.pipeline.models import Application
from recruiter.policy import record_scopes, remembered, scopes
from recruiter.privacy.models import LegalHold
from recruiter.requisitions.models import Requisition


@dataclass(frozen=True)
class Facts:
    """Who asks, about what."""

    session: Session
    actor: User
    subject: Any = None


def _requisition_id(subject: object) -> int | None:
    """The requisition that a thing belongs to, by itself or through what it is a part of."""
    if isinstance(subject, Requisition):
        return subject.id
    requisition_id = getattr(subject, "requisition_id", None)
    if isinstance(requisition_id, int):
        return requisition_id
    for way in ("application", "offer", "interview", "opening", "case"):
        if (parent := getattr(subject, way, None)) is not None:
            return _requisition_id(parent)
    return None


def _application_id(subject: object) -> int | None:
    if isinstance(subject, Application):
        return subject.id
    application_id = getattr(subject, "application_id", None)
    if isinstance(application_id, int):
        return application_id
    parent = getattr(subject, "offer", None) or getattr(subject, "case", None)
    return _application_id(parent) if parent is not None else None


def is_of_erased_person(session: Session, subject: object) -> bool:
    """Whether a thing hangs on an application of somebody whose data was erased."""
    application_id = _application_id(subject)
    application = session.get(Application, application_id) if application_id is not None else None
    return application is not None and application.candidate.erased_at is not None


def is_admin(f: Facts) -> bool:
    """Runs this installation."""
    return f.actor.role == Role.ADMIN


def is_recruiter(f: Facts) -> bool:
    """Recruits."""
    return f.actor.role == Role.RECRUITER


def is_manager(f: Facts) -> bool:
    """Hires for a team."""
    return f.actor.role == Role.HIRING_MANAGER


def is_approver(f: Facts) -> bool:
    """Approves offers and cases."""
    return f.actor.role == Role.APPROVER


def sees_pay(f: Facts) -> bool:
    """Was given `pay.view`; no role implies it."""
    return f.actor.pay_view


def _is_within(f: Facts, scope: Callable[[User], Scope], column: InstrumentedAttribute[int], number: int) -> bool:
    """Whether one row is in sight of whoever asks."""

    def ask() -> bool:
        seen = scope(f.actor).contains(column)
        return f.session.scalar(select(column).where(column == number, seen)) is not None

    return remembered.sight(f.session, (scope, f.actor.id, number), ask)


def sees_requisition(f: Facts) -> bool:
    """The requisition of the subject is within the viewer's sight."""
    wanted = _requisition_id(f.subject)
    if wanted is None:
        return False
    return _is_within(f, scopes.requisitions, Requisition.id, wanted)


def runs_the_search(f: Facts) -> bool:
    """Admin, recruiter or hiring manager, on a requisition within their sight."""
    return f.actor.is_staff and sees_requisition(f)


def meets_application(f: Facts) -> bool:
    """Is on the panel of an interview of the subject's application that was not cancelled."""
    wanted = _application_id(f.subject)
    if wanted is None:
        return False
    met = (
        select(Panelist.id)
        .join(Interview)
        .where(
            Interview.application_id == wanted,
            Interview.status != InterviewStatus.CANCELLED,
            Panelist.user_id == f.actor.id,
        )
    )
    return remembered.sight(
        f.session, (meets_application, f.actor.id, wanted), lambda: f.session.scalar(met.limit(1)) is not None
    )


def on_panel(f: Facts) -> bool:
    """Is on the panel of this very interview."""
    return isinstance(f.subject, Interview) and f.subject.panelist(f.actor.id) is not None


def sees_candidate(f: Facts) -> bool:
    """The candidate has an application within the viewer's sight, or none at all while the viewer searches for everybody."""
    number = f.subject.id
    if not isinstance(
        f.subject, Candidate
    ):  # what was asked under a record that was merged since goes on with the person
        candidate = f.session.get(Candidate, f.subject.candidate_id)
        if candidate is None:
            return False
        number = candidates.surviving_record(f.session, candidate).id
    return _is_within(f, scopes.candidates, Candidate.id, number)


def sees_held(f: Facts) -> bool:
    """The person whose data is meant is within the viewer's sight, or the requisition of a legal hold on one."""
    if isinstance(f.subject, LegalHold) and f.subject.requisition_id is not None:
        return sees_requisition(f)
    return sees_candidate(f)


def was_submitted(f: Facts) -> bool:
    """The offer or case has been sent for approval at least once."""
    return getattr(f.subject, "submitted_at", None) is not None


def reads_note(f: Facts) -> bool:
    """The note is within the viewer's sight."""
    return _is_within(f, record_scopes.notes, Note.id, f.subject.id)


def wrote_note(f: Facts) -> bool:
    """The note is the viewer's own."""
    return f.subject.author_id == f.actor.id  # type: ignore[no-any-return]


def reads_task(f: Facts) -> bool:
    """The follow-up is within the viewer's sight."""
    return _is_within(f, record_scopes.tasks, Task.id, f.subject.id)


def has_task(f: Facts) -> bool:
    """The viewer is to do it, or asked for it."""
    return f.actor.id in {f.subject.assignee_id, f.subject.created_by_id}


def reads_file(f: Facts) -> bool:
    """The file is within the viewer's sight."""
    return _is_within(f, record_scopes.files, Attachment.id, f.subject.id)


def uploaded_file(f: Facts) -> bool:
    """The viewer put the file there."""
    return f.subject.uploaded_by_id == f.actor.id  # type: ignore[no-any-return]

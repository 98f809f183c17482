"""Taking an act back needs what the act itself needs, at the moment at which the button is pressed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import UndoToken, User
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.candidates.models import Attachment, Candidate, Note, SetApart, Task
from recruiter.keepwarm.models.records import Promotion
from recruiter.keepwarm.undo import undo_services
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition

ON_APPLICATIONS = {
    UndoAction.MOVED: Permission.APPLICATION_MOVE,
    UndoAction.REJECTED: Permission.APPLICATION_MOVE,
    UndoAction.WITHDRAWN: Permission.APPLICATION_MOVE,
    UndoAction.REOPENED: Permission.APPLICATION_MOVE,
    UndoAction.ASSIGNED: Permission.APPLICATION_MOVE,
    UndoAction.MESSAGED: Permission.APPLICATION_MOVE,
}
# what was removed is seen by nobody, so the permission is asked of whom it was about: on a candidate, on an application
ON_RECORDS = {
    UndoAction.NOTE_REMOVED: (Permission.CANDIDATE_NOTE, Permission.APPLICATION_NOTE),
    UndoAction.FILE_REMOVED: (Permission.CANDIDATE_FILE, Permission.APPLICATION_FILE),
}


def check(session: Session, *, secret: str, actor: User) -> None:
    """Refuse an undo to whoever may no longer do what is taken back: NotFound out of sight, else Forbidden."""
    token = undo_services.token_of(session, secret=secret, user_id=actor.id)
    for permission, subject in _asked(session, token):
        permits.require(session, actor=actor, permission=permission, on=subject)


def _asked(session: Session, token: UndoToken) -> Iterator[tuple[Permission, object]]:
    """What an undo needs, and of what; a thing that is gone since asks for nothing, and the undo itself refuses it."""
    action, payload = UndoAction(token.action), token.payload
    if action in ON_APPLICATIONS:
        ids = [row["id"] for row in payload["rows"]]
        for application in session.scalars(select(Application).where(Application.id.in_(ids))):
            yield ON_APPLICATIONS[action], application
    elif action in ON_RECORDS:
        on_candidate, on_application = ON_RECORDS[action]
        record: Note | Attachment | None
        if action == UndoAction.NOTE_REMOVED:
            record = session.get(Note, payload["id"])
        else:
            record = session.get(Attachment, payload["id"])
        if record is not None and record.application_id is not None:
            yield on_application, session.get(Application, record.application_id)
        elif record is not None:
            yield on_candidate, session.get(Candidate, record.candidate_id)
    elif action == UndoAction.TASK_DONE:
        yield Permission.TASK_SETTLE, session.get(Task, payload["id"])
    elif action == UndoAction.PROMOTED:
        promotion = session.get(Promotion, payload["id"])
        if promotion is not None:
            yield Permission.PROMOTE, session.get(Requisition, promotion.requisition_id)
    else:
        yield from _of_candidates(session, action, payload)


def _of_candidates(
    session: Session, action: UndoAction, payload: dict[str, int]
) -> Iterator[tuple[Permission, object]]:
    if action == UndoAction.MERGED:
        yield Permission.CANDIDATE_EDIT, session.get(Candidate, payload["kept"])
        return
    separation = session.get(SetApart, payload["id"]) if action == UndoAction.SET_APART else None
    if separation is not None:
        for candidate_id in (separation.first_id, separation.second_id):
            yield Permission.CANDIDATE_EDIT, session.get(Candidate, candidate_id)

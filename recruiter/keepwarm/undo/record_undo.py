"""Taking back what was done to the record of a person: a note removed, a follow-up done, a file removed, two people merged."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from recruiter.accounts.models import UndoToken
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.candidates.matching import duplicates
from recruiter.candidates.models import Attachment, Candidate, Note, SetApart, Task
from recruiter.candidates.records import file_services, note_services, task_services
from recruiter.foundation.act import Act
from recruiter.foundation.errors import NotFound
from recruiter.keepwarm.models.records import Promotion
from recruiter.keepwarm.undo import promotion_undo
from recruiter.pipeline import candidate_merge

ACTIONS = {
    UndoAction.NOTE_REMOVED,
    UndoAction.TASK_DONE,
    UndoAction.FILE_REMOVED,
    UndoAction.MERGED,
    UndoAction.SET_APART,
    UndoAction.PROMOTED,
}
WITHOUT_LIMIT = {UndoAction.PROMOTED}  # taken back until the offer is sent, whenever that is


def take_back(session: Session, *, token: UndoToken, act: Act) -> tuple[Candidate, str]:
    """Take back what a token stands for: whom it was about, and what to say. Raises Conflict where somebody has gone on since."""
    if token.action == UndoAction.MERGED:
        candidate = candidate_merge.unmerge(session, payload=token.payload, act=act)
        return candidate, f"Taken back: {candidate.name} stands twice again."
    if token.action == UndoAction.SET_APART:
        person = duplicates.undo_set_apart(session, separation=_there(session, SetApart, token), act=act)
        if person is None:
            raise NotFound
        return person, "Taken back: the pair is among the possible duplicates again."
    if token.action == UndoAction.PROMOTED:
        promotion = _there(session, Promotion, token)
        ended = promotion_undo.take_back(
            session,
            promotion=promotion,
            act=act,
        )
        return (
            ended.candidate,
            f"Taken back: {ended.candidate.name} stands where they stood, and so does everybody else.",
        )
    if token.action == UndoAction.NOTE_REMOVED:
        note = _there(session, Note, token)
        note_services.restore(session, note=note, act=act)
        return _person(session, note.candidate_id), "Taken back: the note is there again."
    if token.action == UndoAction.FILE_REMOVED:
        file = _there(session, Attachment, token)
        file_services.restore(session, file=file, act=act)
        return _person(session, file.candidate_id), f"Taken back: {file.name} is there again."
    task = _there(session, Task, token)
    task_services.reopen(session, task=task, act=act)
    return _person(session, task.candidate_id), "Taken back: the follow-up is open again."


def _there(session: Session, model: Any, token: UndoToken) -> Any:
    record = session.get(model, token.payload["id"])
    if record is None:
        raise NotFound
    return record


def _person(session: Session, candidate_id: int) -> Candidate:
    candidate = session.get(Candidate, candidate_id)
    if candidate is None:
        raise NotFound
    return candidate

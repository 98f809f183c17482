"""Taking back what was done to the record of a person: a note removed, a follow-up done, a file removed, two people merged, a promotion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

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

Record = TypeVar("Record", Attachment, Candidate, Note, Promotion, SetApart, Task)
Reversed = tuple[Candidate, str]


def _record(session: Session, model: type[Record], number: int) -> Record:
    record = session.get(model, number)
    if record is None:
        raise NotFound
    return record


def _unmerge(session: Session, token: UndoToken, act: Act) -> Reversed:
    candidate = candidate_merge.unmerge(session, payload=token.payload, act=act)
    return candidate, f"Taken back: {candidate.name} stands twice again."


def _look_again(session: Session, token: UndoToken, act: Act) -> Reversed:
    separation = _record(session, SetApart, token.payload["id"])
    person = duplicates.undo_set_apart(session, separation=separation, act=act)
    if person is None:
        raise NotFound
    return person, "Taken back: the pair is among the possible duplicates again."


def _undo_promotion(session: Session, token: UndoToken, act: Act) -> Reversed:
    ended = promotion_undo.take_back(session, promotion=_record(session, Promotion, token.payload["id"]), act=act)
    return ended.candidate, promotion_undo.sentence(ended)


def _restore_note(session: Session, token: UndoToken, act: Act) -> Reversed:
    note = _record(session, Note, token.payload["id"])
    note_services.restore(session, note=note, act=act)
    return _record(session, Candidate, note.candidate_id), "Taken back: the note is there again."


def _restore_file(session: Session, token: UndoToken, act: Act) -> Reversed:
    file = _record(session, Attachment, token.payload["id"])
    file_services.restore(session, file=file, act=act)
    return _record(session, Candidate, file.candidate_id), f"Taken back: {file.name} is there again."


def _reopen_task(session: Session, token: UndoToken, act: Act) -> Reversed:
    task = _record(session, Task, token.payload["id"])
    task_services.reopen(session, task=task, act=act)
    return _record(session, Candidate, task.candidate_id), "Taken back: the follow-up is open again."


REVERSALS: dict[UndoAction, Callable[[Session, UndoToken, Act], Reversed]] = {
    UndoAction.NOTE_REMOVED: _restore_note,
    UndoAction.TASK_DONE: _reopen_task,
    UndoAction.FILE_REMOVED: _restore_file,
    UndoAction.MERGED: _unmerge,
    UndoAction.SET_APART: _look_again,
    UndoAction.PROMOTED: _undo_promotion,
}

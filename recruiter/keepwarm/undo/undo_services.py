"""Taking an act back by its token: one registry of what reverses each act, for pages and the API alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import UndoToken, User
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.candidates.matching import duplicates
from recruiter.candidates.models import Attachment, Candidate, Note, SetApart, Task
from recruiter.candidates.records import file_services, note_services, task_services
from recruiter.foundation import tokens
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, NotFound
from recruiter.foundation.json_types import JsonView
from recruiter.interviews.models import Interview
from recruiter.keepwarm import queries
from recruiter.keepwarm.messages import message_services
from recruiter.keepwarm.models.records import Promotion
from recruiter.keepwarm.undo import ending_undo, promotion_undo
from recruiter.pipeline import candidate_merge, history_queries, ownership
from recruiter.pipeline import services as applications
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy
from recruiter.pipeline.reasons import Reason
from recruiter.requisitions.models import Stage, StageKind

UNDO_FOR = dt.timedelta(minutes=30)
WITHOUT_LIMIT = {UndoAction.PROMOTED}  # taken back until the offer is sent, whenever that is


@dataclass(frozen=True)
class UndoResult:
    """What was taken back: moves and ends of applications, or an act on a person's record with what to say of it."""

    applications: list[Application] = field(default_factory=list)
    candidate: Candidate | None = None
    message: str = ""
    withdrawn: bool = False
    handed: bool = False
    reinstated: list[Interview] = field(default_factory=list)  # planned again, their panels told
    still_cancelled: list[Interview] = field(default_factory=list)  # their time had passed


Row = JsonView
Reversal = Callable[[Session, UndoToken, Act], UndoResult]


def token_of(session: Session, *, secret: str, user_id: int) -> UndoToken:
    """Somebody's own token of an undo. Raises NotFound where there is none, or it is somebody else's."""
    own = select(UndoToken).where(UndoToken.user_id == user_id)
    token = session.scalars(own.where(UndoToken.digest == tokens.digest(secret))).first()
    if token is None:
        raise NotFound("There is nothing to undo here.")
    return token


def undo(session: Session, *, secret: str, act: Act) -> UndoResult:
    """Take back what a token stands for. Doors ask `policy.undo_permits` first.

    Raises:
        NotFound: there is no such token, or it is somebody else's.
        Conflict: it was used, is older than 30 minutes, or somebody has gone on since.
        ValueError: nothing reverses an act of this name.
    """
    token = token_of(session, secret=secret, user_id=act.actor.id)
    if token.used_at is not None:
        raise Conflict("This was taken back already.")
    action = UndoAction(token.action)
    if act.now - token.created_at > UNDO_FOR and action not in WITHOUT_LIMIT:
        raise Conflict("This can be taken back for 30 minutes. Make the change by hand.")
    result = REVERSALS[action](session, token, act)
    token.used_at = act.now
    session.flush()
    return result


def _applications(session: Session, token: UndoToken) -> dict[int, Application]:
    ids = [row["id"] for row in token.payload["rows"]]
    statement = select(Application).where(Application.id.in_(ids))
    return {application.id: application for application in session.scalars(statement)}


def _withdraw_messages(session: Session, token: UndoToken, act: Act) -> UndoResult:
    people = list(_applications(session, token).values())
    message_services.withdraw(session, job_ids=token.payload["jobs"], applications=people, act=act)
    return UndoResult(people, withdrawn=True)


def _each(reverse: Callable[[Session, Application, Row, Act], list[Interview] | None]) -> Reversal:
    """Reverse an act on every application of a token, or on none."""

    def reverse_all(session: Session, token: UndoToken, act: Act) -> UndoResult:
        applications = _applications(session, token)
        reinstated: list[Interview] = []
        for row in token.payload["rows"]:
            application = applications.get(row["id"])
            if application is None or application.version != row["version"]:
                name = application.candidate.name if application else "This application"
                raise Conflict(f"{name} was changed since, so this cannot be taken back. Nothing was changed.")
            reinstated += reverse(session, application, row, act) or []
        rows = token.payload["rows"]
        cancelled_ids = {number for row in rows for number in row.get("cancelled", [])}
        left_ids = cancelled_ids - {interview.id for interview in reinstated}
        return UndoResult(
            [applications[row["id"]] for row in rows],
            handed=token.action == UndoAction.ASSIGNED,
            reinstated=reinstated,
            still_cancelled=list(session.scalars(select(Interview).where(Interview.id.in_(left_ids))))
            if left_ids
            else [],
        )

    return reverse_all


def _move_back(session: Session, application: Application, row: Row, act: Act) -> None:
    stage = queries.record_of(session, Stage, row["stage_id"])
    if application.status == ApplicationStatus.HIRED or application.stage.kind == StageKind.HIRED:
        raise Conflict("Somebody who has started work is not moved back.")
    since = dt.datetime.fromisoformat(row["since"]) if row.get("since") else None  # a token of before has none
    applications.move(
        session, application=application, to=stage, reason="The move was taken back", act=act, since=since
    )


def _assign_back(session: Session, application: Application, row: Row, act: Act) -> None:
    owner = session.get(User, row["owner_id"]) if row["owner_id"] else None
    ownership.assign(session, application=application, to=owner, mover_ids=None, act=act)


def _end_again(session: Session, application: Application, _: Row, act: Act) -> None:
    """End an application as it had ended before it was reopened."""
    changes = history_queries.status_changes_among(session, [application.id])
    before = next(change for change in reversed(changes) if change.status in queries.ENDED)
    code, ended_by = before.reason_code or "other", before.ended_by or EndedBy.NEITHER
    reason = Reason(before.status.value, code, before.reason, ended_by)
    applications.end(session, application=application, status=before.status, reason=reason, act=act)


def _unmerge(session: Session, token: UndoToken, act: Act) -> UndoResult:
    person = candidate_merge.unmerge(session, payload=token.payload, act=act)
    return UndoResult(candidate=person, message=f"Taken back: {person.name} stands twice again.")


def _look_again(session: Session, token: UndoToken, act: Act) -> UndoResult:
    separation = queries.record_of(session, SetApart, token.payload["id"])
    person = duplicates.undo_set_apart(session, separation=separation, act=act)
    if person is None:
        raise NotFound
    return UndoResult(candidate=person, message="Taken back: the pair is among the possible duplicates again.")


def _undo_promotion(session: Session, token: UndoToken, act: Act) -> UndoResult:
    promotion = queries.record_of(session, Promotion, token.payload["id"])
    ended = promotion_undo.take_back(session, promotion=promotion, act=act)
    return UndoResult(candidate=ended.candidate, message=promotion_undo.sentence(promotion))


def _restored(session: Session, record: Note | Attachment | Task, message: str) -> UndoResult:
    return UndoResult(candidate=queries.record_of(session, Candidate, record.candidate_id), message=message)


def _restore_note(session: Session, token: UndoToken, act: Act) -> UndoResult:
    note = queries.record_of(session, Note, token.payload["id"])
    note_services.restore(session, note=note, act=act)
    return _restored(session, note, "Taken back: the note is there again.")


def _restore_file(session: Session, token: UndoToken, act: Act) -> UndoResult:
    file = queries.record_of(session, Attachment, token.payload["id"])
    file_services.restore(session, file=file, act=act)
    return _restored(session, file, f"Taken back: {file.name} is there again.")


def _reopen_task(session: Session, token: UndoToken, act: Act) -> UndoResult:
    task = queries.record_of(session, Task, token.payload["id"])
    task_services.reopen(session, task=task, act=act)
    return _restored(session, task, "Taken back: the follow-up is open again.")


REVERSALS: dict[UndoAction, Reversal] = {
    UndoAction.MOVED: _each(_move_back),
    UndoAction.REJECTED: _each(ending_undo.take_back),
    UndoAction.WITHDRAWN: _each(ending_undo.take_back),
    UndoAction.REOPENED: _each(_end_again),
    UndoAction.ASSIGNED: _each(_assign_back),
    UndoAction.MESSAGED: _withdraw_messages,
    UndoAction.NOTE_REMOVED: _restore_note,
    UndoAction.TASK_DONE: _reopen_task,
    UndoAction.FILE_REMOVED: _restore_file,
    UndoAction.MERGED: _unmerge,
    UndoAction.SET_APART: _look_again,
    UndoAction.PROMOTED: _undo_promotion,
}

"""The undo of an act: a secret, given once to whoever acted, that takes the act back."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

from recruiter.accounts.models import UndoToken
from recruiter.foundation import tokens
from recruiter.foundation.act import Act
from recruiter.foundation.json_types import JsonObject


class UndoAction(StrEnum):
    """What can be taken back; the values stand in the database."""

    MOVED = "moved"
    ASSIGNED = "handed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    MESSAGED = "messaged"
    NOTE_REMOVED = "note.removed"
    TASK_DONE = "task.done"
    FILE_REMOVED = "file.removed"
    MERGED = "candidate.merged"
    SET_APART = "candidates.set_apart"
    PROMOTED = "finalist.promoted"


def issue(session: Session, *, action: UndoAction, payload: JsonObject, act: Act) -> str:
    """Make the token that takes an act back, for the service that has just acted. Answers its secret, which is stored nowhere.

    `action` decides how it is taken back; `payload` is what the reversal needs to know, as JSON: ids, versions, how it was.
    """
    session.flush()
    secret = tokens.new()
    about = {"digest": tokens.digest(secret), "action": action, "payload": payload}
    session.add(UndoToken(**about, user_id=act.actor.id, created_at=act.now))
    return secret

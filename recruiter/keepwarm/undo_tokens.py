"""Tokens that take an act back: issued by the service that acts, with what was before, and handed out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from recruiter.foundation import tokens
from recruiter.foundation.act import Act
from recruiter.pipeline.models import Application, UndoToken


class UndoAction(StrEnum):
    """An act that can be taken back."""

    MOVED = "moved"
    REJECTED = "rejected"
    REOPENED = "reopened"
    ASSIGNED = "handed"
    MESSAGED = "messaged"
    NOTE_REMOVED = "note.removed"
    TASK_DONE = "task.done"
    FILE_REMOVED = "file.removed"
    MERGED = "candidate.merged"
    SET_APART = "candidates.set_apart"
    PROMOTED = "finalist.promoted"


@dataclass(frozen=True)
class StageSnapshot:
    """Where an application stood before a move, and since when."""

    stage_id: int
    since: str

    @classmethod
    def of(cls, application: Application) -> StageSnapshot:
        """As it stands now; taken before the move."""
        return cls(application.stage_id, application.stage_since.isoformat())


@dataclass(frozen=True)
class OwnerSnapshot:
    """Whose an application was before it was handed over; None is nobody's."""

    owner_id: int | None


Snapshot = StageSnapshot | OwnerSnapshot | None


def issue_token(session: Session, *, action: UndoAction, payload: dict[str, Any], act: Act) -> str:
    """A token that takes an act back; the secret is handed out once."""
    session.flush()
    secret = tokens.new()
    token = UndoToken(user_id=act.actor.id, action=action.value, payload=payload, created_at=act.now)
    token.digest = tokens.digest(secret)
    session.add(token)
    return secret


def issue_for_applications(
    session: Session, *, action: UndoAction, before: Sequence[tuple[Application, Snapshot]], act: Act
) -> str:
    """A token for an act on applications; `before` is how each was, where the end or the reopening does not say it."""
    session.flush()
    rows = [
        {"id": application.id, "version": application.version, **(asdict(snapshot) if snapshot else {})}
        for application, snapshot in before
    ]
    return issue_token(session, action=action, payload={"rows": rows}, act=act)

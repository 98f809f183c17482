"""What no rollback takes back is done once a transaction is committed: a file is deleted only when its row is gone for good."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.orm import Session


def once_committed(session: Session, act: Callable[[], object]) -> None:
    """Do something when the running transaction is committed; a rollback forgets it."""
    waiting = [act]

    def committed(_: Session) -> None:
        if waiting:
            waiting.pop()()

    def rolled_back(_: Session) -> None:
        waiting.clear()

    event.listen(session, "after_commit", committed, once=True)
    event.listen(session, "after_rollback", rolled_back, once=True)

"""The turn to write: a page looks at what was sent while others go on writing, and waits for its turn only to change something.

SQLite lets one write at a time. A view is begun without its turn. Where its form is good (`handle_form`, `handle_act`), or at its
first write, `TurnNeeded` takes the guard back to the start: it waits for the turn, asks again who acts and whether they may, and
begins the view anew, so that whatever the form was checked against is read again and is what the change is made of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import g, has_request_context, request
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from recruiter.foundation.database.db import begin_writing, db

Looked = TypeVar("Looked")


class TurnNeeded(Exception):  # noqa: N818  # no error: the guard answers it by waiting
    """A view is about to change something, and has not had its turn yet."""


def look_first() -> None:
    """Begin a change without its turn to write."""
    g.looks_first = True


def _looks_first() -> bool:
    return has_request_context() and bool(g.get("looks_first"))


def wait() -> None:
    """Go on only in the turn to write. Raises TurnNeeded, which the guard answers."""
    if _looks_first():
        raise TurnNeeded


def once(look: Callable[[], Looked]) -> Looked:
    """What takes long with what was sent, a file above all: done one time for a request, while others go on writing."""
    if "looked_at" not in g:
        db.session.rollback()
        look_first()  # again, where a proof of who asks had its turn
        g.looked_at = look()
        db.session.rollback()
    looked: Looked = g.looked_at
    return looked


def take() -> None:
    """Wait for the turn to write; what was read before is read again, uploaded files from their start."""
    g.looks_first = False
    db.session.rollback()
    begin_writing(db.session())
    for file in request.files.values():
        file.stream.seek(0)


def _check_turn(session: Session) -> None:
    if _looks_first() and session is db.session() and not session.connection().get_execution_options().get("write"):
        raise TurnNeeded


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, flush_context: UOWTransaction, instances: object) -> None:  # noqa: ARG001
    _check_turn(session)


@event.listens_for(Session, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _check_turn(state.session)

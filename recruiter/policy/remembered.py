"""What a session has found a viewer to see, so that a page that asks three times has one answer and one statement.

An answer holds for the transaction in which it was found, and no longer than until that session changes something.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

SIGHT = "what its viewers were found to see"


def sight(session: Session, key: Hashable, ask: Callable[[], bool]) -> bool:
    """The answer that a session has for a key, asked for once. What is changed and not sent yet is asked for anew."""
    if session.new or session.dirty or session.deleted:
        return ask()
    answers: dict[Hashable, bool] = session.info.setdefault(SIGHT, {})
    if key not in answers:
        answers[key] = ask()
    return answers[key]


@event.listens_for(Session, "after_flush")
def _after_flush(session: Session, flush_context: object) -> None:  # noqa: ARG001
    session.info.pop(SIGHT, None)


@event.listens_for(Session, "after_transaction_end")
def _after_transaction(session: Session, transaction: SessionTransaction) -> None:  # noqa: ARG001
    session.info.pop(SIGHT, None)


@event.listens_for(Session, "do_orm_execute")
def _after_statement(state: ORMExecuteState) -> None:
    if not state.is_select:
        state.session.info.pop(SIGHT, None)

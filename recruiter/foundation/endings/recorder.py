"""Endings written into the ledger with the transaction that makes them.

The line is on the disk *before* the database commits. A kill between the two leaves a line of an ending that nobody was told
had happened: whoever asked for it asks again, and a restore meanwhile ends a little more than it had to, never less. The other
way round a kill would leave an ending that the next restore revives. Where the database itself refuses the commit, the line is
declared void; where it was lost from sight in the middle of it, the line stays.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.orm import Session

from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ended, Ending, Ledger, Row, subject

SAVEPOINT = "savepoint"
PENDING, WRITTEN = "endings of this transaction", "lines of the ledger that were written for it"


def record_ending(
    session: Session,
    kind: Ending,
    row: Row,
    *,
    made_at: dt.datetime | str,
    act: Moment,
    lifted: bool = False,
    to: str = "",
) -> None:
    """Let something end for good: after any restore it is ended again. Written down when the transaction commits.

    Args:
        session: the transaction of the act.
        kind: what ends.
        row: the stored thing that it is about, with its number.
        made_at: when that row was made, or what else tells it from a later one of the same number.
        act: when it ends.
        lifted: the opposite: what had ended goes on again.
        to: the word that it changed to, where that is no name: a role.
    """
    pending = session.connection().info.setdefault(PENDING, [])
    pending.append(Ended(kind, subject(kind, row, made_at), act.now, lifted, to))


def attach(engine: Engine, ledger: Ledger) -> None:
    """Keep the ledger of an installation with the transactions of its database."""
    _follow_savepoints(engine)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        forget(connection)

    @event.listens_for(engine, "rollback")
    def on_rollback(connection: Connection) -> None:
        forget(connection)

    @event.listens_for(engine, "commit")
    def on_commit(connection: Connection) -> None:
        endings = [ended for ended in connection.info.pop(PENDING, []) if ended is not SAVEPOINT]
        if not endings:
            return
        try:
            connection.info[WRITTEN] = ledger.write(endings)
        except OSError:
            connection.dialect.do_rollback(connection.connection)  # else the pool hands the open transaction on
            raise

    @event.listens_for(engine, "handle_error")
    def on_error(context: ExceptionContext) -> None:
        if context.connection is None or context.connection.invalidated or context.is_disconnect:
            return
        written = context.connection.info.pop(WRITTEN, None)
        if written:
            ledger.void(written)


def _follow_savepoints(engine: Engine) -> None:
    """What a part of a transaction recorded goes with that part."""

    @event.listens_for(engine, "savepoint")
    def on_savepoint(connection: Connection, name: None) -> None:  # noqa: ARG001  # it gets its name afterwards
        connection.info.setdefault(PENDING, []).append(SAVEPOINT)

    @event.listens_for(engine, "release_savepoint")
    def on_release_savepoint(connection: Connection, name: str, context: None) -> None:  # noqa: ARG001
        _to_savepoint(connection, keep=True)

    @event.listens_for(engine, "rollback_savepoint")
    def on_rollback_savepoint(connection: Connection, name: str, context: None) -> None:  # noqa: ARG001
        _to_savepoint(connection, keep=False)


def _to_savepoint(connection: Connection, *, keep: bool) -> None:
    """Close the last savepoint; what was recorded since stays, or was taken back with it."""
    pending = connection.info.get(PENDING, [])
    if SAVEPOINT in pending:
        place = len(pending) - 1 - pending[::-1].index(SAVEPOINT)
        pending[place:] = pending[place + 1 :] if keep else []


def forget(connection: Connection) -> None:
    """Write down nothing of what this transaction has ended so far: it is over, or the ledger has it already."""
    if connection.invalidated:  # the server is gone, and what was noted went with the connection to it
        return
    connection.info.pop(PENDING, None)
    connection.info.pop(WRITTEN, None)

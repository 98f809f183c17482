"""A copy of PostgreSQL that follows it (streaming replication), asked for lists and reports so that the primary has room to write.

Whoever has just changed something must find it in the next list. So the number of the transaction of their last change is kept
with their session or token, in that same transaction, and the copy is asked only once it has replayed it: `pg_xact_status`, which
looks at what was replayed. A snapshot would not do: on a copy it does not tell which transactions are under way.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import BigInteger, ColumnElement, Connection, Engine, Text, cast, create_engine, func, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

Answer = TypeVar("Answer")
CHOSEN = "the engine that this session reads from"
PATIENCE = 2  # seconds to connect
LEFT_ALONE = 5.0  # seconds after which one that did not answer is asked again
POSITION = text("SELECT CAST(pg_current_wal_lsn() AS text)")  # of the primary
IS_CURRENT = text(
    """
    SELECT pg_is_in_recovery()
      AND (pg_last_wal_replay_lsn() >= CAST(:position AS pg_lsn)
           OR pg_last_xact_replay_timestamp() > now() - interval '10 seconds')
      AND CASE WHEN CAST(:change AS text) IS NULL THEN true
               WHEN CAST(CAST(:change AS text) AS xid8) >= pg_snapshot_xmax(pg_current_snapshot()) THEN false
               ELSE coalesce(pg_xact_status(CAST(CAST(:change AS text) AS xid8)) = 'committed', true) END
    """
)


class RoutedSession(FlaskSession):
    """A session that reads from a copy for as long as it was told to."""

    def get_bind(self, *given: Any, **more: Any) -> Engine | Connection:
        """The engine of a statement."""
        chosen: Engine | None = self.info.get(CHOSEN)
        return super().get_bind(*given, **more) if chosen is None else chosen


class Reader(Protocol):
    """The session or the token of whoever asks."""

    last_change: int | None


def own_transaction() -> ColumnElement[int]:
    """The number of the transaction that asks, as whoever makes a change keeps it."""
    return cast(cast(func.pg_current_xact_id(), Text), BigInteger)


def to_primary(session: Session) -> None:
    """Let a session read from the primary again: before it writes, and where the copy failed."""
    session.info.pop(CHOSEN, None)


class Replica:
    """The copy of one installation, as one process knows it."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, hide_parameters=True, connect_args={"connect_timeout": PATIENCE})
        self.asked_again_at = 0.0  # a memory of this process alone, which saves it waiting: no answer depends on it

    def _is_current(self, session: Session, change: int | None) -> bool:
        """Whether the copy has replayed a change, and hardly lags behind the primary or not at all."""
        if time.monotonic() < self.asked_again_at:
            return False
        position = session.scalar(POSITION)
        try:
            with self.engine.connect() as connection:
                known = {"position": str(position), "change": None if change is None else str(change)}
                return bool(connection.scalar(IS_CURRENT, known))
        except SQLAlchemyError:  # gone, or still starting
            self.asked_again_at = time.monotonic() + LEFT_ALONE
            return False

    def read(self, session: Session, reader: Reader, answer: Callable[[], Answer]) -> Answer:
        """Make an answer that only reads: from the copy where it is current for this reader, else, or where it fails, from the primary."""
        if not self._is_current(session, reader.last_change):
            return answer()
        session.info[CHOSEN] = self.engine
        try:
            return answer()
        except DBAPIError:  # gone meanwhile, or it had to end a statement that kept it from following
            session.rollback()
            self.asked_again_at = time.monotonic() + LEFT_ALONE
            to_primary(session)
            return answer()
        finally:
            to_primary(session)

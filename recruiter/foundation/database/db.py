"""The database as every room sees it: one base class, one set of column types, one naming of constraints."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING
from weakref import WeakSet

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Enum, MetaData, String, TypeDecorator, event, inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, UOWTransaction, declared_attr, mapped_column, registry
from sqlalchemy.orm.attributes import flag_modified

from recruiter.foundation.database.replica import RoutedSession, to_primary
from recruiter.foundation.json_types import JsonObject

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class Instant(TypeDecorator[dt.datetime]):
    """A moment in UTC. SQLite forgets zones, so they are put back on the way out and refused when missing on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse a moment without a zone: it would mean another hour on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Hand out moments that know that they are UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """Everything that is stored. Enums are kept as their words, moments as UTC, short text as 500 characters."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            StrEnum: Enum(StrEnum, native_enum=False, values_callable=_values, length=40),
            dt.datetime: Instant(),
            str: String(500),
        },
    )

    if not TYPE_CHECKING:

        @declared_attr.directive
        def __tablename__(cls) -> str:  # noqa: N805  # a class method in disguise
            return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


db = SQLAlchemy(
    model_class=Base, session_options={"class_": RoutedSession, "autoflush": True, "expire_on_commit": False}
)

if TYPE_CHECKING:

    class Model(Base):
        """A table; at run time the class that Flask-SQLAlchemy made."""

        __abstract__ = True
else:
    Model = db.Model


def begin_writing(session: Session) -> None:
    """Begin a transaction that will write. On SQLite it waits for its turn here, not in the middle."""
    to_primary(session)
    session.connection(execution_options={"write": True})


def begin_writing_at_once(session: Session) -> None:
    """Begin a transaction for a note that is not worth waiting for. On SQLite it raises OperationalError where others are at work."""
    to_primary(session)
    session.connection(execution_options={"write": True, "at_once": True})


def write_if_free(session: Session, write: Callable[[], None]) -> None:
    """Write a note that is not worth waiting for, in a transaction of its own; where others are writing it is left out.

    What the session holds uncommitted is taken back first.
    """
    try:
        session.rollback()
        begin_writing_at_once(session)
        write()
        session.commit()
    except OperationalError:
        session.rollback()


class Versioned:
    """A row that people edit: its version rises with each change, and a stale edit is refused."""

    version: Mapped[int] = mapped_column(default=1, nullable=False)

    if not TYPE_CHECKING:

        @declared_attr.directive
        def __mapper_args__(cls) -> JsonObject:  # noqa: N805
            return (
                {"version_id_col": cls.__table__.c.version}
                if "__table__" in cls.__dict__
                else {"version_id_col": cls.version}
            )


RAISED = "rows whose version has risen in this transaction"


def raise_version(session: Session, row: Versioned) -> None:
    """Let the version of a row rise for an act that leaves its own columns as they are: an approval, an order, an answer.

    Where it has risen in this transaction already, or began in it, it stays as it is. Raises StaleDataError where somebody else was first.
    """
    session.flush()
    if row not in session.info.get(RAISED, ()):
        columns = inspect(type(row)).column_attrs
        name = next(column.key for column in columns if column.key not in {"id", "version"})
        getattr(row, name)  # loaded, since what was never read cannot be written again
        flag_modified(row, name)
        session.flush()


@event.listens_for(Session, "before_flush")
def _remember_raised(session: Session, flush_context: UOWTransaction, instances: object) -> None:  # noqa: ARG001
    dirty = [row for row in session.dirty if isinstance(row, Versioned)]
    changed = [row for row in dirty if session.is_modified(row, include_collections=False)]
    rows = [*changed, *(row for row in session.new if isinstance(row, Versioned))]
    if rows:
        session.info.setdefault(RAISED, WeakSet()).update(rows)


def _forget_raised(session: Session, *_: object) -> None:
    session.info.pop(RAISED, None)


for _end in ("after_commit", "after_soft_rollback"):
    event.listen(Session, _end, _forget_raised)

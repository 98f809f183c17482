"""A backup put in the place of what a database holds, in one transaction: cut off anywhere, the old state is what is left.

Both engines change tables inside a transaction, so that clearing, migrating and filling are one. On SQLite its rollback journal
(or log) holds the old pages until the commit, on PostgreSQL the server does.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import JSON, Connection, Engine, MetaData, Table, delete, inspect, text
from sqlalchemy.exc import DataError, IntegrityError

from recruiter.foundation.database import backup_reader
from recruiter.foundation.database.backup_writer import Manifest
from recruiter.foundation.database.table_lines import AT_A_TIME
from recruiter.foundation.database.transient import is_transient
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.files.file_store import FileStore

PATIENCE = "15s"  # for a server that was not stopped; SQLite waits as long
UNFIT = "A row of {table} in this backup does not fit this database ({why})."
UNTIED = "A row of {table} in this backup points at a row that is not in it."


def empty(engine: Engine) -> bool:
    """Whether a database holds nothing yet: no tables, or none with a row."""
    looker = inspect(engine)
    quote = engine.dialect.identifier_preparer.quote
    with engine.connect() as connection:
        for name in looker.get_table_names():
            if name != "alembic_version" and connection.execute(text(f"SELECT 1 FROM {quote(name)} LIMIT 1")).first():  # noqa: S608
                return False
    return True


@contextlib.contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction over tables and rows, committed at its end. Raises OperationalError where others still write."""
    with engine.connect().execution_options(write=True) as connection:
        if connection.dialect.name == "postgresql":
            with connection.begin():
                connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
                yield connection
            return
        with _references_off(connection), connection.begin():
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise RuleBroken(UNTIED.format(table=broken[0]))


@contextlib.contextmanager
def _references_off(connection: Connection) -> Iterator[None]:
    """SQLite rebuilds the tables that a migration changes, and its foreign keys can rest only outside of a transaction."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("a connection without its driver")
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def clear(connection: Connection) -> None:
    """Take every table away."""
    names = [connection.dialect.identifier_preparer.quote(name) for name in inspect(connection).get_table_names()]
    if names and connection.dialect.name == "postgresql":
        connection.execute(text(f"DROP TABLE {', '.join(names)} CASCADE"))
        return
    for name in names:
        connection.execute(text(f"DROP TABLE {name}"))


def fill(connection: Connection, archive: zipfile.ZipFile, contents: Manifest) -> None:
    """Put the rows of an archive into tables of its own revision. What a migration put there goes first. Raises RuleBroken."""
    known = MetaData()
    known.reflect(connection)
    naive = connection.dialect.name == "sqlite"
    with _references_rest(connection):
        for name in contents.tables:
            connection.execute(known.tables[name].delete())
        for name in contents.tables:
            table = known.tables[name]
            for column in table.columns:
                if isinstance(column.type, JSON):
                    column.type.none_as_null = True
            rows = backup_reader.rows(archive, table, naive=naive)
            try:
                while some := list(islice(rows, AT_A_TIME)):
                    connection.execute(table.insert(), some)
            except (DataError, IntegrityError) as error:
                raise RuleBroken(UNFIT.format(table=name, why=type(error.orig).__name__)) from error
            _go_on_counting(connection, table)


@contextlib.contextmanager
def _references_rest(connection: Connection) -> Iterator[None]:
    """Rows that point at each other go in in any order; all of it is checked at the end."""
    if connection.dialect.name == "sqlite":
        yield  # off for the whole transaction
        return
    looker, quote = inspect(connection), connection.dialect.identifier_preparer.quote
    keys = [
        (quote(table), quote(key["name"] or ""))
        for table in looker.get_table_names()
        for key in looker.get_foreign_keys(table)
    ]
    for table, key in keys:
        connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {key} DEFERRABLE INITIALLY DEFERRED"))
    yield
    try:
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    except IntegrityError as error:
        broken = getattr(getattr(error.orig, "diag", None), "table_name", None)
        raise RuleBroken(UNTIED.format(table=broken or "a table")) from error
    for table, key in keys:
        connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {key} NOT DEFERRABLE"))


def _go_on_counting(connection: Connection, table: Table) -> None:
    """The next row of a table gets the number after its last, which PostgreSQL does not see by itself."""
    if connection.dialect.name != "postgresql" or "id" not in table.columns:
        return
    quoted = connection.dialect.identifier_preparer.format_table(table)
    last = f"(SELECT max(id) FROM {quoted})"  # noqa: S608  # a name from the schema
    connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{quoted}', 'id'), {last})"))


def leave_behind(connection: Connection, tables: Sequence[Table]) -> None:
    """Empty the tables that no backup holds: those of before held them."""
    for table in tables:
        if is_transient(table):
            connection.execute(delete(table))


@contextlib.contextmanager
def files(archive: zipfile.ZipFile, store: FileStore) -> Iterator[Callable[[Iterable[str]], None]]:
    """A function that writes uploaded files of an archive, by their keys; what is new goes again where anything fails.

    What a kill leaves behind belongs to no row, and the sweep takes it.
    """
    new: list[str] = []

    def write(keys: Iterable[str]) -> None:
        for key in keys:
            if not store.has(key):
                new.append(key)
                store.write(key, archive.read(f"files/{key}"))

    try:
        yield write
    except BaseException:
        for key in new:
            store.remove(key)
        raise

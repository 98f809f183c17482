"""An archive of everything, looked over and put back."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, Engine, LargeBinary, MetaData, Table, inspect, text
from sqlalchemy.types import TypeEngine

from recruiter.foundation.database.backup_writer import AT_A_TIME, FORMAT, MANIFEST, Manifest, Part
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.files import zip_errors
from recruiter.foundation.files.file_store import KEY, FileStore
from recruiter.foundation.json_types import JsonObject

CUT = "the file is cut off or damaged"
NAME = re.compile(r"[a-z_]{1,63}")
BAD = "This is no whole backup of Recruiter: {why}. Nothing was changed. Take another copy of it."


def _parts(entries: Any, name: re.Pattern[str]) -> dict[str, Part]:
    parts = {key: Part(int(entry["count"]), str(entry["sha256"])) for key, entry in entries.items()}
    if not all(name.fullmatch(key) for key in parts):
        raise ValueError
    return parts


def manifest(archive: zipfile.ZipFile) -> Manifest:
    """What an archive says that it holds. Raises RuleBroken."""
    try:
        manifest_data = json.loads(archive.read(MANIFEST))
        if manifest_data["format"] != FORMAT:
            raise RuleBroken(
                f"This backup has the form {manifest_data['format']}, and this version reads {FORMAT}. Update first."
            )
        return Manifest(
            made_at=str(manifest_data["made_at"]),
            revision=str(manifest_data["revision"]),
            engine=str(manifest_data["engine"]),
            tables=_parts(manifest_data["tables"], NAME),
            files=_parts(manifest_data["files"], KEY),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise RuleBroken(BAD.format(why="its list of contents is missing or broken")) from error


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """An archive whose every part agrees with its manifest. Raises RuleBroken before anything is read into the database."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise RuleBroken(f"There is no file {path.name} there.") from error
    except zip_errors.DAMAGED as error:
        raise RuleBroken(BAD.format(why=CUT)) from error
    with archive:
        try:
            contents = manifest(archive)
            for folder, parts, unit in (("tables", contents.tables, b"\n"), ("files", contents.files, b"")):
                for name, part in parts.items():
                    _agree(archive, f"{folder}/{name}" + (".jsonl" if unit else ""), part, unit)
        except zip_errors.DAMAGED as error:
            raise RuleBroken(BAD.format(why=CUT)) from error
        yield archive, contents  # what goes wrong from here on is no fault of the file, and is not told as one


def _agree(archive: zipfile.ZipFile, name: str, part: Part, unit: bytes) -> None:
    digest, count = hashlib.sha256(), 0
    try:
        with archive.open(name) as content:
            while chunk := content.read(1 << 20):
                digest.update(chunk)
                count += chunk.count(unit) if unit else len(chunk)
    except KeyError as error:
        raise RuleBroken(BAD.format(why=f"{name} is missing")) from error
    if digest.hexdigest() != part.sha256 or count - (1 if unit else 0) != part.count:
        raise RuleBroken(BAD.format(why=f"{name} is not what the list of contents says"))


def _decoder(kind: TypeEngine[Any], *, naive: bool) -> Callable[[Any], Any]:
    if isinstance(kind, JSON):
        return lambda value: JSON.NULL if value[0] is None else value[0]
    if isinstance(kind, DateTime):

        def moment(value: str) -> dt.datetime:
            at = dt.datetime.fromisoformat(value)
            at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
            return at.astimezone(dt.UTC).replace(tzinfo=None) if naive else at

        return moment
    if isinstance(kind, Date):
        return dt.date.fromisoformat
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    return bool if isinstance(kind, Boolean) else lambda value: value


def _read(archive: zipfile.ZipFile, table: Table, *, naive: bool) -> Iterator[JsonObject]:
    with archive.open(f"tables/{table.name}.jsonl") as content:
        names: list[str] = json.loads(content.readline())
        decoders = [_decoder(table.columns[name].type, naive=naive) for name in names]
        for line in content:
            yield {
                name: None if value is None else decode(value)
                for name, decode, value in zip(names, decoders, json.loads(line), strict=True)
            }


@contextlib.contextmanager
def _references_rest(connection: Connection) -> Iterator[None]:
    """Rows that point at each other go in in any order; all of it is checked at the end."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
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
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table, key in keys:
        connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {key} NOT DEFERRABLE"))


def fill(engine: Engine, archive: zipfile.ZipFile, contents: Manifest) -> None:
    """Put the rows of an archive into tables of its own revision, all or none. What a migration put there goes first."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
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
                rows = _read(archive, table, naive=naive)
                while some := list(islice(rows, AT_A_TIME)):
                    connection.execute(table.insert(), some)
                _go_on_counting(connection, table)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """The next row of a table gets the number after its last, which PostgreSQL does not see by itself."""
    if connection.dialect.name != "postgresql" or "id" not in table.columns:
        return
    quoted = connection.dialect.identifier_preparer.format_table(table)
    last = f"(SELECT max(id) FROM {quoted})"  # noqa: S608  # a name from the schema
    connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{quoted}', 'id'), {last})"))


def empty(engine: Engine) -> bool:
    """Whether a database holds nothing yet: no tables, or none with a row."""
    looker = inspect(engine)
    quote = engine.dialect.identifier_preparer.quote
    with engine.connect() as connection:
        for name in looker.get_table_names():
            if name != "alembic_version" and connection.execute(text(f"SELECT 1 FROM {quote(name)} LIMIT 1")).first():  # noqa: S608
                return False
    return True


def clear(engine: Engine) -> None:
    """Take every table away."""
    names = [engine.dialect.identifier_preparer.quote(name) for name in inspect(engine).get_table_names()]
    if engine.dialect.name == "postgresql":
        if names:
            with engine.begin() as connection:
                connection.execute(text(f"DROP TABLE {', '.join(names)} CASCADE"))
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("BEGIN IMMEDIATE")
        for name in names:
            cursor.execute(f"DROP TABLE {name}")
        cursor.execute("COMMIT")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()
    finally:
        raw.close()


def put_files(archive: zipfile.ZipFile, contents: Manifest, folder: Path) -> None:
    """Write the uploaded files of an archive, each under its key."""
    store = FileStore(folder)
    for key in contents.files:
        store.write(key, archive.read(f"files/{key}"))

"""Backups and installations as tests look at them: what is in them, to be compared."""

import hashlib

from sqlalchemy import MetaData, create_engine, inspect, select

from recruiter.cli import schema
from recruiter.foundation.database import backup_reader, backup_writer
from recruiter.foundation.database.db import Base
from recruiter.foundation.endings.ledger import Ledger
from recruiter.foundation.endings.line_store import FolderLines
from recruiter.foundation.files.folder_store import FolderStore


def written(engine, folder, target, now):
    """A backup of a database, and of the files in a folder."""
    backup_writer.write(
        target, engine=engine, metadata=Base.metadata, files=FolderStore(folder / "files"), ledger=Ledger(FolderLines(folder)), scratch=folder,
        revision=schema.newest(), now=now,
    )  # fmt: skip
    return target


def content(path):
    """What a backup says that it holds: its tables and its files, without the record that one was made or put back."""
    with backup_reader.opened(path) as (_, manifest):
        tables = {name: part for name, part in manifest.tables.items() if not name.startswith("audit_")}
        return tables, manifest.files


def state(place):
    """Everything that an installation holds: each table with its columns and rows, each file with its digest."""
    engine = create_engine(place.url)
    with engine.connect() as connection:
        known = MetaData()
        known.reflect(connection)
        tables = {
            name: (sorted(table.columns.keys()), sorted(map(repr, connection.execute(select(table)).all())))
            for name, table in known.tables.items()
        }
        keys = {name: len(inspect(connection).get_foreign_keys(name)) for name in known.tables}
    engine.dispose()
    files = sorted((place.folder / "files").glob("??/*"))
    return tables, keys, {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

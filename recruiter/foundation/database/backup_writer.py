"""Everything that is stored as one archive, whatever the engine: a table is a file of JSON lines, an uploaded file is itself.

An archive of one engine goes back into another, so that it is also the way from SQLite to PostgreSQL. `manifest.json` holds
the revision of the schema, and the count and SHA-256 of every part; nothing is taken back that does not agree with it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine

from recruiter.foundation.database import table_lines
from recruiter.foundation.database.table_lines import DamagedValue
from recruiter.foundation.endings.ledger import Ledger
from recruiter.foundation.files.file_store import FileStore

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass
class Part:
    """One table or file of an archive: rows (of a table) or bytes (of a file), and the SHA-256 of its content."""

    count: int
    sha256: str


@dataclass
class Manifest:
    """What an archive holds, and what stood in it that could not be read."""

    made_at: str
    revision: str
    engine: str
    format: int = FORMAT
    tables: dict[str, Part] = field(default_factory=dict)
    files: dict[str, Part] = field(default_factory=dict)
    ledger: dict[str, Part] = field(default_factory=dict)
    damaged: list[DamagedValue] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(part.count for part in self.tables.values())


@contextlib.contextmanager
def still(engine: Engine, folder: Path) -> Iterator[Connection]:
    """A connection that sees one moment, while others go on writing: on SQLite a copy, on PostgreSQL a snapshot."""
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(dir=folder) as place:
        copy = Path(place) / "copy.db"
        live = engine.raw_connection()
        try:
            with contextlib.closing(sqlite3.connect(copy)) as target:
                source: Any = live.driver_connection
                source.backup(target)
        finally:
            live.close()
        quiet = create_engine(f"sqlite:///{copy}", hide_parameters=True)
        with quiet.connect() as connection:
            yield connection
        quiet.dispose()


def _store(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> tuple[int, int, str]:
    count = size = 0
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as out:
        for chunk in chunks:
            out.write(chunk)
            digest.update(chunk)
            count, size = count + 1, size + len(chunk)
    return count, size, digest.hexdigest()


def write(  # each names another thing that is kept
    target: Path,
    *,
    engine: Engine,
    metadata: MetaData,
    files: FileStore,
    ledger: Ledger,
    scratch: Path,
    revision: str,
    now: dt.datetime,
) -> Manifest:
    """Write an archive of the database, of the stored files and of the ledger of endings. Safe while others write.

    Raises FileExistsError.
    """
    if target.exists():
        raise FileExistsError(target)
    manifest = Manifest(now.isoformat(), revision, engine.dialect.name)
    half = target.with_name(target.name + ".part")
    try:
        with (
            os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle,
            zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            with still(engine, scratch) as connection:
                for name, table in sorted(metadata.tables.items()):
                    with table_lines.kept_lines(connection, table, scratch, manifest.damaged) as row_lines:
                        count, _, digest = _store(archive, f"tables/{name}.jsonl", row_lines)
                    manifest.tables[name] = Part(count - 1, digest)
            for key in files.all_keys():
                stored = files.get(key)
                if stored is None:  # removed meanwhile
                    continue
                _, size, digest = _store(archive, f"files/{key}", [stored])
                manifest.files[key] = Part(size, digest)
            for (
                name,
                content,
            ) in ledger.parts().items():  # last: what ends meanwhile may stand in it already, never the reverse
                _, size, digest = _store(archive, f"ledger/{name}", [content])
                manifest.ledger[name] = Part(size, digest)
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True))
        half.rename(target)
    finally:
        half.unlink(missing_ok=True)
    return manifest

"""An archive of everything, looked over before anything of it is taken."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, LargeBinary, Table
from sqlalchemy.types import TypeEngine

from recruiter.foundation.database.backup_writer import FORMAT, MANIFEST, Manifest, Part
from recruiter.foundation.endings.ledger import KEYS, LINES
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.files import zip_errors
from recruiter.foundation.files.file_store import KEY
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.storable_text import storable_values

ESCAPED = re.compile(rb"\\u(0000|d[89a-f])")
CUT = "the file is cut off or damaged"
NAME = re.compile(r"[a-z_]{1,63}")
LEDGER = re.compile("|".join(re.escape(name) for name in (LINES, KEYS)))
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
            ledger=_parts(manifest_data.get("ledger", {}), LEDGER),  # none in backups of before
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
            for folder, parts, unit in (
                ("tables", contents.tables, b"\n"),
                ("files", contents.files, b""),
                ("ledger", contents.ledger, b""),
            ):
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


def rows(archive: zipfile.ZipFile, table: Table, *, naive: bool) -> Iterator[JsonObject]:
    """The rows of a table of an archive, as the columns of the database take them; `naive` where it forgets time zones.

    What no database takes, NUL and half a pair of surrogates, goes out of their texts: older versions let it in on SQLite.
    """
    with archive.open(f"tables/{table.name}.jsonl") as content:
        names: list[str] = json.loads(content.readline())
        decoders = [_decoder(table.columns[name].type, naive=naive) for name in names]
        for line in content:
            values = json.loads(line)
            yield {
                name: None if value is None else decode(value)
                for name, decode, value in zip(
                    names, decoders, storable_values(values) if ESCAPED.search(line) else values, strict=True
                )
            }


def ledger(archive: zipfile.ZipFile, contents: Manifest) -> dict[str, bytes]:
    """The ledger of endings in an archive, by the names of its files."""
    return {name: archive.read(f"ledger/{name}") for name in contents.ledger}

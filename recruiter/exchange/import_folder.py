"""What comes in: a folder, or a zip of one, looked at with care before anything is made of it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.files import zip_errors

HISTORY_FILES = ("decisions.csv", "ratings.csv", "features.csv", "weights.csv")
MOST_ENTRIES = 50
MOST_BYTES = 64 * 1024 * 1024
PIECE = 64 * 1024


def digest(folder: Path) -> str:
    """The fingerprint of a history folder: of the files that count, by name and content."""
    hasher = hashlib.sha256()
    for name in HISTORY_FILES:
        path = folder / name
        if path.is_file():
            content = path.read_bytes()
            hasher.update(f"{name} {len(content)} ".encode())
            hasher.update(content)
    return hasher.hexdigest()


def unpack(archive: IO[bytes], into: Path) -> Path:
    """Take the files of a history folder out of a zip, under their own names only.

    Raises RuleBroken for what is no zip, for paths in it, and for more than an import can hold.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            _check_names(opened)
            into.mkdir(parents=True, exist_ok=True)
            remaining = MOST_BYTES
            for entry in opened.infolist():
                if entry.filename in HISTORY_FILES:
                    with (into / entry.filename).open("wb") as target:
                        for chunk in _chunks(opened, entry):
                            remaining -= len(chunk)
                            if remaining < 0:
                                raise _file_error(f"Unpacked, this zip is larger than {MOST_BYTES // 1024**2} MB.")
                            target.write(chunk)
    except zip_errors.DAMAGED:
        raise _file_error(
            "This is not a zip that can be read. Zip the files of a history folder: decisions.csv, ratings.csv."
        ) from None
    if not (into / "decisions.csv").is_file():
        raise _file_error("There is no decisions.csv in this zip.")
    return into


def _check_names(opened: zipfile.ZipFile) -> None:
    names = [entry.filename for entry in opened.infolist()]
    if len(names) > MOST_ENTRIES:
        raise _file_error(f"This zip holds more than {MOST_ENTRIES} files.")
    if any("/" in name or "\\" in name or name.startswith(".") for name in names):
        raise _file_error("This zip holds folders or paths. Zip the files themselves, not the folder around them.")
    if len(set(names)) != len(names):
        raise _file_error("This zip holds a file twice.")


def _chunks(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with opened.open(entry) as source:
        while chunk := source.read(PIECE):
            yield chunk


def _file_error(sentence: str) -> RuleBroken:
    return RuleBroken.at("file", sentence)

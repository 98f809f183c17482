"""Taking everything out again: tables as CSV, decisions as a history folder, both with a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.audit.models import Installation
from recruiter.exchange import history_export, table_export
from recruiter.foundation.act import Moment
from recruiter.foundation.database import damage, sound_reading
from recruiter.foundation.database.damage import DamagedRow
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.files import csvs
from recruiter.learning.history.folder_writer import write_history

DECISIONS, ALL = "decisions", "all"
SINGLE = ("candidates", "applications", "scorecards")
KINDS = (*SINGLE, DECISIONS, ALL)
MANIFEST = "manifest.json"
Progress = Callable[[str], None]


def check_free(path: Path) -> None:
    """Refuse to write over anything. Raises Conflict."""
    if path.is_dir() and not path.is_symlink():
        if any(path.iterdir()):
            raise Conflict(f"The folder {path.name} is not empty. Name a new one.")
    elif path.exists() or path.is_symlink():
        raise Conflict(f"{path.name} exists already. Name a new file.")


@dataclass
class Exported:
    """The files that were written, by name, and the rows that could not be read and are in none of them."""

    files: list[str] = field(default_factory=list)
    left_out: list[DamagedRow] = field(default_factory=list)


def export(session: Session, *, path: Path, kind: str, moment: Moment, progress: Progress | None = None) -> Exported:
    """Write what was asked for; that it was taken out is on record. Decisions that have become due are recorded first.

    Raises Conflict where something stands at the path, RuleBroken where there is nothing of that kind to write.
    """
    exported = Exported()
    _write(session, exported, path=path, kind=kind, moment=moment, report_progress=progress or (lambda _: None))
    exported.left_out = sorted(set(exported.left_out))
    counts = {"files": len(exported.files), "left_out": len(exported.left_out)}
    audit.record(session, action=AuditAction.DATA_EXPORTED, subject=Installation(), act=moment, kind=kind, **counts)
    return exported


def _write(
    session: Session, exported: Exported, *, path: Path, kind: str, moment: Moment, report_progress: Progress
) -> None:
    if kind not in KINDS:
        raise RuleBroken.at("kind", f"The kind {kind} is not known here. Known: {', '.join(KINDS)}.")
    check_free(path)
    if kind in SINGLE:
        if path.is_dir():
            raise Conflict(f"{path.name} is a folder. Name a file, like {kind}.csv.")
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_table(session, exported, path, kind)
    elif kind == DECISIONS:
        report_progress("Writing past decisions.")
        _write_decisions(session, exported, path, moment=moment)
        if not exported.files:
            raise RuleBroken("There are no past decisions to export. A slate becomes one when its search is closed.")
    else:
        _write_all(session, exported, path, moment=moment, report_progress=report_progress)


def _write_table(session: Session, exported: Exported, path: Path, kind: str) -> None:
    table = table_export.TABLES[kind](session)
    csvs.write(path, table.header, table.lines)
    exported.files.append(path.name)
    exported.left_out += table.left_out


def _write_decisions(session: Session, exported: Exported, folder: Path, *, moment: Moment) -> None:
    from recruiter.ranking.services import record_due

    try:
        with session.begin_nested():
            record_due(session, moment=moment)
    except damage.UNREADABLE:  # what is on record already goes out without those that have become due
        exported.left_out += damage.damaged_rows(session.connection())
    history, left_out = sound_reading.read_around(session, lambda: history_export.history(session, moment=moment))
    exported.left_out += left_out
    if len(history.decisions.slate):
        exported.files += write_history(folder, history)


def _write_all(
    session: Session, exported: Exported, folder: Path, *, moment: Moment, report_progress: Progress
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind in table_export.TABLES:
        report_progress(f"Writing {kind.replace('_', ' ')}.")
        _write_table(session, exported, folder / f"{kind}.csv", kind)
    report_progress("Writing past decisions.")
    _write_decisions(session, exported, folder, moment=moment)
    entries = [_manifest_entry(folder / name) for name in exported.files]
    manifest = {"made_at": moment.now.isoformat().replace("+00:00", "Z"), "files": entries}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    exported.files.append(MANIFEST)


def _manifest_entry(path: Path) -> dict[str, str | int]:
    return {"name": path.name, "rows": csvs.count(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}

"""Taking everything out again: tables as CSV, decisions as a history folder, both with a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.audit.models import Installation
from recruiter.exchange import history_export, table_export
from recruiter.foundation.act import Moment
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.files import csvs
from recruiter.learning.history.folder_writer import write_history

DECISIONS, ALL = "decisions", "all"
SINGLE = ("candidates", "applications", "scorecards")
KINDS = (*SINGLE, DECISIONS, ALL)
MANIFEST = "manifest.json"
MOST_NAMED = 20  # rows that could not be written
Progress = Callable[[str], None]


def check_free(path: Path) -> None:
    """Refuse to write over anything. Raises Conflict."""
    if path.is_dir() and not path.is_symlink():
        if any(path.iterdir()):
            raise Conflict(f"The folder {path.name} is not empty. Name a new one.")
    elif path.exists() or path.is_symlink():
        raise Conflict(f"{path.name} exists already. Name a new file.")


def export(session: Session, *, path: Path, kind: str, moment: Moment, progress: Progress | None = None) -> list[str]:
    """Write what was asked for and name the files; that it was taken out is on record. Decisions that have become due are recorded first.

    Raises Conflict where something stands at the path, RuleBroken where there is nothing of that kind to write.
    """
    files = _written(session, path=path, kind=kind, moment=moment, report_progress=progress or (lambda _: None))
    audit.record(
        session, action=AuditAction.DATA_EXPORTED, subject=Installation(), act=moment, kind=kind, files=len(files)
    )
    return files


def _written(session: Session, *, path: Path, kind: str, moment: Moment, report_progress: Progress) -> list[str]:
    if kind not in KINDS:
        raise RuleBroken.at("kind", f"The kind {kind} is not known here. Known: {', '.join(KINDS)}.")
    check_free(path)
    if kind in SINGLE:
        if path.is_dir():
            raise Conflict(f"{path.name} is a folder. Name a file, like {kind}.csv.")
        path.parent.mkdir(parents=True, exist_ok=True)
        return [_write_table(session, path, kind, report_progress)]
    if kind == DECISIONS:
        report_progress("Writing past decisions.")
        files = _write_decisions(session, path, moment=moment)
        if not files:
            raise RuleBroken("There are no past decisions to export. A slate becomes one when its search is closed.")
        return files
    return _write_all(session, path, moment=moment, report_progress=report_progress)


def _write_table(session: Session, path: Path, kind: str, report_progress: Progress) -> str:
    table = table_export.TABLES[kind](session)
    csvs.write(path, table.header, table.lines)
    if table.left_out:
        numbers = ", ".join(table.left_out[:MOST_NAMED])
        report_progress(f"Left out of {path.name}, because they are damaged: {len(table.left_out)} ({numbers}).")
    return path.name


def _write_decisions(session: Session, folder: Path, *, moment: Moment) -> list[str]:
    from recruiter.ranking.services import record_due

    record_due(session, moment=moment)
    history = history_export.history(session, moment=moment)
    return write_history(folder, history) if len(history.decisions.slate) else []


def _write_all(session: Session, folder: Path, *, moment: Moment, report_progress: Progress) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for kind in table_export.TABLES:
        report_progress(f"Writing {kind.replace('_', ' ')}.")
        files.append(_write_table(session, folder / f"{kind}.csv", kind, report_progress))
    report_progress("Writing past decisions.")
    files += _write_decisions(session, folder, moment=moment)
    entries = [_manifest_entry(folder / name) for name in files]
    manifest = {"made_at": moment.now.isoformat().replace("+00:00", "Z"), "files": entries}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return [*files, MANIFEST]


def _manifest_entry(path: Path) -> dict[str, str | int]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": path.name, "rows": csvs.count(path), "sha256": digest}

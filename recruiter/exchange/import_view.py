"""An import as clients read it, over the API and from the command line alike."""

from __future__ import annotations

import datetime as dt

from recruiter.exchange.models import ImportBatch
from recruiter.exchange.services import ImportPlan
from recruiter.foundation.json_types import JsonObject


def of_batch(batch: ImportBatch, *, planned: ImportPlan | None = None) -> dict[str, object]:
    """An import; with a plan the figures are those of this very run, which tell what was here already."""
    return {
        **_figures(planned.batch if planned else batch),
        "id": batch.id,
        "state": batch.state.value,
        "version": batch.version,
        "created_at": batch.created_at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
    }


def of_dry_run(planned: ImportPlan) -> dict[str, object]:
    """A dry run that was not kept, and so has no number."""
    return {**_figures(planned.batch), "id": None, "state": "planned"}


def _figures(source: ImportBatch) -> dict[str, object]:
    return {name: getattr(source, name) for name in ("format", "counts", "problems", "dropped_columns")}


def as_text(shape: JsonObject) -> str:
    """An import for reading on a terminal."""
    title = f"Import {shape['id']}: {shape['state']}." if shape["id"] else "Dry run: nothing was changed."
    lines = [title, f"{'':<15}{'created':>9}{'matched':>9}{'skipped':>9}{'refused':>9}"]
    for kind, fates in shape["counts"].items():
        if any(fates.values()):
            lines.append(f"{kind.replace('_', ' '):<15}" + "".join(f"{number:>9}" for number in fates.values()))
    for problem in shape["problems"]:
        column = f", {problem['column']}" if problem["column"] else ""
        lines.append(f"{problem['file']}, line {problem['line']}{column}: {problem['why']}")
    for note in shape["dropped_columns"]:
        line = f"line {note['line']}, " if "line" in note else ""
        lines.append(f"{note['file']}, {line}column {note['column']}: {note['why']}")
    return "\n".join(lines)

"""Writing past decisions out as a history folder that can be read again."""

from __future__ import annotations

import math
from pathlib import Path

from recruiter.foundation.files import csvs
from recruiter.learning.history.history_tables import History

COLUMNS = {
    "decisions": ("slate", "item", "decided_on", "grade", "job_family", "outcome"),
    "ratings": ("slate", "item", "rater", "attribute", "score", "rated_on", "scale_min", "scale_max"),
    "features": ("slate", "item", "feature", "value"),
}


def write_history(folder: Path | str, history: History) -> list[str]:
    """Write the folder (CSV with commas and a header row) and name the files written; empty tables get no file."""
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    files = []
    for table, names in COLUMNS.items():
        rows = list(zip(*(getattr(getattr(history, table), name) for name in names), strict=True))
        if rows or table == "decisions":
            files.append(_write(path / f"{table}.csv", names, rows))
    if history.weights:
        files.append(_write(path / "weights.csv", ("name", "weight"), sorted(history.weights.items())))
    return files


def _cell(value: str | float) -> str | float:
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return ""
    return int(value) if float(value).is_integer() else float(value)


def _write(path: Path, names: tuple[str, ...], rows: list[tuple[str | float, ...]]) -> str:
    csvs.write(path, names, ([_cell(value) for value in row] for row in rows))
    return path.name

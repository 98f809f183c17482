"""Writing past decisions out as a history folder that can be read again."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from recruiter.learning.history.history_tables import History


def write_history(folder: Path | str, history: History) -> list[str]:
    """Write the folder (UTF-8, commas, header row) and name the files written; empty tables get no file."""
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    decisions, ratings, features = history.decisions, history.ratings, history.features
    names = ["slate", "item", "decided_on", "grade", "job_family", "outcome"]
    grades = [_plain(value) for value in decisions.grade]
    columns = [decisions.slate, decisions.item, decisions.decided_on, grades, decisions.job_family, decisions.outcome]
    files = [_write(path / "decisions.csv", names, zip(*columns, strict=True))]
    if len(ratings):
        names = ["slate", "item", "rater", "attribute", "score", "rated_on", "scale_min", "scale_max"]
        numbers = [
            [_plain(value) for value in column] for column in (ratings.score, ratings.scale_min, ratings.scale_max)
        ]
        columns = [
            ratings.slate,
            ratings.item,
            ratings.rater,
            ratings.attribute,
            numbers[0],
            ratings.rated_on,
            *numbers[1:],
        ]
        files.append(_write(path / "ratings.csv", names, zip(*columns, strict=True)))
    if len(features.value):
        values = [_plain(value) for value in features.value]
        lines = zip(features.slate, features.item, features.feature, values, strict=True)
        files.append(_write(path / "features.csv", ["slate", "item", "feature", "value"], lines))
    if history.weights:
        pairs = [(name, _plain(weight)) for name, weight in sorted(history.weights.items())]
        files.append(_write(path / "weights.csv", ["name", "weight"], pairs))
    return files


def _plain(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _write(path: Path, names: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(lines)
    return path.name

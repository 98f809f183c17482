"""The history folder: past decisions in a neutral form, read into columns."""

from __future__ import annotations

from pathlib import Path

from recruiter.learning.history import history_rows as rows
from recruiter.learning.history.csv_table import HistoryRefused, Table, read_table
from recruiter.learning.history.history_tables import History

OPTIONAL_OF_RATINGS = ("rated_on", "scale_min", "scale_max")
BAD_SHARE = 0.01  # of rows; more than that is another kind of file


def read_history(folder: Path | str) -> History:
    """Read past decisions from a folder; bad rows are left out and listed with file, line, column and reason.

    Raises:
        HistoryRefused: no folder, an unknown column set, no decisions, or more than 1 % bad rows.
    """
    path = Path(folder)
    if not path.is_dir():
        raise HistoryRefused(f"There is no folder {path.name}.")
    if not (path / "decisions.csv").is_file():
        raise HistoryRefused(f"The folder {path.name} has no decisions.csv.")
    tables = (
        _table(path, "decisions.csv", ("slate", "item", "decided_on", "grade"), ("job_family", "outcome")),
        _table(path, "ratings.csv", ("slate", "item", "rater", "attribute", "score"), OPTIONAL_OF_RATINGS),
        _table(path, "features.csv", ("slate", "item", "feature", "value")),
        _table(path, "weights.csv", ("name", "weight")),
    )
    decisions, known, refused = rows.decision_rows(tables[0])
    ratings = rows.rating_rows(tables[1], known, refused)
    features = rows.feature_rows(tables[2], known, refused)
    weights = rows.weight_rows(tables[3], {*ratings.attribute, *features.feature})
    bad = [problem for table in tables for problem in table.bad]
    if not len(decisions.slate):
        raise HistoryRefused(f"The folder {path.name} holds no decisions.")
    total = sum(len(table.lines) for table in tables) + sum(1 for problem in bad if not problem.column)
    rows_bad = len({(problem.file, problem.line) for problem in bad})
    if rows_bad > BAD_SHARE * total:
        first = bad[0]
        raise HistoryRefused(
            f"{rows_bad} of {total} rows in the folder {path.name} are bad, more than 1 in 100; "
            f"the first is {first.file}, line {first.line}, {first.column or 'row'}: {first.why}."
        )
    notes = [problem for table in tables for problem in table.notes]
    return History(path.name, decisions, ratings, features, weights, (*bad, *notes))


def _table(path: Path, file: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Table:
    """One file of the folder, without a row where it is not there."""
    if (path / file).is_file():
        return read_table(path / file, required, optional)
    return Table(file, {name: [] for name in required})

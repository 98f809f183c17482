"""Small array operations within slates that the models share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
TextArray = npt.NDArray[Any]
Name = TypeVar("Name", str, tuple[str, str])
SPREAD = 1e-9  # of a column's largest value: less than this within slates is rounding, not spread


def text_array(values: Sequence[str]) -> TextArray:
    """A column of texts as an array of Python strings (no fixed width, so one long name costs nothing)."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def columns_of_rows(rows: Iterable[tuple[object, ...]], kinds: Sequence[type[str | float]]) -> list[TextArray]:
    """Rows as one array a column, each of the kind that is named for it, texts or numbers.

    >>> columns_of_rows([("ada", 3.0), ("kim", 4.0)], (str, float))
    [array(['ada', 'kim'], dtype=object), array([3., 4.])]
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return [
        text_array([str(cell) for cell in column]) if kind is str else np.array(column, dtype=np.float64)
        for column, kind in zip(columns, kinds, strict=True)
    ]


def plain_values(value: Any) -> Any:
    """A value ready for JSON: arrays and tuples as lists, at any depth of dictionaries and lists."""
    if isinstance(value, dict):
        return {name: plain_values(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_values(item) for item in value]
    return value.tolist() if isinstance(value, np.ndarray) else value


def codes_of(values: Collection[Name]) -> tuple[IntArray, list[Name]]:
    """Number the different names of a column: codes per row and the names in sorted order.

    >>> codes, names = codes_of(["kim", "ada", "kim"])
    >>> codes.tolist(), names
    ([1, 0, 1], ['ada', 'kim'])
    """
    names = sorted(set(values))
    position = {name: place for place, name in enumerate(names)}
    return np.fromiter((position[value] for value in values), dtype=np.intp, count=len(values)), names


def renumbered(groups: TextArray) -> IntArray:
    """Groups numbered from 0 without gaps, in their sorted order, shape (n,).

    >>> renumbered(np.array([7, 2, 7])).tolist()
    [1, 0, 1]
    """
    return np.unique(groups, return_inverse=True)[1].astype(np.intp)


def positions_in(groups: IntArray) -> IntArray:
    """Running number of each row within its group, from 0, shape (n,).

    >>> positions_in(np.array([7, 2, 7, 7])).tolist()
    [0, 0, 1, 2]
    """
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    position = np.empty(len(groups), dtype=np.intp)
    position[order] = np.arange(len(groups)) - np.repeat(starts, np.diff(starts, append=len(groups)))
    return position


def group_sums(values: FloatArray, groups: IntArray, n_groups: int) -> FloatArray:
    """Sum of each column per group; shape (n_groups,) or (n_groups, p) as `values` is."""
    if values.ndim == 1:
        return np.bincount(groups, weights=values, minlength=n_groups).astype(np.float64)
    columns = [np.bincount(groups, weights=column, minlength=n_groups) for column in values.T]
    return np.stack(columns, axis=1) if columns else np.zeros((n_groups, 0))


def centred(values: FloatArray, groups: IntArray) -> FloatArray:
    """Values less the mean of their slate, so that only differences within a slate remain.

    Args:
        values: shape (n,) or (n, p), in any unit.
        groups: slate of each row, numbered from 0, shape (n,).

    >>> centred(np.array([1.0, 3.0, 5.0]), np.array([0, 0, 1])).tolist()
    [-1.0, 1.0, 0.0]
    """
    n_groups = int(groups.max(initial=-1)) + 1
    counts = np.maximum(np.bincount(groups, minlength=n_groups), 1).astype(np.float64)
    means = (group_sums(values, groups, n_groups).T / counts).T
    return values - means[groups]


def within_sd(values: FloatArray, groups: IntArray) -> FloatArray:
    """Pooled standard deviation within slates per column; 1 where a column does not vary (nothing to scale).

    >>> within_sd(np.array([[1.0, 7.0], [3.0, 7.0]]), np.array([0, 0])).round(3).tolist()
    [1.414, 1.0]
    """
    deviation = centred(values, groups)
    freedom = max(groups.size - np.unique(groups).size, 1)
    sd = np.sqrt((deviation**2).sum(axis=0) / freedom)
    size = np.abs(values).max(axis=0, initial=0.0)
    return np.where(sd > SPREAD * np.maximum(size, 1e-12), sd, 1.0)

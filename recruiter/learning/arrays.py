"""Small array operations within slates that the models share."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
TextArray = npt.NDArray[Any]


def text_array(values: list[str]) -> TextArray:
    """A column of texts as an array of Python strings (no fixed width, so one long name costs nothing)."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def codes_of(values: TextArray | list[str]) -> tuple[IntArray, list[str]]:
    """Number the different texts of a column: codes per row and the texts in sorted order.

    >>> codes, names = codes_of(["kim", "ada", "kim"])
    >>> codes.tolist(), names
    ([1, 0, 1], ['ada', 'kim'])
    """
    names = sorted(set(values))
    position = {name: place for place, name in enumerate(names)}
    return np.fromiter((position[value] for value in values), dtype=np.intp, count=len(values)), names


def group_sums(values: FloatArray, groups: IntArray, n_groups: int) -> FloatArray:
    """Sum of each column per group; shape (n_groups,) or (n_groups, p) as `values` is."""
    if values.ndim == 1:
        return np.bincount(groups, weights=values, minlength=n_groups).astype(np.float64)
    columns = [np.bincount(groups, weights=values[:, k], minlength=n_groups) for k in range(values.shape[1])]
    return np.stack(columns, axis=1).astype(np.float64) if columns else np.zeros((n_groups, 0))


def centred(values: FloatArray, groups: IntArray) -> FloatArray:
    """Values less the mean of their slate, so that only differences within a slate remain.

    Args:
        values: shape (n,) or (n, p), in any unit.
        groups: slate of each row, numbered from 0, shape (n,).

    >>> centred(np.array([1.0, 3.0, 5.0]), np.array([0, 0, 1])).tolist()
    [-1.0, 1.0, 0.0]
    """
    n_groups = int(groups.max()) + 1 if groups.size else 0
    counts = np.maximum(np.bincount(groups, minlength=n_groups), 1).astype(np.float64)
    totals = group_sums(values, groups, n_groups)
    means = totals / counts if values.ndim == 1 else totals / counts[:, None]
    result: FloatArray = values - means[groups]
    return result


def within_sd(values: FloatArray, groups: IntArray) -> FloatArray:
    """Pooled standard deviation within slates per column; 1 where a column does not vary (nothing to scale).

    >>> within_sd(np.array([[1.0, 7.0], [3.0, 7.0]]), np.array([0, 0])).round(3).tolist()
    [1.414, 1.0]
    """
    deviation = centred(values, groups)
    freedom = max(groups.size - np.unique(groups).size, 1)
    sd = np.sqrt((deviation**2).sum(axis=0) / freedom)
    size = np.abs(values).max(axis=0, initial=0.0)
    result: FloatArray = np.where(sd > 1e-9 * np.maximum(size, 1e-12), sd, 1.0)
    return result

"""Shapes of an attribute's effect: its level in the slate, the place it gives, and what lies between them.

A company may reward a level in proportion, reward only who leads, or stop caring once somebody is good enough. Each
shape is a column of its own made from one attribute, so that a difference of two candidates stays a sum of exact
contributions by attribute. Which shapes a company's decisions follow is told by their evidence, not chosen by hand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, centred, within_sd

LEVEL, PLACE, ABOVE, BEST, BENT = range(5)
SHAPES = ("level", "place", "above", "best", "bent")
# How much a standard deviation of each shape may weigh against one of the level, before any decision.
SHARES = (1.0, 1.0, 0.5, 0.5, 1.0)
# The declared weights stand on the first shape of a view; the others may add to it.
VIEWS: tuple[tuple[int, ...], ...] = ((LEVEL,), (PLACE,), (LEVEL, ABOVE), (LEVEL, BEST), (PLACE, BEST), (BENT, BEST))
LEVEL_ONLY: tuple[tuple[int, ...], ...] = ((LEVEL,),)
BELIEF_IN_LEVEL = 0.4  # before any decision; the other views share the rest
CARD_BELIEF = 0.75  # the same where levels come from interviewers' cards: a place among noisy levels says less
BEND = 1.5  # standard deviations from the slate's mean at which a bent effect has used up nine tenths: tanh(1.5)


def raw_shapes(Z: FloatArray, codes: IntArray) -> FloatArray:
    """Every shape of standardised, centred levels Z (n, p) of slates `codes`; shape (5, n, p)."""
    compared = np.round(Z, 9)  # equal cards are equal levels, whatever order they were added up in
    place = mid_ranks(compared, codes)
    top = np.full((int(codes.max(initial=-1)) + 1, Z.shape[1]), -np.inf)
    np.maximum.at(top, codes, compared)
    best = (compared >= top[codes]).astype(np.float64)
    return np.stack([Z, place, np.maximum(Z, 0.0), best, np.tanh(BEND * Z)])


def shape_scales(Z: FloatArray, codes: IntArray) -> FloatArray:
    """Standard deviation of each shape within slates, (5, p), over its share: what `shaped` divides by."""
    raw = raw_shapes(Z, codes)
    return np.stack([within_sd(block, codes) / share for block, share in zip(raw, SHARES, strict=True)])


def shape_columns(Z: FloatArray, codes: IntArray, scales: FloatArray) -> FloatArray:
    """Columns of all shapes side by side, centred within the slate; (n, 5 p), or (n, p) where only levels count."""
    if len(scales) == 1:
        result: FloatArray = centred(Z, codes) / scales[0]
        return result
    raw = raw_shapes(Z, codes)
    return np.concatenate([centred(block, codes) / scale for block, scale in zip(raw, scales, strict=True)], axis=1)


def level_slopes(Z: FloatArray, codes: IntArray, scales: FloatArray) -> FloatArray:
    """How much each shape moves with the level, (shapes, p): least squares within slates, for the noise of the cards.

    A straight line through a bent effect is what a small error of the level does to it on average.
    """
    p = Z.shape[1]
    level = centred(Z, codes)
    columns = shape_columns(Z, codes, scales).reshape(len(Z), len(scales), p)
    square = (level**2).sum(axis=0)
    together = np.einsum("nsp,np->sp", columns, level)
    result: FloatArray = np.divide(together, square, out=np.zeros_like(together), where=square > 0)
    return result


def level_weights(weights: FloatArray, slopes: FloatArray, sd: FloatArray) -> FloatArray:
    """What a step of a column's level adds on average, in units of X; weights (..., shapes x p), slopes (shapes, p).

    The weight itself where nothing bends.
    """
    parts = weights.reshape(*weights.shape[:-1], *slopes.shape) * slopes
    result: FloatArray = parts.sum(axis=-2) / sd
    return result


def mid_ranks(values: FloatArray, codes: IntArray) -> FloatArray:
    """Mid-ranks of each column within its slate, 0 (last) to 1 (first); 1/2 for somebody alone.

    >>> mid_ranks(np.array([[4.0], [2.0], [2.0], [5.0]]), np.array([0, 0, 0, 1])).ravel().tolist()
    [1.0, 0.25, 0.25, 0.5]
    """
    order = np.argsort(codes, kind="stable")
    sizes = np.bincount(codes)
    result = np.full(values.shape, 0.5)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    for size in np.unique(sizes[sizes > 1]):
        rows = order[starts[sizes == size][:, None] + np.arange(size)]
        part = values[rows]
        below = (part[:, :, None, :] > part[:, None, :, :]).sum(axis=2)
        equal = (part[:, :, None, :] == part[:, None, :, :]).sum(axis=2) - 1
        result[rows] = (below + 0.5 * equal) / (size - 1)
    return result


def columns_of(view: Sequence[int], p: int, nonlinear: FloatArray) -> list[int]:
    """Places of a view's columns among all shapes; only attributes that `nonlinear` allows have more than a level."""
    lead = view[0]
    places = [(lead if nonlinear[k] else LEVEL) * p + k for k in range(p)]
    return places + [shape * p + k for shape in view[1:] for k in range(p) if nonlinear[k]]

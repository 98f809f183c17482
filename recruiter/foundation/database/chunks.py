"""Long lists in parts that one statement can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

CHUNK = 500
Value = TypeVar("Value")


def chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Parts of a list, in its order."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))

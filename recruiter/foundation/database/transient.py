"""Tables that no backup holds and no restore fills: what is good for one browser, one click or one letter, and must not come back.

A model of this kind says `__table_args__ = TRANSIENT`.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Table

MARK = "transient"
TRANSIENT: Final[dict[str, Any]] = {"info": {MARK: True}}


def is_transient(table: Table) -> bool:
    """Whether the rows of a table stay behind when everything else goes into a backup."""
    return MARK in table.info

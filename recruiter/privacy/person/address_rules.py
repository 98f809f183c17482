"""Which rows the address of a page names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

ADDRESS = re.compile(r"/([a-z-]+)/(\d+)")
TABLES = {  # a part of an address, and the table whose number follows
    "candidates": "candidate",
    "applications": "application",
    "interviews": "interview",
    "offers": "offer",
    "cases": "budget_case",
    "notes": "note",
    "tasks": "task",
    "files": "attachment",
    "promises": "promise",
    "concerns": "concern",
    "scorecards": "interview",
}


def is_about(address: str, ids: Mapping[str, Collection[int]]) -> bool:
    """Whether an address of a page names one of the rows, given by table."""
    return any(int(number) in ids.get(TABLES.get(part, ""), ()) for part, number in ADDRESS.findall(address))

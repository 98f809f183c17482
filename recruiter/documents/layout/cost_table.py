"""What a case costs, on the first page: what is approved, what is asked for, the difference, in the first year and each year after."""

from __future__ import annotations

from collections.abc import Sequence

from recruiter.documents.layout.value_text import evenly, number, shown
from recruiter.documents.model import Amount

APPROVED, DIFFERENCE = ", approved", ", difference"
# The figures of a row, and whether it stands there even where nothing is paid.
ROWS = (
    ("Base of a year", True),
    ("Target variable of a year", False),
    ("Equity of a year", False),
    ("On-cost of a year", True),
    ("Sign-on with on-cost, once", False),
    ("First year, all in", True),
    ("Run rate each year", True),
)
CALLED = {"First year, all in": "First year", "Run rate each year": "Each year after"}
HEAD = ("What is paid", "Approved", "Requested", "Difference")


def rows_of(figures: Sequence[Amount]) -> tuple[tuple[str, ...], ...]:
    """The rows of the table; none where the figures do not have what is approved beside what is asked for."""
    known = {one.label: one for one in figures}
    charge = known.get("Employer on-cost, % of pay")
    found: list[tuple[str, Amount, Amount, Amount]] = []
    for label, always in ROWS:
        asked, approved, more = (known.get(f"{label}{end}") for end in ("", APPROVED, DIFFERENCE))
        if asked is None or approved is None or more is None:
            continue
        if not always and not number(asked) and not number(approved):
            continue
        name = CALLED.get(label, label)
        if charge is not None and label == "On-cost of a year":
            name = f"{name}, {shown(charge)} % of pay"
        found.append((name, approved, asked, more))
    said = evenly(one for _, *amounts in found for one in amounts)
    return tuple(
        (name, said(approved), said(asked), ("+" if number(more) > 0 else "") + said(more))
        for name, approved, asked, more in found
    )

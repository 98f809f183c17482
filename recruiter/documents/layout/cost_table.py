"""What a case costs, on the first page: what is approved, what is asked for, the difference, in the first year and each year after."""

from __future__ import annotations

from collections.abc import Sequence

from recruiter.documents.layout.value_text import even_format, format_amount, number
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
ROW_NAMES = {"First year, all in": "First year", "Run rate each year": "Each year after"}
HEAD = ("What is paid", "Approved", "Requested", "Difference")


def rows_of(figures: Sequence[Amount]) -> tuple[tuple[str, ...], ...]:
    """The rows of the table; none where the figures do not have what is approved beside what is asked for."""
    by_label = {figure.label: figure for figure in figures}
    on_cost = by_label.get("Employer on-cost, % of pay")
    rows: list[tuple[str, Amount, Amount, Amount]] = []
    for label, always in ROWS:
        requested, approved, difference = (by_label.get(f"{label}{suffix}") for suffix in ("", APPROVED, DIFFERENCE))
        if requested is None or approved is None or difference is None:
            continue
        if not always and not number(requested) and not number(approved):
            continue
        name = ROW_NAMES.get(label, label)
        if on_cost is not None and label == "On-cost of a year":
            name = f"{name}, {format_amount(on_cost)} % of pay"
        rows.append((name, approved, requested, difference))
    format_evenly = even_format(amount for _, *amounts in rows for amount in amounts)
    return tuple(
        (
            name,
            format_evenly(approved),
            format_evenly(requested),
            ("+" if number(difference) > 0 else "") + format_evenly(difference),
        )
        for name, approved, requested, difference in rows
    )

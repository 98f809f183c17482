"""What a case costs, on the first page: what is approved, what is asked for, the difference, in the first year and each year after."""

from __future__ import annotations

from collections.abc import Sequence

from recruiter.documents.layout.value_text import even_format, format_amount, number
from recruiter.documents.model import Amount

APPROVED, DIFFERENCE = "_approved", "_difference"
ON_COST = "on_cost_of_a_year"
# The keys of the figures of a row, and whether it stands there even where nothing is paid.
ROWS = (
    ("base_of_a_year", True),
    ("target_variable_of_a_year", False),
    ("equity_of_a_year", False),
    (ON_COST, True),
    ("sign_on_with_on_cost_once", False),
    ("first_year_all_in", True),
    ("run_rate_each_year", True),
)
ROW_NAMES = {"first_year_all_in": "First year", "run_rate_each_year": "Each year after"}
HEAD: tuple[str, ...] = ("What is paid", "Approved", "Requested", "Difference")


def rows_of(figures: Sequence[Amount]) -> tuple[tuple[str, ...], ...]:
    """The rows of the table; none where the figures do not have what is approved beside what is asked for."""
    by_key = {figure.key: figure for figure in figures}
    on_cost = by_key.get("employer_on_cost_of_pay")
    rows: list[tuple[str, Amount, Amount, Amount]] = []
    for key, always in ROWS:
        requested, approved, difference = (by_key.get(f"{key}{suffix}") for suffix in ("", APPROVED, DIFFERENCE))
        if requested is None or approved is None or difference is None:
            continue
        if not always and not number(requested) and not number(approved):
            continue
        name = ROW_NAMES.get(key, requested.label)
        if on_cost is not None and key == ON_COST:
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

"""What whoever is not the auditor sees: no category of fewer than five people, and none that could be worked out from the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recruiter.learning.fairness.verdicts import verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEAST = 5
APART = ", "  # between the two answers of an intersection
WITHHELD = "withheld: fewer than 5 people, or a category that would give one away"
KEPT_BACK = "What the choices say is withheld with the small categories."
SLATES = {
    "first_choice",
    "model_first",
}  # the tables of those whose choices, scores and features are told of further on
EMPTY = ("assessed", "selected", "share", "rate", "ratio", "flag", "fisher", "z", "flip", "range")


def withheld(sizes: Mapping[str, int]) -> set[str]:
    """Categories not to be shown: those of 1 to 4 people, and the next smallest where one alone would follow from a total.

    In an intersection this holds for each line of the cross table too, since its totals are shown elsewhere.
    """
    hidden = {name for name, n in sizes.items() if 0 < n < LEAST}
    lines = list(_lines(sizes))
    changed = bool(hidden)
    while changed:
        changed = False
        for line in lines:
            inside = [name for name in line if name in hidden]
            open_ = sorted(
                (name for name in line if name not in hidden and sizes[name]), key=lambda one: (sizes[one], one)
            )
            alone = len(inside) == 1 or 0 < sum(sizes[name] for name in inside) < LEAST
            if inside and alone and open_:
                hidden.add(open_[0])
                changed = True
    return hidden


def _lines(sizes: Mapping[str, int]) -> Iterable[list[str]]:
    """The sets of categories whose totals can be known: all of them, and rows and columns of an intersection."""
    yield list(sizes)
    parts = {name: name.split(APART, 1) for name in sizes if APART in name}
    for side in (0, 1):
        for value in sorted({part[side] for part in parts.values()}):
            yield [name for name, part in parts.items() if part[side] == value]


def suppressed(question: Mapping[str, Any]) -> dict[str, Any]:
    """A stored question with every small cell of its tables emptied, and what else speaks of those categories left out."""
    hidden: set[str] = set()
    any_gone = False
    tables = []
    for table in question["tables"]:
        gone = withheld({row["category"]: row["assessed"] for row in table["rows"]})
        any_gone = any_gone or bool(gone)
        if table["name"] in SLATES:
            hidden |= gone
        rows = [_emptied(row) if row["category"] in gone else row for row in table["rows"]]
        best = None if table["reference"] in gone else table["reference"]
        tables.append({**table, "rows": rows, "reference": best})
    choice = question["choice"]
    if choice is not None:
        shown = [one for one in choice["effects"] if one["category"] not in hidden]
        choice = {**choice, "effects": shown} if shown and choice["reference"] not in hidden else None
    words = question["verdict"]
    if any_gone:
        words = (
            verdict(tables, choice)
            if choice or not question["choice"]
            else f"{verdict(tables, None, silent=True)} {KEPT_BACK}"
        )
    ratios = [
        {**one, "ratios": {name: ratio for name, ratio in one["ratios"].items() if name not in hidden}}
        for one in question["left_out"]
    ]
    proxies = [one for one in question["proxies"] if one["category"] not in hidden]
    return {**question, "tables": tables, "choice": choice, "verdict": words, "left_out": ratios, "proxies": proxies}


def _emptied(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, **dict.fromkeys(EMPTY), "rated": False, "note": WITHHELD}

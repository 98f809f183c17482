"""What whoever is not the auditor sees: no category of fewer than five people, and none that could be worked out from the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from recruiter.learning.fairness.verdicts import verdict
from recruiter.learning.types import JsonObject, JsonView

MIN_PEOPLE = 5  # in a category that others than the auditor may see
APART = ", "  # between the two answers of an intersection
WITHHELD = "withheld: fewer than 5 people, or a category that would give one away"
CHOICES_WITHHELD = "What the choices say is withheld with the small categories."
# The tables of those whose choices, scores and features are told of further on.
SLATES = {"first_choice", "model_first"}
FIGURES = ("assessed", "selected", "share", "rate", "ratio", "flag", "fisher", "z", "flip", "range")
EMPTIED: JsonObject = {**dict.fromkeys(FIGURES), "rated": False, "note": WITHHELD}


def withheld(sizes: Mapping[str, int]) -> set[str]:
    """Categories not to be shown: those of 1 to 4 people, and the next smallest where one alone would follow from a total.

    In an intersection this holds for each line of the cross table too, since its totals are shown elsewhere.
    """
    hidden = {name for name, n in sizes.items() if 0 < n < MIN_PEOPLE}
    lines = list(_lines(sizes))
    changed = bool(hidden)
    while changed:
        changed = False
        for line in lines:
            inside = [name for name in line if name in hidden]
            others = [name for name in line if name not in hidden and sizes[name]]
            revealing = len(inside) == 1 or 0 < sum(sizes[name] for name in inside) < MIN_PEOPLE
            if inside and revealing and others:
                hidden.add(min(others, key=lambda category: (sizes[category], category)))
                changed = True
    return hidden


def _lines(sizes: Mapping[str, int]) -> Iterable[list[str]]:
    """The sets of categories whose totals can be known: all of them, and rows and columns of an intersection."""
    yield list(sizes)
    parts = {name: name.split(APART, 1) for name in sizes if APART in name}
    for side in (0, 1):
        for value in sorted({part[side] for part in parts.values()}):
            yield [name for name, part in parts.items() if part[side] == value]


def suppressed(question: JsonView) -> JsonObject:
    """A stored question with every small cell of its tables emptied, and what else speaks of those categories left out."""
    hidden: set[str] = set()
    any_removed = False
    tables = []
    for table in question["tables"]:
        removed = withheld({row["category"]: row["assessed"] for row in table["rows"]})
        any_removed = any_removed or bool(removed)
        if table["name"] in SLATES:
            hidden |= removed
        rows = [{**row, **EMPTIED} if row["category"] in removed else row for row in table["rows"]]
        best = None if table["reference"] in removed else table["reference"]
        tables.append({**table, "rows": rows, "reference": best})
    choice = question["choice"]
    if choice is not None:
        remaining = [effect for effect in choice["effects"] if effect["category"] not in hidden]
        choice = {**choice, "effects": remaining} if remaining and choice["reference"] not in hidden else None
    sentence = question["verdict"]
    if any_removed:
        sentence = (
            verdict(tables, choice)
            if choice or not question["choice"]
            else f"{verdict(tables, None, silent=True)} {CHOICES_WITHHELD}"
        )
    ratios = [
        {**feature, "ratios": {name: ratio for name, ratio in feature["ratios"].items() if name not in hidden}}
        for feature in question["left_out"]
    ]
    proxies = [proxy for proxy in question["proxies"] if proxy["category"] not in hidden]
    return {**question, "tables": tables, "choice": choice, "verdict": sentence, "left_out": ratios, "proxies": proxies}

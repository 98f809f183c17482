"""What anybody sees of a fairness audit: no figure of fewer than five people, and none that could be worked out from the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from recruiter.learning.fairness.verdicts import verdict
from recruiter.learning.types import JsonObject, JsonView

MIN_PEOPLE = 5  # in a category that anybody may see
NEGLIGIBLE = 1e-9  # what rounding leaves of a zero
APART = ", "  # between the two answers of an intersection
WITHHELD = "withheld: fewer than 5 people, all or none of them, or a category that would give one away"
CHOICES_WITHHELD = "What the choices say is withheld with the small categories."
FIGURES = ("assessed", "selected", "share", "rate", "ratio", "flag", "fisher", "z", "flip", "range")
EMPTIED: JsonObject = {**dict.fromkeys(FIGURES), "rated": False, "note": WITHHELD}


def withheld(sizes: Mapping[str, int], selected: Mapping[str, int] | None = None) -> set[str]:
    """Categories not to be shown: those that `tells_of_single_people`, and the next smallest until none follows from a total.

    In an intersection this holds for each line of the cross table too, since its totals are shown elsewhere.
    """
    return withheld_in([(sizes, sizes if selected is None else selected)], all_or_none=selected is not None)


def withheld_in(tables: Sequence[tuple[Mapping[str, int], Mapping[str, int]]], *, all_or_none: bool = True) -> set[str]:
    """The same for tables over the same people, each as who was assessed and who was selected: one set for them all.

    What one of them hides another would tell: who is selected in one step is assessed in the next.
    """
    hidden: set[str] = set()
    for sizes, selected in tables:
        hidden |= {
            name for name in sizes if tells_of_single_people(sizes[name], selected[name], all_or_none=all_or_none)
        }
    previous: set[str] | None = None
    while hidden and hidden != previous:
        previous = set(hidden)
        for sizes, selected in tables:
            _widen(hidden, sizes, selected, all_or_none=all_or_none)
    return hidden


def tells_of_single_people(assessed: int, selected: int, *, all_or_none: bool = True) -> bool:
    """Whether a cell speaks of fewer than five people: of those in it, of those selected, or by all of them being selected."""
    if not assessed:
        return False
    return assessed < MIN_PEOPLE or selected < MIN_PEOPLE or (all_or_none and selected == assessed)


def _widen(hidden: set[str], sizes: Mapping[str, int], selected: Mapping[str, int], *, all_or_none: bool) -> None:
    """Hide more of one table until neither a line nor all of them together give a hidden cell away, nor what its cells have together."""
    lines = list(_lines(sizes))
    changed = True
    while changed:
        changed = False
        determined = determined_by(lines, {name for name in hidden if sizes.get(name)})
        for line in lines:
            inside = [name for name in line if name in hidden and sizes[name]]
            others = [name for name in line if name not in hidden and sizes[name]]
            together = [sum(figures[name] for name in inside) for figures in (sizes, selected)]
            few = tells_of_single_people(*together, all_or_none=all_or_none)
            if inside and others and (few or determined & set(inside)):
                hidden.add(min(others, key=lambda category: (sizes[category], category)))
                changed = True
                break


def determined_by(lines: Iterable[Sequence[str]], hidden: set[str]) -> set[str]:
    """The hidden cells that follow from the totals of some lines: those that are the same in every solution."""
    names = sorted(hidden)
    if not names:
        return set()
    matrix = np.array([[float(name in line) for name in names] for line in lines])
    _, values, vectors = np.linalg.svd(matrix)
    free = vectors[int((values > NEGLIGIBLE).sum()) :]
    return {name for column, name in enumerate(names) if not (np.abs(free[:, column]) > NEGLIGIBLE).any()}


def _lines(sizes: Mapping[str, int]) -> Iterable[list[str]]:
    """The sets of categories whose totals can be known: all of them, and rows and columns of an intersection."""
    yield list(sizes)
    parts = {name: name.split(APART, 1) for name in sizes if APART in name}
    for side in (0, 1):
        for value in sorted({part[side] for part in parts.values()}):
            yield [name for name, part in parts.items() if part[side] == value]


def suppressed_audit(result: JsonView) -> JsonObject:
    """A stored audit as anybody may see it, on a page, in a file and from the command line: without its small cells."""
    questions = [suppressed(question) for question in result["questions"]]
    return {**{key: value for key, value in result.items() if key != "cells"}, "questions": questions}


def suppressed(question: JsonView) -> JsonObject:
    """A stored question with every small cell of its tables emptied, and what else speaks of those categories left out."""
    counts = [
        tuple({row["category"]: row[figure] or 0 for row in table["rows"]} for figure in ("assessed", "selected"))
        for table in question["tables"]
    ]
    hidden = withheld_in([(sizes, selected) for sizes, selected in counts])
    any_removed = bool(hidden)
    tables = []
    for table in question["tables"]:
        removed = hidden & {row["category"] for row in table["rows"]}
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

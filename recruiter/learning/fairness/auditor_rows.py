"""What an independent auditor recomputes the tables from: one row an assessment, with nothing that says whose it is.

Rows hold answers and what happened, no slate, no score, no date; they stand in the order of their content.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from recruiter.learning.fairness.self_identification import BOTH
from recruiter.learning.fairness.suppression import MIN_PEOPLE
from recruiter.learning.fairness.types import UNKNOWN, Cell, Step
from recruiter.learning.types import JsonView

WITHHELD_CELL = "withheld"


def cells_of(steps: Sequence[Step], known: Mapping[str, Mapping[str, str]]) -> tuple[Cell, ...]:
    """Assessments counted by answers and outcomes; without any answer there is nothing to recompute."""
    questions = sorted(name for name, answers in known.items() if answers and name != BOTH)
    if not questions:
        return ()
    counted: Counter[tuple[tuple[str, ...], tuple[bool | None, ...]]] = Counter(
        (tuple(known[name].get(item, UNKNOWN) for name in questions), tuple(step.outcome.get(item) for step in steps))
        for item in sorted({item for step in steps for item in step.outcome})
    )
    return tuple(
        Cell(
            dict(zip(questions, answers, strict=True)),
            {step.name: outcome for step, outcome in zip(steps, outcomes, strict=True) if outcome is not None},
            n,
        )
        for (answers, outcomes), n in sorted(counted.items(), key=lambda entry: (entry[0][0], str(entry[0][1])))
    )


def as_rows(cells: Sequence[JsonView]) -> tuple[list[str], list[list[object]]]:
    """Header and rows of the auditor's file: a number that means nothing, each answer, then yes, no or empty by step.

    A row that fewer than five people share says `withheld` in every column, and so many more with it that no difference
    between the file and the tables of the audit speaks of fewer than five.
    """
    questions = sorted({name for cell in cells for name in cell["answers"]})
    fullest = sorted(cells, key=lambda cell: -len(cell["outcomes"]))  # their order is that of the tables
    steps = list(dict.fromkeys(name for cell in fullest for name in cell["outcomes"]))
    labels = {True: "yes", False: "no", None: ""}
    hidden = withheld_cells(cells)
    lines: list[list[object]] = []
    for place, cell in enumerate(cells):
        row = [cell["answers"].get(name, UNKNOWN) for name in questions]
        row += [labels[cell["outcomes"].get(name)] for name in steps]
        if place not in hidden:
            lines += [[len(lines) + 1 + k, *row] for k in range(cell["n"])]
    for _ in range(sum(cells[place]["n"] for place in hidden)):
        lines.append([len(lines) + 1, *[WITHHELD_CELL] * (len(questions) + len(steps))])
    return ["row", *questions, *steps], lines


def withheld_cells(cells: Sequence[JsonView]) -> set[int]:
    """The places of the cells that the auditor's file does not show: the small ones, and the next smallest beside them.

    Whatever the tables count of an answer, or of two answers together, in a step or selected in it: what the file leaves out
    of it is nobody, or five people and more.
    """
    hidden = {place for place, cell in enumerate(cells) if cell["n"] < MIN_PEOPLE}
    counted = _counted(cells)
    changed = bool(hidden)
    while changed:
        changed = False
        for sizes in counted:
            left_out = sum(sizes[place] for place in hidden & sizes.keys())
            visible = [place for place in sizes if place not in hidden]
            if 0 < left_out < MIN_PEOPLE and visible:
                hidden.add(min(visible, key=lambda place: (sizes[place], place)))
                changed = True
    return hidden


def _counted(cells: Sequence[JsonView]) -> list[dict[int, int]]:
    """What the tables count, each as the people of every cell that is part of it, by the place of the cell."""
    figures: dict[tuple[object, ...], dict[int, int]] = defaultdict(dict)
    for place, cell in enumerate(cells):
        answers = sorted(cell["answers"].items())
        groups: list[tuple[object, ...]] = [(), *((answer,) for answer in answers), *combinations(answers, 2)]
        for group in groups:
            figures["all", *group][place] = cell["n"]
            for step, is_selected in cell["outcomes"].items():
                figures[step, *group][place] = cell["n"]
                figures[step, is_selected, *group][place] = cell["n"]
    return list(figures.values())

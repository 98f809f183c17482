"""What an independent auditor recomputes the tables from: one row an assessment, with nothing that says whose it is.

Rows hold answers and what happened, no slate, no score, no date; they stand in the order of their content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from recruiter.learning.fairness.self_identification import BOTH
from recruiter.learning.fairness.types import UNKNOWN, Cell, Step
from recruiter.learning.types import JsonView


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
    """Header and rows of the auditor's file: a number that means nothing, each answer, then yes, no or empty by step."""
    questions = sorted({name for cell in cells for name in cell["answers"]})
    fullest = sorted(cells, key=lambda cell: -len(cell["outcomes"]))  # their order is that of the tables
    steps = list(dict.fromkeys(name for cell in fullest for name in cell["outcomes"]))
    labels = {True: "yes", False: "no", None: ""}
    lines: list[list[object]] = []
    for cell in cells:
        row = [cell["answers"].get(name, UNKNOWN) for name in questions]
        row += [labels[cell["outcomes"].get(name)] for name in steps]
        lines += [[len(lines) + 1 + k, *row] for k in range(cell["n"])]
    return ["row", *questions, *steps], lines

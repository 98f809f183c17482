"""What goes into an audit and what comes out of it, as plain values that become JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

UNKNOWN = "unknown"
Kind = Literal["selection", "scoring"]
Side = Literal["history", "model"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can happen to somebody who was assessed: item -> whether it did.

    `pair` names the question that history and model both answer; `left_out` counts those to whom the step did not
    apply, such as people who withdrew before it.
    """

    name: str
    title: str
    outcome: Mapping[str, bool]
    of: Side = "history"
    kind: Kind = "selection"
    pair: str = ""
    left_out: int = 0
    median: float | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """The ratio after one decision had gone the other way: one fewer for the best category, one more for this one."""

    ratio: float
    flag: bool


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category of one table. `ratio` and what follows are None where it is not rated, and for the best one's tests.

    `share` is its part of those with a known answer, `rate` selected/assessed, `ratio` the rate over the highest rate
    among rated categories, `flag` a ratio under four fifths, `fisher` the exact two-sided p against the best category,
    `z` the same by normal approximation where every expected count is at least 5, `range` the ratio in 90 of 100
    redraws of the slates.
    """

    category: str
    assessed: int
    selected: int
    share: float
    rate: float | None
    rated: bool
    ratio: float | None = None
    flag: bool | None = None
    fisher: float | None = None
    z: float | None = None
    flip: Flip | None = None
    range: tuple[float, float] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RateTable:
    """Rates of one step by category. `denominator` is whom the 2 % are taken of: those with a known answer.

    `reference` is the rated category with the highest rate; `problem` says why there are no ratios.
    """

    name: str
    title: str
    of: Side
    kind: Kind
    pair: str
    denominator: int
    unknown: int
    reference: str | None
    problem: str
    rows: tuple[CategoryRow, ...]
    left_out: int = 0
    median: float | None = None


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """A category's own weight in the choices, in logits against the reference, beyond what the scorecards say.

    `range` holds 95 of 100; `p` is two-sided, `adjusted_p` after Holm for the categories of its question.
    `detectable` is the smallest effect that such data find in 85 of 100 cases.
    """

    category: str
    effect: float
    error: float
    range: tuple[float, float]
    p: float
    adjusted_p: float
    detectable: float
    slates: int


@dataclass(frozen=True, slots=True)
class ChoiceEffects:
    """The group-adjusted choice model of one question.

    `slates` counts choices between at least two categories, `enough` says whether any of them met the reference in as
    many as silence needs.
    """

    reference: str
    slates: int
    enough: bool
    effects: tuple[GroupEffect, ...]


@dataclass(frozen=True, slots=True)
class Proxy:
    """How well the model's features tell a category from the others: area under the curve, .5 being chance."""

    category: str
    auc: float
    range: tuple[float, float]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The model's ratios by category when one feature is hidden from it throughout."""

    feature: str
    ratios: dict[str, float]


@dataclass(frozen=True, slots=True)
class Question:
    """Everything found for one question of self-identification."""

    name: str
    title: str
    state: str
    verdict: str
    answered: int
    unknown: int
    tables: tuple[RateTable, ...] = ()
    choice: ChoiceEffects | None = None
    proxies: tuple[Proxy, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """How many assessments had exactly these answers and went exactly this way; a step they never came to is absent."""

    answers: dict[str, str]
    outcomes: dict[str, bool]
    n: int


@dataclass(frozen=True, slots=True)
class Audit:
    """A whole audit. `repeated` counts assessments of people who were assessed more than once."""

    carried_by: str
    slates: int
    choices: int
    assessed: int
    people: int
    repeated: int
    seed: int
    questions: tuple[Question, ...] = ()
    cells: tuple[Cell, ...] = ()

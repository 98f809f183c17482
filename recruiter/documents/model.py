"""A case as it is printed: plain values, no tables of a database, nothing left to compute."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from recruiter.documents.charts.finalist_chart import Plot
from recruiter.foundation.text import is_visible

# What no XML and no font can hold: control characters other than tab and line feed, halves of pairs, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# Width and height in millimetres.
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}


# What a formula may be made of: other figures by their keys in brackets, whole numbers, the four operators, few functions.
FORMULA = re.compile(r"(?:[-+*/(),]|\[\w+\]|\d+|ROUNDUP|ROUND|MAX|MIN)+")


def key_of(label: str) -> str:
    """The key that a figure has by its label, where it was given none: “Days, low” is `days_low`."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")


@dataclass(frozen=True)
class Amount:
    """A figure: `key` names it for programs, `label` for readers.

    `unit` is a currency (then `value` is in its minor units), `days`, `count`, `ratio`, `points` or `rate`. `formula` says how
    it follows from other figures of the case in major units, `[excess]*12`; empty where it follows from none. A label that is
    reworded keeps its key, so that cases which were frozen before can be compared: give the key then.
    """

    label: str
    value: int | float
    unit: str
    key: str = ""
    formula: str = ""

    def __post_init__(self) -> None:
        """Name it by its label where nothing else was given."""
        if not self.key:
            object.__setattr__(self, "key", key_of(self.label))


@dataclass(frozen=True)
class Claim:
    """One claim: what is said, where it comes from, who said it, when, from how many, over which period, and the page of it."""

    statement: str
    source: str
    by: str | None = None
    at: str | None = None
    count: int | None = None
    period: str | None = None
    link: str | None = None

    def __post_init__(self) -> None:
        """A claim without words or without a source cannot be made."""
        if not is_visible(self.statement) or not is_visible(self.source):
            raise ValueError("a claim needs a statement and a source")


@dataclass(frozen=True)
class Difference:
    """What this case says otherwise than the one before: a figure or words on each side, None where it said nothing."""

    section: str
    label: str
    before: Amount | str | None
    now: Amount | str | None


@dataclass(frozen=True)
class DocumentSection:
    """One section: the words of its writer and of the record, its claims, its figures."""

    name: str
    title: str
    text: str = ""
    claims: tuple[Claim, ...] = ()
    figures: tuple[Amount, ...] = ()
    plot: Plot | None = None
    changes: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class PayBand:
    """The approved band in minor units; `interval` is what the amounts are paid for (“year”)."""

    min: int
    max: int
    currency: str
    interval: str = "year"
    mid: int | None = None


@dataclass(frozen=True)
class DecisionLine:
    """What an approver decided, on which amount, with which words, who and when."""

    decision: str
    by: str
    at: str
    amount: Amount | None = None
    comment: str = ""


@dataclass(frozen=True)
class Gap:
    """What an approver will ask next: the section and the question."""

    section: str
    question: str
    required: bool = False


@dataclass(frozen=True)
class Completeness:
    """How much of the case is answered, in percent, and what is missing."""

    percent: int
    missing: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class CaseDocument:
    """One version of a budget case, ready to be printed. Without a hash it is a draft, and every print says so."""

    number: str
    version: int
    status: str
    title: str
    requisition: str
    candidate: str
    requester: str
    created_on: str
    needed_by: str
    ask: Amount
    excess: Amount
    band: PayBand
    level: str = ""
    location: str = ""
    submitted_on: str | None = None
    offer_terms_version: int | None = None
    sha256: str | None = None
    completeness: Completeness | None = None
    sections: tuple[DocumentSection, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    paper: str = "a4"
    follows: str = ""
    decided: Amount | None = None  # up to which it was approved

    @property
    def draft(self) -> bool:
        """Whether nothing has been frozen yet."""
        return self.sha256 is None

    @property
    def dated(self) -> str:
        """The day that the file itself bears: of submission, for a draft of its creation."""
        return self.submitted_on or self.created_on


def printable(value: object) -> str:
    """Text as every format can hold it: without control characters, with plain line feeds; nothing for None."""
    if value is None:
        return ""
    return _UNPRINTABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))


def with_each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Nested plain values, each text in them changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: with_each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [with_each_text(item, change) for item in value]
    return value

"""What collectors work on and what they hand back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from recruiter.budget.evidence import amount_text
from recruiter.budget.models import BudgetCase
from recruiter.foundation.money import Money, show
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application, Finalist
from recruiter.requisitions.models import Band, Requisition
from recruiter.scorecards.queries import SubmittedRating
from recruiter.settings import Settings

Value = TypeVar("Value")
PER_YEAR = {"year": 1, "month": 12, "week": 52, "day": 230, "hour": 2080}
DAYS_OF_YEAR = 365
LEADING_DIGITS = 3


@dataclass(frozen=True)
class Evidence:
    """One claim: what is said, where it comes from, who said it, when, from how many, over which period."""

    statement: str
    source: str
    by: str | None = None
    at: str | None = None
    count: int | None = None
    period: str | None = None

    def __post_init__(self) -> None:
        """A claim without words or without a source cannot be made."""
        if not self.statement.strip() or not self.source.strip():
            raise ValueError("evidence needs a statement and a source")
        object.__setattr__(self, "statement", amount_text.finalise(self.statement))

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Figure:
    """A number of a case; `unit` is a currency (then `value` is in its minor units), `days`, `count`, `ratio`, `points`."""

    label: str
    value: int | float
    unit: str


@dataclass(frozen=True)
class Difference:
    """What a case says otherwise than the one that it follows: `section` tells from where, a side is a figure or words, None where it said nothing."""

    section: str
    label: str
    before: Figure | str | None
    now: Figure | str | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON: a figure as its value and unit, words as they are."""

        def plain(side: Figure | str | None) -> Any:
            return {"value": side.value, "unit": side.unit} if isinstance(side, Figure) else side

        return {"section": self.section, "label": self.label, "before": plain(self.before), "now": plain(self.now)}


@dataclass(frozen=True)
class SectionEvidence:
    """What the record gives for one section.

    `whole` tells that an approver would find it answered, `plot` holds the scores of the slate, `changes` what differs from
    the case before.
    """

    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    figures: tuple[Figure, ...] = ()
    is_complete: bool = False
    plot: dict[str, Any] | None = None
    changes: tuple[Difference, ...] = ()

    def __post_init__(self) -> None:
        """Show the amounts of the text evenly."""
        object.__setattr__(self, "text", amount_text.finalise(self.text))


class Market(StrEnum):
    """How competing offers may appear, by the law of the place: in full, without amounts, not at all."""

    SHOWN = "shown"
    AMOUNTS_HIDDEN = "amounts_hidden"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Options:
    """What this company lets into its cases; `on_cost` is the employer's share on top of pay, in percent, None where it has not said."""

    model: bool = True
    market: Market = Market.SHOWN
    on_cost: int | None = None

    @classmethod
    def of(cls, settings: Settings) -> Options:
        """As the settings of this installation have it."""
        return cls(settings.model_in_cases, Market(settings.market_in_cases), settings.employer_on_cost)


@dataclass(frozen=True)
class CaseContext:
    """What all collectors stand on: the case, the moment, the cards of the slate, how other finalists are called here."""

    session: Session
    case: BudgetCase
    band: Band
    now: dt.datetime
    options: Options
    cards: tuple[SubmittedRating, ...]
    names: dict[int, str] = field(default_factory=dict)
    slate: tuple[Finalist, ...] = ()
    memo: dict[str, Any] = field(default_factory=dict, compare=False)

    def once(self, name: str, read: Callable[[], Value]) -> Value:
        """What several sections need, read once for the whole case."""
        if name not in self.memo:
            self.memo[name] = read()
        value: Value = self.memo[name]
        return value

    @property
    def offer(self) -> Offer:
        """The offer that the case is for."""
        return self.case.offer

    @property
    def application(self) -> Application:
        """Who the offer is for."""
        return self.case.offer.application

    @property
    def requisition(self) -> Requisition:
        """The search."""
        return self.application.requisition

    @property
    def ask(self) -> Money:
        """The total base asked for."""
        return Money(self.case.ask, self.case.currency)

    @property
    def excess(self) -> Money:
        """The ask above the top of the band."""
        return self.ask - Money(self.band.max, self.band.currency)

    @property
    def middle(self) -> Money:
        """The midpoint of the band, else the middle of its ends."""
        return Money(self.band.mid or (self.band.min + self.band.max) // 2, self.band.currency)

    @property
    def periods(self) -> int:
        """How often a year the band's interval comes."""
        return PER_YEAR.get(self.band.interval, 1)

    def own_cards(self, application_id: int | None = None) -> list[SubmittedRating]:
        """The card rows of one application, the candidate's where none is named."""
        chosen = application_id or self.application.id
        return [row for row in self.cards if row.application_id == chosen]


def quotient(numerator: int, denominator: int) -> int:
    """A whole number of minor units: the quotient rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def round_significant(money: Money) -> str:
    """An amount without false precision, for words: three leading digits, rounded half up, no cents beside them; figures stay exact."""
    size = 10 ** max(len(str(abs(money.amount))) - LEADING_DIGITS, 0)
    sign = -1 if money.amount < 0 else 1
    return show(Money(sign * quotient(abs(money.amount), size) * size, money.currency))


def long_date(moment: dt.date | dt.datetime) -> str:
    """A date as documents write it: “23 Nov 2026”."""
    return f"{moment.day} {moment:%b %Y}"


def iso_date(moment: dt.date | dt.datetime) -> str:
    """A date for machines."""
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    return day.isoformat()


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """“1 card”, “3 cards”."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def percent(numerator: int, denominator: int) -> str:
    """A share with one decimal."""
    return f"{100 * numerator / denominator:.1f} %" if denominator else "\u2013"

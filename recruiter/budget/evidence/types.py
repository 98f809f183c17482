"""What collectors work on and what they hand back."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from sqlalchemy.orm import Session

from recruiter.budget.evidence import amount_text
from recruiter.budget.models import BudgetCase
from recruiter.documents.model import Amount, Claim, Difference
from recruiter.foundation import wording
from recruiter.foundation.act import Moment
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money, exponent, quotient, show
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application, Finalist
from recruiter.requisitions.models import Band, Requisition
from recruiter.scorecards.queries import SubmittedRating
from recruiter.settings import Settings

Value = TypeVar("Value")
PER_YEAR = {"year": 1, "month": 12, "week": 52, "day": 230, "hour": 2080}
DAYS_OF_YEAR = 365
LEADING_DIGITS = 3
Content = JsonObject  # plain values, as they are frozen, printed and sent
RATIO = 10_000  # parts of one


@dataclass(frozen=True)
class SectionEvidence:
    """What the record gives for one section.

    `is_complete` tells that an approver would find it answered, `plot` holds the scores of the slate, `changes` what differs from
    the case before.
    """

    text: str = ""
    evidence: Sequence[Claim] = ()
    figures: Sequence[Amount] = ()
    is_complete: bool = False
    plot: JsonObject | None = None
    changes: Sequence[Difference] = ()

    def __post_init__(self) -> None:
        """Show the amounts of the text evenly, and those of each claim."""
        object.__setattr__(self, "text", amount_text.finalise(self.text))
        claims = [replace(claim, statement=amount_text.finalise(claim.statement)) for claim in self.evidence]
        object.__setattr__(self, "evidence", claims)


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
    moment: Moment
    options: Options
    cards: tuple[SubmittedRating, ...]
    names: dict[int, str] = field(default_factory=dict)
    slate: tuple[Finalist, ...] = ()
    memo: JsonObject = field(default_factory=dict, compare=False)

    @property
    def now(self) -> dt.datetime:
        """The instant at which the record is read."""
        return self.moment.now

    @property
    def today(self) -> dt.date:
        """The company's day of that instant."""
        return self.moment.today

    def _day(self, date: dt.date) -> dt.date:
        return self.moment.day_of(date) if isinstance(date, dt.datetime) else date

    def iso_date(self, date: dt.date) -> str:
        """A date, or the company's day of an instant, for machines."""
        return self._day(date).isoformat()

    def long_date(self, date: dt.date) -> str:
        """A date, or the company's day of an instant, as papers write it: “23 Nov 2026”."""
        return wording.paper_day(self._day(date))

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
        return self.case.requested

    @property
    def excess(self) -> Money:
        """The ask above the top of the band."""
        return self.ask - Money(self.band.max, self.band.currency)

    @property
    def middle(self) -> Money:
        """The midpoint of the band, else the middle of its ends."""
        return Money(self.band.mid or (self.band.min + self.band.max) // 2, self.band.currency)

    @property
    def digits(self) -> int:
        """How many decimals the currency of the case has."""
        return exponent(self.case.currency)

    @property
    def periods(self) -> int:
        """How often a year the band's interval comes."""
        return PER_YEAR.get(self.band.interval, 1)

    @property
    def own_source(self) -> str:
        """The source of what stands in the case itself."""
        return f"Case {self.case.number}"

    def show(self, amount: int) -> str:
        """An amount in minor units of the case's currency, inside of a passage that is not whole yet."""
        return amount_text.format_amount(Money(amount, self.case.currency))

    def figure(self, label: str, amount: int, formula: str = "", key: str = "") -> Amount:
        """A figure in minor units of the case's currency."""
        return Amount(label, amount, self.case.currency, key, formula)

    def claim(
        self,
        statement: str,
        source: str,
        *,
        by: str | None = None,
        at: dt.date | None = None,
        count: int | None = None,
        period: str | None = None,
    ) -> Claim:
        """A claim, dated by a day or by the company's day of an instant."""
        return Claim(statement, source, by, self.iso_date(at) if at else None, count, period)

    def writer_claim(self, statement: str) -> Claim:
        """What the writer of the case answers for."""
        return Claim(statement, self.own_source, by=self.case.requested_by.name)

    def own_cards(self, application_id: int | None = None) -> list[SubmittedRating]:
        """The card rows of one application, the candidate's where none is named."""
        chosen = application_id or self.application.id
        return [row for row in self.cards if row.application_id == chosen]


def once_a_case(read: Callable[[CaseContext], Value]) -> Callable[[CaseContext], Value]:
    """Read what several sections need once for the whole case."""

    @functools.wraps(read)
    def remembered(context: CaseContext) -> Value:
        if read.__qualname__ not in context.memo:
            context.memo[read.__qualname__] = read(context)
        value: Value = context.memo[read.__qualname__]
        return value

    return remembered


def round_significant(money: Money) -> str:
    """An amount without false precision, for words: three leading digits, rounded half up, no cents beside them; figures stay exact."""
    size = 10 ** max(len(str(abs(money.amount))) - LEADING_DIGITS, 0)
    sign = -1 if money.amount < 0 else 1
    return show(Money(sign * quotient(abs(money.amount), size) * size, money.currency))


def times(key: str, count: int) -> str:
    """The formula of a figure that is so many times another."""
    return f"[{key}]" if count == 1 else f"[{key}]*{count}"


def rounded_ratio(ratio: Fraction) -> float:
    """A ratio with four decimals, rounded half up as a workbook does it."""
    return quotient(ratio.numerator * RATIO, ratio.denominator) / RATIO


def percent(numerator: int, denominator: int) -> str:
    """A share with one decimal."""
    return f"{100 * numerator / denominator:.1f} %" if denominator else "\u2013"

"""What a writer tells beside the words of a section: typed facts, each for one section, kept beside its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from recruiter.foundation import calendar, text
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import LARGEST, is_currency

PREFIX = "fact:"
LINE, TEXT, WHOLE, MONEY, DAY, CHOICE, IDS = "line", "text", "whole", "money", "day", "choice", "ids"
CODE, RATE = "code", "rate"
FORMS: dict[str, tuple[Callable[[str], object], str]] = {
    RATE: (re.compile(r"(?=.*[1-9])\d{1,9}(?:\.\d{1,8})?").fullmatch, "Enter the rate as a number, like 0.92."),
    CODE: (is_currency, "Enter the code of a currency, like USD."),
}
LONGEST = {LINE: 200, TEXT: 2000}
MOST_QUOTES = 12
DISSENT = "dissent_"
MILESTONES = (1, 2)
RATES = (1, 2, 3)
RATE_PARTS = {"_currency": "currency", "": "rate", "_on": "date", "_source": "source"}
KINDS = {
    "scarce": "A scarce skill",
    "mislevelled": "The role is levelled too low",
    "market_moved": "The market has moved",
    "special_need": "A special need of the company",
    "other": "Another reason",
}


@dataclass(frozen=True)
class Fact:
    """One fact: its section, how it is asked for, of which kind, and the largest whole number or the choices that it may take.

    Money is kept as a whole number of minor units of the case's currency, a day as ISO 8601, quotes as ids of ratings, a rate
    as its decimal number, a currency as its code.
    """

    name: str
    section: str
    label: str
    kind: str
    hint: str = ""
    largest: int = 0
    choices: dict[str, str] = field(default_factory=dict)

    @property
    def is_money(self) -> bool:
        """Whether it is an amount."""
        return self.kind == MONEY

    @property
    def is_long(self) -> bool:
        """Whether it is a text of several lines."""
        return self.kind == TEXT


def _milestone_facts(number: int) -> tuple[Fact, ...]:
    prefix, section = f"milestone{number}", "cost_of_losing"
    return (
        Fact(prefix, section, f"Milestone {number} that slips", LINE, "What will be late, like “Ledger migration”."),
        Fact(
            f"{prefix}_owner", section, f"Owner of milestone {number}", LINE, "Who answers for the date and the price."
        ),
        Fact(f"{prefix}_due", section, f"Milestone {number} is due", DAY),
        Fact(f"{prefix}_week", section, f"Price of a week late, milestone {number}", MONEY, "As its owner puts it."),
    )


def rate_prefix(number: int) -> str:
    """How the facts of a rate are named: `rate`, `rate2`; each goes on with one of RATE_PARTS."""
    return "rate" if number == 1 else f"rate{number}"


def _rate_facts(number: int) -> tuple[Fact, ...]:
    """A rate for one other currency; the first has the names that cases had when there was but one."""
    prefix, suffix = rate_prefix(number), f" {number}" if number > 1 else ""
    return (
        Fact(f"{prefix}_currency", "ask", f"Another currency in this case{suffix}", CODE, "Its code, like USD."),
        Fact(prefix, "ask", f"Rate{suffix}", RATE, "How much of the currency of the case one of the other is, like 0.92."),
        Fact(f"{prefix}_on", "ask", f"Date of the rate{suffix}", DAY),
        Fact(f"{prefix}_source", "ask", f"Source of the rate{suffix}", LINE, "Who published it, like “European Central Bank”."),
    )  # fmt: skip


FACTS: tuple[Fact, ...] = (
    Fact("kind", "ask", "Kind of request", CHOICE, "Levelled too low or moved: the band is the matter.", choices=KINDS),
    Fact("budget_line", "ask", "Budget line", LINE, "Where the money comes from, like “Engineering, cost centre 4100”."),
    Fact("equity_year", "ask", "Value of the equity each year", MONEY, "Empty where there is none, or it is not priced."),
    Fact("on_cost", "ask", "Employer on-cost, % of pay", WHOLE, "What the employer pays on top of pay.", largest=200),
    Fact("budget_currency", "ask", "Currency of the budget, where it is another", CODE, "Its code, like EUR."),
    *(fact for number in RATES for fact in _rate_facts(number)),
    Fact("quotes", "candidate", "Words to quote", IDS),
    Fact("why_not", "standing", "Why not the finalist who is tied, or ahead", TEXT, "Where cards do not tell them apart, say what does."),
    *(fact for number in MILESTONES for fact in _milestone_facts(number)),
    Fact("review_months", "alternatives", "Months until a later pay review", WHOLE, "Empty takes 6.", largest=60),
    Fact("why_runner_up", "alternatives", "Why the next finalist falls short", TEXT),
    Fact("why_one_off", "alternatives", "Why a one-off falls short", TEXT),
    Fact("why_level", "alternatives", "Why another level falls short", TEXT),
    Fact("why_review", "alternatives", "Why a later review falls short", TEXT),
    Fact("why_search", "alternatives", "Why a new search falls short", TEXT),
    Fact("why_wait", "alternatives", "Why waiting falls short", TEXT),
    Fact("cycle_months", "equity", "Months until the next pay cycle", WHOLE, "Empty takes 6.", largest=60),
    Fact("remedy", "equity", "What will be done for those who are paid less", TEXT),
    Fact("if_silent", "risks", "What happens without an answer in time", LINE, "No answer is never approval. Like “The offer stays at the top of the band”."),
)  # fmt: skip
BY_NAME = {fact.name: fact for fact in FACTS}


def fact_of(name: str) -> Fact | None:
    """The fact of a name; an answer to a card that recommends against is named by the card, `dissent_12`."""
    if name.startswith(DISSENT) and text.number(name.removeprefix(DISSENT)) is not None:
        return Fact(name, "candidate", "Answer to this recommendation", TEXT)
    return BY_NAME.get(name)


def _checked_value(fact: Fact, value: str) -> str:
    error_field, largest = f"facts.{fact.name}", fact.largest or LARGEST
    if fact.kind in LONGEST and len(value) > LONGEST[fact.kind]:
        raise RuleBroken.at(error_field, f"Use at most {LONGEST[fact.kind]:,} characters.")
    if fact.kind in {WHOLE, MONEY}:
        if not (value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST)) and int(value) <= largest):
            raise RuleBroken.at(error_field, f"Give a whole number between 0 and {largest}.")
        return str(int(value))
    is_right, sentence = FORMS.get(fact.kind, (bool, ""))
    if not is_right(value):
        raise RuleBroken.at(error_field, sentence)
    if fact.kind == CHOICE and value not in fact.choices:
        raise RuleBroken.at(error_field, f"Choose one of {', '.join(fact.choices)}.")
    if fact.kind == DAY:
        try:
            return calendar.day_from(value).isoformat()
        except ValueError:
            raise RuleBroken.at(error_field, calendar.OUTSIDE) from None
    if fact.kind == IDS:
        ids = [text.number(rating_id) for rating_id in value.split(",")]
        if len(ids) > MOST_QUOTES or None in ids:
            raise RuleBroken.at(error_field, f"Choose at most {MOST_QUOTES} quotes.")
        return ",".join(dict.fromkeys(map(str, ids)))
    return value


def cleaned(facts: dict[str, str | None]) -> dict[str, str]:
    """Facts as they are kept; empty takes one back. Raises RuleBroken at `facts.<name>` for what is not one, or not its kind."""
    cleaned_facts = {}
    for name, value in facts.items():
        fact = fact_of(name)
        if fact is None:
            raise RuleBroken.at(f"facts.{name}", f"Facts are {', '.join(BY_NAME)}.")
        cleaned_value = text.clean(value or "")
        if fact.kind in {LINE, CODE}:
            cleaned_value = " ".join(cleaned_value.split())
        cleaned_value = cleaned_value.upper() if fact.kind == CODE else cleaned_value
        cleaned_facts[PREFIX + name] = _checked_value(fact, cleaned_value) if cleaned_value else ""
    return cleaned_facts


def given(texts: dict[str, str], name: str) -> str:
    """A fact as its writer told it, nothing where they did not."""
    return texts.get(PREFIX + name, "")


def whole_number(texts: dict[str, str], name: str) -> int | None:
    """A whole number or an amount in minor units, None where nothing was told."""
    number = given(texts, name)
    return int(number) if number else None


def rating_ids(texts: dict[str, str], name: str) -> list[int]:
    """Ids in the order in which they were chosen."""
    return [int(rating_id) for rating_id in given(texts, name).split(",") if rating_id]


def free_texts(texts: dict[str, str]) -> list[tuple[str, str]]:
    """The section and the words of each fact that is free text: the check reads them like any other words."""
    passages = []
    for key, passage in texts.items():
        fact = fact_of(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else None
        if fact is not None and fact.kind in LONGEST:
            passages.append((fact.section, passage))
    return passages

"""The typed facts of a case on its page: fields by section, words to quote, answers to those who recommend against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from recruiter.budget import writer_facts
from recruiter.budget.evidence.sections import candidate
from recruiter.budget.evidence.types import Ground
from recruiter.budget.models import BudgetCase
from recruiter.documents.layout import value_text
from recruiter.foundation.money import Money
from recruiter.web.budget import forms

QUOTE, QUOTES_SHOWN = "quote", "quotes_shown"


@dataclass(frozen=True)
class Asked:
    """A fact with its field, and how to lay it out."""

    field: Any
    kind: str
    hint: str
    choices: dict[str, str]


@dataclass(frozen=True)
class Dissent:
    """A card that recommends against, and the answer to it."""

    name: str
    author: str
    choice: str
    answer: str


@dataclass(frozen=True)
class Quote:
    """Words that can be quoted, and whether they are ticked."""

    rating_id: int
    attribute: str
    words: str
    author: str
    at: str
    ticked: bool


def typed_in(case: BudgetCase, typed: Callable[[Money], str]) -> dict[str, str]:
    """The facts as their fields show them; money in major units."""
    out = {}
    for one in writer_facts.FACTS:
        found = writer_facts.told(case.texts, one.name)
        out[one.name] = typed(Money(int(found), case.currency)) if found and one.kind == writer_facts.MONEY else found
    return out


def sent(form: MultiDict[str, str]) -> dict[str, str | None]:
    """Quotes and answers to dissent as a page sent them; nothing where they were not on it."""
    head = forms.FACT + writer_facts.DISSENT
    out: dict[str, str | None] = {
        name.removeprefix(forms.FACT): words for name, words in form.items() if name.startswith(head)
    }
    if QUOTES_SHOWN in form:
        out["quotes"] = ",".join(form.getlist(QUOTE))
    return out


def asked(form: Any, *, foreign: Sequence[str] = ()) -> dict[str, list[Asked]]:
    """The fields of the facts by section, in their order; of rates as many as there are other currencies, and those begun.

    A rate that names no currency yet names the one that lacks a rate.
    """
    out: dict[str, list[Asked]] = defaultdict(list)
    rates = _rates_asked(form, foreign)
    for one in writer_facts.FACTS:
        if one.kind != writer_facts.IDS and (not one.name.startswith("rate") or one.name in rates):
            out[one.section].append(Asked(form[forms.FACT + one.name], one.kind, one.hint, one.choices))
    return dict(out)


def _rates_asked(form: Any, foreign: Sequence[str]) -> set[str]:
    heads = [writer_facts.head_of_rate(number) for number in writer_facts.RATES]
    fields = {head: [form[f"{forms.FACT}{head}{end}"] for end in writer_facts.RATE_PARTS] for head in heads}
    named = {group[0].data for group in fields.values() if group[0].data}
    lacking = [code for code in foreign if code not in named]
    out: set[str] = set()
    for head, group in fields.items():
        begun = any(one.data or one.errors for one in group)
        if not group[0].data and lacking:
            group[0].data = lacking.pop(0)
            begun = True
        out |= {head + end for end in writer_facts.RATE_PARTS} if begun else set()
    return out


def dissent_of(ground: Ground, came_back: Any) -> list[Dissent]:
    """Who recommends against, with what the writer answers; what was typed where the form came back."""
    out = []
    for card in candidate.dissenting(ground):
        fact = f"{writer_facts.DISSENT}{card.id}"
        name = forms.FACT + fact
        stored = writer_facts.told(ground.case.texts, fact)
        words = request.form.get(name, stored) if came_back is not None else stored
        out.append(Dissent(name, card.author.name, candidate.WORDS[int(card.overall or 1)], words))
    return out


def quotes_of(ground: Ground, came_back: Any) -> list[Quote]:
    """The words of the panel that can be quoted."""
    ticked = set(request.form.getlist(QUOTE)) if came_back is not None and QUOTES_SHOWN in request.form else None
    return [
        Quote(
            one.rating_id,
            one.attribute,
            one.words,
            one.author,
            value_text.on(one.at),
            one.chosen if ticked is None else str(one.rating_id) in ticked,
        )
        for one in candidate.choices(ground)
    ]

"""The typed facts of a case on its page: fields by section, words to quote, answers to those who recommend against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Field

from recruiter.budget import writer_facts
from recruiter.budget.evidence.sections import candidate
from recruiter.budget.evidence.types import CaseContext
from recruiter.web.budget import forms
from recruiter.web.budget.forms import CaseForm

QUOTE, QUOTES_SHOWN = "quote", "quotes_shown"
FactField = tuple[Field, writer_facts.Fact]


@dataclass(frozen=True)
class Dissent:
    """A card that recommends against, and the answer to it."""

    name: str
    author: str
    choice: str
    answer: str


@dataclass(frozen=True)
class Quote:
    """Words that can be quoted, when they were sent, and whether they are ticked."""

    comment: candidate.QuotableComment
    at: str
    ticked: bool


def sent_facts(form: MultiDict[str, str]) -> dict[str, str | None]:
    """Quotes and answers to dissent as a page sent them; nothing where they were not on it."""
    prefix = forms.FACT + writer_facts.DISSENT
    facts: dict[str, str | None] = {
        name.removeprefix(forms.FACT): text for name, text in form.items() if name.startswith(prefix)
    }
    if QUOTES_SHOWN in form:
        facts["quotes"] = ",".join(form.getlist(QUOTE))
    return facts


def fields_by_section(form: CaseForm, *, foreign: Sequence[str] = ()) -> dict[str, list[FactField]]:
    """The fields of the facts by section, in their order; of rates as many as there are other currencies, and those begun.

    A rate that names no currency yet names the one that lacks a rate.
    """
    fields: dict[str, list[FactField]] = defaultdict(list)
    rates = _rate_fields_needed(form, foreign)
    for fact in writer_facts.FACTS:
        if fact.kind != writer_facts.IDS and (not fact.name.startswith("rate") or fact.name in rates):
            fields[fact.section].append((form[forms.FACT + fact.name], fact))
    return dict(fields)


def _rate_fields_needed(form: CaseForm, foreign: Sequence[str]) -> set[str]:
    prefixes = [writer_facts.rate_prefix(number) for number in writer_facts.RATES]
    rate_fields = {
        prefix: [form[f"{forms.FACT}{prefix}{suffix}"] for suffix in writer_facts.RATE_PARTS] for prefix in prefixes
    }
    named_currencies = {group[0].data for group in rate_fields.values() if group[0].data}
    missing = [code for code in foreign if code not in named_currencies]
    needed: set[str] = set()
    for prefix, group in rate_fields.items():
        begun = any(field.data or field.errors for field in group)
        if not group[0].data and missing:
            group[0].data = missing.pop(0)
            begun = True
        needed |= {prefix + suffix for suffix in writer_facts.RATE_PARTS} if begun else set()
    return needed


def dissent_of(context: CaseContext, *, came_back: bool) -> list[Dissent]:
    """Who recommends against, with what the writer answers; what was typed where the form came back."""
    dissents = []
    for card in candidate.dissenting(context):
        fact = f"{writer_facts.DISSENT}{card.id}"
        name = forms.FACT + fact
        stored = writer_facts.given(context.case.texts, fact)
        answer = request.form.get(name, stored) if came_back else stored
        dissents.append(Dissent(name, card.author.name, candidate.RECOMMENDATIONS[int(card.overall or 1)], answer))
    return dissents


def quotes_of(context: CaseContext, *, came_back: bool) -> list[Quote]:
    """The words of the panel that can be quoted."""
    ticked = set(request.form.getlist(QUOTE)) if came_back and QUOTES_SHOWN in request.form else None
    return [
        Quote(
            comment,
            context.long_date(candidate.submitted_at(comment.card)),
            comment.chosen if ticked is None else str(comment.rating_id) in ticked,
        )
        for comment in candidate.quotable_comments(context)
    ]

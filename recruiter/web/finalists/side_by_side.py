"""Side by side: what each interviewer gave up to four finalists, attribute by attribute, then price and timing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money, show
from recruiter.keepwarm.schedule import finalist_facts
from recruiter.learning.scores.declared_score import on_five
from recruiter.offers import rules as offer_rules
from recruiter.pipeline.models import Finalist
from recruiter.ranking import snapshot
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import CardRow
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.layout.dot_plot import Cell, cell_of
from recruiter.web.request import guard
from recruiter.web.text.filters import day

MOST, USUAL = 4, 3
TOP = {True: 4.0, False: 5.0}  # of recommendations, of ratings
APART = 0.5  # points between the highest and the lowest mean, from which two people differ


@dataclass(frozen=True)
class Line:
    """One attribute across the people."""

    name: str
    scale: str
    cells: list[Cell]
    apart: float


@dataclass(frozen=True)
class Fact:
    """One thing that is known beside the scorecards; `tone` is one of the page's."""

    text: str
    more: str = ""
    tone: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class SideBySide:
    """The comparison: people, attributes in groups, facts, and who else could be chosen."""

    people: list[Finalist]
    groups: list[tuple[str, list[Line]]]
    facts: list[tuple[str, list[Fact]]]
    by_difference: bool
    links: tuple[str, str]
    options: list[tuple[int, str, bool]]
    too_many: bool
    asked: list[tuple[str, str]]


def level(row: CardRow) -> float:
    """A rating on 1 to 5, a recommendation on 1 to 4, whatever the scale of its card."""
    share = (on_five(snapshot.card_of(row)) - 1.0) / 4.0
    return 1.0 + share * (TOP[row.attribute == suggestion_sentences.OVERALL] - 1.0)


def _lines(requisition: Requisition, people: Sequence[Finalist], rows: Sequence[CardRow]) -> list[Line]:
    marks: dict[tuple[int, str], list[float]] = {}
    for row in rows:
        marks.setdefault((row.application_id, row.attribute), []).append(round(level(row), 2))
    out = []
    for name in (suggestion_sentences.OVERALL, *(one.name for one in requisition.attributes)):
        own = name == suggestion_sentences.OVERALL
        given = [marks.get((one.application_id, name), []) for one in people]
        means = [round(sum(found) / len(found), 1) for found in given if found]
        best = max(means) if len(means) > 1 and means.count(max(means)) == 1 else None
        cells = [
            cell_of(found, top=TOP[own], lead=bool(found) and round(sum(found) / len(found), 1) == best)
            for found in given
        ]
        apart = (max(means) - min(means)) * (4 / 3 if own else 1) if means else 0.0
        out.append(Line(suggestion_sentences.attribute(name), "of 4" if own else "of 5", cells, apart))
    return out


def _groups(lines: list[Line], *, by_difference: bool, several: bool) -> list[tuple[str, list[Line]]]:
    if not by_difference or not several:
        return [("Scorecard", lines)]
    ordered = sorted(lines, key=lambda line: -line.apart)
    apart = [line for line in ordered if line.apart >= APART]
    alike = [line for line in ordered if line.apart < APART]
    return [one for one in (("Where they differ most", apart), ("Where they are close", alike)) if one[1]]


def _price(requisition: Requisition, facts: finalist_facts.Facts, *, pay: bool) -> Fact:
    offer, ready = facts.offer, facts.readiness
    if offer is not None and pay:
        base = Money(offer.base, offer.currency)
        over = offer_rules.excess(base, requisition.band)
        if over is not None:
            return Fact(show(base), f"{show(over)} above the band", "late")
        return Fact(show(base), "Within the band" if requisition.band else "")
    if ready is None or ready.expectation_within_band is None:
        return Fact("Not asked yet", quiet=True)
    return (
        Fact("Expects pay within the band")
        if ready.expectation_within_band
        else Fact("Expects more than the band", tone="due")
    )


def _others(facts: finalist_facts.Facts, *, pay: bool) -> Fact:
    if not facts.processes:
        return Fact("None known", quiet=True)
    one = facts.processes[0]
    told = one.employer or "Another employer"
    if pay and one.offer_amount is not None and one.currency:
        told += f", {show(Money(one.offer_amount, one.currency))}"
    more = f"Decides {day(one.decision_on, guard.today())}" if one.decision_on else one.stage
    further = len(facts.processes) - 1
    return Fact(told, more + (f"; {further} more" if further else ""), "due" if one.decision_on else "")


def _facts(requisition: Requisition, people: Sequence[Finalist], *, pay: bool) -> list[tuple[str, list[Fact]]]:
    found = finalist_facts.facts_for(db.session(), [one.application_id for one in people])
    known = [found[one.application_id] for one in people]

    def start(one: finalist_facts.Facts) -> Fact:
        if one.offer is not None and one.offer.start_on:
            return Fact(day(one.offer.start_on, guard.today()), "In the offer")
        free = one.readiness.available_from if one.readiness else None
        return Fact(f"From {day(free, guard.today())}") if free else Fact("Not asked yet", quiet=True)

    def worry(one: finalist_facts.Facts) -> Fact:
        if not one.concerns:
            return Fact("None open", quiet=True)
        further = len(one.concerns) - 1
        return Fact(one.concerns[0].text, f"{further} more open" if further else "")

    return [
        ("Pay" if pay else "Pay expectation", [_price(requisition, one, pay=pay) for one in known]),
        ("Other offers", [_others(one, pay=pay) for one in known]),
        ("Can start", [start(one) for one in known]),
        ("Main concern", [worry(one) for one in known]),
    ]


def side_by_side(
    requisition: Requisition,
    order: Sequence[Finalist],
    rows: Sequence[CardRow],
    *,
    asked: dict[str, Any],
    pay: bool,
) -> SideBySide | None:
    """The people asked for, at most four; without being asked the first three of `order`. None where nobody is there."""
    if not order:
        return None
    by_id = {str(one.application_id): one for one in order}
    wanted = [by_id[text] for text in dict.fromkeys(asked["show"]) if text in by_id]
    people = wanted[:MOST] or list(order[:USUAL])
    by_difference = asked["order"] != "scorecard"
    kept = {key: asked[key] for key in ("a", "b") if asked[key]}
    shown = [str(one.application_id) for one in people] if wanted else []

    def link(name: str) -> str:
        address = url_for("finalists.show", requisition_ref=requisition.key, **kept, show=shown, order=name)
        return f"{address}#side-by-side"

    return SideBySide(
        people,
        _groups(_lines(requisition, people, rows), by_difference=by_difference, several=len(people) > 1),
        _facts(requisition, people, pay=pay),
        by_difference,
        (link("difference"), link("scorecard")),
        [(one.application_id, one.application.candidate.name, one in people) for one in order],
        len(wanted) > MOST,
        [*kept.items(), *([("order", "scorecard")] if not by_difference else [])],
    )

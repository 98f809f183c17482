"""Side by side: what each interviewer gave up to four finalists, attribute by attribute, then price and timing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money, show
from recruiter.keepwarm.overview import comparison_queries
from recruiter.learning.scores.declared_score import on_five
from recruiter.offers import rules as offer_rules
from recruiter.pipeline.models import Finalist
from recruiter.ranking import snapshot
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import SubmittedRating
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.layout.dot_plot import Cell, cell_of
from recruiter.web.request import guard
from recruiter.web.text.filters import day

MOST_PEOPLE, USUAL_PEOPLE = 4, 3
TOP_SCORE = {True: 4.0, False: 5.0}  # of recommendations, of ratings
DIFFERENCE_THRESHOLD = 0.5  # points between the highest and the lowest mean, from which two people differ


@dataclass(frozen=True)
class AttributeRow:
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
    groups: list[tuple[str, list[AttributeRow]]]
    facts: list[tuple[str, list[Fact]]]
    by_difference: bool
    links: tuple[str, str]
    options: list[tuple[int, str, bool]]
    too_many: bool
    params: list[tuple[str, str]]


def on_own_scale(row: SubmittedRating) -> float:
    """A rating on 1 to 5, a recommendation on 1 to 4, whatever the scale of its card."""
    share = (on_five(snapshot.card_of(row)) - 1.0) / 4.0
    return 1.0 + share * (TOP_SCORE[row.attribute == suggestion_sentences.OVERALL] - 1.0)


def _attribute_rows(
    requisition: Requisition, people: Sequence[Finalist], rows: Sequence[SubmittedRating]
) -> list[AttributeRow]:
    marks: dict[tuple[int, str], list[float]] = {}
    for row in rows:
        marks.setdefault((row.application_id, row.attribute), []).append(round(on_own_scale(row), 2))
    attribute_rows = []
    for name in (suggestion_sentences.OVERALL, *(attribute.name for attribute in requisition.attributes)):
        own = name == suggestion_sentences.OVERALL
        scores_by_person = [marks.get((person.application_id, name), []) for person in people]
        means = [round(sum(scores) / len(scores), 1) for scores in scores_by_person if scores]
        best = max(means) if len(means) > 1 and means.count(max(means)) == 1 else None
        cells = [
            cell_of(scores, top=TOP_SCORE[own], lead=bool(scores) and round(sum(scores) / len(scores), 1) == best)
            for scores in scores_by_person
        ]
        spread = (max(means) - min(means)) * (4 / 3 if own else 1) if means else 0.0
        attribute_rows.append(
            AttributeRow(suggestion_sentences.attribute_label(name), "of 4" if own else "of 5", cells, spread)
        )
    return attribute_rows


def _groups(
    attribute_rows: list[AttributeRow], *, by_difference: bool, several: bool
) -> list[tuple[str, list[AttributeRow]]]:
    if not by_difference or not several:
        return [("Scorecard", attribute_rows)]
    ordered = sorted(attribute_rows, key=lambda row: -row.apart)
    different = [row for row in ordered if row.apart >= DIFFERENCE_THRESHOLD]
    similar = [row for row in ordered if row.apart < DIFFERENCE_THRESHOLD]
    return [group for group in (("Where they differ most", different), ("Where they are close", similar)) if group[1]]


def _price(requisition: Requisition, facts: comparison_queries.FinalistFacts, *, pay: bool) -> Fact:
    offer, ready = facts.offer, facts.readiness
    if offer is not None and pay:
        base = Money(offer.base, offer.currency)
        excess = offer_rules.excess(base, requisition.band)
        if excess is not None:
            return Fact(show(base), f"{show(excess)} above the band", "late")
        return Fact(show(base), "Within the band" if requisition.band else "")
    if ready is None or ready.expectation_within_band is None:
        return Fact("Not asked yet", quiet=True)
    return (
        Fact("Expects pay within the band")
        if ready.expectation_within_band
        else Fact("Expects more than the band", tone="due")
    )


def _other_processes(facts: comparison_queries.FinalistFacts, *, pay: bool) -> Fact:
    if not facts.processes:
        return Fact("None known", quiet=True)
    process = facts.processes[0]
    text = process.employer or "Another employer"
    if pay and process.offer_amount is not None and process.currency:
        text += f", {show(Money(process.offer_amount, process.currency))}"
    more = f"Decides {day(process.decision_on, guard.today())}" if process.decision_on else process.stage
    more_count = len(facts.processes) - 1
    return Fact(text, more + (f"; {more_count} more" if more_count else ""), "due" if process.decision_on else "")


def _facts(requisition: Requisition, people: Sequence[Finalist], *, pay: bool) -> list[tuple[str, list[Fact]]]:
    facts_by_id = comparison_queries.facts_for(db.session(), [person.application_id for person in people])
    facts = [facts_by_id[person.application_id] for person in people]

    def start(known: comparison_queries.FinalistFacts) -> Fact:
        if known.offer is not None and known.offer.start_on:
            return Fact(day(known.offer.start_on, guard.today()), "In the offer")
        available_from = known.readiness.available_from if known.readiness else None
        return (
            Fact(f"From {day(available_from, guard.today())}") if available_from else Fact("Not asked yet", quiet=True)
        )

    def worry(known: comparison_queries.FinalistFacts) -> Fact:
        if not known.concerns:
            return Fact("None open", quiet=True)
        more_count = len(known.concerns) - 1
        return Fact(known.concerns[0].text, f"{more_count} more open" if more_count else "")

    return [
        ("Pay" if pay else "Pay expectation", [_price(requisition, known, pay=pay) for known in facts]),
        ("Other offers", [_other_processes(known, pay=pay) for known in facts]),
        ("Can start", [start(known) for known in facts]),
        ("Main concern", [worry(known) for known in facts]),
    ]


def side_by_side(
    requisition: Requisition,
    order: Sequence[Finalist],
    rows: Sequence[SubmittedRating],
    *,
    query: JsonObject,
    pay: bool,
) -> SideBySide | None:
    """The people asked for, at most four; without being asked the first three of `order`. None where nobody is there."""
    if not order:
        return None
    by_id = {str(finalist.application_id): finalist for finalist in order}
    chosen = [by_id[text] for text in dict.fromkeys(query["show"]) if text in by_id]
    people = chosen[:MOST_PEOPLE] or list(order[:USUAL_PEOPLE])
    by_difference = query["order"] != "scorecard"
    pair_params = {key: query[key] for key in ("a", "b") if query[key]}
    shown_ids = [str(person.application_id) for person in people] if chosen else []

    def link(name: str) -> str:
        address = url_for("finalists.show", requisition_ref=requisition.key, **pair_params, show=shown_ids, order=name)
        return f"{address}#side-by-side"

    return SideBySide(
        people,
        _groups(_attribute_rows(requisition, people, rows), by_difference=by_difference, several=len(people) > 1),
        _facts(requisition, people, pay=pay),
        by_difference,
        (link("difference"), link("scorecard")),
        [(finalist.application_id, finalist.application.candidate.name, finalist in people) for finalist in order],
        len(chosen) > MOST_PEOPLE,
        [*pair_params.items(), *([("order", "scorecard")] if not by_difference else [])],
    )

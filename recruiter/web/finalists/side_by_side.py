"""Side by side: what each interviewer gave up to four finalists, attribute by attribute, then price and timing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.money import show
from recruiter.keepwarm.overview import comparison_queries
from recruiter.keepwarm.overview.comparison_queries import FinalistFacts
from recruiter.learning.scores.declared_score import on_five
from recruiter.offers import rules as offer_rules
from recruiter.pipeline.models import Finalist
from recruiter.ranking import snapshot
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import SubmittedRating
from recruiter.web.finalists.suggestion_sentences import OVERALL, attribute_label
from recruiter.web.layout.dot_plot import Cell, cell_of
from recruiter.web.request import guard
from recruiter.web.text.filters import day

MOST_PEOPLE, USUAL_PEOPLE = 4, 3
TOP_SCORE = {True: 4.0, False: 5.0}  # of recommendations, of ratings
DIFFERENCE_THRESHOLD = 0.5  # points between the highest and the lowest mean, from which two people differ

Scores = dict[tuple[int, str], list[float]]


@dataclass(frozen=True)
class PageQuery:
    """What the address asks for: a pair to explain, people to compare, and the order of the comparison."""

    a: str | None = None
    b: str | None = None
    show: tuple[str, ...] = ()
    order: str = ""


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


def _on_own_scale(row: SubmittedRating) -> float:
    """A rating on 1 to 5, a recommendation on 1 to 4, whatever the scale of its card."""
    share = (on_five(snapshot.card_of(row)) - 1.0) / 4.0
    return 1.0 + share * (TOP_SCORE[row.attribute == OVERALL] - 1.0)


def scores_of(rows: Sequence[SubmittedRating]) -> Scores:
    """What interviewers gave, by application and attribute, each on its own scale."""
    scores: Scores = {}
    for row in rows:
        scores.setdefault((row.application_id, row.attribute), []).append(_on_own_scale(row))
    return scores


def _attribute_row(name: str, people: Sequence[Finalist], scores: Scores) -> AttributeRow:
    overall = name == OVERALL
    marks = [[round(score, 2) for score in scores.get((person.application_id, name), [])] for person in people]
    means = [round(sum(given) / len(given), 1) if given else None for given in marks]
    known = [mean for mean in means if mean is not None]
    best = max(known) if len(known) > 1 and known.count(max(known)) == 1 else None
    cells = [
        cell_of(given, top=TOP_SCORE[overall], lead=best is not None and mean == best)
        for given, mean in zip(marks, means, strict=True)
    ]
    spread = (max(known) - min(known)) * (4 / 3 if overall else 1) if known else 0.0
    return AttributeRow(attribute_label(name), "of 4" if overall else "of 5", cells, spread)


def _groups(rows: list[AttributeRow], *, by_difference: bool) -> list[tuple[str, list[AttributeRow]]]:
    if not by_difference:
        return [("Scorecard", rows)]
    ordered = sorted(rows, key=lambda row: -row.apart)
    different = [row for row in ordered if row.apart >= DIFFERENCE_THRESHOLD]
    similar = [row for row in ordered if row.apart < DIFFERENCE_THRESHOLD]
    return [group for group in (("Where they differ most", different), ("Where they are close", similar)) if group[1]]


def _price(facts: FinalistFacts, requisition: Requisition, *, pay: bool) -> Fact:
    offer, ready = facts.offer, facts.readiness
    if offer is not None and pay:
        excess = offer_rules.excess(offer.base_pay, requisition.band)
        if excess is not None:
            return Fact(show(offer.base_pay), f"{show(excess)} above the band", "late")
        return Fact(show(offer.base_pay), "Within the band" if requisition.band else "")
    if ready is None or ready.expectation_within_band is None:
        return Fact("Not asked yet", quiet=True)
    within = ready.expectation_within_band
    return Fact("Expects pay within the band") if within else Fact("Expects more than the band", tone="due")


def _other_processes(facts: FinalistFacts, *, pay: bool) -> Fact:
    if not facts.processes:
        return Fact("None known", quiet=True)
    process, *others = facts.processes
    text = process.employer or "Another employer"
    if pay and process.offered:
        text += f", {show(process.offered)}"
    more = f"Decides {day(process.decision_on, guard.today())}" if process.decision_on else process.stage
    return Fact(text, more + (f"; {len(others)} more" if others else ""), "due" if process.decision_on else "")


def _start(facts: FinalistFacts) -> Fact:
    if facts.offer is not None and facts.offer.start_on:
        return Fact(day(facts.offer.start_on, guard.today()), "In the offer")
    available_from = facts.readiness.available_from if facts.readiness else None
    return Fact(f"From {day(available_from, guard.today())}") if available_from else Fact("Not asked yet", quiet=True)


def _main_concern(facts: FinalistFacts) -> Fact:
    if not facts.concerns:
        return Fact("None open", quiet=True)
    concern, *others = facts.concerns
    return Fact(concern.text, f"{len(others)} more open" if others else "")


def _facts(requisition: Requisition, people: Sequence[Finalist], *, pay: bool) -> list[tuple[str, list[Fact]]]:
    facts = comparison_queries.facts_for(db.session(), [person.application_id for person in people]).values()
    return [
        ("Pay" if pay else "Pay expectation", [_price(known, requisition, pay=pay) for known in facts]),
        ("Other offers", [_other_processes(known, pay=pay) for known in facts]),
        ("Can start", [_start(known) for known in facts]),
        ("Main concern", [_main_concern(known) for known in facts]),
    ]


def side_by_side(
    requisition: Requisition, order: Sequence[Finalist], scores: Scores, *, query: PageQuery, pay: bool
) -> SideBySide | None:
    """The people asked for, at most four; without being asked the first three of `order`. None where nobody is there."""
    if not order:
        return None
    by_id = {str(finalist.application_id): finalist for finalist in order}
    chosen = [by_id[text] for text in dict.fromkeys(query.show) if text in by_id]
    people = chosen[:MOST_PEOPLE] or list(order[:USUAL_PEOPLE])
    by_difference = query.order != "scorecard"
    a, b = query.a or None, query.b or None
    shown_ids = [str(person.application_id) for person in people] if chosen else []

    def link(name: str) -> str:
        address = url_for("finalists.show", requisition_ref=requisition.key, a=a, b=b, show=shown_ids, order=name)
        return f"{address}#side-by-side"

    params = [("a", a), ("b", b), ("order", None if by_difference else "scorecard")]
    names = [OVERALL, *(attribute.name for attribute in requisition.attributes)]
    rows = [_attribute_row(name, people, scores) for name in names]
    return SideBySide(
        people,
        _groups(rows, by_difference=by_difference and len(people) > 1),
        _facts(requisition, people, pay=pay),
        by_difference,
        (link("difference"), link("scorecard")),
        [(finalist.application_id, finalist.application.candidate.name, finalist in people) for finalist in order],
        len(chosen) > MOST_PEOPLE,
        [(key, value) for key, value in params if value],
    )

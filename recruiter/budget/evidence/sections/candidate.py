"""The candidate against the role's published attributes: ratings, spread, panel, words with their author; dissent is kept with its answer."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.budget import writer_facts
from recruiter.budget.content_check import quotations
from recruiter.budget.evidence.figures import record, score_summary
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso
from recruiter.requisitions.models import Attribute
from recruiter.scorecards.models import Rating, Scorecard

WORDS = {1: "strong no", 2: "no", 3: "yes", 4: "strong yes"}
DISSENT = 2
IN_BRIEF, BRIEF = 2, 200  # so many of the chosen words, of so many characters each


@dataclass(frozen=True)
class Choice:
    """Words of a card that a writer may quote: the rating they stand beside, who wrote them, when, and whether they are chosen."""

    rating_id: int
    attribute: str
    words: str
    author: str
    at: str
    chosen: bool


def from_other_teams(ground: Ground) -> set[tuple[int, int]]:
    """Interview and person of each seat on a panel of this candidate that another team held."""
    return {
        (one.interview_id, one.user_id)
        for card in record.cards_of(ground)
        for one in card.interview.panel
        if one.cross_functional
    }


def dissenting(ground: Ground) -> list[Scorecard]:
    """The native cards that recommend against the candidate."""
    return [
        one
        for one in record.cards_of(ground)
        if one.overall is not None and one.overall <= DISSENT and one.scale_min is None
    ]


def _sent(card: Scorecard) -> str:
    return iso(card.submitted_at or card.saved_at)


def told_by(card: Scorecard) -> Evidence:
    """One card as a claim: recommendation and words, with author and date. Words that have no place here are left out, and that is said."""
    choice = WORDS.get(int(card.overall or 0), "no recommendation")
    said = quotations.quoted(card.summary)
    return Evidence(
        f"{card.author.name} recommends “{choice}”" + (f": {said}" if said else "."),
        f"Scorecard, {card.interview.name}",
        by=card.author.name,
        at=_sent(card),
    )


def _quotable(ground: Ground) -> list[tuple[Scorecard, Rating]]:
    return [
        (card, one)
        for card in record.cards_of(ground)
        for one in card.ratings
        if one.evidence.strip() and one.rating is not None and quotations.quoted(one.evidence) != quotations.LEFT_OUT
    ]


def choices(ground: Ground) -> list[Choice]:
    """The words that a writer may quote, oldest card first; what the check blocks is not among them."""
    picked = writer_facts.ids(ground.case.texts, "quotes")
    return [
        Choice(one.id, one.attribute, quotations.quoted(one.evidence), card.author.name, _sent(card), one.id in picked)
        for card, one in _quotable(ground)
    ]


def quotes(ground: Ground) -> list[Evidence]:
    """The chosen words in the order of the choice, each with its attribute, author and date."""
    found = {one.id: (card, one) for card, one in _quotable(ground)}
    told = []
    for number in writer_facts.ids(ground.case.texts, "quotes"):
        if number in found:
            card, one = found[number]
            words = f"{one.attribute}, rated {one.rating:g}: {quotations.quoted(one.evidence)}"
            told.append(Evidence(words, f"Scorecard, {card.interview.name}", by=card.author.name, at=_sent(card)))
    return told


def _in_brief(ground: Ground) -> str:
    """The first words that the writer chose, for the two pages that everybody reads; the rest stand in the annex."""
    found = {one.id: (card, one) for card, one in _quotable(ground)}
    chosen = [found[number] for number in writer_facts.ids(ground.case.texts, "quotes") if number in found]
    said = [(card.author.name, quotations.quoted(one.evidence, longest=BRIEF)) for card, one in chosen[:IN_BRIEF]]
    return "".join(f" {author}: {words}." for author, words in said)


def _dissent(ground: Ground) -> list[Evidence]:
    told = []
    for card in dissenting(ground):
        answer = writer_facts.told(ground.case.texts, f"{writer_facts.DISSENT}{card.id}")
        words = f"To {card.author.name}, who recommends against: " + (answer or "not answered yet.")
        told.append(Evidence(words, f"Case {ground.case.number}", by=ground.case.requested_by.name))
    return told


def _against_the_role(ground: Ground, one: Attribute, spread: score_summary.Spread | None, size: int) -> Evidence:
    weights = sum(each.weight for each in ground.requisition.attributes)
    share = f"{100 * one.weight / weights:.0f} % of the weight" if weights else "no weight"
    asks = f"{one.name} ({share}" + (f"; the role asks: {one.description.rstrip('.')})" if one.description else ")")
    source = f"Scorecards of {ground.requisition.key} and its published attributes"
    if spread is None:
        return Evidence(f"{asks}: nobody has assessed it.", source, count=0)
    words = f"{spread.mean:.1f} of 5, from {spread.lowest:g} to {spread.highest:g}"
    few = f"; {spread.n} of {size} interviewers rated it" if spread.n < size else ""
    return Evidence(f"{asks}: {words}{few}.", source, count=spread.n)


def collect(ground: Ground) -> Part:
    """Each attribute with what the role asks and its spread, the chosen words, what the panel recommends, dissent with its answer."""
    rows = ground.own_cards()
    found, size = score_summary.spreads(rows), score_summary.panel(rows)
    name = ground.application.candidate.name
    if not size:
        return Part(f"No scorecard on {name} has been sent yet.")
    attributes = ground.requisition.attributes
    told = [_against_the_role(ground, one, found.get(one.name), size) for one in attributes]
    figures = [Figure(one.name, round(found[one.name].mean, 2), "points") for one in attributes if one.name in found]
    cards, against = record.cards_of(ground), dissenting(ground)
    told += quotes(ground)
    told += [told_by(one) for one in cards]
    told += _dissent(ground)
    total = score_summary.declared(rows, ground.requisition)
    text = f"{counted(size, 'interviewer')} rated {name}"
    if total is not None:
        text += f" at {total:.2f} of 5 by the weights that were published for the role"
        figures.append(Figure("Declared score", round(total, 2), "points"))
    text += f". {counted(len(against), 'card')} of {len(cards)} recommends against." if len(against) == 1 else "."
    if len(against) > 1:
        text += f" {len(against)} of {len(cards)} cards recommend against."
    figures.append(Figure("Interviewers", size, "count"))
    text += _in_brief(ground)
    return Part(text, tuple(told), tuple(figures), whole=True)

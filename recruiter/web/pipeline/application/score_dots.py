"""The panel of scores beside a timeline: what the interviewers gave on each attribute, as dots."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.requisitions.models import Requisition
from recruiter.scorecards.models import CardState, Scorecard
from recruiter.scorecards.queries import Sight
from recruiter.web.layout.dot_plot import Cell, cell_of

TOP, TOP_OVERALL = 5.0, 4.0
WORDS = {4: "strong yes", 3: "yes", 2: "no", 1: "strong no"}


@dataclass(frozen=True)
class Scores:
    """The dots by attribute, the recommendations in words, and where the panel is furthest apart. All empty while hidden."""

    rows: list[tuple[str, Cell]]
    recommended: str
    apart: str


def _on(value: float, card: Scorecard, top: float) -> float:
    """A mark on the scale from 1 to `top`; cards of other companies keep their own scale."""
    if card.scale_min is None or card.scale_max is None:
        return value
    return 1 + (value - card.scale_min) / (card.scale_max - card.scale_min) * (top - 1)


def _recommended(cards: list[Scorecard]) -> str:
    given = [round(_on(one.overall, one, TOP_OVERALL)) for one in cards if one.overall is not None]
    return ", ".join(f"{given.count(value)} {said}" for value, said in WORDS.items() if value in given)


def of(sight: Sight, requisition: Requisition) -> Scores:
    """The panel from the cards that the viewer may see: those that were sent."""
    cards = [] if sight.hidden else [one for one in sight.cards if one.state != CardState.DRAFT]
    marks: dict[str, list[float]] = {one.name: [] for one in requisition.attributes}
    for card in cards:
        for mark in card.ratings:
            if mark.rating is not None:
                marks.setdefault(mark.attribute, []).append(round(_on(mark.rating, card, TOP), 2))
    rows = [(name, cell_of(given, top=TOP)) for name, given in marks.items() if given]
    widest = max(marks.items(), key=lambda one: max(one[1]) - min(one[1]) if one[1] else 0.0, default=("", []))
    apart = ""
    if widest[1] and max(widest[1]) > min(widest[1]):
        apart = f"{widest[0]} ran from {min(widest[1]):g} to {max(widest[1]):g}."
    return Scores(rows, _recommended(cards), apart)

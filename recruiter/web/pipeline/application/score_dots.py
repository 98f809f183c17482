"""The panel of scores beside a timeline: what the interviewers gave on each attribute, as dots."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.foundation.wording import plural
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.models import CardState, Scorecard
from recruiter.scorecards.queries import VisibleCards
from recruiter.web.layout.dot_plot import Cell, cell_of

TOP, TOP_OVERALL = 5.0, 4.0
RECOMMENDATIONS = {4: "strong yes", 3: "yes", 2: "no", 1: "strong no"}


@dataclass(frozen=True)
class Scores:
    """The dots by attribute, the recommendations in words, and where the panel is furthest apart. All empty while hidden.

    `not_counted` says how many cards are not among the dots since their authors had read others'.
    """

    rows: list[tuple[str, Cell]]
    recommended: str
    apart: str
    not_counted: str


def _on_scale(value: float, card: Scorecard, top: float) -> float:
    """A mark on the scale from 1 to `top`; cards of other companies keep their own scale."""
    if card.scale_min is None or card.scale_max is None:
        return value
    return 1 + (value - card.scale_min) / (card.scale_max - card.scale_min) * (top - 1)


def of(sight: VisibleCards, requisition: Requisition) -> Scores:
    """The panel from the cards that the viewer may see: those that were sent."""
    submitted = [] if sight.hidden else [card for card in sight.cards if card.state != CardState.DRAFT]
    cards = [card for card in submitted if not card.after_reveal]
    values_by_attribute: dict[str, list[float]] = {attribute.name: [] for attribute in requisition.attributes}
    for card in cards:
        for rating in card.ratings:
            if rating.rating is not None:
                value = round(_on_scale(rating.rating, card, TOP), 2)
                values_by_attribute.setdefault(rating.attribute, []).append(value)
    rows = [(name, cell_of(values, top=TOP)) for name, values in values_by_attribute.items() if values]
    ranges = [(name, min(values), max(values)) for name, values in values_by_attribute.items() if values]
    name, low, high = max(ranges, key=lambda entry: entry[2] - entry[1], default=("", 0.0, 0.0))
    apart = f"{name} ran from {low:g} to {high:g}." if high > low else ""
    votes = [round(_on_scale(card.overall, card, TOP_OVERALL)) for card in cards if card.overall is not None]
    counts = [f"{votes.count(vote)} {label}" for vote, label in RECOMMENDATIONS.items() if vote in votes]
    marked = plural(len(submitted) - len(cards), "scorecard")
    not_counted = f"{marked} sent after seeing the others, not counted here." if len(submitted) > len(cards) else ""
    return Scores(rows, ", ".join(counts), apart, not_counted)

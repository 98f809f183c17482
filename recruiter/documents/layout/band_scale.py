"""One bar for the band and the request, as shares of its width."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.documents.layout.value_text import evenly
from recruiter.documents.model import Amount, CaseDocument

MARGIN = 0.12
CLOSE = 0.2


@dataclass(frozen=True)
class Scale:
    """Where things stand on the bar, from 0 (left) to 1 (right), how they are labelled, and the whole in words."""

    low: float
    middle: float | None
    high: float
    ask: float
    low_label: str
    middle_label: str
    high_label: str
    ask_label: str
    close: bool
    alt: str


def scale_of(document: CaseDocument) -> Scale:
    """The bar of a case."""
    band = document.band
    ask = int(document.ask.value)
    ends = min(band.min, ask), max(band.max, ask)
    width = (ends[1] - ends[0]) or 1

    def place(value: int) -> float:
        return round(MARGIN + (1 - 2 * MARGIN) * (value - ends[0]) / width, 4)

    even = evenly([document.ask, *(Amount("", one, band.currency) for one in (band.min, band.mid, band.max) if one)])

    def said(value: int) -> str:
        return even(Amount("", value, band.currency))

    alt = f"The approved band runs from {said(band.min)} to {said(band.max)} a {band.interval}"
    alt += f" with its midpoint at {said(band.mid)}" if band.mid is not None else ""
    alt += f"; the request is {even(document.ask)}, {even(document.excess)} above its top."
    share = place(band.max) - place(band.min)
    return Scale(
        low=place(band.min),
        middle=None if band.mid is None else place(band.mid),
        high=place(band.max),
        ask=place(ask),
        low_label=said(band.min),
        middle_label="" if band.mid is None or share < 2 * CLOSE else said(band.mid),
        high_label=said(band.max),
        ask_label=even(document.ask),
        close=share < CLOSE,
        alt=alt,
    )

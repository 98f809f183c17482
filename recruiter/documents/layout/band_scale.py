"""One bar for the band and the request, as shares of its width."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.documents.layout.value_text import even_format
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
    outer_ends = min(band.min, ask), max(band.max, ask)
    width = (outer_ends[1] - outer_ends[0]) or 1

    def place(value: int) -> float:
        return round(MARGIN + (1 - 2 * MARGIN) * (value - outer_ends[0]) / width, 4)

    format_evenly = even_format(
        [document.ask, *(Amount("", end, band.currency) for end in (band.min, band.mid, band.max) if end)]
    )

    def shown_amount(value: int) -> str:
        return format_evenly(Amount("", value, band.currency))

    alt = f"The approved band runs from {shown_amount(band.min)} to {shown_amount(band.max)} a {band.interval}"
    alt += f" with its midpoint at {shown_amount(band.mid)}" if band.mid is not None else ""
    alt += f"; the request is {format_evenly(document.ask)}, {format_evenly(document.excess)} above its top."
    share = place(band.max) - place(band.min)
    return Scale(
        low=place(band.min),
        middle=None if band.mid is None else place(band.mid),
        high=place(band.max),
        ask=place(ask),
        low_label=shown_amount(band.min),
        middle_label="" if band.mid is None or share < 2 * CLOSE else shown_amount(band.mid),
        high_label=shown_amount(band.max),
        ask_label=format_evenly(document.ask),
        close=share < CLOSE,
        alt=alt,
    )

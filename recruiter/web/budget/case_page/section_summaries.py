"""A section in a line, by its figures: what a writer sees of it while it is closed."""

from __future__ import annotations

import re

from recruiter.documents.layout import value_text
from recruiter.documents.model import Amount, DocumentSection

# The figures of a line, and the line; the first whose figures are all on record is taken.
LINES: dict[str, tuple[str, ...]] = {
    "ask": ("{excess} above the band",),
    "candidate": ("{declared_score} of 5, {interviewers} interviewers",),
    "standing": ("{score}, {above_the_bar} from the bar", "{score} of 5"),
    "other_teams": ("{cards_of_other_teams} cards, {colleagues_who_answered} answers",),
    "search": ("Open for {days_open}",),
    "cost_of_losing": ("About {cost_of_losing_middle}",),
    "alternatives": ("Reopening: {reopen_the_search}",),
    "equity": ("{paid_less_than_the_request} of {people_compared} paid less",),
    "risks": ("{concerns_open} open",),
    "precedents": ("{earlier_exceptions_in_12_months} in 12 months",),
}


# One of anything is not many: “1 answer”.
SINGULAR = re.compile(r"\b1 (interviewer|card|answer)s\b")


def _figure_text(figure: Amount) -> str:
    unit = 10 ** value_text.places(figure)
    rounded = (
        Amount(figure.label, round(figure.value / unit) * unit, figure.unit) if value_text.is_money(figure) else figure
    )
    value = value_text.format_amount(rounded)
    return f"+{value}" if figure.key == "above_the_bar" and value_text.number(figure) > 0 else value


def summary_of(section: DocumentSection) -> str:
    """The line of a section, nothing where its figures are not on record."""
    by_key = {figure.key: _figure_text(figure) for figure in section.figures}
    for line in LINES.get(section.name, ()):
        try:
            return SINGULAR.sub(r"1 \1", line.format_map(by_key))
        except KeyError:
            continue
    return ""

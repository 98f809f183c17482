"""A section in a line, by its figures: what a writer sees of it while it is closed."""

from __future__ import annotations

import re

from recruiter.documents.layout import value_text
from recruiter.documents.model import Amount, DocumentSection

# The figures of a line, and the line; the first whose figures are all on record is taken.
LINES: dict[str, tuple[str, ...]] = {
    "ask": ("{Excess} above the band",),
    "candidate": ("{Declared score} of 5, {Interviewers} interviewers",),
    "standing": ("{Score}, {Above the bar} from the bar", "{Score} of 5"),
    "other_teams": ("{Cards of other teams} cards, {Colleagues who answered} answers",),
    "search": ("Open for {Days open}",),
    "cost_of_losing": ("About {Cost of losing, middle}",),
    "alternatives": ("Reopening: {Reopen the search}",),
    "equity": ("{Paid less than the request} of {People compared} paid less",),
    "risks": ("{Concerns, open} open",),
    "precedents": ("{Earlier exceptions in 12 months} in 12 months",),
}


# One of anything is not many: “1 answer”.
SINGULAR = re.compile(r"\b1 (interviewer|card|answer)s\b")


def _figure_text(figure: Amount) -> str:
    unit = 10 ** value_text.places(figure)
    rounded = (
        Amount(figure.label, round(figure.value / unit) * unit, figure.unit) if value_text.is_money(figure) else figure
    )
    value = value_text.format_amount(rounded)
    return f"+{value}" if figure.label == "Above the bar" and value_text.number(figure) > 0 else value


def summary_of(section: DocumentSection) -> str:
    """The line of a section, nothing where its figures are not on record."""
    by_label = {figure.label: _figure_text(figure) for figure in section.figures}
    for line in LINES.get(section.name, ()):
        try:
            return SINGULAR.sub(r"1 \1", line.format_map(by_label))
        except KeyError:
            continue
    return ""

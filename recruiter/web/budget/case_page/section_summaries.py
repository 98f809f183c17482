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
ONE = re.compile(r"\b1 (interviewer|card|answer)s\b")


def _said(one: Amount) -> str:
    whole = 10 ** value_text.places(one)
    rough = Amount(one.label, round(one.value / whole) * whole, one.unit) if value_text.is_money(one) else one
    value = value_text.shown(rough)
    return f"+{value}" if one.label == "Above the bar" and value_text.number(one) > 0 else value


def gist_of(section: DocumentSection) -> str:
    """The line of a section, nothing where its figures are not on record."""
    known = {one.label: _said(one) for one in section.figures}
    for line in LINES.get(section.name, ()):
        try:
            return ONE.sub(r"1 \1", line.format_map(known))
        except KeyError:
            continue
    return ""

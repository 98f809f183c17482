"""What is printed and in which order, the same for every format: the words and tables of a case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from recruiter.documents.charts import finalist_chart
from recruiter.documents.layout import cost_table
from recruiter.documents.layout.band_scale import Scale, scale_of
from recruiter.documents.layout.section_view import NONE, Chapter, Table, chapter_of
from recruiter.documents.layout.summary import Brief, in_brief, left_to_say, room_beside
from recruiter.documents.layout.value_text import evenly, on, parted_among, sentence, shown
from recruiter.documents.model import Amount, CaseDocument

NOT_SUBMITTED = "Draft, not submitted"
SHORT = 12
BRIEF_DECISIONS = 4


@dataclass(frozen=True)
class Outline:
    """The whole document in print order, two pages in brief and the annexes; every value is text."""

    kicker: str
    heading: str
    number: str
    version: str
    state: str
    mark: str
    seal: str
    draft: bool
    date: str
    requester: str
    ask_title: str
    ask_line: str
    ask_words: tuple[str, ...]
    brief: tuple[Brief, ...]
    decided: Table | None
    paper: str
    costs: Table
    scale: Scale
    plot: finalist_chart.Drawn | None
    facts: tuple[tuple[str, str], ...]
    questions_title: str
    questions: tuple[str, ...]
    decisions: Table | None
    chapters: tuple[Chapter, ...]

    @property
    def title(self) -> str:
        """The title in the metadata of the file."""
        return f"Budget case {self.number}, version {self.version}: {self.heading}"


def summary_figures(document: CaseDocument) -> tuple[Amount, ...]:
    """The figures of the first page: those of the request, else ask, band and excess as they stand."""
    first = next((one for one in document.sections if one.name == "ask"), None)
    if first is not None and first.figures:
        return first.figures
    band = document.band
    middle = () if band.mid is None else (Amount("Band midpoint", band.mid, band.currency),)
    ends = Amount("Band minimum", band.min, band.currency), Amount("Band maximum", band.max, band.currency)
    return (document.ask, ends[0], *middle, ends[1], document.excess)


def _costs(document: CaseDocument) -> Table:
    figures = summary_figures(document)
    compared = cost_table.rows_of(figures)
    if compared:
        return Table("What it costs", cost_table.HEAD, compared)
    said = evenly(figures)
    return Table("What it costs", ("Figure", "Amount"), tuple((one.label, said(one)) for one in figures))


def _facts(document: CaseDocument) -> tuple[tuple[str, str], ...]:
    terms = document.offer_terms_version
    rows = (
        ("Candidate", document.candidate),
        ("Role", f"{document.title} ({document.requisition})"),
        ("Level", document.level),
        ("Place", document.location),
        ("Decision needed by", on(document.needed_by)),
        ("Asked for by", f"{document.requester}, {on(document.created_on)}"),
        ("Terms of the offer", "" if terms is None else f"version {terms}"),
        ("Case", f"{document.number}, version {document.version}"),
        ("Follows", document.follows),
        ("State", state_of(document)),
        ("SHA-256", document.sha256 or NOT_SUBMITTED),
    )
    return tuple((name, value) for name, value in rows if value)


def state_of(document: CaseDocument) -> str:
    """Where the case stands, in words."""
    if document.draft:
        return NOT_SUBMITTED
    status = sentence(document.status)
    submitted = f"Submitted {on(document.submitted_on)}".strip()
    return submitted if status == "Submitted" else f"{status} · {submitted}"


def _decided(document: CaseDocument) -> Table | None:
    """The last decisions without their words, for the pages in brief."""
    said = _said(document)
    rows = tuple(
        (sentence(one.decision), said(one.amount) if one.amount else NONE, one.by, on(one.at))
        for one in document.decisions[-BRIEF_DECISIONS:]
    )
    return Table("Decided so far", ("Decision", "Amount", "By", "On"), rows, numeric=False) if rows else None


def _brief(chapters: tuple[Chapter, ...], lines: int, marks: int) -> tuple[Brief, ...]:
    words = [
        (one.number, one.name, one.title, (one.to_write,) if one.to_write and not one.paragraphs else one.paragraphs)
        for one in chapters
        if one.name not in {"ask", "sources"}
    ]
    return in_brief(words, room=room_beside(lines, marks))


def _decisions(document: CaseDocument) -> Table | None:
    said = _said(document)
    rows = tuple(
        (sentence(one.decision), said(one.amount) if one.amount else NONE, one.by, on(one.at), one.comment or NONE)
        for one in document.decisions
    )
    head = ("Decision", "Amount", "By", "On", "Words")
    return Table("Decisions", head, rows, numeric=False) if rows else None


def _line(document: CaseDocument) -> str:
    """The request in a sentence, its amounts as even as those of the words that follow it."""
    words = " ".join(one.text for one in document.sections if one.name == "ask")
    code = document.ask.unit
    cents = code in parted_among((document.ask, document.excess)) or re.search(rf"\b{code}[ \u00a0][\d,]+\.\d", words)
    ask, excess = (shown(one, cents=bool(cents)) for one in (document.ask, document.excess))
    return f"Approve a base of {ask} a {document.band.interval}, {excess} above the top of the band."


def _said(document: CaseDocument) -> Callable[[Amount], str]:
    return evenly(one.amount for one in document.decisions if one.amount)


def outline(document: CaseDocument) -> Outline:
    """The document in print order."""
    titles = {one.name: one.title for one in document.sections}
    gaps = document.completeness.missing if document.completeness else ()
    questions = tuple(
        f"{titles.get(gap.section, gap.section)}: {gap.question}".removeprefix(": ")
        + (" (needed before it can be submitted)" if gap.required and document.draft else "")
        for gap in gaps
    )
    percent = document.completeness.percent if document.completeness else 100
    open_ = {gap.section: gap.question for gap in gaps if gap.section} if document.draft else {}
    chapters = tuple(
        chapter_of(index, one, open_.get(one.name, ""), follows=document.follows)
        for index, one in enumerate(document.sections, start=1)
    )
    costs, drawing = _costs(document), next((one.plot for one in document.sections if one.plot), None)
    plot = finalist_chart.drawn(drawing) if drawing else None
    line = _line(document)
    return Outline(
        kicker="Case for an offer above the approved band",
        heading=f"{document.title}, {document.candidate}",
        number=document.number,
        version=str(document.version),
        state=state_of(document),
        mark=NOT_SUBMITTED if document.sha256 is None else f"SHA-256 {document.sha256[:SHORT]}",
        seal=document.sha256 or "",
        draft=document.draft,
        date=document.dated,
        requester=document.requester,
        ask_title=f"Decision requested by {on(document.needed_by)}",
        ask_line=line,
        ask_words=left_to_say(line, next((one.paragraphs for one in chapters if one.name == "ask"), ())),
        brief=_brief(chapters, len(costs.rows), len(plot.rows) if plot else 0),
        decided=_decided(document),
        paper=document.paper,
        costs=costs,
        scale=scale_of(document),
        plot=plot,
        facts=_facts(document),
        questions_title=f"What an approver will ask next ({percent} % of the case is answered)",
        questions=questions,
        decisions=_decisions(document),
        chapters=chapters,
    )

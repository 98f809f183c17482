"""What is printed and in which order, the same for every format: the words and tables of a case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recruiter.documents.charts import finalist_chart
from recruiter.documents.layout import cost_table
from recruiter.documents.layout.band_scale import Scale, scale_of
from recruiter.documents.layout.section_view import NONE, Chapter, Table, chapter_of
from recruiter.documents.layout.summary import Brief, briefs_of, remaining_request_text, room_beside
from recruiter.documents.layout.value_text import even_format, format_amount, long_date, parted_among, sentence
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
    plot: finalist_chart.Drawing | None
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
    request = next((section for section in document.sections if section.name == "ask"), None)
    if request is not None and request.figures:
        return request.figures
    band = document.band
    middle = () if band.mid is None else (Amount("Band midpoint", band.mid, band.currency),)
    ends = Amount("Band minimum", band.min, band.currency), Amount("Band maximum", band.max, band.currency)
    return (document.ask, ends[0], *middle, ends[1], document.excess)


def _costs(document: CaseDocument) -> Table:
    figures = summary_figures(document)
    head, rows = cost_table.HEAD, cost_table.rows_of(figures)
    if not rows:
        format_evenly = even_format(figures)
        head, rows = ("Figure", "Amount"), tuple((figure.label, format_evenly(figure)) for figure in figures)
    return Table("What it costs", head, rows)


def _facts(document: CaseDocument) -> tuple[tuple[str, str], ...]:
    terms = document.offer_terms_version
    rows = (
        ("Candidate", document.candidate),
        ("Role", f"{document.title} ({document.requisition})"),
        ("Level", document.level),
        ("Place", document.location),
        ("Decision needed by", long_date(document.needed_by)),
        ("Asked for by", f"{document.requester}, {long_date(document.created_on)}"),
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
    if document.decided is not None:
        status = f"{status} up to {format_amount(document.decided)}"
    submitted = f"Submitted {long_date(document.submitted_on)}".strip()
    return submitted if status == "Submitted" else f"{status} · {submitted}"


def _decisions(document: CaseDocument) -> Table | None:
    format_evenly = even_format(decision.amount for decision in document.decisions if decision.amount)
    rows = tuple(
        (
            sentence(decision.decision),
            format_evenly(decision.amount) if decision.amount else NONE,
            decision.by,
            long_date(decision.at),
            decision.comment or NONE,
        )
        for decision in document.decisions
    )
    head = ("Decision", "Amount", "By", "On", "Words")
    return Table("Decisions", head, rows, numeric=False) if rows else None


def _last_decisions(decisions: Table | None) -> Table | None:
    """The last decisions without their words, for the pages in brief."""
    if decisions is None:
        return None
    rows = tuple(row[:-1] for row in decisions.rows[-BRIEF_DECISIONS:])
    return Table("Decided so far", decisions.head[:-1], rows, numeric=False)


def _request_sentence(document: CaseDocument) -> str:
    """The request in a sentence, its amounts as even as those of the words that follow it."""
    request_text = " ".join(section.text for section in document.sections if section.name == "ask")
    code = document.ask.unit
    cents = code in parted_among((document.ask, document.excess)) or re.search(
        rf"\b{code}[ \u00a0][\d,]+\.\d", request_text
    )
    ask, excess = (format_amount(amount, cents=bool(cents)) for amount in (document.ask, document.excess))
    return f"Approve a base of {ask} a {document.band.interval}, {excess} above the top of the band."


def outline(document: CaseDocument) -> Outline:
    """The document in print order."""
    titles = {section.name: section.title for section in document.sections}
    gaps = document.completeness.missing if document.completeness else ()
    questions = tuple(
        f"{titles.get(gap.section, gap.section)}: {gap.question}".removeprefix(": ")
        + (" (needed before it can be submitted)" if gap.required and document.draft else "")
        for gap in gaps
    )
    percent = document.completeness.percent if document.completeness else 100
    to_write = {gap.section: gap.question for gap in gaps if gap.section} if document.draft else {}
    chapters = tuple(
        chapter_of(index, section, to_write.get(section.name, ""), follows=document.follows)
        for index, section in enumerate(document.sections, start=1)
    )
    costs, plot_data = _costs(document), next((section.plot for section in document.sections if section.plot), None)
    plot = finalist_chart.drawing_of(plot_data) if plot_data else None
    line, decisions = _request_sentence(document), _decisions(document)
    briefs = briefs_of(
        [
            (chapter.number, chapter.name, chapter.title, chapter.paragraphs or (chapter.to_write,))
            for chapter in chapters
            if chapter.name not in {"ask", "sources"}
        ],
        room=room_beside(len(costs.rows), len(plot.rows) if plot else 0),
    )
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
        ask_title=f"Decision requested by {long_date(document.needed_by)}",
        ask_line=line,
        ask_words=remaining_request_text(
            line, next((chapter.paragraphs for chapter in chapters if chapter.name == "ask"), ())
        ),
        brief=briefs,
        decided=_last_decisions(decisions),
        paper=document.paper,
        costs=costs,
        scale=scale_of(document),
        plot=plot,
        facts=_facts(document),
        questions_title=f"What an approver will ask next ({percent} % of the case is answered)",
        questions=questions,
        decisions=decisions,
        chapters=chapters,
    )

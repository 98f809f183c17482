"""A case as a Word document with real headings, table header rows and properties."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from recruiter.documents.charts.finalist_chart import Drawing
from recruiter.documents.docx.docx_tables import add_table
from recruiter.documents.docx.text_runs import SOFT, element, mark_right_to_left, set_property, small
from recruiter.documents.docx.watermark import draft_mark
from recruiter.documents.layout.layout_plan import Outline, outline
from recruiter.documents.layout.section_view import Chapter, Table
from recruiter.documents.layout.value_text import file_date
from recruiter.documents.model import PAPERS, CaseDocument
from recruiter.documents.reproducible_zip import strip_timestamps

FONT = "Georgia"
GREEN, PALE = "1C5D4F", "E2EFEA"
LONGEST = 255  # of a property


def _apply_styles(word_document: Document) -> None:
    sizes = (
        ("Normal", 10.5, 4, 6),
        ("Title", 22, 0, 10),
        ("Heading 1", 13.5, 18, 4),
        ("Caption", 9, 8, 3),
        ("Subtitle", 11, 0, 0),
    )
    for name, size, above, below in sizes:
        style: Any = word_document.styles[name]
        style.font.name, style.font.size, style.font.italic = FONT, Pt(size), False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        style.font.color.rgb = RGBColor.from_string(
            GREEN if name == "Subtitle" else SOFT if name == "Caption" else "1B1D1A"
        )
        style.font.bold = name in {"Title", "Heading 1"}
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    border = word_document.styles["Title"].element.find(".//" + qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that the reader's program fills in, such as the page."""
    run = small(paragraph, "1")._r  # noqa: SLF001  # python-docx has no fields
    paragraph._p.append(element("fldSimple", run, instr=code))  # noqa: SLF001  # same


def _set_up_page(word_document: Document, plan: Outline) -> None:
    section = word_document.sections[0]
    width, height = PAPERS[plan.paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    top, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (top, foot):
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.style = word_document.styles["Normal"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width - 50), WD_TAB_ALIGNMENT.RIGHT)
    small(top, f"Budget case {plan.number}\tVersion {plan.version} · {plan.state}")
    if plan.draft:
        top._p.append(draft_mark())  # noqa: SLF001  # python-docx has no watermark
    small(foot, f"{plan.mark} · Confidential: pay and candidate data\tPage ")
    _field(foot, "PAGE")
    small(foot, " of ")
    _field(foot, "NUMPAGES")


def _put_in_box(paragraph: Paragraph) -> Paragraph:
    """The request on a pale ground with a line beside it, as the print has it."""
    edges = (("top", "4", PALE), ("left", "24", GREEN), ("bottom", "4", PALE), ("right", "4", PALE))
    lines = [element(edge, val="single", sz=size, space="6", color=color) for edge, size, color in edges]
    set_property(paragraph, "pBdr", *lines)
    set_property(paragraph, "shd", val="clear", color="auto", fill=PALE)
    return paragraph


def _finalists(word_document: Document, plot: Drawing) -> None:
    """The plot as a table of its figures: Word has no drawing that every reader shows alike."""
    rows = tuple((row.name, row.score, row.range, f"tied, {row.place}" if row.tied else row.place) for row in plot.rows)
    head = ("Finalist", "Score of 5", "90 of 100 re-runs", "Place")
    bar = f" {plot.bar_label}." if plot.bar_label else ""
    add_table(word_document, Table(f"{plot.title}.{bar}", head, rows))
    small(word_document.add_paragraph(), plot.note)


def _pages_in_brief(word_document: Document, plan: Outline) -> None:
    word_document.add_paragraph(plan.kicker, style="Subtitle")
    mark_right_to_left(word_document.add_paragraph(plan.heading, style="Title"))
    _put_in_box(word_document.add_heading(plan.ask_title, 1))
    request = _put_in_box(word_document.add_paragraph())
    request.add_run(plan.ask_line).bold = True
    for paragraph_text in plan.ask_words:
        _put_in_box(mark_right_to_left(word_document.add_paragraph(paragraph_text)))
    word_document.add_heading(plan.costs.caption, 1)
    add_table(word_document, plan.costs, caption=False)
    small(word_document.add_paragraph(), plan.scale.alt)
    for brief in plan.brief:
        head = mark_right_to_left(word_document.add_heading(brief.title, 1))
        paragraph = word_document.add_paragraph(brief.text)
        head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(8), Pt(1)
        head.runs[0].font.size, paragraph.paragraph_format.space_after = Pt(11), Pt(3)
        if brief.more:
            small(paragraph, f" Annex {brief.number} says more.")
        mark_right_to_left(paragraph)
        if brief.name == "standing" and plan.plot is not None:
            _finalists(word_document, plan.plot)
    if plan.decided is not None:
        word_document.add_heading(plan.decided.caption, 1)
        add_table(word_document, plan.decided, caption=False)


def _annexes(word_document: Document, plan: Outline) -> None:
    start = word_document.add_paragraph("Annexes: the evidence, section by section", style="Subtitle")
    start.paragraph_format.page_break_before = True
    word_document.add_heading("Particulars", 1)
    add_table(word_document, Table("", ("What", "Value"), plan.facts, numeric=False), caption=False)
    if plan.questions:
        word_document.add_heading(plan.questions_title, 1)
        for question in plan.questions:
            mark_right_to_left(word_document.add_paragraph(question, style="List Bullet"))
    if plan.decisions is not None:
        word_document.add_heading(plan.decisions.caption, 1)
        add_table(word_document, plan.decisions, caption=False)
    for chapter in plan.chapters:
        _chapter(word_document, chapter)


def _chapter(word_document: Document, chapter: Chapter) -> None:
    word_document.add_heading(f"{chapter.number}  {chapter.title}", 1)
    for paragraph_text in chapter.paragraphs:
        mark_right_to_left(word_document.add_paragraph(paragraph_text))
    if chapter.to_write:
        word_document.add_paragraph().add_run(chapter.to_write).bold = True
    if chapter.empty:
        small(word_document.add_paragraph(), "Nothing is on record.").italic = True
    for table in chapter.tables:
        add_table(word_document, table)
    for index, claim in enumerate(chapter.claims):
        paragraph = word_document.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(12), Mm(-12)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(12))
        paragraph.paragraph_format.space_before = Pt(8 if index == 0 and chapter.tables else 2)
        paragraph.paragraph_format.keep_together = True
        paragraph.add_run(f"{claim.number}\t{claim.statement}").add_break()
        small(paragraph, claim.source)
        mark_right_to_left(paragraph, claim.statement)


def _properties(word_document: Document, plan: Outline) -> None:
    core = word_document.core_properties
    core.title, core.author = plan.title[:LONGEST], plan.requester[:LONGEST]
    core.last_modified_by = core.author
    core.subject, core.identifier, core.version = plan.kicker, plan.seal, plan.version
    core.comments, core.keywords = f"{plan.mark} · {plan.state}"[:LONGEST], plan.number[:LONGEST]
    core.content_status, core.language, core.revision = ("Draft" if plan.draft else "Final"), "en", 1
    core.created = core.modified = core.last_printed = file_date(plan.date)


def render(document: CaseDocument) -> bytes:
    """The bytes of the Word document."""
    plan = outline(document)
    word_document = docx.Document()
    _apply_styles(word_document)
    _set_up_page(word_document, plan)
    _pages_in_brief(word_document, plan)
    _annexes(word_document, plan)
    if plan.seal:
        last = word_document.add_paragraph()
        last.paragraph_format.space_before = Pt(18)
        small(last, f"SHA-256 of the frozen content of this case, version {plan.version}: {plan.seal}")
    _properties(word_document, plan)
    output = io.BytesIO()
    word_document.save(output)
    return strip_timestamps(output.getvalue())

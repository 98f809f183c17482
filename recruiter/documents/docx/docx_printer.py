"""A case as a Word document with real headings, table header rows and properties."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from recruiter.documents.charts.finalist_chart import Drawn
from recruiter.documents.docx import docx_tables
from recruiter.documents.docx.text_runs import SOFT, heard, small
from recruiter.documents.docx.watermark import draft_mark
from recruiter.documents.layout.layout_plan import Outline, outline
from recruiter.documents.layout.section_view import Chapter, Table
from recruiter.documents.layout.value_text import day
from recruiter.documents.model import PAPERS, CaseDocument
from recruiter.documents.reproducible_zip import without_clock

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Georgia"
GREEN, PALE = "1C5D4F", "E2EFEA"
EMU = 36_000  # English Metric Units to a millimetre
LONGEST = 255  # of a property


def _styled(made: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = (
        ("Normal", 10.5, 4, 6),
        ("Title", 22, 0, 10),
        ("Heading 1", 13.5, 18, 4),
        ("Caption", 9, 8, 3),
        ("Subtitle", 11, 0, 0),
    )
    for name, size, above, below in sizes:
        style: Any = made.styles[name]
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
    border = made.styles["Title"].element.find(".//" + qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _field(paragraph: Any, code: str) -> None:
    """A number that the reader's program fills in, such as the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(small(paragraph, "1")._r)  # noqa: SLF001  # python-docx has no fields
    paragraph._p.append(field)  # noqa: SLF001  # same


def _edges(made: Document, plan: Outline) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section = made.sections[0]
    width, height = PAPERS[plan.paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    top, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (top, foot):
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.style = made.styles["Normal"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width - 50), WD_TAB_ALIGNMENT.RIGHT)
    small(top, f"Budget case {plan.number}\tVersion {plan.version} · {plan.state}")
    if plan.draft:
        top._p.append(draft_mark())  # noqa: SLF001  # python-docx has no watermark
    small(foot, f"{plan.mark} · Confidential: pay and candidate data\tPage ")
    _field(foot, "PAGE")
    small(foot, " of ")
    _field(foot, "NUMPAGES")


def _table(made: Document, given: Table, *, caption: bool = True) -> None:
    section = made.sections[0]
    room = (int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)) / EMU
    docx_tables.put(made, given, room, caption=caption)


def _boxed(paragraph: Any) -> Any:
    """The request on a pale ground with a line beside it, as the print has it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx draws no boxes
    borders, ground = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    for edge, size, color in (("top", "4", PALE), ("left", "24", GREEN), ("bottom", "4", PALE), ("right", "4", PALE)):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", size), ("space", "6"), ("color", color)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    ground.set(qn("w:val"), "clear")
    ground.set(qn("w:color"), "auto")
    ground.set(qn("w:fill"), PALE)
    # The order of the properties is fixed: both stand before tabs, direction, spacing and alignment.
    following = (
        "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE",
        "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
        "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:outlineLvl", "w:rPr",
    )  # fmt: skip
    properties.insert_element_before(borders, "w:shd", *following)
    properties.insert_element_before(ground, *following)
    return paragraph


def _finalists(made: Document, plot: Drawn) -> None:
    """The plot as a table of its figures: Word has no drawing that every reader shows alike."""
    rows = tuple((one.name, one.score, one.range, f"tied, {one.place}" if one.tied else one.place) for one in plot.rows)
    head = ("Finalist", "Score of 5", "90 of 100 re-runs", "Place")
    bar = f" {plot.bar_label}." if plot.bar_label else ""
    _table(made, Table(f"{plot.title}.{bar}", head, rows))
    small(made.add_paragraph(), plot.note)


def _pages_in_brief(made: Document, plan: Outline) -> None:
    from docx.shared import Pt

    made.add_paragraph(plan.kicker, style="Subtitle")
    heard(made.add_paragraph(plan.heading, style="Title"))
    _boxed(made.add_heading(plan.ask_title, 1))
    asked = _boxed(made.add_paragraph())
    asked.add_run(plan.ask_line).bold = True
    for words in plan.ask_words:
        _boxed(heard(made.add_paragraph(words)))
    made.add_heading(plan.costs.caption, 1)
    _table(made, plan.costs, caption=False)
    small(made.add_paragraph(), plan.scale.alt)
    for one in plan.brief:
        head, paragraph = heard(made.add_heading(one.title, 1)), made.add_paragraph(one.text)
        head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(8), Pt(1)
        head.runs[0].font.size, paragraph.paragraph_format.space_after = Pt(11), Pt(3)
        if one.more:
            small(paragraph, f" Annex {one.number} says more.")
        heard(paragraph)
        if one.name == "standing" and plan.plot is not None:
            _finalists(made, plan.plot)
    if plan.decided is not None:
        made.add_heading(plan.decided.caption, 1)
        _table(made, plan.decided, caption=False)


def _annexes(made: Document, plan: Outline) -> None:
    start = made.add_paragraph("Annexes: the evidence, section by section", style="Subtitle")
    start.paragraph_format.page_break_before = True
    made.add_heading("Particulars", 1)
    _table(made, Table("", ("What", "Value"), plan.facts, numeric=False), caption=False)
    if plan.questions:
        made.add_heading(plan.questions_title, 1)
        for question in plan.questions:
            heard(made.add_paragraph(question, style="List Bullet"))
    if plan.decisions is not None:
        made.add_heading(plan.decisions.caption, 1)
        _table(made, plan.decisions, caption=False)
    for chapter in plan.chapters:
        _chapter(made, chapter)


def _chapter(made: Document, chapter: Chapter) -> None:
    from docx.shared import Mm, Pt

    made.add_heading(f"{chapter.number}  {chapter.title}", 1)
    for words in chapter.paragraphs:
        heard(made.add_paragraph(words))
    if chapter.to_write:
        made.add_paragraph().add_run(chapter.to_write).bold = True
    if chapter.empty:
        small(made.add_paragraph(), "Nothing is on record.").italic = True
    for table in chapter.tables:
        _table(made, table)
    for index, claim in enumerate(chapter.claims):
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(12), Mm(-12)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(12))
        paragraph.paragraph_format.space_before = Pt(8 if index == 0 and chapter.tables else 2)
        paragraph.paragraph_format.keep_together = True
        paragraph.add_run(f"{claim.number}\t{claim.statement}").add_break()
        small(paragraph, claim.source)
        heard(paragraph, claim.statement)


def _properties(made: Document, plan: Outline) -> None:
    core = made.core_properties
    moment = dt.datetime.combine(day(plan.date) or dt.date(2000, 1, 1), dt.time())
    core.title, core.author, core.last_modified_by = (
        plan.title[:LONGEST],
        plan.requester[:LONGEST],
        plan.requester[:LONGEST],
    )
    core.subject, core.identifier, core.version = plan.kicker, plan.seal, plan.version
    core.comments, core.keywords = f"{plan.mark} · {plan.state}"[:LONGEST], plan.number[:LONGEST]
    core.content_status, core.language, core.revision = ("Draft" if plan.draft else "Final"), "en", 1
    core.created = core.modified = core.last_printed = moment


def render(document: CaseDocument) -> bytes:
    """The bytes of the Word document."""
    import docx  # loads slowly
    from docx.shared import Pt

    plan = outline(document)
    made = docx.Document()
    _styled(made)
    _edges(made, plan)
    _pages_in_brief(made, plan)
    _annexes(made, plan)
    if plan.seal:
        last = made.add_paragraph()
        last.paragraph_format.space_before = Pt(18)
        small(last, f"SHA-256 of the frozen content of this case, version {plan.version}: {plan.seal}")
    _properties(made, plan)
    kept = io.BytesIO()
    made.save(kept)
    return without_clock(kept.getvalue())

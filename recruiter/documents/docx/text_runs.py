"""Words in a Word document: small ones, and those of scripts that run from the right."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from recruiter.documents.layout.value_text import from_right

SOFT = "5A5C53"
# The properties of a paragraph that we set or that may follow them; Word reads them in this order only.
PROPERTIES = (
    "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:outlineLvl", "w:rPr",
)  # fmt: skip


def small(paragraph: Paragraph, text: str) -> Run:
    """A run in small grey letters."""
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(SOFT)
    return run


def element(tag: str, *children: Any, **attributes: str) -> Any:
    """An element of Word's own XML, for what python-docx has no name for."""
    made = OxmlElement(f"w:{tag}", attrs={qn(f"w:{name}"): value for name, value in attributes.items()})
    made.extend(children)
    return made


def set_property(paragraph: Paragraph, tag: str, *children: Any, **attributes: str) -> None:
    """Give a paragraph a property that python-docx has no name for."""
    later = PROPERTIES[PROPERTIES.index(f"w:{tag}") + 1 :]
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no public way in
    properties.insert_element_before(element(tag, *children, **attributes), *later)


def mark_right_to_left(paragraph: Paragraph, text: str | None = None) -> Paragraph:
    """The paragraph, set from the right where its words (or those given) run so."""
    if from_right(paragraph.text if text is None else text):
        set_property(paragraph, "bidi")
        for run in paragraph.runs:
            run.font.rtl = from_right(run.text)
    return paragraph

"""Words in a Word document: small ones, and those of scripts that run from the right."""

from __future__ import annotations

from docx.text.paragraph import Paragraph
from docx.text.run import Run

from recruiter.documents.layout.value_text import from_right

SOFT = "5A5C53"


def small(paragraph: Paragraph, text: str) -> Run:
    """A run in small grey letters."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(SOFT)
    return run


def mark_right_to_left(paragraph: Paragraph, text: str | None = None) -> Paragraph:
    """The paragraph, set from the right where its words (or those given) run so."""
    from docx.oxml import OxmlElement

    if from_right(paragraph.text if text is None else text):
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no direction of a paragraph
        # The order of the properties is fixed: direction stands before spacing, indents and alignment.
        properties.insert_element_before(
            OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
            "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:outlineLvl", "w:rPr",
        )  # fmt: skip
        for run in paragraph.runs:
            run.font.rtl = from_right(run.text)
    return paragraph

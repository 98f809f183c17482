import io

import docx as word
import pytest
from docx.oxml.ns import qn

from recruiter.documents.docx import docx_printer
from recruiter.documents.from_frozen import from_content

from .conftest import SEAL, STRANGE


def opened(document):
    return word.Document(io.BytesIO(docx_printer.render(document)))


def texts(made):
    return "\n".join(element.text for element in made.element.body.iter() if element.tag == qn("w:t") and element.text)


def test_headings_are_headings(frozen):
    made = opened(frozen)
    heads = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 1"]
    assert "1  The request" in heads
    assert "7  Sources" in heads
    assert [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Title"] == [
        "Staff Data Engineer, Priya Raghunathan"
    ]


def test_tables_have_header_rows(frozen):
    made = opened(frozen)
    assert made.tables
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_it_carries_number_version_and_seal(frozen):
    made = opened(frozen)
    section = made.sections[0]
    assert "BC-2026-031" in section.header.paragraphs[0].text
    assert "Version 3" in section.header.paragraphs[0].text
    assert SEAL[:12] in section.footer.paragraphs[0].text
    assert SEAL in texts(made)
    assert made.core_properties.identifier == SEAL
    assert made.core_properties.version == "3"
    assert made.core_properties.author == "Nora Lindqvist"
    assert made.core_properties.created.date().isoformat() == "2026-11-19"


def test_a_draft_is_marked(frozen, draft):
    header = opened(draft).sections[0].header
    assert "Draft, not submitted" in header.paragraphs[0].text
    assert 'string="DRAFT"' in header._element.xml
    assert 'string="DRAFT"' not in opened(frozen).sections[0].header._element.xml


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_strange_words_stay_words(strange, text):
    whole = "".join(paragraph.text for paragraph in opened(strange(text)).paragraphs)
    assert text.replace("\x07", "").replace("\ud800", "").replace("\ufffe", "").strip() in whole


def test_the_same_case_gives_the_same_bytes(frozen):
    assert docx_printer.render(frozen) == docx_printer.render(frozen)


def test_what_runs_from_the_right_is_set_from_the_right(content):
    content["sections"][1]["text"] = "שרה אמרה כן"
    content["sections"][2]["text"] = "Sarah said yes"
    paragraphs = {paragraph.text: paragraph for paragraph in opened(from_content(content)).paragraphs}
    assert paragraphs["שרה אמרה כן"]._p.pPr.find(qn("w:bidi")) is not None
    assert paragraphs["שרה אמרה כן"].runs[0].font.rtl
    assert paragraphs["Sarah said yes"]._p.pPr is None or paragraphs["Sarah said yes"]._p.pPr.find(qn("w:bidi")) is None


@pytest.mark.parametrize(("paper", "width"), [("a4", 210), ("letter", 215.9)])
def test_either_paper(content, paper, width):
    made = opened(from_content(content, paper=paper))
    assert made.sections[0].page_width.mm == pytest.approx(width, abs=0.1)

import io
import re

import pytest
from pypdf import PdfReader

from recruiter.documents import pdf
from recruiter.documents.model import from_content

from .conftest import SEAL, STRANGE


def read(data):
    return PdfReader(io.BytesIO(data))


def text_of(data):
    return "\n".join(page.extract_text() for page in read(data).pages)


def test_every_page_carries_number_seal_and_place(frozen):
    pages = read(pdf.render(frozen)).pages
    assert len(pages) >= 2
    for place, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert "BC-2026-031" in text
        assert "Version 3" in text
        assert SEAL[:12] in text
        assert f"Page {place} of {len(pages)}" in text
        assert "DRAFT" not in text


def test_the_whole_seal_stands_in_it(frozen):
    assert SEAL in text_of(pdf.render(frozen)).replace("\n", "")


def test_a_draft_is_marked_on_every_page(draft):
    for page in read(pdf.render(draft)).pages:
        text = page.extract_text()
        assert "DRAFT" in text
        assert "Draft, not submitted" in text


def test_it_is_tagged_named_and_in_a_language(frozen):
    printed = pdf.print_pdf(frozen)
    reader = read(printed.data)
    root = reader.trailer["/Root"]
    assert printed.standard == "ua-1"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Budget case BC-2026-031, version 3: Staff Data Engineer, Priya Raghunathan"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_headings_tables_and_the_drawing_have_tags(frozen):
    reader = read(pdf.render(frozen))
    found, alts = set(), []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif hasattr(node, "get"):
            found.add(node.get("/S"))
            if "/Alt" in node:
                alts.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/Figure"} <= found
    assert any("approved band runs from EUR" in one for one in alts)


def test_the_same_case_gives_the_same_bytes(frozen):
    assert pdf.render(frozen) == pdf.render(frozen)


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE.keys())
def test_strange_words_stay_words(strange, words):
    text = text_of(pdf.render(strange(words)))
    assert "BC-2026-031" in text
    if words.isascii():
        plain = re.sub(r"[\s\u200b]", "", text)
        assert re.sub(r"\s", "", words.replace("\x07", "")) in plain


def test_letters_without_a_font_leave_the_tags(strange):
    printed = pdf.print_pdf(strange(STRANGE["hangul"]))
    assert printed.standard is None
    assert "/StructTreeRoot" in read(printed.data).trailer["/Root"]


def test_words_longer_than_a_page_go_on_overleaf(content):
    def long(name):
        return f"begin-of-{name} " + "word " * 3000 + f"end-of-{name}"

    content["sections"][0]["text"] = long("text")
    content["sections"][0]["evidence"][0]["statement"] = long("claim")
    content["sections"][4]["figures"][0]["label"] = long("label")
    pages = [page.extract_text() for page in read(pdf.render(from_content(content))).pages]
    for name in ("text", "claim", "label"):
        [begins] = [place for place, text in enumerate(pages) if f"begin-of-{name}" in text]
        [ends] = [place for place, text in enumerate(pages) if f"end-of-{name}" in text]
        assert begins < ends

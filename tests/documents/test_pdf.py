import io
import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from recruiter.documents.from_frozen import from_content
from recruiter.documents.model import PAPERS
from recruiter.documents.pdf import pdf_printer

from .conftest import DECISIONS, SEAL, STRANGE


def read(data):
    return PdfReader(io.BytesIO(data))


def text_of(data):
    return "\n".join(page.extract_text() for page in read(data).pages)


def test_every_page_carries_number_seal_and_place(frozen):
    pages = read(pdf_printer.render(frozen)).pages
    assert len(pages) >= 2
    for place, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert "BC-2026-031" in text
        assert "Version 3" in text
        assert SEAL[:12] in text
        assert f"Page {place} of {len(pages)}" in text
        assert "DRAFT" not in text


def test_the_whole_seal_stands_in_it(frozen):
    assert SEAL in text_of(pdf_printer.render(frozen)).replace("\n", "")


def test_a_draft_is_marked_on_every_page(draft):
    for page in read(pdf_printer.render(draft)).pages:
        text = page.extract_text()
        assert "DRAFT" in text
        assert "Draft, not submitted" in text


def test_it_is_tagged_named_and_in_a_language(frozen):
    printed = pdf_printer.print_pdf(frozen)
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
    reader = read(pdf_printer.render(frozen))
    roles, alts = set(), []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "get"):
            roles.add(node.get("/S"))
            if "/Alt" in node:
                alts.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/Figure"} <= roles
    assert any("approved band runs from EUR" in alt for alt in alts)


def test_the_same_case_gives_the_same_bytes(frozen):
    assert pdf_printer.render(frozen) == pdf_printer.render(frozen)


@pytest.mark.parametrize("typed", STRANGE.values(), ids=STRANGE.keys())
def test_strange_words_stay_words(strange, typed):
    text = text_of(pdf_printer.render(strange(typed)))
    assert "BC-2026-031" in text
    if typed.isascii():
        plain = re.sub(r"[\s\u200b]", "", text)
        assert re.sub(r"\s", "", typed.replace("\x07", "")) in plain


def test_scripts_of_our_fonts_are_accessible_and_need_no_note(strange):
    scripts = "김민준 山田太郎 李小龙 ليلى שרה प्रिया ปรียา Żółć Ελένη Иван \u2764\ufe0f \U0001f469\u200d\U0001f4bb"
    printed = pdf_printer.print_pdf(strange(scripts))
    assert printed.standard == "ua-1"
    assert printed.note == ""
    text = text_of(printed.data)
    for word in ("김민준", "山田太郎", "李小龙", "Żółć", "Ελένη", "Иван"):
        assert word in text


@pytest.mark.parametrize("letter", ["\U00020bb7", "பி", "\U00013000", "\u1820"])
def test_a_letter_without_a_font_is_its_number_and_the_document_says_so(strange, letter):
    printed = pdf_printer.print_pdf(strange(f"Yoshida {letter} Kenji"))
    number = f"U+{ord(letter[0]):04X}"
    assert printed.standard == "ua-1"
    assert number in printed.note
    text = re.sub(r"\s+", " ", text_of(printed.data))
    assert f"Yoshida [{number}]" in text
    assert "printed as their Unicode number" in text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_text_breaks_a_print_or_its_standard(strange, text):
    assert pdf_printer.print_pdf(strange(f"x {text}")).standard == "ua-1"


def test_what_runs_from_the_right_begins_at_the_right(content):
    def places(typed):
        content["sections"][1]["text"] = typed
        positions = []
        page = read(pdf_printer.render(from_content(content))).pages[0]
        page.extract_text(visitor_text=lambda text, cm, tm, *_: positions.append((cm[4] + tm[4], text)))
        return positions

    left = min(x for x, text in places("Sarah said yes") if "Sarah" in text)
    right = min(x for x, text in places("שרה אמרה כן") if "\u05e9" in text)
    assert right > left + 100


@pytest.mark.parametrize("lines", [8, 17])
@pytest.mark.parametrize("paper", PAPERS)
def test_two_pages_and_annexes_on_either_paper(content, paper, lines):
    """However much is written, the first two pages hold all of it in brief; the annexes begin on the third."""
    for section in content["sections"]:
        section["text"] = "The panel saw a clear account of the migration and of what it cost. " * 60
    content["sections"] += [
        {**content["sections"][1], "name": f"more{number}", "title": "Voices of teams"} for number in range(6)
    ]
    pages = read(
        pdf_printer.render(from_content(content, sha256=SEAL, status="approved", decisions=DECISIONS, paper=paper))
    ).pages
    [first] = [place for place, page in enumerate(pages) if "Annexes: the evidence" in page.extract_text()]
    assert first == 2
    brief = pages[0].extract_text() + pages[1].extract_text()
    for number, section in enumerate(content["sections"], start=1):
        if section["name"] not in {"ask", "sources"}:
            assert f"Annex {number} says more." in brief
    box = pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(
        [length * 72 / 25.4 for length in PAPERS[paper]], abs=0.5
    )


def test_what_is_still_to_write_is_said_in_a_draft_alone(content, frozen, draft):
    assert "Still to write: How far above the bar, and ahead of whom?" in text_of(pdf_printer.render(draft))
    assert "Still to write" not in text_of(pdf_printer.render(frozen))


def test_words_longer_than_a_page_go_on_overleaf(content):
    def long(name):
        return f"begin-of-{name} " + "word " * 3000 + f"end-of-{name}"

    content["sections"][0]["text"] = long("text")
    content["sections"][0]["evidence"][0]["statement"] = long("claim")
    content["sections"][4]["figures"][0]["label"] = long("label")
    pages = [page.extract_text() for page in read(pdf_printer.render(from_content(content))).pages]
    for name in ("text", "claim", "label"):
        begins = max(place for place, text in enumerate(pages) if f"begin-of-{name}" in text)
        [ends] = [place for place, text in enumerate(pages) if f"end-of-{name}" in text]
        assert begins < ends


def test_headings_go_down_in_order_and_every_head_of_a_table_says_what_it_heads(frozen):
    root = read(pdf_printer.render(frozen)).trailer["/Root"]
    heads, scopes = [], []

    def walk(node):
        node = node.get_object()
        for child in node if isinstance(node, list) else ():
            walk(child)
        kind = node.get("/S") if hasattr(node, "get") else None
        if kind and re.fullmatch("/H[1-6]", kind):
            heads.append(int(kind[2:]))
        if kind == "/TH":
            given = node["/A"].get_object()
            scopes.extend(item.get_object().get("/Scope") for item in (given if isinstance(given, list) else [given]))
        if hasattr(node, "get") and "/K" in node:
            walk(node["/K"])

    walk(root["/StructTreeRoot"])
    assert heads[0] == 1
    assert heads.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(heads))
    assert scopes
    assert set(scopes) == {"/Column"}
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/StructTreeRoot"]["/ParentTree"]

"""Whole documents as they should come out, page by page as text and as pictures.

After a wanted change of the print: RECRUITER_GOLDEN=write pytest tests/documents/test_golden.py, then look at every picture.
"""

import copy
import io
import os
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from recruiter.documents import html_printer
from recruiter.documents.docx import docx_printer
from recruiter.documents.from_frozen import from_content
from recruiter.documents.pdf import pdf_printer

from .conftest import CONTENT, DECISIONS, SEAL, plotted_content
from .rasters import apart, decoded

FOLDER = Path(__file__).with_name("golden")
WRITES = os.environ.get("RECRUITER_GOLDEN") == "write"
PPI = 60
FAR = 6.0  # of 255, the mean of a block: machines may round the edge of a letter differently
SCRIPTS = "Zoë Łukasz Ελένη Иван שרה ليلى प्रिया ปรียา 김민준 山田太郎 \u2764\ufe0f \U00020bb7"


def frozen_a4():
    return from_content(copy.deepcopy(CONTENT), sha256=SEAL, status="approved", decisions=DECISIONS)


def frozen_letter():
    return from_content(copy.deepcopy(CONTENT), sha256=SEAL, status="submitted", paper="letter")


def draft_a4():
    return from_content({**copy.deepcopy(CONTENT), "submitted_on": None}, status="draft")


def scripts_a4():
    content = copy.deepcopy(CONTENT)
    content["candidate"] = content["requested_by"] = SCRIPTS
    content["sections"][1]["text"] = "שרה אמרה כן, 12 פעמים."
    content["sections"][4]["text"] = "ليلى الحسن قالت نعم."
    return from_content(content, sha256=SEAL, status="submitted")


def plotted_a4():
    return from_content(plotted_content(), sha256=SEAL, status="submitted")


CASES = {case.__name__: case for case in (frozen_a4, frozen_letter, draft_a4, scripts_a4, plotted_a4)}


def same_text(name, text):
    file = FOLDER / f"{name}.txt"
    if WRITES:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_every_page_says_what_it_should(name):
    pages = PdfReader(io.BytesIO(pdf_printer.render(CASES[name]()))).pages
    texts = [re.sub(r"\s+", " ", page.extract_text()).strip() for page in pages]
    same_text(name, "\n\n".join(f"[page {place}]\n{text}" for place, text in enumerate(texts, start=1)) + "\n")


@pytest.mark.parametrize("name", CASES)
def test_every_page_looks_as_it_should(name):
    pictures = pdf_printer.pictures(CASES[name](), ppi=PPI)
    if WRITES:
        for old in FOLDER.glob(f"{name}-*.png"):
            old.unlink()
        for place, data in enumerate(pictures, start=1):
            (FOLDER / f"{name}-{place}.png").write_bytes(data)
    expected = sorted(FOLDER.glob(f"{name}-*.png"))
    assert len(expected) == len(pictures)
    for file, data in zip(expected, pictures, strict=True):
        golden = file.read_bytes()
        if golden != data:
            assert apart(decoded(golden), decoded(data)) <= FAR, file.name


def test_a_single_digit_elsewhere_would_be_seen():
    content = copy.deepcopy(CONTENT)
    content["sections"][0]["figures"][6]["value"] += 100_000  # EUR 15,000 becomes EUR 16,000
    other = from_content(content, sha256=SEAL, status="approved", decisions=DECISIONS)
    [golden, *_] = sorted(FOLDER.glob("frozen_a4-*.png"))
    assert apart(decoded(golden.read_bytes()), decoded(pdf_printer.pictures(other, ppi=PPI)[0])) > FAR


def test_the_page_and_the_word_document_say_the_same_as_the_print():
    """One outline, three prints: whatever the print says in a paragraph, a table or a source line, the others say too."""
    import docx as word

    document = frozen_a4()
    whole = word.Document(io.BytesIO(docx_printer.render(document)))
    in_word = "".join(element.text or "" for element in whole.element.body.iter() if element.tag.endswith("}t"))
    page = re.sub(r"<[^>]+>", "", html_printer.render(document).split("</style>")[1])
    same_text("frozen-html", re.sub(r"\s+", " ", page).strip() + "\n")
    same_text("frozen-docx", "\n".join(paragraph.text for paragraph in whole.paragraphs) + "\n")
    for section in document.sections:
        for claim in section.claims if section.name != "sources" else ():
            assert claim.statement in in_word
            assert claim.statement.replace("'", "&#39;") in page

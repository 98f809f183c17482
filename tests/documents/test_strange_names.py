"""Names that are long, or run from the right: they turn no sentence round, and nothing runs over its neighbour."""

import copy
import io
from itertools import pairwise

import docx as word
import pytest
from pypdf import PdfReader

from recruiter.documents import html_printer
from recruiter.documents.charts import finalist_chart
from recruiter.documents.docx import docx_printer, docx_tables
from recruiter.documents.from_frozen import from_content
from recruiter.documents.layout.value_text import direction
from recruiter.documents.pdf import pdf_printer

from .conftest import SEAL, plotted_content

LONG = "Maria Anneliese von und zu Hohenstein-Donaudampfschifffahrtsgesellschaft " * 3


def document_named(name):
    content = copy.deepcopy(plotted_content())
    content["candidate"] = name
    content["sections"][2]["plot"]["rows"][0]["name"] = name
    content["sections"][1]["text"] = f"{name} was seen by 4 interviewers."
    return from_content(content, sha256=SEAL, status="submitted")


@pytest.mark.parametrize(
    ("name", "runs"),
    [
        ("שרה כהן", "rtl"),
        ("שרה כהן was seen by 4 interviewers.", "ltr"),
        ("Head of Data, ليلى عبد الرحمن الحسن", "ltr"),
        ("ליאה ענתה כן, 12 פעמים, ב-Berlin.", "rtl"),
        ("12.5", "ltr"),
        ("\u05b0", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_name_alone_turns_no_sentence_round(name, runs):
    assert direction(name) == runs


def test_every_print_sets_a_sentence_by_most_of_its_words():
    document = document_named("שרה כהן")
    assert '<p dir="ltr">שרה כהן was seen' in html_printer.render(document)
    paragraphs = word.Document(io.BytesIO(docx_printer.render(document))).paragraphs
    [paragraph] = [item for item in paragraphs if item.text.startswith("שרה כהן was seen")][:1]
    assert "w:bidi" not in paragraph._p.xml


@pytest.mark.parametrize(
    "name", [LONG, "Donaudampf" * 20, "\u05b0", "欧阳" * 30], ids=["long", "word", "point", "wide"]
)
def test_a_long_name_is_cut_in_the_drawing_and_whole_in_its_words(name):
    made = finalist_chart.drawing_of(document_named(name).sections[2].plot)
    assert len(made.rows[0].name) <= finalist_chart.NAME_WIDTH + 1
    assert name.strip() in made.alt
    assert len(PdfReader(io.BytesIO(pdf_printer.render(document_named(name)))).pages) >= 2


@pytest.mark.parametrize("numeric", [True, False])
@pytest.mark.parametrize(
    "row",
    [("Approved", "EUR 204,000", "Ingrid", "20 Nov 2026", "Good"), ("A" * 200, "1", "B" * 90, "2", "C" * 900), ("a", "b", "c", "d", "e")],
)  # fmt: skip
def test_a_table_in_word_is_as_wide_as_the_page_and_no_column_is_lost(row, numeric):
    head = ("Decision", "Amount", "By", "On", "Words")
    widths = docx_tables.column_widths(head, [row], 160.0, numeric=numeric)
    assert sum(widths) == pytest.approx(160.0)
    assert min(widths) >= 10
    if len(row[0]) > 100:
        assert all(first > 10 for first, _ in pairwise(widths))

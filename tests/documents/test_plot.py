"""The finalists side by side in every print: the same figures, a text alternative, and nothing where there is no ranking."""

import io
import re

import pytest
from pypdf import PdfReader

from recruiter.documents import html_printer
from recruiter.documents.charts import finalist_chart
from recruiter.documents.docx import docx_printer
from recruiter.documents.from_frozen import from_content
from recruiter.documents.layout.layout_plan import outline
from recruiter.documents.pdf import pdf_printer
from recruiter.documents.xlsx import xlsx_printer

from .conftest import DECISIONS, PLOT, SEAL, plotted_content
from .test_xlsx import cells

ALT = (
    "Scores of 5 with the range of 90 in 100 re-runs: Priya Raghunathan 4.21, range 3.88 to 4.54, tied in place 1; "
    "Finalist B 4.14, range 3.80 to 4.48, tied in place 1; Finalist C 3.71, range 3.38 to 4.04, in place 3; the bar is 3.25."
)


@pytest.fixture
def plotted():
    return from_content(plotted_content(), sha256=SEAL, status="submitted")


def test_places_are_shares_of_the_scale(plotted):
    plot = outline(plotted).plot
    assert plot.alt == ALT
    assert [label for _, label in plot.ticks] == ["2", "3", "4", "5"]
    assert plot.ticks[0][0] == finalist_chart.ENDS
    assert plot.bar == pytest.approx(finalist_chart.ENDS + (1 - 2 * finalist_chart.ENDS) * (3.25 - 2) / 3, abs=1e-4)
    for row in plot.rows:
        assert 0 < row.low < row.low50 < row.dot < row.high50 < row.high < 1
    assert "Other finalists are not named. A place with = is shared" in plot.note


def test_the_page_draws_it_with_its_words(plotted):
    page = html_printer.render(plotted)
    assert f'aria-label="{ALT}"' in page
    assert page.count("<circle") == 3
    assert page.count("tied, 1=") == 2


def test_the_print_draws_it_with_its_words(plotted):
    reader = PdfReader(io.BytesIO(pdf_printer.render(plotted)))
    first = reader.pages[0].extract_text()
    for phrase in ("Finalist B", "4.14", "tied, 1=", "Bar 3.25"):
        assert phrase in first
    assert ALT in _alternatives(reader)


def _alternatives(reader):
    roles, waiting, seen = set(), [reader.trailer["/Root"]["/StructTreeRoot"]], set()
    while waiting:
        node = waiting.pop()
        node = node.get_object()
        if not isinstance(node, dict) or id(node) in seen:
            if isinstance(node, list):
                waiting += node
            continue
        seen.add(id(node))
        if "/Alt" in node:
            roles.add(str(node["/Alt"]))
        if "/K" in node:
            waiting.append(node["/K"])
    return roles


def test_word_has_it_as_a_table(plotted):
    import docx as word

    made = word.Document(io.BytesIO(docx_printer.render(plotted)))
    rows = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    assert ["Finalist B", "4.14", "3.80 to 4.48", "tied, 1="] in rows


def test_the_workbook_has_its_figures_as_numbers(plotted):
    rows = {row.get("A"): row for row in cells(xlsx_printer.render(plotted), 4)}
    assert rows["Finalist B"]["C"] == 4.14
    assert [rows["Priya Raghunathan"][column] for column in "DEFG"] == [3.88, 4.54, 4.07, 4.35]
    assert rows["Finalist C"]["B"] == "3"


@pytest.mark.parametrize("given", [None, {}])
def test_without_a_ranking_nothing_is_drawn(given):
    content = plotted_content()
    content["sections"][2]["plot"] = given
    document = from_content(content, sha256=SEAL, status="submitted")
    assert outline(document).plot is None
    assert "doc-finalists" not in html_printer.render(document).split("</style>")[1]
    assert len(PdfReader(io.BytesIO(pdf_printer.render(document))).pages) >= 2


def test_a_long_slate_shows_the_first_and_the_candidate(plotted):
    content = plotted_content()
    rows = [
        {**PLOT["rows"][2], "name": f"Finalist {letter}", "place": str(place)}
        for place, letter in enumerate("BCDEFGH", 1)
    ]
    content["sections"][2]["plot"]["rows"] = [*rows, {**PLOT["rows"][0], "place": "8", "tied": False}]
    drawing = outline(from_content(content)).plot
    assert [row.name for row in drawing.rows] == [f"Finalist {letter}" for letter in "BCDEF"] + ["Priya Raghunathan"]
    assert drawing.note.endswith("2 more finalists are in the annex.")


def test_what_is_approved_stands_beside_what_is_asked_for(plotted):
    costs = outline(plotted).costs
    assert costs.head == ("What is paid", "Approved", "Requested", "Difference")
    rows = {row[0]: [re.sub(r"\s", " ", cell) for cell in row[1:]] for row in costs.rows}
    assert rows["First year"] == ["EUR 226,560", "EUR 258,420", "+EUR 31,860"]
    assert rows["On-cost of a year, 18 % of pay"] == ["EUR 34,560", "EUR 36,720", "+EUR 2,160"]
    assert "Target variable of a year" not in rows  # nothing is paid, so nothing is said


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_with_a_long_slate_and_long_words_it_still_takes_two_pages(paper):
    content = plotted_content()
    content["title"] = "A very long title of a role " * 3
    rows = [{**PLOT["rows"][2], "name": f"Finalist {letter}"} for letter in "BCDEFGH"]
    content["sections"][2]["plot"]["rows"] = [
        *rows,
        {**PLOT["rows"][0], "name": "Wolfeschlegelsteinhausen Hubert " * 3},
    ]
    for section in content["sections"]:
        section["text"] = "The panel saw a clear account of the migration. " * 40
    content["sections"] += [{**content["sections"][1], "name": f"more{number}"} for number in range(6)]
    pages = PdfReader(
        io.BytesIO(
            pdf_printer.render(from_content(content, sha256=SEAL, status="approved", decisions=DECISIONS, paper=paper))
        )
    ).pages
    assert [place for place, page in enumerate(pages) if "Annexes: the evidence" in page.extract_text()] == [2]

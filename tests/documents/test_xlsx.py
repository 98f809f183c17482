import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from recruiter.documents import xlsx
from recruiter.documents.model import from_content

from .conftest import SEAL, STRANGE

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314  # our own file


def cells(data, sheet):
    """The cells of a sheet as rows of {column letter: value}: numbers as numbers, text as text."""
    known = ["".join(one.itertext()) for one in part(data, "xl/sharedStrings.xml").iter(f"{MAIN}si")]
    rows = []
    for row in part(data, f"xl/worksheets/sheet{sheet}.xml").iter(f"{MAIN}row"):
        found = {}
        for cell in row.iter(f"{MAIN}c"):
            assert cell.find(f"{MAIN}f") is None
            value = cell.find(f"{MAIN}v")
            if value is not None:
                found[cell.get("r").rstrip("0123456789")] = (
                    known[int(value.text)] if cell.get("t") == "s" else float(value.text)
                )
        rows.append(found)
    return rows


def test_sheets_have_their_names(frozen):
    names = [one.get("name") for one in part(xlsx.render(frozen), "xl/workbook.xml").iter(f"{MAIN}sheet")]
    assert names == ["Summary", "Evidence", "Text"]


def test_figures_are_numbers_with_their_currency(frozen):
    rows = {row.get("B"): row for row in cells(xlsx.render(frozen), 1)}
    assert rows["Asked base"]["C"] == 204000
    assert rows["Asked base"]["D"] == "EUR"
    assert rows["Cost of losing, high"]["C"] == 102250.5
    assert rows["Finalist B, less than the request"]["C"] == -24000
    assert rows["Days, middle"]["C"] == 61
    assert rows["Days, middle"]["E"] == "days"
    assert "D" not in rows["Days, middle"]


def test_yen_have_no_cents(content):
    content["sections"] = []
    for key in ("ask", "excess", "band"):
        content[key]["currency"] = "JPY"
    rows = {row.get("B"): row for row in cells(xlsx.render(from_content(content)), 1)}
    assert rows["Asked base"]["C"] == 20400000


def test_it_carries_number_version_and_seal(frozen):
    facts = {row.get("A"): row.get("B") for row in cells(xlsx.render(frozen), 1)}
    assert facts["Case"] == "BC-2026-031"
    assert facts["Version"] == 3
    assert facts["SHA-256"] == SEAL


def test_a_draft_is_marked(draft):
    data = xlsx.render(draft)
    assert {row.get("A"): row.get("B") for row in cells(data, 1)}["SHA-256"] == "Draft, not submitted"
    for sheet in (1, 2, 3):
        assert "DRAFT" in "".join(part(data, f"xl/worksheets/sheet{sheet}.xml").itertext())


def test_claims_are_rows_with_their_source(frozen):
    rows = {row["A"]: row for row in cells(xlsx.render(frozen), 2)}
    assert rows["2.1"]["D"] == "Scorecards of ENG-12"
    assert rows["2.1"]["G"] == 4


@pytest.mark.parametrize("words", [*STRANGE.values(), "+1", "-1", "@SUM(A1)", "{=1}", "0042", "https://example.com"])
def test_words_stay_text(strange, words):
    data = xlsx.render(strange(words))
    found = cells(data, 2)[1]["C"]
    assert found == words.replace("\x07", "").replace("\ud800", "").replace("\ufffe", "")


def test_words_longer_than_a_cell_go_on_below(content):
    content["sections"][0]["text"] = "word " * 8000
    rows = cells(xlsx.render(from_content(content)), 3)
    assert rows[1]["C"] + rows[2]["C"] == "word " * 8000


def test_the_same_case_gives_the_same_bytes(frozen):
    assert xlsx.render(frozen) == xlsx.render(frozen)

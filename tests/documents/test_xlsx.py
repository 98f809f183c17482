import io
import math
import re
import zipfile
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from recruiter.documents.from_frozen import from_content
from recruiter.documents.xlsx import xlsx_printer

from .conftest import SEAL, STRANGE

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314  # our own file


def cells_of(data, row):
    """The cells of a row as {column letter: value}: numbers as numbers, text as text, formulas as what they show."""
    known = ["".join(one.itertext()) for one in part(data, "xl/sharedStrings.xml").iter(f"{MAIN}si")]
    found = {}
    for cell in row.iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        if value is not None:
            found[cell.get("r").rstrip("0123456789")] = (
                known[int(value.text)] if cell.get("t") == "s" else float(value.text)
            )
    return found


def cells(data, sheet):
    """The rows of a sheet."""
    return [cells_of(data, row) for row in part(data, f"xl/worksheets/sheet{sheet}.xml").iter(f"{MAIN}row")]


def test_sheets_have_their_names(frozen):
    names = [one.get("name") for one in part(xlsx_printer.render(frozen), "xl/workbook.xml").iter(f"{MAIN}sheet")]
    assert names == ["Summary", "Evidence", "Text"]


def test_figures_are_numbers_with_their_currency(frozen):
    rows = {row.get("B"): row for row in cells(xlsx_printer.render(frozen), 1)}
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
    rows = {row.get("B"): row for row in cells(xlsx_printer.render(from_content(content)), 1)}
    assert rows["Asked base"]["C"] == 20400000


def test_it_carries_number_version_and_seal(frozen):
    facts = {row.get("A"): row.get("B") for row in cells(xlsx_printer.render(frozen), 1)}
    assert facts["Case"] == "BC-2026-031"
    assert facts["Version"] == 3
    assert facts["SHA-256"] == SEAL


def test_a_draft_is_marked(draft):
    data = xlsx_printer.render(draft)
    assert {row.get("A"): row.get("B") for row in cells(data, 1)}["SHA-256"] == "Draft, not submitted"
    for sheet in (1, 2, 3):
        assert "DRAFT" in "".join(part(data, f"xl/worksheets/sheet{sheet}.xml").itertext())


def test_claims_are_rows_with_their_source(frozen):
    rows = {row["A"]: row for row in cells(xlsx_printer.render(frozen), 2)}
    assert rows["2.1"]["D"] == "Scorecards of ENG-12"
    assert rows["2.1"]["G"] == 4


@pytest.mark.parametrize("words", [*STRANGE.values(), "+1", "-1", "@SUM(A1)", "{=1}", "0042", "https://example.com"])
def test_words_stay_text(strange, words):
    data = xlsx_printer.render(strange(words))
    found = cells(data, 2)[1]["C"]
    assert found == words.replace("\x07", "").replace("\ud800", "").replace("\ufffe", "")


def formulas(data):
    """The formulas of the first sheet by their cell, and every value of it."""
    found, values = {}, {}
    for cell in part(data, "xl/worksheets/sheet1.xml").iter(f"{MAIN}c"):
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        if formula is not None:
            found[cell.get("r")] = formula.text
        if value is not None and cell.get("t") != "s":
            values[cell.get("r")] = Decimal(value.text)
    return found, values


def _rounded(value, digits):
    size = 10 ** int(digits)
    return Fraction(int(abs(value) * size + Fraction(1, 2)), size) * (1 if value >= 0 else -1)


FUNCTIONS = {
    "ROUND": _rounded,
    "ROUNDUP": lambda value, digits: Fraction(math.ceil(value * 10 ** int(digits)), 10 ** int(digits)),
    "MAX": max,
    "MIN": min,
}


def computed(formula, values):
    """What a spreadsheet makes of a formula: its own reading of it, for the few functions there are."""
    assert re.fullmatch(r"(?:[-+*/(),]|C\d+|\d+|ROUNDUP|ROUND|MAX|MIN)+", formula), formula
    words = re.sub(r"C\d+", lambda one: f"values['{one[0]}']", formula)
    words = re.sub(r"(?<![\w'])\d+", r"Fraction(\g<0>)", words)
    exact = {cell: Fraction(value) for cell, value in values.items()}
    return eval(words, {"values": exact, "Fraction": Fraction, **FUNCTIONS})  # noqa: S307  # letters were checked above


def test_what_follows_is_a_live_formula_and_shows_what_it_computes(frozen):
    data = xlsx_printer.render(frozen)
    found, values = formulas(data)
    labels = {row["B"]: f"C{place}" for place, row in enumerate_rows(data)}
    for label in ("Excess", "First year above the band", "Excess each year", "Finalist B at the midpoint",
                  "Finalist B, less than the request", "Reopen the search", "Compa-ratio", "Range penetration"):  # fmt: skip
        assert labels[label] in found, label
    assert found[labels["Excess"]] == f"{labels['Asked base']}-{labels['Band maximum']}"
    assert found[labels["First year above the band"]] == f"{labels['Excess each year']}+{labels['Paid once']}"
    assert values[labels["Compa-ratio"]] == Decimal("1.1333")
    assert values[labels["Excess as a share of the band maximum"]] == Decimal("0.0625")
    for cell, formula in found.items():
        assert computed(formula, values) == Fraction(values[cell]), (cell, formula)
    for label in ("Asked base", "Band minimum", "Band midpoint", "Band maximum", "Paid once", "Days, middle"):
        assert labels[label] not in found, label


def enumerate_rows(data):
    for row in part(data, "xl/worksheets/sheet1.xml").iter(f"{MAIN}row"):
        shown = cells_of(data, row)
        if "B" in shown:
            yield row.get("r"), shown


def test_a_figure_that_does_not_follow_stays_a_number(content):
    figures = {one["label"]: one for one in content["sections"][0]["figures"]}
    figures["First year above the band"]["value"] += 1
    content["sections"][4]["figures"][0]["unit"] = "USD"
    data = xlsx_printer.render(from_content(content))
    found, values = formulas(data)
    labels = {row["B"]: f"C{place}" for place, row in enumerate_rows(data)}
    assert labels["First year above the band"] not in found
    assert values[labels["First year above the band"]] == Decimal("27000.01")
    assert labels["Finalist B at the midpoint"] not in found
    assert labels["Excess"] in found


def test_the_cost_of_losing_adds_up_in_the_workbook(content):
    losing = content["sections"][3]["figures"]
    losing += [
        {"label": "A day of the empty seat, middle", "value": 100_000, "unit": "EUR"},
        {"label": "A new search, middle", "value": 0, "unit": "EUR"},
        {"label": "A week of waiting", "value": 500_000, "unit": "EUR"},
        {"label": "Excess each year with on-cost", "value": 1_440_000, "unit": "EUR"},
        {"label": "Excess of 3 years with on-cost", "value": 4_320_000, "unit": "EUR"},
        {"label": "Break-even of 3 years, days", "value": 44, "unit": "days"},
    ]
    next(one for one in losing if one["label"] == "Break-even, days")["value"] = 15
    data = xlsx_printer.render(from_content(content))
    found, values = formulas(data)
    labels = {row["B"]: f"C{place}" for place, row in enumerate_rows(data)}
    day, days, search = (labels[f"{one}, middle"] for one in ("A day of the empty seat", "Days", "A new search"))
    assert found[labels["Cost of losing, middle"]] == f"{day}*{days}+{search}"
    assert found[labels["A week of waiting"]] == f"{day}*5"
    assert found[labels["Excess of 3 years with on-cost"]] == f"{labels['Excess each year with on-cost']}*3"
    for label in ("Break-even, days", "Break-even of 3 years, days"):
        assert found[labels[label]].startswith("ROUNDUP("), label
    for cell, formula in found.items():
        assert computed(formula, values) == Fraction(values[cell]), (cell, formula)


def test_only_figures_are_formulas(strange):
    data = xlsx_printer.render(strange("=1+1"))
    for sheet in (2, 3):
        assert not list(part(data, f"xl/worksheets/sheet{sheet}.xml").iter(f"{MAIN}f"))
    assert all(
        re.fullmatch(r"(?:[-+*/(),]|C\d+|\d+|ROUNDUP|ROUND|MAX|MIN)+", one) for one in formulas(data)[0].values()
    )


def test_words_longer_than_a_cell_go_on_below(content):
    content["sections"][0]["text"] = "word " * 8000
    rows = cells(xlsx_printer.render(from_content(content)), 3)
    assert rows[1]["C"] + rows[2]["C"] == "word " * 8000


def test_the_same_case_gives_the_same_bytes(frozen):
    assert xlsx_printer.render(frozen) == xlsx_printer.render(frozen)

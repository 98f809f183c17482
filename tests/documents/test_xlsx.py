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
    known = ["".join(item.itertext()) for item in part(data, "xl/sharedStrings.xml").iter(f"{MAIN}si")]
    rows = {}
    for cell in row.iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        if value is not None:
            rows[cell.get("r").rstrip("0123456789")] = (
                known[int(value.text)] if cell.get("t") == "s" else float(value.text)
            )
    return rows


def cells(data, sheet):
    """The rows of a sheet."""
    return [cells_of(data, row) for row in part(data, f"xl/worksheets/sheet{sheet}.xml").iter(f"{MAIN}row")]


def test_sheets_have_their_names(frozen):
    names = [sheet.get("name") for sheet in part(xlsx_printer.render(frozen), "xl/workbook.xml").iter(f"{MAIN}sheet")]
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


@pytest.mark.parametrize("text", [*STRANGE.values(), "+1", "-1", "@SUM(A1)", "{=1}", "0042", "https://example.com"])
def test_words_stay_text(strange, text):
    data = xlsx_printer.render(strange(text))
    stored = cells(data, 2)[1]["C"]
    assert stored == text.replace("\x07", "").replace("\ud800", "").replace("\ufffe", "")


def formulas(data):
    """The formulas of the first sheet by their cell, and every value of it."""
    formulas_by_cell, values = {}, {}
    for cell in part(data, "xl/worksheets/sheet1.xml").iter(f"{MAIN}c"):
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        if formula is not None:
            formulas_by_cell[cell.get("r")] = formula.text
        if value is not None and cell.get("t") != "s":
            values[cell.get("r")] = Decimal(value.text)
    return formulas_by_cell, values


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
    expression = re.sub(r"C\d+", lambda match: f"values['{match[0]}']", formula)
    expression = re.sub(r"(?<![\w'])\d+", r"Fraction(\g<0>)", expression)
    exact = {cell: Fraction(value) for cell, value in values.items()}
    return eval(expression, {"values": exact, "Fraction": Fraction, **FUNCTIONS})  # noqa: S307  # letters were checked above


def test_what_follows_is_a_live_formula_and_shows_what_it_computes(frozen):
    data = xlsx_printer.render(frozen)
    formulas_by_cell, values = formulas(data)
    labels = {row["B"]: f"C{place}" for place, row in enumerate_rows(data)}
    for label in ("Excess", "First year above the band", "Excess each year", "Finalist B at the midpoint",
                  "Finalist B, less than the request", "Reopen the search", "Compa-ratio", "Range penetration"):  # fmt: skip
        assert labels[label] in formulas_by_cell, label
    assert formulas_by_cell[labels["Excess"]] == f"{labels['Asked base']}-{labels['Band maximum']}"
    assert (
        formulas_by_cell[labels["First year above the band"]] == f"{labels['Excess each year']}+{labels['Paid once']}"
    )
    assert values[labels["Compa-ratio"]] == Decimal("1.1333")
    assert values[labels["Excess as a share of the band maximum"]] == Decimal("0.0625")
    for cell, formula in formulas_by_cell.items():
        assert computed(formula, values) == Fraction(values[cell]), (cell, formula)
    for label in ("Asked base", "Band minimum", "Band midpoint", "Band maximum", "Paid once", "Days, middle"):
        assert labels[label] not in formulas_by_cell, label


def enumerate_rows(data):
    for row in part(data, "xl/worksheets/sheet1.xml").iter(f"{MAIN}row"):
        row_cells = cells_of(data, row)
        if "B" in row_cells:
            yield row.get("r"), row_cells


def test_a_figure_without_a_formula_that_can_be_written_stays_a_number(content):
    figures = {figure["label"]: figure for figure in content["sections"][0]["figures"]}
    figures["First year above the band"] |= {"value": 2_700_001, "formula": ""}
    content["sections"][4]["figures"][0]["formula"] = "[no_such_figure]*2"
    content["sections"][4]["figures"][1]["formula"] = 'HYPERLINK("https://example.com")'
    data = xlsx_printer.render(from_content(content))
    formulas_by_cell, values = formulas(data)
    labels = {row["B"]: f"C{place}" for place, row in enumerate_rows(data)}
    assert values[labels["First year above the band"]] == Decimal("27000.01")
    for label in ("First year above the band", "Finalist B at the midpoint", "Finalist B, less than the request"):
        assert labels[label] not in formulas_by_cell, label
    assert labels["Excess"] in formulas_by_cell


def test_figures_that_were_frozen_without_keys_and_formulas_are_numbers(content):
    for section in content["sections"]:
        for figure in section["figures"]:
            figure.pop("formula", None)
    data = xlsx_printer.render(from_content(content))
    rows = {row["B"]: row for _, row in enumerate_rows(data)}
    formulas_by_cell, values = formulas(data)
    assert rows["Excess"]["C"] == 12_000
    assert len(formulas_by_cell) == 3  # the ratios of the request to its band, which are worked out here
    for cell, formula in formulas_by_cell.items():
        assert computed(formula, values) == Fraction(values[cell]), (cell, formula)


def test_a_formula_names_the_cells_of_its_figures(content):
    losing = content["sections"][3]["figures"]
    losing += [
        {"label": "A day of the empty seat, middle", "value": 100_000, "unit": "EUR"},
        {"label": "A new search, middle", "value": 0, "unit": "EUR"},
        {
            "label": "A week of waiting",
            "value": 500_000,
            "unit": "EUR",
            "formula": "[a_day_of_the_empty_seat_middle]*5",
        },
        {"label": "Reworded", "value": 1_440_000, "unit": "EUR", "key": "excess_each_year_with_on_cost"},
        {
            "label": "Excess of 3 years",
            "value": 4_320_000,
            "unit": "EUR",
            "formula": "[excess_each_year_with_on_cost]*3",
        },
    ]
    by_label = {figure["label"]: figure for figure in losing}
    by_label["Break-even, days"] |= {
        "value": 15,
        "formula": "ROUNDUP([excess_each_year_with_on_cost]/[a_day_of_the_empty_seat_middle],0)",
    }
    by_label["Cost of losing, middle"]["formula"] = (
        "[a_day_of_the_empty_seat_middle]*[days_middle]+[a_new_search_middle]"
    )
    data = xlsx_printer.render(from_content(content))
    formulas_by_cell, values = formulas(data)
    labels = {row["B"]: f"C{place}" for place, row in enumerate_rows(data)}
    day, days, search = (labels[f"{name}, middle"] for name in ("A day of the empty seat", "Days", "A new search"))
    assert formulas_by_cell[labels["Cost of losing, middle"]] == f"{day}*{days}+{search}"
    assert formulas_by_cell[labels["A week of waiting"]] == f"{day}*5"
    assert formulas_by_cell[labels["Excess of 3 years"]] == f"{labels['Reworded']}*3"
    assert formulas_by_cell[labels["Break-even, days"]].startswith("ROUNDUP(")
    for cell, formula in formulas_by_cell.items():
        assert computed(formula, values) == Fraction(values[cell]), (cell, formula)


def test_only_figures_are_formulas(strange):
    data = xlsx_printer.render(strange("=1+1"))
    for sheet in (2, 3):
        assert not list(part(data, f"xl/worksheets/sheet{sheet}.xml").iter(f"{MAIN}f"))
    assert all(
        re.fullmatch(r"(?:[-+*/(),]|C\d+|\d+|ROUNDUP|ROUND|MAX|MIN)+", formula)
        for formula in formulas(data)[0].values()
    )


def test_words_longer_than_a_cell_go_on_below(content):
    content["sections"][0]["text"] = "word " * 8000
    rows = cells(xlsx_printer.render(from_content(content)), 3)
    assert rows[1]["C"] + rows[2]["C"] == "word " * 8000


def test_the_same_case_gives_the_same_bytes(frozen):
    assert xlsx_printer.render(frozen) == xlsx_printer.render(frozen)

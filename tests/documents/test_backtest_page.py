"""The page of a backtest: one file that loads nothing, with every plot also in words."""

import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from recruiter.documents.backtest_page import as_page
from recruiter.documents.charts.calibration_chart import calibration_svg
from recruiter.documents.charts.learning_curve import curve_svg
from recruiter.documents.charts.leniency_chart import leniency_svg, shown_raters
from recruiter.documents.charts.svg import ticks_between
from tests.learning.results import METHODS, made, result

SVG = "{http://www.w3.org/2000/svg}"


def parsed(markup):
    return ET.fromstring(markup)  # noqa: S314 - our own page


def body_of(backtest):
    return parsed(re.search(r"<body>.*</body>", as_page(backtest), re.DOTALL)[0])


def test_the_page_loads_nothing_and_runs_nothing():
    page = as_page(made())
    assert not re.findall(r"<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import|\bon[a-z]+=|style=", page)
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/2000/svg"}


def test_the_page_is_well_formed_and_nothing_of_the_folder_becomes_markup():
    tree = body_of(made())
    assert "".join(tree.find(".//h1").itertext()) == "Backtest of Büro <b> & Söhne"
    text = "".join(tree.itertext())
    for expected in ("<better>", "rater <0>", "'<script>' is not a number", "It cannot tell <everything>."):
        assert expected in text
    titles = [heading.text for heading in tree.iter("h2")]
    assert titles == [
        "Learning curve",
        "Calibration",
        "Leniency",
        "All figures",
        "What this cannot tell",
        "Left out or noted",
    ]


def test_ids_are_unique_and_every_picture_has_its_words():
    tree = body_of(made())
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    pictures = list(tree.iter(f"{SVG}svg"))
    assert len(pictures) == 3
    for picture in pictures:
        assert picture.get("role") == "img"
        assert {picture.get("aria-labelledby"), picture.get("aria-describedby")} <= set(ids)
        assert picture.find(f"{SVG}title").text
        assert len(picture.find(f"{SVG}desc").text) > 40


def test_without_a_verdict_on_anything_there_is_still_a_page():
    page = as_page(made(results=[], leniency={}, calibration=[], problems=[], verdict="Too few decisions: 1 slate."))
    assert "<svg" not in page
    assert "<strong>Too few decisions: 1 slate.</strong>" in page


def test_the_same_backtest_gives_the_same_page():
    assert as_page(made()) == as_page(made())


def test_the_curve_has_a_mark_and_a_range_for_every_method_and_size():
    tree = parsed(curve_svg(made().results, 90))
    marks = [element for element in tree.iter() if element.get("class") == "mark"]
    ranges = [element for element in tree.iter() if element.get("class") == "range"]
    assert (len(marks), len(ranges)) == (len(METHODS) * 5, len(METHODS) * 4)  # one mark a method in the key
    shapes = {mark.get("points") or mark.get("r") for mark in marks[: len(METHODS)]}
    assert len(shapes) == len(METHODS)
    texts = [element.text for element in tree.iter(f"{SVG}text")]
    assert {"0", "5", "20", "all 90", "the suggestion", "a random forest"} <= set(texts)


def test_marks_stand_where_their_figures_are():
    rows = [result("suggestion", "all", 0.0), result("mean_overall", "all", 0.2)]
    tree = parsed(curve_svg(rows, 10))
    zero = float(next(element for element in tree.iter() if element.get("class") == "zero").get("y1"))
    ours = next(element for element in tree.iter() if element.get("class") == "m0 ours")
    assert float(ours.find(f"{SVG}circle").get("cy")) == pytest.approx(zero, abs=0.01)


def test_a_method_far_below_guessing_does_not_leave_the_picture():
    tree = parsed(curve_svg([result("suggestion", 5, 0.3), result("logistic", 5, -9.0)], 10))
    height = float(tree.get("height"))
    assert all(0 <= float(line.get("y2")) <= height for line in tree.iter(f"{SVG}line"))


def test_the_calibration_plot_tells_each_group():
    bins = made().calibration
    tree = parsed(calibration_svg(bins))
    assert len(list(tree.iter(f"{SVG}circle"))) == len(bins) == 10
    assert tree.find(f"{SVG}desc").text.count("said") == 10


def test_of_many_raters_the_ends_are_shown():
    many = {f"r{k:02d}": float(k) for k in range(31)}
    assert [name for name, _ in shown_raters(many)] == [f"r{k:02d}" for k in (*range(10), *range(21, 31))]
    assert len(shown_raters({"a": 0.0, "b": -1.0})) == 2
    assert "a-very-long-name-of-a-r…" in leniency_svg({"a-very-long-name-of-a-rater-indeed": 0.0})


def test_the_best_of_each_column_is_bold_and_said():
    tree = body_of(made(results=[result("suggestion", 5, 0.1, ece=0.02), result("forest", 5, 0.3)]))
    table = next(table for table in tree.iter("table") if table.find("caption").text.startswith("By number"))
    ours, forest = (["".join(cell.itertext()) for cell in row.iter("td")] for row in table.find("tbody").iter("tr"))
    assert (ours[0], forest[0]) == ("0.100", "0.300 (best)")
    assert (ours[-1], forest[-1]) == ("0.020 (best)", "0.040")


@pytest.mark.parametrize(("low", "high"), [(-0.5, 0.63), (0.0, 0.1), (-3e-4, 2e-4), (0.0, 0.0), (-7.0, 1200.0)])
def test_ticks_are_few_and_cover_the_values(low, high):
    ticks = ticks_between(low, high)
    assert ticks[0] <= low <= high <= ticks[-1] + 1e-12
    assert 1 <= len(ticks) <= 8


def test_the_web_may_draw_without_loading_scikit_learn():
    code = "import sys, recruiter.documents.backtest_page as page; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

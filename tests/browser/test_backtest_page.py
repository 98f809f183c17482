"""The page of a backtest in Chromium: readable by everybody, wide and narrow, light, dark and printed."""

import pytest

from recruiter.documents.backtest_page import write_page
from tests.learning.results import made

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_it_has_no_violation_and_fits(chromium, check_axe, tmp_path, width, scheme):
    write_page(tmp_path / "page.html", made())
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page, requests = context.new_page(), []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "page.html").as_uri())
    check_axe(page, where=f"{width} {scheme}")
    assert len(requests) == 1
    context.close()


def test_printed_it_is_black_on_white_and_cuts_nothing(chromium, tmp_path):
    write_page(tmp_path / "page.html", made())
    context = chromium.new_context(viewport={"width": 700, "height": 900}, color_scheme="dark")
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    wide = "[...document.querySelectorAll('svg')].every(one => one.getBoundingClientRect().right <= innerWidth)"
    assert page.evaluate(wide)
    context.close()

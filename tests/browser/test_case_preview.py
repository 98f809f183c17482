"""The document beside the form of a case: it follows what is typed, saves nothing, and needs no script."""

import os
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from recruiter.budget.models import BudgetCase
from tests.budget import arranging

pytestmark = pytest.mark.browser
WORDS = "A second designer <b>until July</b> is on the way."


@pytest.fixture
def case(session, people, now):
    return arranging.opened(session, people, now, arranging.ground(session, people, now))


def written(session, case):
    with Session(session.get_bind()) as own:
        return own.get(BudgetCase, case.id).texts


def shot(page, name):
    if folder := os.environ.get("RECRUITER_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=name.endswith("full"))


def open_and_type(page, risks=WORDS):
    page.evaluate("document.getElementById('section-risks').open = true")
    page.fill("[name=text_risks]", risks)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (320, "light")])
def test_it_follows_what_is_typed(seat, session, case, check_axe, width, scheme):
    page = seat("ruth", width=width, scheme=scheme)
    page.goto(f"/cases/{case.id}")
    paper = page.locator("[data-preview-paper]")
    assert "What is saved" in page.inner_text("[data-preview-said]")
    shot(page, f"case-{width}-{scheme}")
    shot(page, f"case-{width}-{scheme}-full")
    open_and_type(page)
    paper.get_by_text(WORDS).first.wait_for()
    assert page.inner_text("[data-preview-said]") == "What you typed. It is not saved yet."
    assert paper.locator("b").count() == 0
    page.fill("[name=ask]", "much")
    page.locator("[data-preview-said]", has_text="like 204,000").wait_for()
    assert paper.get_by_text(WORDS).count() > 0
    page.fill("[name=ask]", "91,000")
    paper.get_by_text("EUR\u00a091,000").first.wait_for()
    assert written(session, case) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_axe(page, where="the editor of a case")
    paper.scroll_into_view_if_needed()
    shot(page, f"case-typed-{width}-{scheme}")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark"), (320, "light")])
def test_the_document_reads_well_alone(seat, case, check_axe, width, scheme):
    page = seat("ruth", width=width, scheme=scheme)
    page.goto(f"/cases/{case.id}/document")
    check_axe(page, where="the document of a case")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"document-{width}-{scheme}-full")


def test_without_scripts_the_button_updates_it(seat, session, case):
    page = seat("ruth", width=1440, scripts=False)
    page.goto(f"/cases/{case.id}")
    details = page.locator("#section-risks")
    if details.get_attribute("open") is None:
        details.locator("summary").first.click()
    page.fill("[name=text_risks]", WORDS)
    page.get_by_role("button", name="Update preview").click()
    assert page.locator("[data-preview-paper]").get_by_text(WORDS).count() > 0
    assert page.input_value("[name=text_risks]") == WORDS
    assert written(session, case) == {}

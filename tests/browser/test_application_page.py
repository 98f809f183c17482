"""The page of an application by keyboard and on paper, and what the palette offers on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.ranking.rating import rated

pytestmark = pytest.mark.browser


@pytest.fixture
def slate(session, people, now):
    """A slate with a card each: the key of the search, and the number of the first choice."""
    requisition = factories.requisition(session, people, now)
    ada, *_ = factories.finalists(session, people, now, requisition)
    rated(session, people, now, ada, (4, 4))
    session.commit()
    addresses = requisition.key, ada.id
    session.rollback()
    return addresses


def test_a_call_is_written_down_and_the_timeline_walked_without_a_mouse(seat, slate, check_axe):
    _, number = slate
    page = seat("ruth")
    page.goto(f"/applications/{number}")
    page.keyboard.press("l")
    expect(page.get_by_label("What was said")).to_be_focused()
    expect(page.get_by_role("radio", name="Call")).to_be_checked()
    page.keyboard.type("She would rather know by Friday")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("Call with Ada Ferreira recorded.").first).to_be_visible()
    check_axe(page, "application")
    items = page.locator(".tl > .tl-item")
    page.locator("#main").focus()
    page.keyboard.press("j")
    expect(items.nth(0)).to_be_focused()
    expect(items.nth(0)).to_contain_text("She would rather know by Friday")
    page.keyboard.press("j")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Offer", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Find or do")
    first = palette.get_by_role("option").first
    expect(first).to_contain_text("Write down what was said with Ada Ferreira")
    palette.get_by_role("combobox").fill("book")
    expect(first).to_contain_text("Book an interview with Ada Ferreira")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/applications/{number}/interviews")


def test_pages_print_without_navigation_and_without_forms(seat, slate):
    key, number = slate
    page = seat("ruth")
    page.emulate_media(media="print")
    for path, expected in [
        (f"/requisitions/{key}", "Ada Ferreira"),
        (f"/requisitions/{key}/finalists", "Evidence on system design"),
        (f"/applications/{number}", "sent a scorecard on Panel"),
    ]:
        page.goto(path)
        expect(page.locator("#main").get_by_text(expected).first).to_be_visible()
        seen = page.locator(
            "nav:visible, .side:visible, .tabbar:visible, .toolbar:visible, .btn:visible, textarea:visible"
        )
        assert seen.count() == 0, (
            path,
            [element.evaluate("one => one.outerHTML.slice(0, 120)") for element in seen.all()],
        )

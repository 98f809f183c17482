"""The frame round every page: who is signed in can always be seen; the bars lead only where somebody finds something."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.browser
PHONE = {
    "ruth": ["Today", "Requisitions", "Keep warm", "Find", "More"],
    "ines": ["Today", "My scorecards", "Find", "More"],
    "arne": ["Today", "Budget cases", "Find", "More"],
}


@pytest.mark.parametrize("height", [900, 520])
def test_the_account_stands_whole_at_the_foot_of_the_side_bar(seat, session, people, now, height):
    for _ in range(8):
        factories.requisition(session, people, now)
    session.commit()
    session.rollback()
    page = seat("ruth", width=1440, height=height)
    me = page.locator(".side .me")
    for scrolled in (0, 10_000):
        page.locator(".side").evaluate("(one, by) => { one.scrollTop = by }", scrolled)
        box = me.bounding_box()
        assert box["y"] + box["height"] <= height
        assert me.evaluate(
            """one => { const box = one.getBoundingClientRect();
            return [box.top + 3, box.bottom - 3].every(y => one.contains(document.elementFromPoint(box.left + 40, y))) }"""
        )
    last = page.locator(".side .nav a").last
    last.focus()
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= me.bounding_box()["y"]


@pytest.mark.parametrize("who", PHONE)
def test_the_bars_lead_where_somebody_finds_something(seat, people, who):
    page = seat(who, width=390)
    expect(page.locator(".tabbar a")).to_have_text(PHONE[who])
    expect(page.locator(".side .nav").first.get_by_text("Requisitions", exact=True)).to_have_count(int(who == "ruth"))
    assert len({round(tab.bounding_box()["width"]) for tab in page.locator(".tabbar a").all()}) <= 2

"""What the palette says of a row, and names of the greatest length in lists."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from recruiter.candidates import services as candidates
from recruiter.candidates.rules import CandidateDetails
from tests import factories
from tests.acts import act_by

pytestmark = pytest.mark.browser
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_palette_tells_the_parts_of_a_row_apart(seat, session, people, now):
    person = CandidateDetails(name="Sigfried Köhler", emails=["s@example.com"], headline="Engineer", location="Graz")
    candidates.add(session, person=person, act=act_by(people.ruth, now=now))
    session.commit()
    session.rollback()
    page = seat("ruth")
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Find or do")
    palette.get_by_role("combobox").fill("sigfried")
    expect(palette.get_by_role("option").first).to_have_text("Sigfried Köhler · Engineer · Graz")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["Wolfeschlegel" * 20 + "Bergerdorf", "Adolph Blaine Charles " * 12])
def test_a_name_without_end_wraps(seat, session, people, now, width, name):
    factories.application(session, people, now, factories.requisition(session, people, now), name=name)
    session.commit()
    session.rollback()
    page = seat("ruth", width=width)
    for path in ("/candidates", f"/search?q={name[:5]}", "/"):
        page.goto(path)
        if path != "/":
            expect(page.locator("#main .nm").first).to_be_visible()
        assert page.evaluate(WIDE) <= 0, path

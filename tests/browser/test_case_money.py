"""The editor of a case with its typed facts, and the register: readable by everybody, on a desk and on a phone, light and dark."""

import datetime as dt
import os
from pathlib import Path

import pytest

from recruiter.offers.models import OfferStatus
from tests.budget import arranging

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("RECRUITER_SHOTS")

# Figures of the tables of a case that stand on two lines or are cut off at the edge of the sheet, and captions of many lines.
BROKEN = """() => [...document.querySelectorAll('.doc-table:not(.doc-words) :is(td, caption)')].filter(one => {
  const range = document.createRange(); range.selectNodeContents(one)
  const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)))
  const sheet = one.closest('.doc').getBoundingClientRect()
  return lines.size > (one.tagName === 'TD' ? 1 : 3) || range.getBoundingClientRect().right > sheet.right
}).map(one => one.textContent)"""


def _kept(page, name):
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (320, "dark")])
def test_the_case_and_the_register_are_readable(seat, check_axe, session, people, now, width, scheme):
    for days in (300, 20, 1):
        offer = arranging.ground(session, people, now - dt.timedelta(days=days), names=("Ada Ferreira", "Bela Novak"))
        made = arranging.submitted(session, people, now, offer)
        arranging.decided(session, people, now, made)
        offer.status, offer.accepted_at = OfferStatus.ACCEPTED, now
    offer = arranging.ground(session, people, now)
    talk = arranging.panel(session, people, now, offer.application, "xenia", hours=40)
    arranging.card(session, talk, people.xenia, now, rating=2, overall=1)
    case = arranging.opened(session, people, now, offer)
    page = seat("ruth", width=width, scheme=scheme)
    page.goto(f"/cases/{case.id}")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    _kept(page, f"case-{width}-{scheme}")
    check_axe(page, f"case {width} {scheme}")
    page.goto("/cases/register")
    _kept(page, f"register-{width}-{scheme}")
    check_axe(page, f"register {width} {scheme}")
    page.goto(f"/cases/{made.id}")  # as whoever decides reads it
    page.locator(".doc-more summary").click()
    _kept(page, f"case-read-{width}-{scheme}")
    check_axe(page, f"decided case {width} {scheme}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(BROKEN) == []

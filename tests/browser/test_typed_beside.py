"""What is typed in one form of a page outlasts the sending of another."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.browser
SAID = "What you typed here is still here. It is not saved yet."


@pytest.fixture
def search(session, people, now):
    """The key of a search with somebody on its slate, and the number of the application."""
    requisition = factories.requisition(session, people, now)
    ada, *_ = factories.finalists(session, people, now, requisition)
    session.commit()
    found = requisition.key, ada.id
    session.rollback()
    return found


def test_a_plan_outlasts_the_saving_of_the_date_beside_it(seat, search, check_axe):
    key, _ = search
    page = seat("ruth")
    page.goto(f"/requisitions/{key}/interviews")
    plan = page.locator(
        "form[action$='/interview-plan'] input[type=text], form[action$='/interview-plan'] textarea"
    ).first
    plan.fill("Pairing on a real fault")
    page.locator("form[action$='/decision-date'] input[type=date]").fill("2026-12-04")
    page.get_by_role("button", name="Save date").click()
    page.wait_for_load_state()
    expect(page.get_by_text(SAID)).to_be_visible()
    expect(plan).to_have_value("Pairing on a real fault")
    check_axe(page, "typed beside")
    page.reload()
    expect(page.get_by_text(SAID)).to_be_hidden()


def test_what_nobody_typed_is_as_the_server_gives_it(seat, search):
    key, _ = search
    page = seat("ruth")
    page.goto(f"/requisitions/{key}/interviews")
    page.locator("form[action$='/decision-date'] input[type=date]").fill("2026-12-04")
    page.get_by_role("button", name="Save date").click()
    page.wait_for_load_state()
    expect(page.locator("[data-beside]")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0

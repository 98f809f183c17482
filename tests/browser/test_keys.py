"""The palette and the keys, in a real browser; what they do is done by pages without scripts too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def search(session, people, now):
    """A search with somebody in it: its key, and the number of the application."""
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, name="Priya Raghunathan")
    session.commit()
    addresses = requisition.key, application.id
    session.rollback()
    return addresses


def test_the_palette_moves_somebody_by_a_line_of_words(seat, search, check_axe):
    _, number = search
    page = seat("ruth")
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Find or do")
    field = palette.get_by_role("combobox")
    expect(field).to_be_focused()
    expect(palette.get_by_role("option", name="Requisitions")).to_be_visible()
    check_axe(page, "palette")
    field.fill("move priya to scr")
    expect(palette.get_by_role("option", name=re.compile("Move Priya Raghunathan to Screen"))).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/applications/{number}/move?to=*")
    expect(page.get_by_label("Screen")).to_be_checked()
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("Priya Raghunathan moved from Applied to Screen.").first).to_be_visible()


def test_the_palette_is_walked_by_arrows_and_closed_by_escape(seat, search):
    page = seat("ruth")
    find = page.locator("#find")
    find.focus()
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Find or do")
    first = palette.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "false")
    expect(palette.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    palette.get_by_role("combobox").fill("zzzzzz")
    expect(page.locator("#live")).to_have_text("Nothing found.")
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    expect(find).to_be_focused()


def test_a_question_mark_lists_the_keys_and_letters_lead_on(seat, search, check_axe):
    page = seat("ruth")
    page.keyboard.press("?")
    listed = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(listed).to_contain_text("Go to Requisitions")
    check_axe(page, "list of keys")
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    going = page.locator("#going")
    page.keyboard.press("g")
    expect(going).to_contain_text("Requisitions")
    check_axe(page, "where g leads")
    page.keyboard.press("Escape")
    expect(going).to_be_hidden()
    page.keyboard.press("g")
    expect(going).to_be_visible()
    page.keyboard.press("r")
    page.wait_for_url("**/requisitions")
    page.keyboard.press("/")
    expect(page.get_by_label("Find a requisition")).to_be_focused()
    page.keyboard.type("gr?")
    assert page.url.endswith("/requisitions")  # letters in a field are letters
    expect(listed).to_be_hidden()


def test_single_letters_can_be_turned_off(seat, search):
    page = seat("ruth")
    page.goto("/account")
    page.get_by_label("Single letters act as keys").uncheck()
    page.get_by_role("button", name="Save keys").click()
    page.get_by_text("Single letters do nothing now").first.wait_for()
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    assert page.url.endswith("/account")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Find or do")).to_be_visible()


def test_without_scripts_the_box_leads_to_the_same_findings(seat, search):
    page = seat("ruth", scripts=False)
    page.locator("#find").fill("move priya to screen")
    page.locator("#find").press("Enter")
    page.get_by_role("link", name=re.compile("Move Priya Raghunathan to Screen")).click()
    expect(page.get_by_label("Screen")).to_be_checked()

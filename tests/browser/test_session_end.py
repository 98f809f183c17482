"""Two minutes before somebody is signed out they are told, and stay with one click; what they typed is still there."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_who_is_about_to_be_signed_out_is_told_and_stays(seat, people, clock, now, check_axe):
    page = seat("ruth", width=390, notes=True)
    page.clock.install()
    page.goto("/candidates/new")
    name = page.get_by_label("Name", exact=True)
    name.fill("Ada Ferreira")

    def pass_by(minutes):
        clock.at += dt.timedelta(minutes=minutes)
        page.clock.fast_forward(f"{minutes:02}:00")

    warning = page.get_by_role("alertdialog", name="Are you still there?")
    pass_by(27)
    expect(warning).to_be_hidden()
    pass_by(1)
    expect(warning).to_contain_text("2 minutes left")
    expect(warning.get_by_role("link", name="Sign in")).to_be_hidden()
    check_axe(page, "a session that is about to end")
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # it stays before the clock goes on
        page.keyboard.press("Enter")  # the one button has the focus
    expect(warning).to_be_hidden()
    expect(name).to_have_value("Ada Ferreira")
    pass_by(28)
    expect(warning).to_be_visible()
    pass_by(1)
    expect(warning).to_contain_text("1 minute left")
    pass_by(1)
    over = page.get_by_role("alertdialog", name="signed out")
    expect(over).to_contain_text("What you typed is still on this page.")
    over.get_by_role("button", name="Back to the page").click()
    expect(name).to_have_value("Ada Ferreira")

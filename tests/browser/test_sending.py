"""Sending a form while the server cannot be reached, though the browser believes to be online: the page and the text stay."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from recruiter.candidates.models import Candidate
from tests import factories
from tests.browser.test_scorecard_saving import _end_sessions
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
UNSENT = "Not saved, no connection. Keep this page open."


def _count(session, table):
    count = session.query(table).count()
    session.commit()
    return count


def test_a_form_that_cannot_be_sent_stays_with_its_text_and_is_sent_later(seat, session, people, check_axe):
    page = seat("ruth", width=390)
    page.goto("/candidates/new")
    page.get_by_label("Name", exact=True).fill("Ada Ferreira")
    page.evaluate("() => { window.real = fetch; window.fetch = () => Promise.reject(new TypeError('cut')) }")
    assert page.evaluate("navigator.onLine")
    send = page.locator("form[method=post]:has([name=name]) .btn-primary")
    for _ in range(2):
        send.click()
        expect(page.get_by_role("alert")).to_have_text(UNSENT)
    check_axe(page, "a form that was not sent")
    assert page.url.endswith("/candidates/new")
    assert page.get_by_label("Name", exact=True).input_value() == "Ada Ferreira"
    assert _count(session, Candidate) == 0
    page.evaluate("() => { window.fetch = window.real }")
    send.click()
    page.wait_for_url(re.compile(r"/candidates/\d+$"))
    assert _count(session, Candidate) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_sent_after_the_session_ran_out_is_sent_after_sign_in(seat, session, people, now, check_axe, scripts):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    session.commit()
    page = seat("ruth", width=390, scripts=scripts)
    page.goto(f"/applications/{application.id}/move")
    page.locator("label", has_text="Interview").first.click()
    if page.get_by_label("Reason").count():
        page.get_by_label("Reason").first.fill("Keen, and\nknows queues")
    _end_sessions(session, now)
    page.get_by_role("button", name="Move", exact=True).click()
    page.get_by_label("E-mail").fill("ruth@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r":\d+/kept$"))
    if scripts:
        check_axe(page, "what was kept")
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url(re.compile(r"/(applications|requisitions)/[^/]+$"))
    session.expire_all()
    assert application.stage.name == "Interview"
    session.commit()

"""The core tasks in a browser without JavaScript. Moving is tested in test_sending, sending a card in test_scorecard_saving."""

from __future__ import annotations

import re

import pytest

from recruiter.budget.models import BudgetCase
from recruiter.keepwarm.models.records import Touchpoint
from recruiter.pipeline.models import Finalist
from tests import factories
from tests.budget import arranging

pytestmark = pytest.mark.browser


def test_a_touch_is_logged_and_the_next_one_promoted(seat, session, people, now):
    requisition = factories.requisition(session, people, now)
    first, second, _ = factories.finalists(session, people, now, requisition)
    session.commit()
    key, number = requisition.key, second.id
    page = seat("ruth", width=390, scripts=False)
    page.goto(f"/applications/{number}/bench")
    form = page.locator("form", has=page.get_by_role("button", name="Record contact"))
    form.locator("[name=said]").fill("Still keen, asked who would sit beside her")
    form.get_by_role("button", name="Record contact").click()
    assert page.get_by_text("Still keen, asked who would sit beside her").first.is_visible()
    page.goto(f"/requisitions/{key}/promote")
    page.select_option("[name=reason]", "accepted_counter_offer")
    page.get_by_role("button", name="Promote", exact=True).click()
    assert re.search(r"/offers/\d+$", page.url)
    session.expire_all()
    assert session.query(Touchpoint).filter_by(application_id=number).count() == 1
    assert session.query(Finalist).filter_by(application_id=first.id).one()
    session.commit()


def test_a_case_is_edited_and_downloaded(seat, session, people, now):
    case = arranging.opened(session, people, now, arranging.ground(session, people, now))
    number = case.id
    page = seat("ruth", width=1440, scripts=False)
    page.goto(f"/cases/{number}")
    if page.locator("#section-risks").get_attribute("open") is None:
        page.locator("#section-risks summary").first.click()
    page.fill("[name=text_risks]", "The search starts anew, three months at least.")
    page.locator("form#case button.btn-primary, button[form=case].btn-primary").first.click()
    session.expire_all()
    assert session.get(BudgetCase, number).texts["risks"] == "The search starts anew, three months at least."
    session.commit()
    page.goto(f"/cases/{number}")
    with page.expect_download() as made:
        page.locator("a[href*='/export.docx']").first.click()
    assert made.value.suggested_filename.endswith(".docx")
    assert made.value.path().stat().st_size > 5_000

"""The nine steps of the product's story in Chromium, as five people and a colleague without an account.

Ruth recruits, Hana hires, Ines and Igor interview, Arne approves.
"""

from __future__ import annotations

import re

import pytest

from recruiter.foundation.database.db import db
from recruiter.ranking import services as ranking
from recruiter.ranking.models import PastDecision
from tests.acts import moment

pytestmark = pytest.mark.browser
NAMES = ("Ada Ferreira", "Bela Novák", "Chidi O'Koro")
CANARY = "Splits the ledger into parts that fail alone"


class Story:
    """The windows of the five, and what they have made so far."""

    def __init__(self, seat, session):
        self.seat, self.session = seat, session
        self.ruth, self.hana = seat("ruth"), seat("hana")
        self.ines, self.igor = seat("ines", width=390, height=844), seat("igor", scripts=False)
        self.arne = seat("arne")
        self.key, self.applications = "", {}

    def press(self, page, label, *, exact=True):
        page.get_by_role("button", name=label, exact=exact).first.click()
        page.wait_for_load_state()

    def follow(self, page, label):
        page.get_by_role("link", name=label).first.click()
        page.wait_for_load_state()


def opens_a_requisition(story):
    page = story.ruth
    page.goto("/requisitions")
    story.follow(page, "Open a requisition")
    for name, value in {
        "title": "Senior Ledger Engineer", "department": "Ledger", "level": "L5", "bar": "3.2",
        "attributes": "System design: 2 | Parts that fail alone\nDelivery: 1\nCommunication: 1",
        "band_min": "65,000", "band_mid": "75,000", "band_max": "85,000",
    }.items():  # fmt: skip
        page.fill(f"[name={name}]", value)
    page.select_option("[name=hiring_manager]", "hana@example.com")
    story.press(page, "Open requisition")
    assert "Senior Ledger Engineer" in page.title()
    story.key = re.search(r"/requisitions/([A-Z]+-\d+)", page.url).group(1)
    assert page.get_by_text("Band EUR 65,000 to EUR 85,000").is_visible()


def candidates_arrive_and_move(story):
    page = story.ruth
    for name in NAMES:
        page.goto("/candidates/new")
        page.fill("[name=name]", name)
        page.fill("[name=emails]", f"{name.split()[0].lower()}@example.com")
        story.press(page, "Add candidate")
        choice = page.locator("[name=requisition] option", has_text=story.key).get_attribute("value")
        page.locator("summary", has_text="Add to a requisition").click()
        page.select_option("[name=requisition]", choice)
        story.press(page, "Add to requisition")
        page.goto(f"/requisitions/{story.key}")
        story.follow(page, name)
        story.applications[name] = int(re.search(r"/applications/(\d+)", page.url).group(1))
    for stage in ("Screen", "Interview"):
        for name in NAMES:
            page.goto(f"/requisitions/{story.key}")
            card = page.locator(f"#application-{story.applications[name]}")
            card.get_by_text("Move", exact=True).click()
            card.get_by_role("button", name=stage, exact=True).click()
            page.locator(".flash").get_by_text(re.compile(f"{name} moved from .* to {stage}.")).wait_for()


def panels_meet(story, people):
    page = story.ruth
    for name in NAMES:
        page.goto(f"/applications/{story.applications[name]}/interviews")
        page.fill("[name=name]", "System design panel")
        stage = page.locator("[name=stage] option", has_text="Interview").first.get_attribute("value")
        page.select_option("[name=stage]", stage)
        page.fill("[name=date]", "2026-11-18")
        page.fill("[name=time]", "07:00")
        page.fill("[name=minutes]", "60")
        for place, person in enumerate((people.ines, people.igor), 1):
            choice = page.locator(f"[name=person_{place}] option", has_text=person.name).first.get_attribute("value")
            page.select_option(f"[name=person_{place}]", choice)
        page.check("[name=other_2]")
        story.press(page, "Plan interview")
        page.locator("#errors").get_by_text("This is in the past: Wed 18 Nov 2026").wait_for()
        page.check("[name=anyway]")
        story.press(page, "Plan interview")


def write_card(story, page, name, marks, overall, evidence):
    page.goto("/scorecards")
    page.locator("li", has_text=name).get_by_role("link").first.click()
    page.wait_for_load_state()
    fields = page.locator("input[name^=rating_]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for field, mark in zip(fields, marks, strict=True):
        page.locator(f"label:has([name={field}][value='{mark}'])").click()
        page.fill(f"[name={field.replace('rating', 'evidence')}]", evidence)
    page.locator(f"label:has([name=overall][value='{overall}'])").click()
    page.fill("[name=summary]", evidence)
    page.locator("button[name=send], button:has-text('Send'), button:has-text('Submit')").last.click()
    page.wait_for_load_state()


def cards_are_sent_blind(story):
    write_card(story, story.ines, NAMES[0], (5, 4, 4), 4, CANARY)
    story.igor.goto(f"/applications/{story.applications[NAMES[0]]}/scorecards")
    assert CANARY not in story.igor.content()
    write_card(story, story.igor, NAMES[0], (4, 4, 3), 3, "Clear on trade-offs")  # without JavaScript
    story.igor.goto(f"/applications/{story.applications[NAMES[0]]}/scorecards")
    assert CANARY in story.igor.content()
    for name, marks, overall in ((NAMES[1], (4, 3, 3), 3), (NAMES[2], (3, 2, 3), 2)):
        for page in (story.ines, story.igor):
            write_card(story, page, name, marks, overall, "Solved the exercise with one hint")


def the_table_meets_and_names_finalists(story):
    page = story.hana
    page.goto(f"/requisitions/{story.key}/debrief")
    assert CANARY in page.content()
    page.fill("[name=decision]", "Ada first, Bela close behind")
    story.press(page, "Record decision")
    page.goto(f"/requisitions/{story.key}/finalists/order")
    for place, name in enumerate(NAMES, 1):
        number = story.applications[name]
        page.fill(f"[name=place_{number}]", str(place))
        page.fill(f"[name=reason_{number}]", f"Place {place} by the evidence on system design")
    story.press(page, "Save the order")
    page.goto(f"/requisitions/{story.key}/finalists")
    explanation = page.inner_text("main")
    assert "against the bar" in explanation.lower()
    assert "scorecard weights" in explanation.lower()
    for name in NAMES:
        assert name in explanation


def an_offer_goes_out(story):
    ruth, arne = story.ruth, story.arne
    ruth.goto(f"/applications/{story.applications[NAMES[0]]}/offers")
    ruth.fill("[name=base]", "80,000")
    ruth.fill("[name=expires_on]", "2026-11-30")
    story.press(ruth, "Draft offer")
    story.offer = int(re.search(r"/offers/(\d+)", ruth.url).group(1))
    send_out(story, story.offer)
    arne.goto("/")
    ruth.goto(f"/applications/{story.applications[NAMES[1]]}/bench")
    ruth.locator("[name=what]").first.evaluate("one => { const d = one.closest('details'); if (d) d.open = true }")
    ruth.locator("[name=what]").first.fill("You will hear from us")
    ruth.locator("form:has([name=what]) [name=due_on]").first.fill("2026-11-20")
    ruth.locator("form:has([name=what]) button").first.click()
    ruth.wait_for_load_state()
    ruth.goto("/keep-warm")
    assert "You will hear from us" in ruth.inner_text("main")


def send_out(story, offer):
    story.ruth.goto(f"/offers/{offer}")
    story.press(story.ruth, "Send for approval")
    story.arne.goto(f"/offers/{offer}")
    story.press(story.arne, "Approve")
    story.ruth.goto(f"/offers/{offer}")
    story.press(story.ruth, "Mark as sent out")


def she_asks_for_more_and_a_case_is_made(story):
    ruth, hana = story.ruth, story.hana
    ruth.goto(f"/offers/{story.offer}")
    ruth.get_by_text("Change the terms").click()
    ruth.fill("[name=base]", "92,000")
    story.press(ruth, "Save terms")
    assert "EUR 7,000 above the band" in ruth.inner_text("main")
    hana.goto(f"/requisitions/{story.key}/case?all=yes")
    hana.fill("[name$=ask]", "92,000")
    hana.fill("[name$=needed_by]", "2026-11-25")
    story.press(hana, "Open case")
    story.case = int(re.search(r"/cases/(\d+)", hana.url).group(1))
    hana.fill("[name=email]", "neighbour@example.com")
    hana.fill("[name=question]", "Would your team work with this person, and for what?")
    story.press(hana, "Ask")
    link = re.search(r"/endorse/[\w-]+", hana.inner_text(".secret")).group(0)
    outside = story.seat(None, width=390, height=844)
    outside.goto(link)
    assert "92,000" not in outside.content()
    outside.locator("label:has([name=would_use][value=yes])").click()
    outside.fill("[name=answer]", "Yes, for the reconciliation work in spring.")
    outside.fill("[name=name]", "Kim Neighbour")
    story.press(outside, "Send answer")


def the_check_stops_what_has_no_place(story):
    hana = story.hana
    hana.goto(f"/cases/{story.case}")
    field = hana.locator("textarea[name$=ask]").first
    field.evaluate("one => { const d = one.closest('details'); if (d) d.open = true }")
    field.fill("She needs it because her landlord has raised the rent.")
    hana.locator("button:has-text('Submit'), button:has-text('Send for approval')").first.click()
    hana.wait_for_load_state()
    assert "landlord" in hana.inner_text("main")
    assert "no place in a case" in hana.inner_text("main")
    field = hana.locator("textarea[name$=ask]").first
    field.evaluate("one => { const d = one.closest('details'); if (d) d.open = true }")
    field.fill("We ask for 92,000 a year, 7,000 above the band; the evidence stands below.")
    hana.locator("button:has-text('Submit'), button:has-text('Send for approval')").first.click()
    hana.wait_for_load_state()
    assert re.search(r"[0-9a-f]{64}", hana.inner_text("main"))


def the_approver_decides_and_she_accepts(story):
    arne, ruth = story.arne, story.ruth
    arne.goto("/")
    assert "Read and decide" in arne.inner_text("main")
    arne.goto(f"/cases/{story.case}")
    arne.locator("label:has([name=decision][value=approved])").click()
    arne.fill("[name=comment]", "The evidence is sound")
    story.press(arne, "Record decision")
    with arne.expect_download() as download:
        arne.evaluate("path => { location.href = path }", f"/cases/{story.case}/export.pdf")
    assert re.match(r"BC-2026-001-[0-9a-f]{12}\.pdf", download.value.suggested_filename)
    send_out(story, story.offer)
    story.press(ruth, "Record acceptance")
    assert "Accepted" in ruth.inner_text("main")


def she_withdraws_and_the_next_one_is_put_on(story):
    ruth = story.ruth
    ruth.goto(f"/requisitions/{story.key}/promote")
    assert NAMES[1] in ruth.inner_text("main")
    ruth.select_option("[name=reason]", "accepted_counter_offer")
    story.press(ruth, "Promote")
    draft = int(re.search(r"/offers/(\d+)", ruth.url).group(1))
    assert draft != story.offer
    assert "75,000" in ruth.inner_text("main")
    send_out(story, draft)
    story.press(ruth, "Record acceptance")
    ruth.goto(f"/applications/{story.applications[NAMES[0]]}")
    assert "Accepted a counter offer" in ruth.inner_text("main")


def test_the_story_runs_in_a_browser(seat, session, people, app, now):
    story = Story(seat, session)
    opens_a_requisition(story)
    candidates_arrive_and_move(story)
    panels_meet(story, people)
    cards_are_sent_blind(story)
    the_table_meets_and_names_finalists(story)
    an_offer_goes_out(story)
    she_asks_for_more_and_a_case_is_made(story)
    the_check_stops_what_has_no_place(story)
    the_approver_decides_and_she_accepts(story)
    she_withdraws_and_the_next_one_is_put_on(story)
    ruth = story.ruth
    ruth.goto(f"/applications/{story.applications[NAMES[1]]}/move")
    ruth.locator("label", has_text="Hired").click()
    story.press(ruth, "Move")
    with app.app_context():
        assert ranking.record_due(db.session(), moment=moment(now)) == 1
        grades = sorted((decision.grade for decision in db.session.query(PastDecision).one().grades), reverse=True)
        db.session.rollback()
    assert grades == [3, 2, 1]

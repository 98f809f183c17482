"""The board in a real browser: by menu, by keyboard, by drag and by two people at once; with scripts and without."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from recruiter.pipeline.models import Application
from tests import factories

pytestmark = pytest.mark.browser
NAMES = ("Ada Ferreira", "Bela Novak", "Chidi Okoro")


@pytest.fixture
def search(session, people, now):
    """A search with three people in its first stage, and the numbers of its stages by name; plain values, that read nothing."""
    requisition = factories.requisition(session, people, now)
    applications = [factories.application(session, people, now, requisition, name=name) for name in NAMES]
    session.commit()
    stages = {application.name: application.id for application in requisition.stages}
    plain = (
        SimpleNamespace(key=requisition.key),
        [SimpleNamespace(id=application.id) for application in applications],
        stages,
    )
    session.rollback()
    return plain


def stages_now(session, applications):
    session.expire_all()
    stage_names = [session.get(Application, application.id).stage.name for application in applications]
    session.rollback()  # a reader that stays would hold the server's writes up
    return stage_names


def card(page, application):
    return page.locator(f"#application-{application.id}")


def column(page, stages, name):
    return page.locator(f"#stage-{stages[name]}")


def marked(page):
    """A mark that a new page would not have."""
    page.evaluate("window.stayed = true")


def stayed(page):
    return page.evaluate("window.stayed === true")


def test_from_the_board_to_a_moved_card_are_two_actions_and_undo_is_one(seat, search, session):
    requisition, applications, stages = search
    page = seat("ruth")
    page.goto(f"/requisitions/{requisition.key}?q=e")
    marked(page)
    card(page, applications[0]).get_by_label("Move Ada Ferreira").click()
    card(page, applications[0]).get_by_role("button", name="Screen").click()
    expect(column(page, stages, "Screen").locator(f"#application-{applications[0].id}")).to_be_visible()
    expect(page.locator("#live")).to_have_text("Ada Ferreira moved from Applied to Screen.")
    expect(page.locator(f"#move-{applications[0].id}")).to_be_focused()
    assert stayed(page)
    assert page.url.endswith("?q=e")
    assert stages_now(session, applications) == ["Screen", "Applied", "Applied"]
    page.get_by_role("button", name="Undo").click()
    expect(column(page, stages, "Applied").locator(f"#application-{applications[0].id}")).to_be_visible()
    assert stages_now(session, applications) == ["Applied"] * 3


def test_a_card_is_dragged_announced_and_taken_back(seat, search, session):
    requisition, applications, stages = search
    page = seat("ruth", width=1440)
    page.goto(f"/requisitions/{requisition.key}")
    marked(page)
    card(page, applications[1]).drag_to(column(page, stages, "Screen"))
    expect(page.locator("#live")).to_have_text("Bela Novak moved from Applied to Screen.")
    assert stages_now(session, applications) == ["Applied", "Screen", "Applied"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#live")).to_have_text(re.compile("Taken back: Bela Novak is in Applied"))
    assert stayed(page)
    assert stages_now(session, applications) == ["Applied"] * 3


def test_a_drag_to_the_hire_says_what_it_needs(seat, search, session):
    requisition, applications, stages = search
    page = seat("ruth", width=1440)
    page.goto(f"/requisitions/{requisition.key}")
    for _ in range(2):
        card(page, applications[0]).drag_to(column(page, stages, "Hired"))
        expect(page.locator("#live")).to_have_text(
            re.compile("Ada Ferreira was not moved. Hired needs an accepted offer")
        )
        expect(page.locator("#main .flash")).to_have_count(1)
    expect(column(page, stages, "Applied").locator(f"#application-{applications[0].id}")).to_be_visible()
    expect(page.locator(".is-dragged, .is-target")).to_have_count(0)
    page.goto(f"/applications/{applications[0].id}/move")
    expect(page.get_by_label("Screen")).to_be_visible()
    expect(page.get_by_label("Hired")).to_have_count(0)
    assert stages_now(session, applications) == ["Applied"] * 3


def test_cards_that_are_ticked_are_dragged_together(seat, search, session):
    requisition, applications, stages = search
    page = seat("ruth", width=1440)
    page.goto(f"/requisitions/{requisition.key}")
    for application in applications[:2]:
        card(page, application).hover()
        card(page, application).locator(".pick").check()
    card(page, applications[0]).drag_to(column(page, stages, "Screen"))
    expect(page.locator("#live")).to_have_text("2 applications moved to Screen.")
    assert stages_now(session, applications) == ["Screen", "Screen", "Applied"]
    expect(page.locator(".pick:checked")).to_have_count(0)


def test_the_keyboard_walks_opens_moves_and_selects(seat, search, session):
    requisition, applications, _ = search
    page = seat("ruth", width=1440)
    page.goto(f"/requisitions/{requisition.key}")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Ada Ferreira")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Bela Novak")).to_be_focused()
    page.keyboard.press("x")
    expect(card(page, applications[1]).locator(".pick")).to_be_checked()
    expect(page.locator("#live")).to_have_text(re.compile("1 selected"))
    page.keyboard.press("x")
    page.keyboard.press("m")
    expect(card(page, applications[1]).get_by_role("button", name="Screen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_have_text("Bela Novak moved from Applied to Screen.")
    page.keyboard.press("[")
    expect(page.get_by_role("link", name="Ada Ferreira")).to_be_focused()
    page.keyboard.press("]")
    expect(page.get_by_role("link", name="Bela Novak")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/applications/{applications[1].id}")
    assert stages_now(session, applications) == ["Applied", "Screen", "Applied"]


def test_a_move_that_asks_for_a_reason_asks_over_the_board(seat, search, session, check_axe):
    requisition, applications, stages = search
    page = seat("ruth", width=1440)
    page.goto(f"/requisitions/{requisition.key}")
    marked(page)
    card(page, applications[0]).drag_to(column(page, stages, "Final"))
    dialog = page.get_by_role("dialog", name="Move: Ada Ferreira")
    expect(dialog).to_contain_text("Skipping Interview asks for a reason.")
    expect(dialog.get_by_label("Final")).to_be_checked()
    check_axe(page, "the move in a dialog")
    dialog.get_by_label("Reason").fill("Known from the search before")
    dialog.get_by_role("button", name="Move").click()
    expect(page.locator("#live")).to_have_text("Ada Ferreira moved from Applied to Final.")
    expect(dialog).to_be_hidden()
    assert stayed(page)
    assert stages_now(session, applications) == ["Final", "Applied", "Applied"]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_second_of_two_people_is_told_who_was_quicker_and_loses_nothing(seat, search, session, scripts):
    requisition, applications, stages = search
    slow, quick = seat("ruth", width=1440, scripts=scripts), seat("rolf", width=1440)
    slow.goto(f"/requisitions/{requisition.key}")
    quick.goto(f"/requisitions/{requisition.key}")
    quick.locator(f"#move-{applications[0].id}").click()
    card(quick, applications[0]).get_by_role("button", name="Screen").click()
    expect(quick.locator("#live")).to_have_text(re.compile("moved"))
    slow.locator(f"#move-{applications[0].id}").click()
    card(slow, applications[0]).get_by_role("button", name="Interview").click()
    question = slow.get_by_role("dialog") if scripts else slow.locator("#main")
    expect(question).to_contain_text("Not moved. Rolf moved Ada Ferreira to Screen at 09:30.")
    expect(question.get_by_label("Interview")).to_be_checked()
    if scripts:  # the board behind shows where they stand now
        expect(column(slow, stages, "Screen").locator(f"#application-{applications[0].id}")).to_have_count(1)
    question.get_by_role("button", name="Move", exact=True).click()
    expect(column(slow, stages, "Interview").locator(f"#application-{applications[0].id}")).to_be_visible()
    assert stages_now(session, applications)[0] == "Interview"


@pytest.mark.parametrize("scripts", [True, False])
def test_several_are_closed_from_the_table_and_brought_back(seat, search, session, scripts):
    requisition, applications, _ = search
    page = seat("ruth", width=1440, scripts=scripts)
    page.goto(f"/requisitions/{requisition.key}?view=table")
    expect(page.locator(".bulk")).to_be_hidden()
    for name in NAMES[:2]:
        page.get_by_label(f"Select {name}").check()
    expect(page.locator(".bulk")).to_be_visible()
    page.get_by_role("button", name="Close…").click()
    question = page.get_by_role("dialog") if scripts else page.locator("#main")
    question.get_by_label("Reason").select_option(label="Not enough depth for this role")
    question.get_by_role("button", name="Close 2 applications").click()
    expect(page.get_by_text("2 applications closed.").first).to_be_visible()
    page.wait_for_url("**?view=table")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back for 2 applications").first).to_be_visible()
    expect(page.get_by_label("Select Ada Ferreira")).to_be_visible()
    assert {session.get(Application, application.id).status.value for application in applications} == {"active"}
    session.rollback()


def test_all_of_a_page_are_selected_with_one_tick(seat, search):
    requisition, _, _ = search
    page = seat("ruth", width=1440)
    page.goto(f"/requisitions/{requisition.key}?view=table")
    page.get_by_label("Select everybody on this page").check()
    expect(page.locator(".bulk-count")).to_contain_text("selected")
    expect(page.locator("tbody .pick:checked")).to_have_count(3)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("tbody .pick:checked")).to_have_count(0)


def test_no_connection_is_said_and_the_card_stays(seat, search, session):
    requisition, applications, _ = search
    page = seat("ruth")
    page.goto(f"/requisitions/{requisition.key}")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.locator(f"#move-{applications[0].id}").click()
    card(page, applications[0]).get_by_role("button", name="Screen").click()
    expect(page.locator("#live")).to_have_text(re.compile("no connection"))
    assert stages_now(session, applications) == ["Applied"] * 3


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_several_are_ticked_and_the_bar_hides_nobody(seat, search, session, check_axe, scripts):
    requisition, applications, _ = search
    page = seat("ruth", width=390, height=700, scripts=scripts)
    page.goto(f"/requisitions/{requisition.key}")
    boxes = [card(page, application).get_by_label("Select") for application in applications]
    for box in boxes:
        expect(box).to_be_visible()
        assert min(box.bounding_box()["width"], box.bounding_box()["height"]) >= 24
    boxes[0].check()
    boxes[2].check()
    bar = page.get_by_role("form", name="Those who are ticked")
    expect(bar).to_contain_text("selected")
    page.mouse.move(195, 300)
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(300)
    end = page.locator(".board").bounding_box()
    assert end["y"] + end["height"] <= bar.bounding_box()["y"]
    tabs = page.locator(".tabbar").bounding_box()
    assert bar.bounding_box()["y"] + bar.bounding_box()["height"] <= tabs["y"]
    if scripts:
        check_axe(page, "ticked on a phone")
    bar.get_by_label("Move to").select_option("Screen")
    bar.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(".flash")).to_contain_text("2 applications moved to Screen.")
    assert stages_now(session, applications) == ["Screen", "Applied", "Screen"]

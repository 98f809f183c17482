"""The board when it is empty, crowded with long and right-to-left names, refused or in conflict: no violation, nothing too wide."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.browser
NAMES = ("Wolfeschlegelsteinhausenbergerdorff" * 3, "שרה לוי־אברהם בן־דוד", "Zoë <b>&'Ünal</b> 🎻")


@pytest.fixture
def searches(session, people, now):
    """Keys of an empty search and of one with difficult names, and the number of the first of them."""
    empty = factories.requisition(session, people, now)
    full = factories.requisition(
        session, people, now, title="Leiterin der Donaudampfschifffahrtselektrizitätswerke " * 2
    )
    applications = [factories.application(session, people, now, full, name=name) for name in NAMES]
    factories.finalists(session, people, now, full, names=("Ada Ferreira", "Bela Novak"))
    session.commit()
    plain = empty.key, full.key, applications[0].id, full.stages[2].id
    session.rollback()
    return plain


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (320, "light"), (320, "dark")])
def test_every_state_of_the_board_is_sound(searches, seat, check_axe, width, scheme):
    empty, full, number, talk = searches
    page = seat("ruth", width=width, scheme=scheme, scripts=True)
    for query in ("", "?view=table", "?view=closed", "?q=zzzz", "?flag=late"):
        page.goto(f"/requisitions/{empty}{query}")
        check_axe(page, f"empty {query}")
    for query in ("", "?view=table&sort=-days", "?q=w"):
        page.goto(f"/requisitions/{full}{query}")
        check_axe(page, f"long names {query}")
    page.locator("details.menu.move > summary, .views summary").first.click()
    check_axe(page, "an open menu")
    page.goto(f"/requisitions/{full}?view=table")
    for box in page.locator("tbody .pick").all():
        box.check()
    check_axe(page, "the bar")
    page.get_by_role("button", name="Close…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Close 5 applications").click()
    expect(dialog).to_contain_text("Give a reason")
    check_axe(page, "closing without a reason")
    page.goto(f"/applications/{number}/move?to={talk}")
    page.get_by_role("button", name="Move", exact=True).click()
    page.goto(f"/applications/{number}/move")
    check_axe(page, "the list of what a stage asks for")
    page.goto(f"/requisitions/{full}/setup/stages")
    page.get_by_role("button", name="Add stage").click()
    expect(page.locator("#errors")).to_be_visible()
    check_axe(page, "stages in error")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_message_is_written_looked_at_and_sent(searches, seat, check_axe, scripts):
    _, full, _, _ = searches
    page = seat("ruth", width=390, scripts=scripts)
    page.goto(f"/requisitions/{full}?view=table")
    for name in ("Ada Ferreira", "Bela Novak"):
        page.get_by_label(f"Select {name}").check()
    page.get_by_role("button", name="Message…").click()
    page.get_by_label("Subject").fill("When you will hear from us")
    page.get_by_label("Text", exact=True).fill("Hello {first name}, you will hear by Friday.")
    if scripts:
        check_axe(page, "a message")
    page.get_by_role("button", name="Look at each message").click()
    page.get_by_role("button", name="Send 2 messages").click()
    expect(page.locator("#errors")).to_contain_text("are finalists, and their texts are the same")
    page.get_by_label("Text to Bela Novak").fill(
        "Hello Bela, your talk on queues stays with us. You will hear by Friday."
    )
    if scripts:
        check_axe(page, "two finalists with the same text")
    page.get_by_role("button", name="Send 2 messages").click()
    expect(page.get_by_text("2 messages will leave at 09:35.").first).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Nothing was sent.").first).to_be_visible()

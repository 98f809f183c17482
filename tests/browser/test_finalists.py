"""The finalists in a browser: every state without a violation, letters that work and can be turned off, and print."""

from __future__ import annotations

import pytest

from recruiter.ranking.suggestion import suggested_ranking
from tests import factories
from tests.ranking.rating import rated

pytestmark = pytest.mark.browser
NAMES = ("Maximiliane-" * 8 + "von Hohenstein", "נועם בן־דוד", "Ada Ferreira", "Chidi Okoro")
WINDOWS = [(1440, "light"), (390, "dark"), (320, "light")]


def arranged(session, people, now, names=NAMES, marks=((5, 5), (4, 4), (4, 3), (2, 2))):
    """A slate with two cards each."""
    requisition = factories.requisition(session, people, now)
    applications = factories.finalists(session, people, now, requisition, names=names)
    for application, given in zip(applications, marks, strict=False):
        rated(session, people, now, application, given)
    session.commit()
    return requisition, applications


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_every_state_is_sound(seat, session, people, now, check_axe, monkeypatch, width, scheme):
    requisition, applications = arranged(session, people, now)
    alone, _ = arranged(session, people, now, names=NAMES[:1])
    early, waiting = arranged(session, people, now, marks=())
    rated(session, people, now, waiting[0], (), panel=("hana",))
    real = suggested_ranking.compute

    def without(session, requisition, ids, *, run):
        out = applications[1].id
        numbers = real(session, requisition, [number for number in ids if number != out], run=run)
        return {**numbers, "not_ranked": [number for number in ids if number == out]}

    page = seat("ruth", width=width, scheme=scheme)
    paths = [
        f"{requisition.key}/finalists?show={applications[0].id}&show={applications[1].id}&order=scorecard",
        f"{alone.key}/finalists",
    ]
    for path in (*paths, f"{early.key}/finalists", f"{requisition.key}/finalists/order"):
        page.goto(f"/requisitions/{path}")
        check_axe(page, path)
    page.get_by_label("Place of").nth(0).fill("4")
    page.get_by_label("Place of").nth(3).fill("1")
    page.get_by_role("button", name="Save the order").click()
    page.get_by_role("alert").wait_for()
    check_axe(page, "the order refused")
    monkeypatch.setattr(suggested_ranking, "compute", without)
    page.goto(f"/requisitions/{requisition.key}/finalists")
    assert page.get_by_role("heading", name="Asked not to be ranked").is_visible()
    check_axe(page, "the lane")
    owing = seat("hana", width=width, scheme=scheme)
    owing.goto(f"/requisitions/{early.key}/finalists")
    assert "Rankings open" in owing.locator("#verdict").inner_text()
    check_axe(owing, "hidden")


def test_letters_open_the_order_and_reach_explain_until_they_are_turned_off(seat, session, people, now):
    requisition, _ = arranged(session, people, now)
    page = seat("ruth")
    page.goto(f"/requisitions/{requisition.key}/finalists")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.textContent") == "Explain"
    people.ruth.shortcuts = False
    session.commit()
    page.reload()
    page.keyboard.press("o")
    assert page.url.endswith("/finalists")
    people.ruth.shortcuts = True
    session.commit()
    page.reload()
    page.locator("#find").focus()
    page.keyboard.press("o")
    assert page.locator("#find").input_value() == "o"
    page.locator("#find").blur()
    page.keyboard.press("o")
    page.wait_for_url("**/finalists/order")


def test_a_pair_is_explained_and_an_order_departs_without_scripts(seat, session, people, now):
    requisition, applications = arranged(session, people, now)
    page = seat("ruth", scripts=False)
    page.goto(f"/requisitions/{requisition.key}/finalists")
    page.locator("#a").select_option(str(applications[3].id))
    page.locator("#b").select_option(str(applications[1].id))
    page.get_by_role("button", name="Explain").click()
    assert "Chidi Okoro" in page.locator("#why").inner_text()
    page.get_by_role("link", name="Set the order").click()
    page.get_by_label("Place of").nth(0).fill("4")
    page.get_by_label("Place of").nth(3).fill("1")
    page.get_by_role("button", name="Save the order").click()
    page.get_by_label("Why the order departs").fill("Built our ledger before")
    page.get_by_role("button", name="Save the order").click()
    page.get_by_text("Departs from a clear lead.").wait_for()
    assert page.get_by_text("Built our ledger before").is_visible()


def test_print_keeps_plots_and_figures_and_drops_controls(seat, session, people, now):
    requisition, _ = arranged(session, people, now)
    page = seat("ruth")
    page.goto(f"/requisitions/{requisition.key}/finalists")
    page.emulate_media(media="print")
    assert page.locator(".rank .p-dot").first.is_visible()
    assert page.locator(".rank .ends").first.is_visible()
    assert page.locator(".why-row .w-a").first.is_visible()
    assert not page.get_by_role("link", name="Set the order").is_visible()
    assert not page.get_by_role("navigation", name="Main", exact=True).is_visible()

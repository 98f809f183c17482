"""The Move menu is wide enough to read and stands inside the window, on the board and beside an application."""

from __future__ import annotations

import pytest

from tests import factories

pytestmark = pytest.mark.browser
NARROWEST = 200


@pytest.fixture
def stood(session, people, now):
    """A search with somebody in every stage but that of the hire; its key and the numbers of the applications."""
    requisition = factories.requisition(session, people, now)
    applications = []
    for place, stage in enumerate(requisition.stages[:-1]):
        application = factories.application(
            session, people, now, requisition, name=f"Wolfeschlegelstein Bergerdorff {place}"
        )
        application.stage = stage
        applications.append(application)
    session.commit()
    plain = requisition.key, [application.id for application in applications]
    session.rollback()
    return plain


def measured(page, menu):
    """The box of a menu that was opened, seen whole: what lies at its corners is the menu itself."""
    menu.locator("summary").click()
    pop = menu.locator(".menu-pop")
    pop.scroll_into_view_if_needed()
    box = pop.bounding_box()
    on_top = pop.evaluate(
        """one => { const box = one.getBoundingClientRect();
        return [box.left + 4, box.right - 4].every(x => one.contains(document.elementFromPoint(x, box.top + 8))) }"""
    )
    assert on_top
    return box


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_the_move_menu_of_a_card_can_be_read(seat, stood, width, scripts):
    key, applications = stood
    page = seat("ruth", width=width, scripts=scripts)
    for number in applications:
        page.goto(f"/requisitions/{key}")
        box = measured(page, page.locator(f"#application-{number} details.move"))
        assert box["width"] >= NARROWEST
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", [1440, 390])
def test_the_menus_of_an_application_can_be_read(seat, stood, width):
    _, applications = stood
    page = seat("ruth", width=width)
    for place in range(2):
        page.goto(f"/applications/{applications[1]}")
        box = measured(page, page.locator(".head details.menu").nth(place))
        assert box["width"] >= NARROWEST
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width

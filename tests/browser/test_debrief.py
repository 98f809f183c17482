"""The matrix of a debrief with many interviewers: it fits the window, and every column has a name for whoever hears it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from recruiter.accounts import services as accounts
from recruiter.accounts.models import Role
from tests import factories
from tests.acts import moment
from tests.scorecards import arranging

pytestmark = pytest.mark.browser


class _Panel:
    """People by name, as the arranging takes them."""


def _rated(session, people, now, application, count):
    panel = _Panel()
    for place in range(count):
        name = f"{factories.fake.first_name()} {factories.fake.last_name()}-{place}"
        email = f"panelist{application.id}.{place}@example.com"
        user = accounts.add(session, email=email, name=name, role=Role.INTERVIEWER, act=moment(now))
        setattr(panel, f"p{place}", user)
    panel.ruth = people.ruth
    names = [f"p{place}" for place in range(count)]
    talk = arranging.talk(session, panel, now, application, *names, name="Work sample panel")
    for place, who in enumerate(names):
        arranging.send(session, panel, now, talk, who, place % 5 + 1, overall=place % 4 + 1)
    return [getattr(panel, who).name for who in names]


@pytest.fixture
def debriefs(session, people, now):
    """The address of the debrief of somebody with seven cards, and of somebody with ten, and the names of those ten."""
    requisition = factories.requisition(session, people, now)
    applications = [arranging.seat(session, people, now, name, requisition) for name in ("Ada Ferreira", "Bela Novak")]
    _rated(session, people, now, applications[0], 7)
    names = _rated(session, people, now, applications[1], 10)
    session.commit()
    path = f"/requisitions/{requisition.key}/debrief"
    plain = f"{path}?who={applications[0].id}", f"{path}?who={applications[1].id}", names
    session.rollback()
    return plain


def _too_wide(page):
    return page.locator(".matrix").evaluate(
        "table => table.parentElement.scrollWidth - table.parentElement.clientWidth"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_seven_and_ten_interviewers_fit_a_window_of_1440(debriefs, seat, check_axe, scheme):
    seven, ten, names = debriefs
    page = seat("hana", width=1440, scheme=scheme)
    page.goto(seven)
    assert _too_wide(page) <= 0
    expect(page.locator(".matrix-hint")).to_be_hidden()
    check_axe(page, "seven interviewers")
    page.goto(ten)
    assert _too_wide(page) <= 0
    for name in names:
        expect(page.get_by_role("columnheader", name=f"{name}, Work sample panel")).to_be_attached()
    assert page.locator(".matrix-key bdi").all_inner_texts() == names
    check_axe(page, "ten interviewers")


def test_on_a_phone_the_attributes_stay_in_sight_and_it_is_said(debriefs, seat, check_axe):
    _, ten, _ = debriefs
    page = seat("hana", width=390)
    page.goto(ten)
    expect(page.locator(".matrix-hint")).to_be_visible()
    page.locator(".matrix").evaluate("table => { table.parentElement.scrollLeft = 400 }")
    region, head = page.locator(".table-wrap").first.bounding_box(), page.locator(".matrix th[scope=row]").first
    assert head.bounding_box()["x"] - region["x"] < 2
    check_axe(page, "ten interviewers on a phone")

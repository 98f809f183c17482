"""A scorecard on a phone: it saves itself, says whether it did, and loses nothing when the connection or the session goes."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from recruiter.accounts.models import UserSession
from recruiter.scorecards import queries
from recruiter.scorecards.models import CardState
from recruiter.scorecards.rules import CardContent
from tests.acts import act_by
from tests.conftest import PASSWORD
from tests.scorecards import arranging

pytestmark = pytest.mark.browser


@pytest.fixture
def quiet_seat(seat):
    """A seat at which a lost connection is what the test is about, and no fault."""

    def sit(*who, **how):
        page = seat(*who, **how)
        page.add_init_script(
            "addEventListener('load', () => { const real = fetch;"
            " window.fetch = (...all) => (window.cut ? Promise.reject(new TypeError('cut')) : real(...all)); })"
        )
        return page

    return sit


@pytest.fixture
def talk(session, people, now):
    made = arranging.talk(session, people, now, arranging.seat(session, people, now), "ines", "igor")
    first, second = made.application.requisition.attributes
    made.names = (f"rating_{first.id}", f"rating_{second.id}", f"evidence_{first.id}")
    session.commit()
    return made


def _card(session, talk, user):
    with Session(session.get_bind(), expire_on_commit=False) as fresh:
        card = queries.card_of(fresh, interview=talk, author=user)
        return card and (card.state, card.summary, {rating.attribute: rating.rating for rating in card.ratings})


def _status(page):
    return page.locator("[data-card-status]")


def _rate(page, name, value):
    page.locator(f"label:has([name={name}][value='{value}'])").click()


def _waits(page, text):
    page.wait_for_function(
        "text => document.querySelector('[data-card-status]').textContent.includes(text)", arg=text, timeout=20_000
    )


def test_it_saves_itself_and_counts_what_is_rated(seat, session, people, talk):
    page = seat("ines", width=390, height=844)
    page.goto(f"/scorecards/{talk.id}")
    first, second, evidence = talk.names
    assert page.get_by_text("0 of 3 rated").is_visible()
    heights = page.evaluate(
        "() => [...document.querySelectorAll('.rating label, .check-big, .choice label, .part summary, .sc-bar .btn, .back')]"
        ".map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) == 2 * 7 + 4 + 2 + 1
    assert min(heights) >= 56
    assert not page.locator(f"#{first}-4").is_visible()
    _rate(page, first, 4)
    assert page.locator(f"#{first}-4").is_visible()
    _rate(page, second, "none")
    page.fill(f"[name={evidence}]", "Split it")
    page.fill("[name=summary]", "Clear")
    _waits(page, "Draft saved 09:30.")
    assert page.get_by_text("2 of 3 rated").is_visible()
    state, summary, marks = _card(session, talk, people.ines)
    assert (state, summary) == (CardState.DRAFT, "Clear")
    assert marks == {"System design": 4.0, "Communication": None}
    page.reload()
    assert page.input_value("[name=summary]") == "Clear"


def test_without_a_connection_it_says_so_and_tries_again(quiet_seat, session, people, talk):
    page = quiet_seat("ines", width=390, height=844)
    page.goto(f"/scorecards/{talk.id}")
    page.evaluate("window.cut = true")
    page.fill("[name=summary]", "Written in the lift")
    _waits(page, "Not saved, no connection. Keep this page open.")
    assert _card(session, talk, people.ines) is None
    assert page.input_value("[name=summary]") == "Written in the lift"
    page.evaluate("window.cut = false; dispatchEvent(new Event('online'))")
    _waits(page, "Draft saved")
    assert _card(session, talk, people.ines)[1] == "Written in the lift"


def test_when_the_session_ends_the_open_page_saves_after_signing_in_elsewhere(seat, session, people, now, talk):
    page = seat("ines", width=390, height=844)
    page.goto(f"/scorecards/{talk.id}")
    page.fill("[name=summary]", "Before")
    _waits(page, "Draft saved")
    _end_sessions(session, now)
    page.fill("[name=summary]", "After the session ended")
    _waits(page, "Not saved: you were signed out.")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again").click()
    other = opened.value
    other.get_by_label("E-mail").fill("ines@example.com")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url(f"**/scorecards/{talk.id}")
    assert other.get_by_text("Your session had ended").is_visible()
    assert other.input_value("[name=summary]") == "After the session ended"
    other.close()
    _waits(page, "Draft saved")
    assert _card(session, talk, people.ines)[1] == "After the session ended"
    first, second, _ = talk.names
    _rate(page, first, 4)
    _rate(page, second, 3)
    page.locator("label:has([name=overall][value='3'])").click()
    page.get_by_role("button", name="Send scorecard").click()
    page.wait_for_url("**/applications/*/scorecards")
    assert _card(session, talk, people.ines)[0] == CardState.SUBMITTED


def test_a_session_that_ended_keeps_the_card_without_script(seat, session, people, now, talk):
    page = seat("ines", width=390, height=844, scripts=False)
    page.goto(f"/scorecards/{talk.id}")
    first, second, _ = talk.names
    _rate(page, first, 4)
    _rate(page, second, 3)
    page.locator("label:has([name=overall][value='3'])").click()
    page.fill("[name=summary]", "Sent too late")
    _end_sessions(session, now)
    page.get_by_role("button", name="Send scorecard").click()
    page.get_by_label("E-mail").fill("ines@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/scorecards/{talk.id}")
    assert page.input_value("[name=summary]") == "Sent too late"
    page.get_by_role("button", name="Send scorecard").click()
    page.wait_for_url("**/applications/*/scorecards")
    assert _card(session, talk, people.ines)[0] == CardState.SUBMITTED


def test_a_conflict_is_told_shows_both_and_writes_over_nothing_by_itself(seat, session, people, now, talk, check_axe):
    from recruiter.scorecards import services

    page = seat("ines", width=390, height=844)
    page.goto(f"/scorecards/{talk.id}")
    services.save(
        session,
        interview=talk,
        content=CardContent([], overall=2, summary="On the desk"),
        act=act_by(people.ines, now=now),
    )
    session.commit()
    page.fill("[name=summary]", "On the phone")
    _waits(page, "another device")
    assert _card(session, talk, people.ines)[1] == "On the desk"
    assert page.input_value("[name=summary]") == "On the phone"
    page.get_by_role("button", name="See both versions").click()
    page.get_by_role("heading", name="What was saved").wait_for()
    assert page.locator("section", has_text="What was saved").get_by_text("On the desk").is_visible()
    assert page.input_value("[name=summary]") == "On the phone"
    check_axe(page, "both versions of a card")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Draft saved. Nobody else sees it.").wait_for()
    assert _card(session, talk, people.ines)[1] == "On the phone"


def _end_sessions(session, now):
    for user_session in session.query(UserSession):
        user_session.seen_at = user_session.created_at = now - dt.timedelta(hours=3)
    session.commit()


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_no_state_of_a_card_has_a_violation(seat, session, people, now, talk, check_axe, width):
    faults = []

    def check(page, where):
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })")
        try:
            check_axe(page, where=where)
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # nothing but colours changes
            check_axe(page, where=f"{where}, dark", only=["color-contrast"])
        except AssertionError as fault:
            faults.append(str(fault))
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    page = seat("ines", width=width, height=844)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    sent = arranging.talk(session, people, now, talk.application, "ines", "igor", name="ניהול " * 6 + "x" * 60)
    arranging.send(session, people, now, sent, "ines", 5, note="W" * 300)
    for where, act in (
        (f"/scorecards/{talk.id}", None), (f"/scorecards/{talk.id}", "Send scorecard"), (f"/scorecards/{sent.id}", None),
        (f"/applications/{talk.application_id}/scorecards", None), ("/scorecards", None),
    ):  # fmt: skip
        page.goto(where)
        if act:
            page.get_by_role("button", name=act).click()
            page.wait_for_load_state()
            assert page.evaluate("document.activeElement.id") == "errors"
        check(page, f"{where} {act}")
    ruth = seat("ruth", width=width, height=844)
    for where in (
        f"/interviews/{talk.id}/scorecards/{people.igor.id}",
        f"/requisitions/{talk.application.requisition.key}/scorecard",
        f"/applications/{talk.application_id}/scorecards",
    ):
        assert ruth.goto(where).status == 200
        check(ruth, where)
    assert not faults, "\n\n".join(faults)


def test_sending_without_a_connection_stays_on_the_page(quiet_seat, session, people, talk):
    page = quiet_seat("ines", width=390, height=844)
    page.goto(f"/scorecards/{talk.id}")
    page.context.set_offline(True)
    page.fill("[name=summary]", "Written in the lift")
    page.get_by_role("button", name="Send scorecard").click()
    _waits(page, "Not saved, no connection. Keep this page open.")
    assert page.url.endswith(f"/scorecards/{talk.id}")
    assert page.input_value("[name=summary]") == "Written in the lift"
    assert _card(session, talk, people.ines) is None

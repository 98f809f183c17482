"""Every page that says that somebody else was quicker: sound to hear, to see and to hold, and with what was typed still there."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from recruiter.debriefs import services as debriefs
from recruiter.foundation.database.db import begin_writing
from recruiter.interviews import decision_dates, interview_plans
from recruiter.interviews.models import Interview, PlannedTalk
from recruiter.pipeline import ownership
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import Application
from recruiter.scorecards import interview_changes
from tests import factories
from tests.acts import act_by
from tests.scorecards import arranging

pytestmark = pytest.mark.browser
SEND = "form => HTMLFormElement.prototype.submit.call(form)"
LOOKS = ((1440, "light"), (390, "dark"))


@pytest.fixture
def search(session, people, now):
    requisition = factories.requisition(session, people, now)
    ada = arranging.seat(session, people, now, "Ada Ferreira", requisition)
    other = factories.application(session, people, now, requisition, "Bela Novak")
    talk = arranging.talk(session, people, now, ada, "ines", hours=-25)
    session.commit()
    plain = SimpleNamespace(key=requisition.key, ada=ada.id, other=other.id, talk=talk.id)
    session.rollback()
    return plain


@pytest.fixture
def hana(session, people, now, search):
    """What Hana does meanwhile, by name; each is there when it returns."""
    by, today = {"act": act_by(people.hana, now=now)}, now.date()

    def application(number):
        return session.get_one(Application, number)

    def act(what):
        begin_writing(session)  # the page says meanwhile that somebody is at work
        requisition = application(search.ada).requisition
        acts = {
            "interview": lambda: interview_changes.change(
                session, interview=session.get_one(Interview, search.talk), place="Room 1", **by
            ),
            "plan": lambda: interview_plans.save_plan(
                session,
                requisition=requisition,
                entries=[PlannedTalk(stage=requisition.stages[2], name="Hers", minutes=45, focus=[])],
                **by,
            ),
            "date": lambda: decision_dates.set_date(
                session, requisition=requisition, decide_on=today + dt.timedelta(days=9), **by
            ),
            "debrief": lambda: debriefs.record(
                session, requisition=requisition, decision="Hers", open_early_because="Friday", **by
            ),
            "move": lambda: pipeline.move(
                session, application=application(search.other), to=requisition.stages[1], **by
            ),
            "owner": lambda: ownership.assign(
                session, application=application(search.other), to=people.hana, mover_ids=[people.hana.id], **by
            ),
        }
        acts[what]()
        session.commit()
        session.expire_all()
        session.rollback()

    return act


def _looked_at(page, check_axe, what):
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        check_axe(page, f"{what} at {width} px, {scheme}")


def test_who_came_second_is_told_on_a_sound_page(seat, search, hana, check_axe):
    board, other = f"/requisitions/{search.key}", f"/applications/{search.other}"
    page = seat("ruth", width=1440)
    for what, path, end, field, typed, sentence in (
        ("interview", f"/interviews/{search.talk}", "/changes", "place", "Room 9", "Hana moved it"),
        ("plan", f"{board}/interviews", "/interview-plan", "name_1", "Mine", "Hana saved this plan"),
        ("date", f"{board}/interviews", "/decision-date", "decide_on", "2026-11-30", "Hana set Fri 27 Nov"),
        ("debrief", f"{board}/debrief", "/debrief", "decision", "Mine", "Hana recorded a decision"),
        ("owner", f"{other}/owner", "/owner", "owner", "nobody", "Hana gave Bela Novak to Hana"),
        ("move", f"{other}/move", "/move", "reason", "Mine", "Hana moved Bela Novak to Screen"),
    ):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(path)
        form = page.locator(f"main form[action*='{end}']").filter(has=page.locator(f"[name={field}]")).first
        if what == "move":
            form.get_by_label("Interview").check()
        if what == "owner":
            form.locator("select").select_option(typed)
        else:
            form.locator(f"[name={field}]").fill(typed)
        hana(what)
        with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            form.evaluate(SEND)
        assert sent.value.status == 409
        page.wait_for_load_state()
        expect(page.locator("#errors")).to_contain_text(sentence)
        expect(page.locator(f"[name={field}]").first).to_have_value(typed)
        _looked_at(page, check_axe, what)


def test_a_card_that_was_moved_meanwhile_is_told_on_the_board(seat, search, hana, check_axe):
    page = seat("ruth", width=1440)
    page.goto(f"/requisitions/{search.key}")
    hana("move")
    page.get_by_label("Move Bela Novak").click()
    page.locator(f"#application-{search.other} .move").get_by_role("button", name="Interview").click()
    expect(page.get_by_text("Hana moved Bela Novak to Screen").first).to_be_visible()
    _looked_at(page, check_axe, "the board")

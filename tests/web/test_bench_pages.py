"""Slate and bench as a page: lights, clashes with two ways out, clocks, dates, snoozes and messages."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.models.agreements import AgreedDate, CadenceRule, DateKind, Letter, Snooze
from recruiter.keepwarm.schedule import agreement_services
from recruiter.keepwarm.schedule.cadence import CLOCKS
from recruiter.offers import competing_processes
from recruiter.offers.models import SourceClass
from tests import factories
from tests.acts import act_by
from tests.sound_page import sound

DAYS = {situation.value: str(clock.days) for situation, clock in CLOCKS.items()}


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    order = factories.finalists(session, people, now, requisition)
    session.commit()
    return requisition, order


def _rows(session, kind):
    with Session(session.get_bind()) as own:
        return list(own.scalars(select(kind).order_by(kind.id)).unique())


def _elsewhere(session, people, application, now, days):
    competing_processes.record(
        session, application=application, stage="Offer", source_class=SourceClass.CREDIBLE, employer="Elsewhere",
        decision_on=now.date() + dt.timedelta(days=days), disclosed_on=now.date(), act=act_by(people.ruth, now=now) )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("rolf", 200), ("hana", 200), ("henk", 404), ("ines", 404), ("arne", 404)]
)
def test_who_sees_the_bench(browse, slate, name, status):
    assert browse(name).get(f"/requisitions/{slate[0].key}/bench").status_code == status


def test_the_bench_shows_seven_lights_and_what_turns_each_green(browse, slate):
    text = sound(browse("ruth").get(f"/requisitions/{slate[0].key}/bench"))
    assert text.count('class="lamp ') == 21
    assert "0 of 3 could be called with an offer today" in text
    assert "Still to do: Ask whether they are still interested." in text
    assert text.index("Ada Ferreira") < text.index("Bela Novak") < text.index("Chidi Okoro")


def test_an_empty_bench_says_what_fills_it(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    session.commit()
    assert "Name finalists in an order" in sound(browse("ruth").get(f"/requisitions/{requisition.key}/bench"))


def test_the_bench_takes_as_many_statements_for_many_as_for_few(browse, session, people, slate, now, count_statements):
    ruth = browse("ruth")
    seen = []
    for names in (["A", "B"], [f"Person {n}" for n in range(12)]):
        requisition = factories.requisition(session, people, now)
        for finalist in factories.finalists(session, people, now, requisition, names=names):
            _elsewhere(session, people, finalist, now, 3)
        session.commit()
        with count_statements() as statements:
            assert ruth.get(f"/requisitions/{requisition.key}/bench").status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 45


def test_a_clash_with_the_decision_has_two_ways_out(browse, session, people, slate, now):
    requisition, (ada, bela, _) = slate
    _elsewhere(session, people, bela, now, 7)
    session.commit()
    ruth, base = browse("ruth"), f"/requisitions/{requisition.key}"
    assert ruth.post(f"{base}/bench/decision-date", data={"due_on": "2026-11-27"}).status_code == 303
    text = sound(ruth.get(f"{base}/bench"))
    assert "Bela Novak</bdi> must answer elsewhere by" in text
    assert f"/applications/{ada.id}/bench?purpose=earlier&amp;by=2026-11-23#letter" in text
    page = ruth.get(f"/applications/{ada.id}/bench?purpose=earlier&by=2026-11-23").get_data(as_text=True)
    assert "Could you tell me your decision by Mon 23 Nov?" in page
    moved = {"due_on": "2026-11-23", "reason": "Bela Novak must answer elsewhere"}
    assert 'value="2026-11-23"' in text
    assert ruth.post(f"{base}/bench/decision-date", data=moved).status_code == 303
    assert "Dates clash" not in ruth.get(f"{base}/bench").get_data(as_text=True)
    assert [agreed_date.due_on.isoformat() for agreed_date in _rows(session, AgreedDate)] == [
        "2026-11-27",
        "2026-11-23",
    ]


def test_a_clash_offers_the_way_out_of_the_date_that_causes_it(browse, session, people, slate, now):
    requisition, (_, bela, _) = slate
    _elsewhere(session, people, bela, now, 7)
    about = {"act": act_by(people.ruth, now=now)}
    promise_services.make_promise(
        session, application=bela, what="News", due_on=now.date() + dt.timedelta(days=9), **about
    )  # fmt: skip
    session.commit()
    ruth, path = browse("ruth"), f"/requisitions/{requisition.key}/bench"
    text = sound(ruth.get(path))
    assert "Answer Bela Novak by Mon 23 Nov, not Fri 27 Nov" in text
    assert f'href="/applications/{bela.id}/bench#promises"' in text
    assert "Move the decision" not in text
    agreement_services.agree_date(
        session, requisition=requisition, kind=DateKind.APPROVAL, due_on=now.date() + dt.timedelta(days=8), reason="",
        promised_by=people.arne, **about,
    )  # fmt: skip
    session.commit()
    text = sound(ruth.get(path))
    assert "Record an earlier approval date of Arne, not Thu 26 Nov" in text
    assert 'href="#approval-dates"' in text
    assert "Wed 25 Nov, before ours" in text


@pytest.mark.parametrize(
    ("path", "wrong", "link"),
    [
        ("bench/decision-date", {"due_on": "2026-11-01", "reason": "KEPT"}, "#decide-due_on"),
        ("bench/decision-date", {"due_on": "soon", "reason": "KEPT"}, "#decide-due_on"),
        ("approval-dates", {"promised_by": "", "due_on": "2026-11-24", "reason": "KEPT"}, "#approve-promised_by"),
        ("cadence", {**DAYS, "bench": "0", "feedback": "17"}, "#cadence-bench"),
        ("cadence", {**DAYS, "bench": "many", "feedback": "17"}, "#cadence-bench"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_changed(browse, session, slate, path, wrong, link):
    answer = browse("ruth").post(f"/requisitions/{slate[0].key}/{path}", data=wrong)
    assert answer.status_code == 422
    text = sound(answer)
    assert f'href="{link}"' in text
    assert wrong.get("reason", "17") in text
    assert _rows(session, AgreedDate) == _rows(session, CadenceRule) == []


def test_clocks_and_an_approvers_date_are_kept(browse, session, people, slate):
    requisition, _ = slate
    ruth, base = browse("ruth"), f"/requisitions/{requisition.key}"
    assert ruth.post(f"{base}/cadence", data={**DAYS, "bench": "4", "feedback": "5"}).status_code == 303
    promised = {"promised_by": str(people.arne.id), "due_on": "2026-11-20", "reason": "Back on Friday"}
    assert ruth.post(f"{base}/approval-dates", data=promised).status_code == 303
    text = sound(ruth.get(f"{base}/bench"))
    assert "Back on Friday" in text
    assert "every 4 days on the bench" in text
    assert [(rule.situation, rule.days) for rule in _rows(session, CadenceRule)] == [("feedback", 5)]
    for path in ("cadence", "approval-dates", "bench/decision-date"):
        assert browse("henk").post(f"{base}/{path}", data=promised).status_code == 404


def test_a_finalist_is_left_alone_from_the_record(browse, session, slate):
    _, (ada, *_) = slate
    path = f"/applications/{ada.id}/snooze"
    ruth = browse("ruth")
    wrong = ruth.post(path, data={"until": "2026-11-18", "reason": "KEPT words"})
    assert wrong.status_code == 422
    assert 'href="#snooze-until"' in sound(wrong)
    assert "KEPT words" in wrong.get_data(as_text=True)
    assert ruth.post(path, data={"until": "2026-12-10", "reason": "On holiday"}).status_code == 303
    assert [snooze.reason for snooze in _rows(session, Snooze)] == ["On holiday"]
    assert "Left alone until Thu 10 Dec" in sound(ruth.get(f"/applications/{ada.id}/bench"))


def test_a_message_is_sent_by_a_person_and_the_same_text_is_refused(browse, session, slate):
    _, (ada, bela, _) = slate
    ruth, letter = browse("ruth"), {"kind": "update", "subject": "News", "body": "We decide on Friday."}
    assert ruth.post(f"/applications/{ada.id}/messages", data=letter).status_code == 303
    refused = ruth.post(f"/applications/{bela.id}/messages", data=letter)
    assert refused.status_code == 422
    text = sound(refused)
    assert 'href="#letter-body"' in text
    assert "We decide on Friday." in text
    assert len(_rows(session, Letter)) == 1
    assert "No reply is recorded" in sound(ruth.get(f"/applications/{ada.id}/bench"))
    assert browse("henk").post(f"/applications/{bela.id}/messages", data=letter).status_code == 404


def test_the_order_stays_away_from_whoever_owes_a_card(browse, session, people, slate, now):
    from recruiter.interviews import services as interviews
    from recruiter.interviews.services import Seat

    requisition, (ada, *_) = slate
    interviews.plan(
        session, application=ada, stage=requisition.stages[2], name="Panel", starts_at=now - dt.timedelta(hours=2),
        ends_at=now - dt.timedelta(hours=1), panel=[Seat(people.hana)], act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    text = sound(browse("hana").get(f"/requisitions/{requisition.key}/bench"))
    assert "The order is hidden" in text
    assert "1st choice" not in text
    assert "Evidence on system design" not in text

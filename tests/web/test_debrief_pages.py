"""The debrief as a page: disagreement first, blind to who owes a card, opened early only with a reason."""

import datetime as dt
import re

import pytest
from sqlalchemy.orm import Session

from recruiter.debriefs import queries
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by

NAME = "Zoë <b>&'Ünal</b> 🎻 שרה"


def plan(session, people, now, application, *panel, hours=3):
    end = now - dt.timedelta(hours=hours)
    talk = interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name="Panel", starts_at=end - dt.timedelta(hours=1),
        ends_at=end, panel=[Seat(getattr(people, who)) for who in panel], act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    return talk


def send(session, talk, author, now, design, talkative=None, note="CANARY"):
    marks = [Mark("System design", design, f"{note} design"), Mark("Communication", talkative, f"{note} talk")]
    cards.submit(
        session,
        interview=talk,
        content=CardContent(marks, overall=3, summary=f"{note} all"),
        act=act_by(author, now=now),
    )
    session.commit()


@pytest.fixture
def seat(session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, NAME, stage="interview")
    session.commit()
    return requisition, application


def _records(session, requisition):
    with Session(session.get_bind()) as own:
        records = queries.records_of(own, own.get(Requisition, requisition.id))
        return [(row.decision, row.opened_early, row.application and row.application.candidate.name) for row in records]


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("hana", 200), ("anja", 200), ("henk", 404), ("ines", 404), ("igor", 404), ("arne", 404)]
)  # fmt: skip
def test_who_sees_the_debrief(browse, session, people, now, seat, name, status):
    requisition, application = seat
    plan(session, people, now, application, "ines")
    path = f"/requisitions/{requisition.key}/debrief"
    assert browse(name).get(path).status_code == status
    for where in (path, f"{path}/opening"):
        act = 422 if status == 200 else 403 if name == "ines" else status  # ines sees the search, and may not do this
        assert browse(name).post(where, data={}).status_code == act


def test_the_widest_disagreement_comes_first_with_its_evidence(browse, session, people, now, seat):
    requisition, application = seat
    talk = plan(session, people, now, application, "ines", "igor")
    send(session, talk, people.ines, now, 4, 2, note="Ines <saw>")
    send(session, talk, people.igor, now, 4, 5, note="Igor saw")
    page = browse("hana").get(f"/requisitions/{requisition.key}/debrief").get_data(as_text=True)
    assert page.count("<h1>") == 1
    assert "Zoë &lt;b&gt;&amp;&#39;Ünal&lt;/b&gt; 🎻 שרה" in page
    assert "style=" not in page
    assert page.index("Communication") < page.index("System design")
    assert "3 apart" in page
    assert "Agree" in page
    for text in ("Ines &lt;saw&gt; talk", "Igor saw talk", "Igor saw design", "Igor saw all"):
        assert text in page


def test_it_waits_for_missing_cards_and_opens_early_with_a_reason(browse, session, people, now, seat):
    requisition, application = seat
    talk = plan(session, people, now, application, "ines", "igor", hours=30)
    send(session, talk, people.ines, now, 4)
    ruth, path = browse("ruth"), f"/requisitions/{requisition.key}/debrief"
    page = ruth.get(path).get_data(as_text=True)
    assert "CANARY" not in page
    for text in ("Waiting for", "Igor", "Late", "due Wed 18 Nov, 03:30", "Nobody has assessed:", "Communication"):
        assert text in page
    refused = ruth.post(path, data={"decision": "Go on <now>", "application": ""})
    assert refused.status_code == 409
    assert "scorecards of Igor" in refused.get_data(as_text=True)
    assert "Go on &lt;now&gt;" in refused.get_data(as_text=True)
    answer = ruth.post(f"{path}/opening?who={application.id}", data={"reason": ""})
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.get_data(as_text=True)
    opened = ruth.post(f"{path}/opening?who={application.id}", data={"reason": "Offer expires"}, follow_redirects=True)
    assert "CANARY design" in opened.get_data(as_text=True)
    assert "Offer expires" in opened.get_data(as_text=True)
    assert ruth.post(path, data={"decision": "Offer", "application": str(application.id)}).status_code == 303
    assert _records(session, requisition) == [("Offer", True, NAME), ("Offer expires", True, NAME)]


def test_a_decision_is_recorded_once_all_cards_are_in(browse, session, people, now, seat):
    requisition, application = seat
    send(session, plan(session, people, now, application, "ines"), people.ines, now, 3)
    path = f"/requisitions/{requisition.key}/debrief"
    refused = browse("hana").post(path, data={"decision": "", "application": ""})
    assert refused.status_code == 422
    assert 'href="#decision"' in refused.get_data(as_text=True)
    recorded = browse("hana").post(path, data={"decision": "First & only", "application": ""}, follow_redirects=True)
    assert "First &amp; only" in recorded.get_data(as_text=True)
    assert "The whole slate" in recorded.get_data(as_text=True)
    assert _records(session, requisition) == [("First & only", False, None)]


def test_whoever_owes_a_card_sees_no_rating_and_no_decision(browse, session, people, now, seat):
    requisition, application = seat
    other = factories.application(session, people, now, requisition, "Bela Novak", stage="final")
    talk = plan(session, people, now, application, "ines")
    send(session, talk, people.ines, now, 4)
    plan(session, people, now, other, "hana")
    path = f"/requisitions/{requisition.key}/debrief"
    data = {"decision": "CANARY decided", "application": str(application.id)}
    assert browse("ruth").post(path, data=data).status_code == 303
    for who in (application.id, other.id, "x"):
        page = browse("hana").get(f"{path}?who={who}").get_data(as_text=True)
        assert "You owe a scorecard" in page
        assert "CANARY" not in page
    assert "CANARY" not in browse("hana").post(path, data={"decision": ""}).get_data(as_text=True)
    assert "CANARY design" in browse("ruth").get(f"{path}?who={application.id}").get_data(as_text=True)


def test_nobody_to_talk_about_is_said(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    session.commit()
    page = browse("ruth").get(f"/requisitions/{requisition.key}/debrief").get_data(as_text=True)
    assert "Nobody to talk about yet" in page


def test_the_debrief_takes_as_many_statements_for_many_as_for_few(browse, session, people, now, seat, count_statements):
    requisition, application = seat

    def ask():
        client = browse("ruth")
        client.get(f"/requisitions/{requisition.key}/debrief")  # what is read for the first time is put on record
        with count_statements() as seen:
            assert client.get(f"/requisitions/{requisition.key}/debrief").status_code == 200
        return len(seen)

    talk = plan(session, people, now, application, "ines", "igor")
    send(session, talk, people.ines, now, 4, 2)
    browse("ruth").post(f"/requisitions/{requisition.key}/debrief/opening?who={application.id}", data={"reason": "Why"})
    few = ask()
    for place in range(8):
        more = factories.application(session, people, now, requisition, f"Person {place}", stage="interview")
        talk = plan(session, people, now, more, "ines", "igor", "xenia")
        send(session, talk, people.ines, now, 4, 2)
        send(session, talk, people.xenia, now, 3, 2)
        browse("ruth").post(f"/requisitions/{requisition.key}/debrief/opening?who={more.id}", data={"reason": "Why"})
    assert ask() == few <= 40


def test_a_decision_from_a_stale_tab_is_told_of_the_newer_one(browse, session, people, now, seat):
    requisition, application = seat
    key = requisition.key
    who, path = str(application.id), f"/requisitions/{key}/debrief"
    session.rollback()
    ruth, hana = browse("ruth"), browse("hana")
    read = re.search(r'name="seen" value="(\d+)"', ruth.get(path).get_data(as_text=True))[1]
    data = {"application": who, "seen": read}
    assert hana.post(path, data={**data, "outcome": "stop", "decision": "Stop <here>"}).status_code == 303
    stale = ruth.post(path, data={**data, "outcome": "go_on", "decision": "Go & on"})
    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "Hana recorded a decision at 09:30: Do not go on. Stop &lt;here&gt;. Look at it" in page
    assert "Go &amp; on</textarea>" in page
    assert [row[0] for row in _records(session, requisition)] == ["Stop <here>"]
    session.rollback()
    data["seen"] = re.search(r'name="seen" value="(\d+)"', page)[1]
    assert ruth.post(path, data={**data, "outcome": "go_on", "decision": "Go & on"}).status_code == 303


@pytest.mark.parametrize("seen", ["17", "x" * 300, "٣"])
def test_a_decision_that_names_a_record_which_never_was_is_told_to_look_again(browse, session, people, seat, seen):
    requisition, application = seat
    path, data = f"/requisitions/{requisition.key}/debrief?who={application.id}", {"decision": "Hire.", "seen": seen}
    answer = browse("ruth").post(path, data=data)
    assert answer.status_code == 409
    assert "out of date" in answer.get_data(as_text=True)
    assert "Hire." in answer.get_data(as_text=True)
    assert not _records(session, requisition)

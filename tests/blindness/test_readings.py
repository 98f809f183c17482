"""Whoever has read another's card on somebody, by whatever way, is marked: their own later card says so and counts in no figure."""

import datetime as dt
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from recruiter.pipeline.models import Application
from recruiter.scorecards import queries, readings
from recruiter.scorecards import services as cards
from recruiter.scorecards.models import CardReading
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by

CONTENT = CardContent([Mark("System design", 4, "Sound"), Mark("Communication", 3)], overall=3)
BODY = {"ratings": [{"attribute": "System design", "rating": 2}], "overall": 2, "summary": "Vague", "submit": True}


@pytest.fixture
def talk(session, people, now):
    """An interview of somebody at the final stage; Ines has sent her card, Igor has not."""
    requisition = factories.requisition(session, people, now - dt.timedelta(days=20))
    application = factories.application(session, people, now, requisition, stage="final")
    planned = factories.interview(session, people, application, now - dt.timedelta(days=1), [people.ines, people.igor])
    cards.submit(session, interview=planned, content=CONTENT, act=act_by(people.ines, now=now))
    session.commit()
    identity = {"id": planned.id, "application_id": application.id, "requisition_id": requisition.id}
    return SimpleNamespace(**identity, key=requisition.key)


def _seats(api, talk, *names):
    panel = [{"email": f"{name}@example.com"} for name in names]
    answer = api.ruth.patch(f"/interviews/{talk.id}", {"panel": panel})
    assert answer.status_code == 200
    return [warning["says"] for warning in answer.get_json()["warnings"] if warning["kind"] == "has_read"]


def _readers(session, talk):
    session.commit()
    rows = session.execute(select(CardReading.user_id).where(CardReading.application_id == talk.application_id))
    user_ids = {user_id for (user_id,) in rows}
    session.commit()  # what is only read keeps nobody from writing
    return user_ids


def _marked(api, talk, name):
    """Whether the card of somebody is marked, as each answer that shows it has it."""
    card = getattr(api, name).get(f"/interviews/{talk.id}/scorecard").get_json()
    debrief = api.ruth.get(f"/requisitions/{talk.requisition_id}/debrief").get_json()
    rows = debrief["applications"][0]["overall"]["ratings"]
    in_debrief = [row["after_reveal"] for row in rows if row["interviewer"]["email"] == f"{name}@example.com"]
    assert [card["after_reveal"]] == [card["versions"][0]["after_reveal"]] == in_debrief[-1:]
    return card["after_reveal"]


def test_whoever_leaves_the_panel_reads_and_comes_back_is_marked(api, browse, session, people, talk):
    path = f"/applications/{talk.application_id}/scorecards"
    assert api.igor.get(path).get_json()["hidden"]
    assert _readers(session, talk) == set()
    assert _seats(api, talk, "ines", "hana") == []
    _seats(api, talk, "ines")
    assert not api.hana.get(path).get_json()["hidden"]
    assert not api.hana.get(path).get_json()["hidden"]
    assert _readers(session, talk) == {people.hana.id}
    assert _seats(api, talk, "ines", "igor", "hana")[0].startswith("Hana has read scorecards on ")
    assert "You have read scorecards" in browse("hana").get(f"/scorecards/{talk.id}").get_data(as_text=True)
    assert api.hana.put(f"/interviews/{talk.id}/scorecard", BODY).status_code == 200
    assert api.igor.put(f"/interviews/{talk.id}/scorecard", BODY).status_code == 200
    assert (_marked(api, talk, "hana"), _marked(api, talk, "igor")) == (True, False)
    session.commit()
    ranked = queries.cards_for_ranking(session, [talk.application_id])
    assert {row.author_id for row in ranked} == {people.ines.id, people.igor.id}
    session.commit()
    debrief = api.ruth.get(f"/requisitions/{talk.requisition_id}/debrief").get_json()
    assert debrief["applications"][0]["overall"]["mean"] == 2.5
    page = browse("ruth")
    for address in (path, f"/requisitions/{talk.key}/debrief"):
        assert "After seeing the others" in page.get(address).get_data(as_text=True)
    assert "not counted here" in page.get(f"/applications/{talk.application_id}").get_data(as_text=True)
    verdict = {"after": 3, "reason": "Heard more", "interviewer": "hana@example.com"}
    assert api.ruth.post(f"/applications/{talk.application_id}/verdicts", verdict).status_code == 201


@pytest.mark.parametrize("reads", [True, False])
def test_a_second_interview_after_the_reveal(api, session, people, now, talk, reads):
    if reads:
        api.ines.get(f"/applications/{talk.application_id}/scorecards")  # her own card alone is there to read
        api.igor.put(f"/interviews/{talk.id}/scorecard", BODY)
        api.ines.get(f"/applications/{talk.application_id}/scorecards")
    second = factories.interview(
        session, people, session.get(Application, talk.application_id), now - dt.timedelta(hours=5), [people.ines]
    )
    session.commit()
    assert api.ines.put(f"/interviews/{second.id}/scorecard", BODY).status_code == 200
    card = api.ines.get(f"/interviews/{second.id}/scorecard").get_json()
    assert card["after_reveal"] is reads
    assert (people.ines.id in _readers(session, talk)) is reads


def test_whoever_enters_the_card_of_somebody_has_read_it(api, session, people, talk):
    body = {**BODY, "interviewer": "igor@example.com", "channel": "paper"}
    del body["submit"]
    assert api.ruth.post(f"/interviews/{talk.id}/entered-scorecards", body).status_code == 201
    assert people.ruth.id in _readers(session, talk)


def test_nothing_is_shown_that_cannot_be_put_on_record(api, browse, session, people, talk, monkeypatch):
    def busy(*_, **__):
        raise OperationalError("INSERT", {}, RuntimeError("database is locked"))

    path = f"/applications/{talk.application_id}/scorecards"
    with monkeypatch.context() as patched:
        patched.setattr(readings, "record", busy)
        answers = [api.ruth.get(path), browse("ruth").get(path)]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert not any("Sound" in answer.get_data(as_text=True) for answer in answers)
    assert _readers(session, talk) == set()
    assert "Sound" in browse("ruth").get(path).get_data(as_text=True)
    assert _readers(session, talk) == {people.ruth.id}

"""A card owed on somebody hides what contains them and nothing else; interviews of a kind without a card hide nothing."""

import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.foundation.database.scope import listed
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries
from recruiter.scorecards import services as cards
from recruiter.scorecards.reminders import overdue_cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, moment

CONTENT = CardContent([Mark("System design", 4, "Sound"), Mark("Communication", 3)], overall=3)
PLACES = ("/requisitions/{id}/finalists", "/requisitions/{id}/debrief")


@pytest.fixture
def slate(session, people, now):
    """Three finalists, each with a sent card of Ines; and a new applicant in the first stage."""
    requisition = factories.requisition(session, people, now - dt.timedelta(days=20))
    finalists = factories.finalists(session, people, now - dt.timedelta(days=9), requisition)
    for application in finalists:
        talk = factories.interview(session, people, application, now - dt.timedelta(days=3), [people.ines])
        cards.submit(session, interview=talk, content=CONTENT, act=act_by(people.ines, now=now))
    new = factories.application(session, people, now, requisition, "Dora Engel")
    session.commit()
    return requisition, finalists, new


def _hidden(api, requisition, name):
    answers = {path: getattr(api, name).get(path.format(id=requisition.id)).get_json() for path in PLACES}
    finalists, debrief = answers.values()
    return finalists["suggestion"]["state"] == "hidden", debrief["hidden"]


@pytest.mark.parametrize(
    ("where", "hidden"), [("new", (False, False)), ("slate", (True, True)), ("met", (False, True))]
)
def test_what_contains_the_application_is_hidden_and_nothing_else(
    api, browse, session, people, now, slate, where, hidden
):
    requisition, finalists, new = slate
    met = factories.application(session, people, now, requisition, "Emil Haas", stage="interview")
    factories.interview(
        session,
        people,
        {"new": new, "slate": finalists[1], "met": met}[where],
        now + dt.timedelta(days=1),
        [people.hana],
    )
    session.commit()
    assert _hidden(api, requisition, "hana") == hidden
    page = browse("hana").get(f"/requisitions/{requisition.key}/finalists").get_data(as_text=True)
    assert ("Evidence on system design" not in page) == hidden[0]


def test_an_interview_without_cards_closes_nothing_and_asks_nobody(api, session, people, now, slate):
    requisition, finalists, _ = slate
    lunch = factories.interview(
        session, people, finalists[0], now - dt.timedelta(days=4), [people.hana, people.igor], scored=False
    )
    session.commit()
    assert _hidden(api, requisition, "hana") == (False, False)
    assert queries.missing_cards(session, [finalists[0].id]) == []
    assert queries.card_counts(session, [finalists[0].id], now=now)[finalists[0].id].expected == 1
    assert not overdue_cards.late_cards(session, within=listed(select(Requisition.id)), moment=moment(now), limit=10)
    answer = api.igor.put(f"/interviews/{lunch.id}/scorecard", {"ratings": [], "overall": 3, "submit": False})
    assert (answer.status_code, api.igor.get(f"/interviews/{lunch.id}").get_json()["scored"]) == (409, False)


def _body(now, application, email, **more):
    starts_at = now + dt.timedelta(days=1)
    ends_at = starts_at + dt.timedelta(hours=1)
    times = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
    stage = application.requisition.stages[2].name
    return {"name": "Talk", "stage": stage, "panel": [{"email": email}], **times, **more}


def test_whoever_plans_is_told_whom_it_closes_out(api, people, now, slate):
    _, finalists, new = slate

    def answer_and_warnings(application, **more):
        body = _body(now, application, "hana@example.com", **more)
        answer = api.ruth.post(f"/applications/{application.id}/interviews", body).get_json()
        return answer, [warning["says"] for warning in answer["warnings"] if warning["kind"] == "closes"]

    assert answer_and_warnings(new)[1] == []
    lunch, warned = answer_and_warnings(finalists[0], scored=False)
    assert (warned, lunch["scored"]) == ([], False)
    patched = api.ruth.patch(f"/interviews/{lunch['id']}", {"scored": True}).get_json()
    sentence = "Hana will not see the slate, the debrief and the scorecards on Ada Ferreira until their scorecard"
    assert patched["scored"] is True
    assert [warning["says"].startswith(sentence) for warning in patched["warnings"]] == [True]
    assert answer_and_warnings(finalists[0])[1] == []  # closed to her already
    assert answer_and_warnings(finalists[1])[1][0].startswith("Hana will not see the slate")


def test_the_page_tells_it_too_and_plans_it_all_the_same(browse, api, people, now, slate):
    _, finalists, _ = slate
    path, client = f"/applications/{finalists[0].id}/interviews", browse("ruth")
    form = {
        "name": "Lunch", "stage": str(finalists[0].requisition.stages[2].id), "date": "2026-11-19", "time": "12:00",
        "minutes": "60", "person_1": str(people.hana.id), "shows_scored": "yes", "scored": "y",
    }  # fmt: skip
    answer = client.post(path, data=form)
    assert answer.status_code == 409
    assert "Hana will not see the slate" in answer.get_data(as_text=True)
    without = {name: value for name, value in form.items() if name != "scored"}
    assert client.post(path, data=without).status_code == 303
    assert client.post(path, data={**form, "time": "15:00", "anyway": "y"}).status_code == 303
    planned = api.ruth.get(f"/applications/{finalists[0].id}/interviews").get_json()["items"]
    assert [talk["scored"] for talk in planned if talk["name"] == "Lunch"] == [False, True]


def test_a_plan_says_which_talks_ask_for_no_card(api, browse, slate):
    requisition, *_ = slate
    path = f"/requisitions/{requisition.id}/interview-plan"
    talks = [
        {"name": name, "stage": requisition.stages[2].name, "scored": name == "Panel"} for name in ("Panel", "Lunch")
    ]
    assert [talk["scored"] for talk in api.ruth.put(path, {"talks": talks}).get_json()["talks"]] == [True, False]
    talk_id = browse("ruth").get(f"/applications/{slate[2].id}/interviews").get_data(as_text=True)
    assert "Lunch, 60 min" in talk_id


def test_a_scored_interview_goes_on_asking(api, session, people, now, slate):
    _, finalists, _ = slate
    talk_id = api.ruth.get(f"/applications/{finalists[0].id}/interviews").get_json()["items"][0]["id"]
    assert api.ruth.patch(f"/interviews/{talk_id}", {"scored": False}).status_code == 409

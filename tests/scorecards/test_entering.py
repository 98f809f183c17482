"""A card written down for its author: marked, never over their own, never by who owes one."""

import pytest

from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.scorecards import queries, services
from recruiter.scorecards.models import CardChannel, CardState
from recruiter.scorecards.rules import CardContent, Mark
from tests.acts import act_by
from tests.scorecards import arranging

MARKS = [Mark("System design", 4, "Split it"), Mark("Communication", None)]
BODY = {
    "interviewer": "igor@example.com", "channel": "paper", "overall": 3, "question": "Who tested failure?",
    "ratings": [{"attribute": "System design", "rating": 4, "evidence": "Split it"}],
}  # fmt: skip


@pytest.fixture
def talk(session, people, now):
    return arranging.talk(session, people, now, arranging.seat(session, people, now), "ines", "igor", "rolf")


def _enter(session, people, now, talk, *, author="igor", actor="ruth", marks=MARKS, overall=3):
    return services.enter_for(session, interview=talk, author=getattr(people, author), channel=CardChannel.EMAIL, content=CardContent(marks, overall=overall, summary="By mail", question="Why so slow?", concern="The pace"), act=act_by(getattr(people, actor), now=now))  # fmt: skip


def test_it_counts_as_its_authors_and_says_who_entered_it(session, people, now, talk):
    card = _enter(session, people, now, talk)
    assert (card.author, card.entered_by, card.channel) == (people.igor, people.ruth, CardChannel.EMAIL)
    assert (card.state, card.question, card.concern) == (CardState.SUBMITTED, "Why so slow?", "The pace")
    assert [version.number for version in card.versions] == [1]
    assert queries.owed_application_ids(session, viewer=people.igor, application_ids=[talk.application_id]) == set()


def test_who_owes_a_card_enters_none_since_he_would_read_it(session, people, now, talk):
    with pytest.raises(Conflict, match="You owe a scorecard"):
        _enter(session, people, now, talk, actor="rolf")


def test_a_card_that_its_author_has_begun_is_his_to_send(session, people, now, talk):
    services.save(session, interview=talk, content=CardContent(MARKS), act=act_by(people.igor, now=now))
    with pytest.raises(Conflict, match="Igor has begun"):
        _enter(session, people, now, talk)


def test_ones_own_card_is_not_entered_for_somebody(session, people, now, talk):
    with pytest.raises(Conflict, match="your own"):
        _enter(session, people, now, talk, author="rolf", actor="rolf")


def test_off_the_panel_and_incomplete_cards_are_refused(session, people, now, talk):
    with pytest.raises(NotFound):
        _enter(session, people, now, talk, author="xenia")
    with pytest.raises(RuleBroken):
        _enter(session, people, now, talk, marks=[], overall=None)
    session.rollback()
    assert queries.card_of(session, interview=talk, author=people.igor) is None


def test_its_author_amends_it_as_his_own(session, people, now, talk):
    _enter(session, people, now, talk)
    amended = services.amend(
        session,
        interview=talk,
        content=CardContent(MARKS, overall=4),
        reason="I meant yes",
        act=act_by(people.igor, now=now),
    )
    assert amended.state == CardState.AMENDED


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 201), ("hana", 201), ("rolf", 409), ("ines", 403), ("xenia", 404), ("arne", 404)]
)
def test_who_enters_by_api(api, talk, name, status):
    answer = getattr(api, name).post(f"/interviews/{talk.id}/entered-scorecards", BODY)
    assert answer.status_code == status
    if status == 201:
        card = answer.get_json()
        assert (card["entered_by"]["name"], card["channel"]) == (name.title(), "paper")
        assert (card["interviewer"]["name"], card["question"]) == ("Igor", "Who tested failure?")


@pytest.mark.parametrize(
    "change", [{"channel": "pigeon"}, {"interviewer": "nobody@example.com"}, {"ratings": []}, {"other": 1}]
)
def test_bad_entries_are_refused(api, talk, change):
    answer = api.ruth.post(f"/interviews/{talk.id}/entered-scorecards", {**BODY, **change})
    assert answer.status_code == 422


def test_ones_own_card_has_nobody_who_entered_it(api, talk):
    body = {"ratings": BODY["ratings"], "overall": 3, "question": "Q", "concern": "C", "submit": True}
    card = api.ines.put(f"/interviews/{talk.id}/scorecard", body).get_json()
    assert (card["entered_by"], card["channel"]) == (None, None)
    assert (card["question"], card["concern"], card["versions"][0]["question"]) == ("Q", "C", "Q")
    assert api.ines.put(f"/interviews/{talk.id}/scorecard", {**body, "interviewer_id": 1}).status_code == 422


def test_the_page_enters_it_and_keeps_what_was_typed_on_an_error(browse, session, people, talk):
    first, second = talk.application.requisition.attributes
    path, ruth = f"/interviews/{talk.id}/scorecards/{people.igor.id}", browse("ruth")
    assert "You enter the scorecard of" in ruth.get(path).get_data(as_text=True)
    data = {
        "channel": "", f"rating_{first.id}": "5", f"evidence_{first.id}": "", f"rating_{second.id}": "3",
        "overall": "3", "summary": "typed & kept",
    }  # fmt: skip
    for change, link in (({}, "#channel"), ({"channel": "paper"}, f"#evidence_{first.id}")):
        answer = ruth.post(path, data={**data, **change})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert f'href="{link}"' in page
        assert "typed &amp; kept" in page
    done = ruth.post(path, data={**data, "channel": "paper", f"evidence_{first.id}": "Found it"}, follow_redirects=True)
    page = done.get_data(as_text=True)
    assert "Entered by" in page
    assert "on paper" in page
    assert "Entered for you by" in browse("igor").get(f"/scorecards/{talk.id}").get_data(as_text=True)
    again = ruth.post(path, data={**data, "channel": "paper", f"evidence_{first.id}": "x"})
    assert again.status_code == 409
    assert ruth.get(f"/interviews/{talk.id}/scorecards/{people.xenia.id}").status_code == 404

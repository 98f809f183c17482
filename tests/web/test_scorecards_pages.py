"""Scorecards as pages: filled in on a phone without script, blind until sent, never lost."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.scorecards import queries
from recruiter.scorecards import services as cards
from recruiter.scorecards.models import CardState
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by
from tests.scorecards import arranging

NAME = "Zoë <b>&'Ünal</b> 🎻 שרה"


def _plan(session, people, now, application, *panel, hours=3, name="System design panel", focus=None):
    end = now - dt.timedelta(hours=hours)
    talk = interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name=name,
        starts_at=end - dt.timedelta(hours=1), ends_at=end,
        panel=[Seat(getattr(people, who)) for who in panel], focus=focus, act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    return talk


@pytest.fixture
def talk(session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, NAME)
    return _plan(session, people, now, application, "ines", "igor")


def _filled(talk, rating="4", evidence="Split the system", **more):
    first, second = talk.application.requisition.attributes
    return {
        "version": "0",
        f"rating_{first.id}": rating,
        f"evidence_{first.id}": evidence,
        f"rating_{second.id}": "none",
        "overall": "3",
        "summary": "CANARY summary",
        **more,
    }


def _card(session, talk, user):
    with Session(session.get_bind()) as fresh:
        return queries.card_of(fresh, interview=talk, author=user)


def test_a_card_is_saved_as_a_draft_and_sent_without_script(browse, session, people, talk):
    ines = browse("ines")
    page = ines.get(f"/scorecards/{talk.id}").get_data(as_text=True)
    assert "scoring blind" in page
    assert " checked" not in page
    assert "Zoë &lt;b&gt;&amp;&#39;Ünal&lt;/b&gt; 🎻 שרה" in page
    saved = ines.post(f"/scorecards/{talk.id}", data=_filled(talk), follow_redirects=True).get_data(as_text=True)
    assert "Draft saved" in saved
    assert "Split the system" in saved
    draft = _card(session, talk, people.ines)
    assert [(rating.rating, rating.evidence) for rating in draft.ratings] == [(4.0, "Split the system"), (None, "")]
    answer = ines.post(f"/scorecards/{talk.id}", data=_filled(talk, version=str(draft.version), send="yes"))
    assert (answer.status_code, answer.location) == (303, f"/applications/{talk.application_id}/scorecards")
    assert _card(session, talk, people.ines).state == CardState.SUBMITTED


def test_an_error_names_each_field_and_loses_nothing(browse, session, people, talk):
    first, second = talk.application.requisition.attributes
    data = _filled(talk, rating="5", evidence="", send="yes", overall="", summary="typed & kept")
    del data[f"rating_{second.id}"], data["overall"]
    answer = browse("ines").post(f"/scorecards/{talk.id}", data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<title>Error: " in page
    for link in (f"#evidence_{first.id}", f"#rating_{second.id}", "#overall"):
        assert f'href="{link}"' in page
        assert f'id="{link[1:]}"' in page
    assert "typed &amp; kept" in page
    assert 'value="5" checked' in page
    card = _card(session, talk, people.ines)
    assert (card.state, card.summary) == (CardState.DRAFT, "typed & kept")
    data |= {"version": str(card.version), f"evidence_{first.id}": "Found it", f"rating_{second.id}": "3"}
    assert browse("ines").post(f"/scorecards/{talk.id}", data={**data, "overall": "4"}).status_code == 303


def test_a_card_on_which_nothing_was_covered_is_not_sent(browse, talk):
    answer = browse("ines").post(f"/scorecards/{talk.id}", data=_filled(talk, rating="none", evidence="", send="yes"))
    assert answer.status_code == 422
    assert "Rate at least one attribute." in answer.get_data(as_text=True)


def test_drafts_save_themselves(browse, session, people, talk):
    ines, ask = browse("ines"), {"Accept": "application/json"}
    saved = ines.post(f"/scorecards/{talk.id}", data=_filled(talk, action="draft"), headers=ask).get_json()
    assert saved["said"] == "Draft saved 09:30."
    again = ines.post(
        f"/scorecards/{talk.id}", data=_filled(talk, version=str(saved["version"]), summary="more"), headers=ask
    )
    assert again.status_code == 200
    stale = ines.post(f"/scorecards/{talk.id}", data=_filled(talk, version=str(saved["version"])), headers=ask)
    assert stale.status_code == 409
    assert "another device" in stale.get_json()["said"]


def test_a_stale_form_keeps_what_was_typed_and_can_be_saved_again(browse, session, people, talk):
    ines = browse("ines")
    ines.post(f"/scorecards/{talk.id}", data=_filled(talk))
    answer = ines.post(f"/scorecards/{talk.id}", data=_filled(talk, summary="second window"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "second window" in page
    version = _card(session, talk, people.ines).version
    assert f'name="version" value="{version}"' in page
    again = ines.post(f"/scorecards/{talk.id}", data=_filled(talk, summary="second window", version=str(version)))
    assert again.status_code == 303
    assert _card(session, talk, people.ines).summary == "second window"


def test_a_sent_card_is_fixed_and_amended_with_a_reason(browse, session, people, talk):
    ines = browse("ines")
    ines.post(f"/scorecards/{talk.id}", data=_filled(talk, send="yes"))
    late = ines.post(f"/scorecards/{talk.id}", data=_filled(talk, rating="2", summary="later"))
    assert late.status_code == 409
    assert "later" in late.get_data(as_text=True)
    refused = ines.post(f"/scorecards/{talk.id}/amend", data=_filled(talk, rating="2"))
    assert refused.status_code == 422
    assert "Say why this scorecard is amended." in refused.get_data(as_text=True)
    ines.post(f"/scorecards/{talk.id}/amend", data=_filled(talk, rating="2", reason="Mixed up two people"))
    page = ines.get(f"/scorecards/{talk.id}").get_data(as_text=True)
    assert "Mixed up two people" in page
    assert _card(session, talk, people.ines).state == CardState.AMENDED


def test_a_card_opens_when_the_interview_starts(browse, session, people, now, talk):
    later = _plan(session, people, now, talk.application, "ines", hours=-30)
    page = browse("ines").get(f"/scorecards/{later.id}").get_data(as_text=True)
    assert "opens when the interview starts" in page
    assert "<form" not in page
    assert browse("ines").post(f"/scorecards/{later.id}", data=_filled(later)).status_code == 409


def test_what_an_interview_was_to_cover_is_asked_for_and_the_rest_is_not(browse, session, people, now, talk):
    first, second = talk.application.requisition.attributes
    narrow = _plan(session, people, now, talk.application, "ines", focus=[first.name])
    data = _filled(narrow, send="yes")
    del data[f"rating_{second.id}"]
    assert browse("ines").post(f"/scorecards/{narrow.id}", data=data).status_code == 303


@pytest.mark.parametrize(
    ("name", "status"), [("ines", 200), ("ruth", 403), ("hana", 403), ("xenia", 404), ("arne", 404)]
)
def test_who_gets_the_form(browse, talk, name, status):
    assert browse(name).get(f"/scorecards/{talk.id}").status_code == status


@pytest.mark.parametrize(
    ("name", "status"), [("ines", 200), ("ruth", 200), ("henk", 404), ("xenia", 404), ("arne", 404)]
)
def test_who_reads_the_cards_of_an_application(browse, talk, name, status):
    assert browse(name).get(f"/applications/{talk.application_id}/scorecards").status_code == status


def test_who_owes_a_card_sees_only_how_many_are_in(browse, talk):
    browse("ines").post(f"/scorecards/{talk.id}", data=_filled(talk, evidence="CANARY seen", send="yes"))
    igor = browse("igor")
    for path in (f"/applications/{talk.application_id}/scorecards", f"/scorecards/{talk.id}", "/scorecards"):
        assert "CANARY" not in igor.get(path).get_data(as_text=True)
    hidden = igor.get(f"/applications/{talk.application_id}/scorecards").get_data(as_text=True)
    assert "hidden from you" in hidden
    assert "1 of 2 is in" in hidden
    igor.post(f"/scorecards/{talk.id}", data=_filled(talk, summary="said by Igor", send="yes"))
    page = igor.get(f"/applications/{talk.application_id}/scorecards").get_data(as_text=True)
    assert "CANARY seen" in page
    assert "said by Igor" in page
    assert "CANARY seen" in browse("ruth").get(f"/applications/{talk.application_id}/scorecards").get_data(as_text=True)


def test_my_scorecards_are_sorted_by_what_they_need(browse, session, people, now, talk):
    assert "Nothing to score" in browse("xenia").get("/scorecards").get_data(as_text=True)
    _plan(session, people, now, talk.application, "ines", hours=-30, name="Coming talk")
    _plan(session, people, now, talk.application, "ines", hours=40, name="Old talk")
    done = _plan(session, people, now, talk.application, "ines", name="Done talk")
    browse("ines").post(f"/scorecards/{done.id}", data=_filled(done, send="yes"))
    browse("ines").post(f"/scorecards/{talk.id}", data=_filled(talk))
    page = browse("ines").get("/scorecards").get_data(as_text=True)
    order = [
        page.index(part) for part in ("Old talk", "Late", "System design panel", "Draft", "Coming up", "Coming talk")
    ]
    assert order == sorted(order)
    assert page.index("Done talk") > page.index('id="sent"')


def test_lists_take_as_many_statements_for_many_as_for_few(browse, session, people, now, talk, count_statements):
    def ask(name, path):
        client = browse(name)
        client.get(path)  # what is read for the first time is put on record
        with count_statements() as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = [("ines", "/scorecards"), ("ruth", f"/applications/{talk.application_id}/scorecards")]
    _send(session, people, talk, now)
    few = [ask(*path) for path in paths]
    for place in range(6):
        more = _plan(session, people, now, talk.application, "ines", "igor", name=f"Talk {place}")
        _send(session, people, more, now)
    other = factories.application(session, people, now, factories.requisition(session, people, now))
    _plan(session, people, now, other, "ines")
    assert [ask(*path) for path in paths] == few
    assert max(few) <= 20


def _send(session, people, talk, now):
    cards.submit(
        session,
        interview=talk,
        content=CardContent([Mark("System design", 3)], overall=3),
        act=act_by(people.igor, now=now),
    )
    session.commit()


def test_on_a_conflict_the_bar_says_what_the_summary_says(browse, session, people, now):
    talk = arranging.talk(session, people, now, arranging.seat(session, people, now), "ines")
    path = f"/scorecards/{talk.id}"
    ines = browse("ines")
    assert ines.post(path, data={"version": "0", "summary": "First"}).status_code == 303
    refused = ines.post(path, data={"version": "0", "summary": "Second"})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "data-card-status>Not saved: see above.<" in page
    assert "Draft saved" not in page.split("data-card-status")[1]

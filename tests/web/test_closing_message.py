"""After an application ended, its page says who was told and who was not, and offers the way to write to them."""

import datetime as dt

import pytest

from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.pipeline.models import ApplicationStatus
from tests import factories
from tests.acts import act_by

DAY = dt.timedelta(days=1)


@pytest.fixture
def two(session, people, now):
    """Ada, whom Ines and Igor meet tomorrow, and Bela."""
    search = factories.requisition(session, people, now)
    pair = [factories.application(session, people, now, search, name) for name in ("Ada Ferreira", "Bela Novak")]
    talk = factories.interview(session, people, pair[0], now + DAY, [people.ines, people.igor])
    session.commit()
    assert talk.is_planned
    return pair


def _call(session, people, now, application):
    contact = contact_services.Contact(Direction.TO, Channel.PHONE, TouchKind.CALL, "We chose somebody else")
    contact_services.record(session, application=application, contact=contact, act=act_by(people.ruth, now=now))


@pytest.mark.parametrize(
    ("act", "data", "sentence"),
    [
        ("rejection", {"reason": "skills"}, "Ada Ferreira hasn\u2019t been told yet."),
        ("withdrawal", {"reason": "timing"}, "Ada Ferreira hasn\u2019t had a reply from us yet."),
    ],
)
def test_who_was_told_and_who_was_not(browse, session, people, now, two, act, data, sentence):
    ruth, (ada, _) = browse("ruth"), two
    page = ruth.post(f"/applications/{ada.id}/{act}", data=data, follow_redirects=True).get_data(as_text=True)
    assert "Cancellations sent to Igor and Ines." in page
    assert page.count(sentence) == 1
    assert sentence in ruth.get(f"/applications/{ada.id}").get_data(as_text=True)  # until they hear from us
    assert f"/applications/{ada.id}/bench#letter" in page
    assert "Undo" in page
    _call(session, people, now, ada)
    session.commit()
    assert sentence not in ruth.get(f"/applications/{ada.id}").get_data(as_text=True)


def test_several_that_were_closed_are_written_to_together(browse, api, session, people, now, two):
    ruth = browse("ruth")
    _call(session, people, now, two[0])
    session.commit()
    data = {"do": "close", "asked": "1", "reason": "skills", "pick": [str(each.id) for each in two]}
    page = ruth.post("/applications/bulk", data=data, follow_redirects=True).get_data(as_text=True)
    assert "Bela Novak hasn\u2019t been told yet." in page
    session.expire_all()
    assert {each.status for each in two} == {ApplicationStatus.REJECTED}


def test_the_api_says_the_same_and_takes_a_withdrawal_back(api, two):
    ada, bela = two
    ended = api.ruth.post(f"/applications/{ada.id}/withdrawal", {"reason": "timing"}).json
    assert (ended["panel_told"], ended["untold"]) == (["Igor", "Ines"], [ada.id])
    assert api.ruth.post(f"/undo/{ended['undo']}", {}).status_code == 200
    assert api.ruth.get(f"/applications/{ada.id}").json["status"] == "active"
    bulk = {"ids": [ada.id, bela.id], "action": "reject", "reason": "skills"}
    assert api.ruth.post("/applications/bulk", bulk).json["untold"] == [ada.id, bela.id]


def test_closing_a_search_says_how_many_were_not_told(browse, two):
    key = two[0].requisition.key
    page = browse("ruth").post(f"/requisitions/{key}/status", data={"status": "closed"}, follow_redirects=True)
    assert "2 applications are still open: nobody was told." in page.get_data(as_text=True)


@pytest.mark.parametrize("act", ["rejection", "withdrawal", "move", "owner", "reopening"])
def test_an_act_that_cannot_be_done_shows_no_form(browse, two, act):
    ruth, (ada, bela) = browse("ruth"), two
    ruth.post(f"/applications/{ada.id}/rejection", data={"reason": "skills"})
    impossible = bela if act == "reopening" else ada
    page = ruth.get(f"/applications/{impossible.id}/{act}").get_data(as_text=True)
    assert "<textarea" not in page.split("<main")[1]
    assert ("nothing to reopen" if act == "reopening" else "reopen the application first") in page

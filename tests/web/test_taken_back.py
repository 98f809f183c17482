"""Ends and undo: what follows is said before and after, and who still waits to hear is on Today."""

import datetime as dt

import pytest

from recruiter.interviews.models import Interview
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.messages import closing_notices
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.keepwarm.undo import promotion_undo
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from tests import factories
from tests.acts import act_by, moment
from tests.offers import arranging
from tests.sound_page import sound


@pytest.fixture
def slate(session, people, now):
    made = factories.finalists(session, people, now, factories.requisition(session, people, now))
    arranging.offer(session, people, made[0], now, to="accepted")
    session.commit()
    return made


def test_taking_a_promotion_back_says_what_follows_before_and_after(api, browse, session, people, now, slate):
    first, promoted = slate[0].candidate.name, slate[1].candidate.name
    key, ruth = slate[0].requisition.key, browse("ruth")
    given = {"reason": "accepted_counter_offer", "phase": "accepted"}
    answer = api.ruth.post(f"/requisitions/{key}/promotion", given).get_json()
    offer = session.get(Offer, answer["offer"]["id"])
    arranging.submit(session, people, offer, now)
    arranging.approve(session, people, offer, now)
    session.commit()
    assert f"/requisitions/{key}/promotion/undo" in sound(ruth.get(f"/offers/{offer.id}"))
    page = sound(ruth.get(f"/requisitions/{key}/promotion/undo"))
    assert f"{first} is the first choice again, with their offer and their seat." in page
    assert f"The approved offer to {promoted} is rescinded. Its approvals no longer count." in page
    session.expire_all()
    assert session.get(Offer, offer.id).status == "approved", "a look changes nothing"
    done = ruth.post(f"/requisitions/{key}/promotion/undo", follow_redirects=True).get_data(as_text=True)
    assert f"Promotion taken back: {first} is the first choice again. The offer to {promoted} is rescinded." in done
    session.rollback()  # else it reads as of before
    assert promotion_undo.open_promotion(session, slate[0].requisition) is None


def test_undo_of_an_end_names_the_interviews_and_the_timeline_says_what_was_undone(api, browse, session, people, now):
    search = factories.requisition(session, people, now)
    ada = factories.application(session, people, now, search, "Ada Ferreira")
    coming, soon = now + dt.timedelta(days=3), now + dt.timedelta(minutes=5)
    factories.interview(session, people, ada, coming, [people.ines], name="Design talk")
    factories.interview(session, people, ada, soon, [people.igor], name="Quick call")
    session.commit()
    secret = api.ruth.post(f"/applications/{ada.id}/rejection", {"reason": "Not now"}).get_json()["undo"]
    session.expire_all()
    passed = session.query(Interview).filter_by(name="Quick call").one()
    passed.starts_at, passed.ends_at = now - dt.timedelta(minutes=2), now + dt.timedelta(minutes=30)
    session.commit()
    page = browse("ruth").post(f"/undo/{secret}", follow_redirects=True).get_data(as_text=True)
    assert "Planned again: Design talk (Sat 21 Nov" in page
    assert "Invitations sent to Ines." in page
    assert "Still cancelled, since the time has passed: Quick call" in page
    timeline = sound(browse("ruth").get(f"/applications/{ada.id}"))
    assert "The rejection was taken back" in timeline
    assert ">Undone<" not in timeline


@pytest.mark.parametrize(
    ("at", "written", "counts"),
    [(-3, -3, False), (-3, 1, True), (1, 1, True), (-30, 1, False)],
    ids=["before the end", "written down after it", "after the end", "of another day"],
)
def test_who_is_not_told_yet_is_on_today(browse, session, people, now, at, written, counts):
    """Hours before and after the end: what was said before it tells nobody of it."""
    search = factories.requisition(session, people, now)
    ada = factories.application(session, people, now, search, "Ada Ferreira")
    ada.status, ada.ended_at = "withdrawn", now
    wrote = now + dt.timedelta(hours=written)
    contact = contact_services.Contact(
        Direction.TO, Channel.EMAIL, TouchKind.UPDATE, "We talk on Thursday", at=now + dt.timedelta(hours=at)
    )
    session.flush()
    contact_services.record(session, application=ada, contact=contact, act=act_by(people.ruth, now=wrote))
    session.commit()
    has_heard = not closing_notices.unwritten(session, [session.get(Application, ada.id)], moment=moment(now))
    assert has_heard is counts
    page = sound(browse("ruth").get("/"))
    assert ("Not told yet that it is over" in page) is not counts
    assert "Not told yet that it is over" not in sound(browse("ines").get("/"))


def test_who_owes_a_card_reads_when_it_opens(browse, session, people, now):
    search = factories.requisition(session, people, now)
    ada = factories.application(session, people, now, search)
    talk = factories.interview(session, people, ada, now + dt.timedelta(days=2), [people.hana])
    session.commit()
    hana, opens = browse("hana"), "opens when the interview starts: Fri 20 Nov"
    assert opens in sound(hana.get(f"/applications/{ada.id}"))
    assert opens in hana.get(f"/scorecards/{talk.id}").get_data(as_text=True)
    talk.starts_at, talk.ends_at = now - dt.timedelta(hours=2), now - dt.timedelta(hours=1)
    session.commit()
    assert "You owe a scorecard for this candidate." in sound(hana.get(f"/applications/{ada.id}"))


def test_an_offer_past_its_answer_date_is_late_everywhere(browse, session, people, now, slate):
    offer = session.query(Offer).first()
    offer.status, offer.expires_on = "extended", now.date() - dt.timedelta(days=1)
    session.commit()
    ruth, key = browse("ruth"), slate[0].requisition.key
    for address in (f"/offers/{offer.id}", f"/requisitions/{key}/offers"):
        assert 'badge-late">Out, answer date passed' in ruth.get(address).get_data(as_text=True), address

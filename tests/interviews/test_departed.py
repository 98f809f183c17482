"""A colleague whose account ended stays on no panel unseen: nobody waits for them, and somebody else is proposed."""

import datetime as dt

import pytest

from recruiter.accounts import services as accounts
from recruiter.interviews import replacements
from recruiter.scorecards import interview_changes
from recruiter.scorecards import queries as cards
from tests.acts import act_by, moment
from tests.scorecards import arranging

pytestmark = pytest.mark.hours


@pytest.fixture
def coming(session, people, now):
    """An interview tomorrow at ten, held by Ines, whose account has ended since, and Igor."""
    application = arranging.seat(session, people, now)
    interview = arranging.talk(session, people, now, application, "ines", "igor", hours=-25)
    accounts.disable(session, user=people.ines, act=moment(now))
    session.commit()
    return interview


def _seats(session, application, now):
    counts = cards.card_counts(session, [application.id], now=now)[application.id]
    return counts.expected, {card.user.name for card in cards.missing_cards(session, [application.id])}


def test_nobody_waits_for_the_card_of_somebody_who_left(session, people, now, coming):
    assert _seats(session, coming.application, now) == (1, {"Igor"})
    assert cards.visible_to(session, viewer=people.ruth, application=coming.application).expected == 1


def test_a_card_that_is_in_counts_whoever_left_since(session, people, now, clock):
    application = arranging.seat(session, people, now)
    interview = arranging.talk(session, people, now, application, "ines", "igor", hours=3)
    arranging.send(session, people, now, interview, "ines", 4)
    accounts.disable(session, user=people.ines, act=moment(now))
    assert cards.card_counts(session, [application.id], now=now)[application.id].expected == 2


def test_the_search_is_told_and_a_free_colleague_is_proposed(session, people, now, coming, browse):
    ruth = browse("ruth")
    today = ruth.get("/").get_data(as_text=True)
    assert "Interviews that need somebody" in today
    assert "Ines can no longer sign in" in today
    page = ruth.get(f"/interviews/{coming.id}").get_data(as_text=True)
    assert "No longer here" in page
    everybody = [user for user in vars(people).values() if user.role != "approver"]
    [(departed, substitute)] = replacements.proposals(session, coming, among=everybody, moment=moment(now), zone=dt.UTC)
    assert departed is people.ines
    assert substitute is not None
    assert substitute.active
    assert substitute is not people.igor
    assert f"Put {substitute.name} on the panel" in page


def test_whoever_holds_another_interview_then_is_not_proposed(session, people, now, coming):
    among = [people.xenia, people.igor, people.ines]
    first = replacements.proposals(session, coming, among=among, moment=moment(now), zone=dt.UTC)
    assert first == [(people.ines, people.xenia)]
    other = arranging.seat(session, people, now, "Somebody Else")
    arranging.talk(session, people, now, other, "xenia", hours=-25)
    assert replacements.proposals(session, coming, among=among, moment=moment(now), zone=dt.UTC) == [
        (people.ines, None)
    ]


def test_the_substitute_takes_the_seat_once(session, people, now, coming, browse):
    ruth = browse("ruth")
    seat = {"departed": people.ines.id, "substitute": people.xenia.id}
    for sentence in ("Xenia is on the panel in place of Ines", "This panel has changed meanwhile"):
        answer = ruth.post(f"/interviews/{coming.id}/replacement", data=seat, follow_redirects=True)
        assert sentence in answer.get_data(as_text=True)
    session.refresh(coming)
    assert {panelist.user.name for panelist in coming.panel} == {"Xenia", "Igor"}
    session.rollback()
    act = act_by(people.ruth, now=now)
    with pytest.raises(Exception, match="not on this panel any more"):
        interview_changes.replace(session, interview=coming, departed=people.ines, substitute=people.hana, act=act)

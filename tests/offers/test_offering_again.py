"""An offer that ended, made again: the same terms, another end, one draft, and nothing at all where it cannot be."""

import dataclasses

import pytest
from sqlalchemy import select

from recruiter.foundation.database.scope import listed
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.money import Money
from recruiter.keepwarm.lifecycle import offer_reissue
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.offers import queries, rules
from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import Requisition
from tests import factories
from tests.acts import act_by, day_of
from tests.offers import arranging


@pytest.fixture
def ada(session, people, now):
    return factories.finalists(session, people, now, factories.requisition(session, people, now))[0]


def _may(session, offer):
    return offer_reissue.may(offer, among=queries.of_application(session, offer.application))


def _again(session, people, offer, now, *, days=14, **more):
    given = {"expires_on": day_of(now) + factories.days(days), "start_on": None, **more}
    return offer_reissue.offer_again(session, offer=offer, act=act_by(people.ruth, now=now), **given)


@pytest.mark.parametrize("to", ["lapsed", "declined", "rescinded"])
def test_the_last_terms_become_a_new_draft_that_is_approved_anew(session, people, now, ada, to):
    more = {"bonus": Money(500_000, "EUR"), "sign_on": Money(100_000, "EUR"), "equity": "2,000 options"}
    offer = arranging.offer(session, people, ada, now, to=to, **more)
    seat, start = offer.opening_id, day_of(now) + factories.days(40)
    assert _may(session, offer)
    made = _again(session, people, offer, now, start_on=start, reason="They called back")
    session.expire_all()
    assert (made.id != offer.id, made.status, made.approvals, offer.status.value) == (True, OfferStatus.DRAFT, [], to)
    expected_terms = dataclasses.replace(
        rules.terms_of(offer), start_on=start, expires_on=day_of(now) + factories.days(14)
    )
    assert rules.terms_of(made) == expected_terms
    assert (made.opening_id, made.submitted_at, ada.status) == (seat, None, ApplicationStatus.ACTIVE)
    assert [version.label for version in made.terms] == ["1"]
    assert not _may(session, offer)  # one at a time
    with pytest.raises(Conflict):
        _again(session, people, offer, now)


def test_an_ended_application_is_opened_only_with_a_reason(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="declined")
    session.commit()
    with pytest.raises(RuleBroken) as error:
        _again(session, people, offer, now)
    assert "reason" in error.value.errors
    session.rollback()
    assert (ada.status, len(queries.of_application(session, ada))) == (ApplicationStatus.WITHDRAWN, 1)


@pytest.mark.parametrize("days", [-1, None])
def test_a_new_end_is_asked_for(session, people, now, ada, days):
    offer = arranging.offer(session, people, ada, now, to="lapsed")
    until = None if days is None else day_of(now) + factories.days(days)
    with pytest.raises(RuleBroken) as error:
        _again(session, people, offer, now, expires_on=until)
    assert "expires_on" in error.value.errors
    assert len(queries.of_application(session, ada)) == 1


@pytest.mark.parametrize("to", ["draft", "extended", "accepted", "reneged"])
def test_what_has_not_lapsed_been_declined_or_rescinded_is_not_made_again(session, people, now, ada, to):
    offer = arranging.offer(session, people, ada, now, to=to)
    assert not _may(session, offer)
    with pytest.raises(Conflict):
        _again(session, people, offer, now, reason="Why not")


def test_not_while_the_seat_is_filled_by_another(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="lapsed")
    other = factories.application(session, people, now, ada.requisition)
    arranging.offer(session, people, other, now, to="accepted")
    assert not _may(session, offer)
    with pytest.raises(Conflict, match="filled"):
        _again(session, people, offer, now)


def test_a_lapse_waits_for_a_decision_until_there_is_one(session, people, now, ada):
    every = listed(select(Requisition.id))
    offer = arranging.offer(session, people, ada, now, to="lapsed")
    assert queries.unresolved_lapsed(session, within=every, limit=9) == [offer]
    assert (
        queries.unresolved_lapsed(session, within=listed(select(Requisition.id).where(Requisition.id == 0)), limit=9)
        == []
    )
    other = factories.application(session, people, now, ada.requisition)
    taken = arranging.offer(session, people, other, now, to="extended")
    assert queries.unresolved_lapsed(session, within=every, limit=9) == []  # the seat is offered to somebody else
    keepwarm.rescind(session, offer=taken, reason="other words", act=act_by(people.ruth, now=now))
    assert queries.unresolved_lapsed(session, within=every, limit=9) == [offer]
    _again(session, people, offer, now)
    assert queries.unresolved_lapsed(session, within=every, limit=9) == []

"""What was promised to somebody who is hired is kept by the offer; what was overdue before it stays broken."""

import datetime as dt

import pytest

from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.lifecycle import offer_steps
from recruiter.keepwarm.models.records import PromiseState
from recruiter.keepwarm.schedule import next_contact
from tests import factories
from tests.acts import act_by, day_of
from tests.offers import arranging

DAY = dt.timedelta(days=1)


@pytest.fixture
def promised(session, people, now):
    """Somebody with an approved offer, who was promised an answer for today and one for next week."""
    requisition = factories.requisition(session, people, now)
    application = factories.finalists(session, people, now, requisition)[0]
    for days in (0, 7):
        promise_services.make_promise(
            session,
            application=application,
            what="You will hear from us",
            due_on=day_of(now) + days * DAY,
            act=act_by(people.ruth, now=now),
        )
    return arranging.offer(session, people, application, now, to="approved")


def _states(session, offer, at):
    promises = queries.promises_of(session, offer.application)
    return [next_contact.promise_state(each.state, due_on=each.due_on, today=day_of(at)) for each in promises]


def test_an_offer_that_is_sent_keeps_what_was_promised(session, people, now, promised):
    offer_steps.extend(session, offer=promised, act=act_by(people.ruth, now=now))
    assert _states(session, promised, now + 30 * DAY) == [PromiseState.KEPT, PromiseState.KEPT]


def test_what_was_overdue_before_the_offer_stays_broken(session, people, now, promised):
    later = now + 2 * DAY
    offer_steps.extend(session, offer=promised, act=act_by(people.ruth, now=later))
    assert sorted(_states(session, promised, later)) == [PromiseState.BROKEN, PromiseState.KEPT]


def test_what_is_promised_while_the_offer_is_out_is_kept_when_it_is_accepted(session, people, now, promised):
    act = act_by(people.ruth, now=now)
    offer_steps.extend(session, offer=promised, act=act)
    promise_services.make_promise(
        session, application=promised.application, what="The contract", due_on=day_of(now) + 2 * DAY, act=act
    )
    offer_steps.accept(session, offer=promised, act=act)
    assert set(_states(session, promised, now + 30 * DAY)) == {PromiseState.KEPT}

"""When a first choice was lost: what the record knows of it, and where it is put right."""

import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.audit.models import AuditEntry
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.records import FallThrough
from recruiter.keepwarm.promotion import loss_time, promote
from tests import factories
from tests.acts import act_by
from tests.offers import arranging

HOUR = dt.timedelta(hours=1)
REASON = "accepted_other_offer"


@pytest.fixture
def ada(session, people, now):
    """The first choice of a search that began ten days ago."""
    then = now - factories.days(10)
    return factories.finalists(session, people, then, factories.requisition(session, people, then))[0]


def _post(api, application, phase, **more):
    body = {"reason": REASON, "phase": phase, **more}
    return api.ruth.post(f"/requisitions/{application.requisition.key}/promotion", body)


def _known(session, application):
    plan = promote.plan_promotion(session, application.requisition)
    return loss_time.recorded(session, loss=plan.lost, ending=plan.ending)


@pytest.mark.parametrize(
    ("to", "event"), [("declined", "the offer was declined"), ("reneged", "the accepted offer was given up")]
)
def test_a_recorded_loss_is_known_with_its_moment_and_who_wrote_it_down(session, people, now, ada, to, event):
    arranging.offer(session, people, ada, now - HOUR, to=to)
    loss = _known(session, ada)
    assert (loss.at, loss.event, loss.by) == (now - HOUR, event, people.ruth)


def test_a_withdrawal_and_a_lapse_are_known_and_what_nobody_wrote_down_is_not(session, people, now, ada):
    assert _known(session, ada) == loss_time.RecordedLoss(None, "")
    offer = arranging.offer(session, people, ada, now - HOUR, to="lapsed")
    assert (_known(session, ada).at, _known(session, ada).event) == (offer.ended_at, "the offer lapsed")
    services.withdraw(session, application=ada, reason=REASON, act=act_by(people.ruth, now=now))
    assert _known(session, ada).at == now


def test_the_moment_is_put_right_and_the_time_to_the_next_offer_counts_from_it(api, session, people, now, ada):
    arranging.offer(session, people, ada, now - 9 * factories.days(1), to="reneged")
    session.commit()
    loss = session.scalars(select(FallThrough)).one()
    was, number = loss.at, loss.id
    session.commit()
    moment = (now - 2 * HOUR).isoformat()
    answered = _post(api, ada, "accepted", fell_through_at=moment)
    assert answered.status_code == 201
    session.expire_all()
    assert loss.at == now - 2 * HOUR
    assert dt.datetime.fromisoformat(answered.get_json()["fell_through_at"]) == now - 2 * HOUR
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "loss.dated")).one()
    assert (entry.actor_id, entry.object_id) == (people.ruth.id, number)
    assert [entry.detail[key] for key in ("before", "after")] == [was.isoformat(), (now - 2 * HOUR).isoformat()]


@pytest.mark.parametrize(("to", "phase"), [("extended", "offer"), ("accepted", "accepted"), (None, "before_offer")])
@pytest.mark.parametrize("ahead", [HOUR, -20 * factories.days(1)])
def test_neither_to_come_nor_before_there_was_something_to_lose(api, session, people, now, ada, to, phase, ahead):
    if to:
        arranging.offer(session, people, ada, now - factories.days(9), to=to)
    session.commit()
    before = arranging.everything(session)
    refused = _post(api, ada, phase, fell_through_at=(now + ahead).isoformat())
    assert refused.status_code == 422
    assert "fell_through_at" in refused.get_json()["errors"]
    session.expire_all()
    assert arranging.everything(session) == before


def test_a_lapse_counts_from_the_day_it_lapsed_and_all_else_from_the_act(api, session, people, now, ada):
    arranging.offer(session, people, ada, now - factories.days(3), to="lapsed")
    session.commit()
    assert _post(api, ada, "offer").status_code == 201
    assert session.scalars(select(FallThrough)).one().at == now - factories.days(3)

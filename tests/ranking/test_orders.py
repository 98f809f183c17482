"""Orders of finalists beside the suggestion: followed, departed from with a reason, or nothing to follow."""

import pytest
from sqlalchemy import select

from recruiter.audit.models import AuditEntry
from recruiter.foundation.errors import RuleBroken
from recruiter.pipeline import queries as pipeline
from recruiter.ranking.models import NamedOrder, OrderVerdict
from recruiter.ranking.suggestion import slate_orders
from tests import factories
from tests.acts import act_by
from tests.ranking.rating import rated


@pytest.fixture
def slate(session, people, now):
    """Ada far above Bela and Chidi, who are alike; the order is not set through this room yet."""
    requisition = factories.requisition(session, people, now)
    finalists = factories.finalists(session, people, now, requisition)
    for finalist, marks in zip(finalists, [(5, 5), (2, 2), (2, 2)], strict=True):
        rated(session, people, now, finalist, marks)
    return requisition, finalists


def name(session, people, now, requisition, order, **more):
    reasons = [(application, f"Reason {place}") for place, application in enumerate(order, 1)]
    return slate_orders.save_order(
        session, requisition=requisition, order=reasons, act=act_by(people.hana, now=now), **more
    )


def test_an_order_along_the_lead_follows_and_a_tie_binds_nobody(session, people, now, slate):
    requisition, (ada, bela, chidi) = slate
    for order in ([ada, bela, chidi], [ada, chidi, bela]):
        named_order = name(session, people, now, requisition, order, ask=True)
        assert (named_order.verdict, named_order.departures, named_order.reason) == (OrderVerdict.FOLLOWED, [], "")
    assert [place["rank"] for place in named_order.places] == [1, 2, 2]
    assert (named_order.label, named_order.model_version) == ("scorecard weights", None)
    assert slate_orders.follow_count(session) == slate_orders.FollowCount(1, 0)
    assert slate_orders.latest(session, requisition_id=requisition.id) is named_order


def test_a_departure_is_kept_with_its_reason_and_audited(session, people, now, slate):
    requisition, (ada, bela, chidi) = slate
    named_order = name(session, people, now, requisition, [bela, ada, chidi], reason="  Built our ledger before ")
    assert named_order.verdict == OrderVerdict.DEPARTED
    assert [(departure["above"], departure["below"]) for departure in named_order.departures] == [(bela.id, ada.id)]
    assert 0.8 <= named_order.departures[0]["probability"] <= 1
    assert named_order.reason == "Built our ledger before"
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "suggestion.departed")).one()
    assert (entry.object_id, entry.detail["departures"]) == (named_order.id, 1)
    assert "ledger" not in str(entry.detail)
    assert slate_orders.follow_count(session) == slate_orders.FollowCount(0, 1)


def test_without_a_reason_of_its_own_the_places_speak_or_it_is_refused(session, people, now, slate):
    requisition, (ada, bela, chidi) = slate
    named_order = name(session, people, now, requisition, [bela, chidi, ada])
    assert named_order.reason == "Reason 1\nReason 2"
    session.commit()
    with pytest.raises(RuleBroken, match="Chidi Okoro is placed above Ada Ferreira") as refused:
        name(session, people, now, requisition, [chidi, ada, bela], reason=" ", ask=True)
    assert "departure" in refused.value.errors
    session.rollback()
    assert [finalist.application_id for finalist in pipeline.finalists_of(session, requisition)] == [
        bela.id,
        chidi.id,
        ada.id,
    ]
    assert len(list(session.scalars(select(NamedOrder)))) == 1


def test_where_nothing_can_be_followed_the_order_is_open_and_not_counted(session, people, now, slate):
    requisition, (ada, bela, chidi) = slate
    assert name(session, people, now, requisition, [bela, chidi]).verdict == OrderVerdict.OPEN
    requisition.suggestion_on = False
    assert name(session, people, now, requisition, [bela, ada]).verdict == OrderVerdict.OPEN
    assert slate_orders.follow_count(session).n == 0


def test_whoever_owes_a_card_learns_nothing_from_his_order(session, people, now, slate):
    requisition, (ada, bela, chidi) = slate
    rated(session, people, now, chidi, (), panel=("hana",))
    named_order = name(session, people, now, requisition, [bela, ada, chidi], ask=True)
    assert (named_order.verdict, named_order.departures, named_order.label) == (OrderVerdict.OPEN, [], "")

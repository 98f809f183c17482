"""The day of an offer is the company's: what has passed in Auckland is still ahead in Honolulu, whatever UTC says."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from recruiter.foundation.errors import Conflict, Forbidden, RuleBroken
from recruiter.offers import services
from recruiter.offers.approval import approval_services, chain_services
from recruiter.offers.models import ApprovalDecision
from tests import factories
from tests.acts import act_by
from tests.offers import arranging, chaining

TUESDAY, WEDNESDAY = dt.date(2026, 11, 17), dt.date(2026, 11, 18)
MORNING_IN_AUCKLAND = (dt.datetime(2026, 11, 17, 19, 0, tzinfo=dt.UTC), ZoneInfo("Pacific/Auckland"), WEDNESDAY)
EVENING_IN_HONOLULU = (dt.datetime(2026, 11, 18, 3, 0, tzinfo=dt.UTC), ZoneInfo("Pacific/Honolulu"), TUESDAY)
LAST_MINUTE_IN_UTC = (dt.datetime(2026, 11, 17, 23, 59, tzinfo=dt.UTC), dt.UTC, TUESDAY)
COMPANIES = pytest.mark.parametrize(
    ("now", "zone", "today"), [MORNING_IN_AUCKLAND, EVENING_IN_HONOLULU, LAST_MINUTE_IN_UTC]
)


@pytest.fixture
def ada(session, people, now):
    earlier = now - factories.days(5)
    requisition = factories.requisition(session, people, earlier)
    return factories.finalists(session, people, earlier, requisition)[0]


@COMPANIES
def test_an_offer_expires_today_at_the_earliest_where_the_company_is(session, people, ada, now, zone, today):
    act = act_by(people.ruth, now=now, zone=zone)
    with pytest.raises(RuleBroken, match="has not passed"):
        services.draft(session, application=ada, terms=arranging.terms(expires_on=today - factories.days(1)), act=act)
    offer = services.draft(session, application=ada, terms=arranging.terms(expires_on=today), act=act)
    approval_services.submit(session, offer=offer, act=act)
    approver = act_by(people.arne, now=now, zone=zone)
    approval_services.approve(session, offer=offer, decision=ApprovalDecision.APPROVED, comment="", act=approver)
    with pytest.raises(Conflict, match="has passed"):
        services.extend(session, offer=offer, act=act_by(people.ruth, now=now + factories.days(1), zone=zone))
    assert services.extend(session, offer=offer, act=act).extended_at == now


@COMPANIES
def test_a_deputy_answers_up_to_the_last_day_where_the_company_is(session, people, ada, now, zone, today):
    bea, cem = (chaining.approver(session, name, now) for name in ("bea", "cem"))
    chaining.chain(session, people, now, [("Finance", 1, [bea])])
    act = act_by(bea, now=now, zone=zone)
    chain_services.stand_in(session, user=bea, deputy=cem, from_on=today, until_on=today, act=act)
    offer = services.draft(session, application=ada, terms=arranging.terms(), act=act_by(people.ruth, now=now))
    approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now, zone=zone))
    late = act_by(cem, now=now + factories.days(1), zone=zone)
    with pytest.raises(Forbidden):
        approval_services.approve(session, offer=offer, decision=ApprovalDecision.APPROVED, comment="", act=late)
    in_time = act_by(cem, now=now, zone=zone)
    approval_services.approve(session, offer=offer, decision=ApprovalDecision.APPROVED, comment="", act=in_time)
    assert offer.approvals[-1].for_id == bea.id

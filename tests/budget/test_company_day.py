"""The days of a case are the company's: its number, what it says of dates, when somebody can have left."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from recruiter.budget import decision_services, services
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly, export
from recruiter.budget.models import CaseVerdict
from recruiter.budget.register import departure_services, register_queries
from recruiter.foundation.errors import RuleBroken
from recruiter.offers.models import OfferStatus
from recruiter.policy import scopes
from tests.acts import act_by, moment
from tests.budget import arranging
from tests.offers.test_company_day import COMPANIES

DAY = dt.timedelta(days=1)


@pytest.fixture
def offer(session, people, now):
    return arranging.ground(session, people, now - 5 * DAY)


@COMPANIES
def test_a_decision_is_needed_today_at_the_earliest(session, people, offer, now, zone, today):
    act = act_by(people.ruth, now=now, zone=zone)
    with pytest.raises(RuleBroken, match="today or later"):
        services.open_case(session, offer=offer, ask=arranging.ASK, needed_by=today - DAY, act=act)
    case = services.open_case(session, offer=offer, ask=arranging.ASK, needed_by=today, act=act)
    content = assembly.content_of(session, case, moment=moment(now, zone=zone), options=Options())
    assert content["created_on"] == content["needed_by"] == today.isoformat()
    assert f"Asked for by Ruth on {today.day} {today:%b %Y}." in json.dumps(content, ensure_ascii=False)


@COMPANIES
def test_what_is_decided_stands_on_that_day(session, people, offer, now, zone, today):
    act = act_by(people.ruth, now=now, zone=zone)
    case = services.open_case(session, offer=offer, ask=arranging.ASK, needed_by=today, act=act)
    services.submit(session, case=case, act=act)
    assert assembly.frozen_content(case)["submitted_on"] == today.isoformat()
    decision_services.decide(
        session,
        case=case,
        verdict=CaseVerdict.APPROVED,
        amount=None,
        comment="",
        act=act_by(people.arne, now=now, zone=zone),
    )
    page = export.render(case, assembly.frozen_content(case), form="html", zone=zone).data.decode()
    assert f"{today.day} {today:%b %Y}" in page.partition("Decided so far")[2].partition("</table>")[0]


@COMPANIES
def test_nobody_has_left_before_the_day_of_the_acceptance(session, people, offer, now, zone, today):
    act = act_by(people.ruth, now=now, zone=zone)
    case = arranging.submitted(session, people, now - 4 * DAY, offer)
    arranging.decided(session, people, now - 3 * DAY, case)
    offer.status, offer.accepted_at = OfferStatus.ACCEPTED, now
    for day in (today - DAY, today + DAY):
        with pytest.raises(RuleBroken, match="between the acceptance and today"):
            departure_services.record_departure(session, case=case, on=day, act=act)
    departure_services.record_departure(session, case=case, on=today, act=act)
    [entry] = register_queries.register_of(session, within=scopes.cases(people.ruth), moment=act).entries
    assert entry.outcome == register_queries.LEFT

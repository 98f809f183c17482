"""The day counts where the company is: near midnight it is another than in UTC, in Auckland and in Honolulu."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.contacts import promise_services, readiness_services
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.promotion import promote
from tests import factories
from tests.acts import act_by

COMPANIES = [
    (ZoneInfo("Pacific/Auckland"), dt.datetime(2026, 11, 18, 19, 0, tzinfo=dt.UTC), dt.date(2026, 11, 19)),  # 08:00
    (ZoneInfo("Pacific/Honolulu"), dt.datetime(2026, 11, 19, 3, 0, tzinfo=dt.UTC), dt.date(2026, 11, 18)),  # 17:00
]


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    finalists = factories.finalists(session, people, now - dt.timedelta(days=9), requisition)
    session.commit()
    return finalists


@pytest.mark.parametrize(("zone", "now", "today"), COMPANIES)
def test_a_promise_is_for_the_companys_today_and_not_for_its_yesterday(session, people, slate, zone, now, today):
    act = act_by(people.ruth, now=now, zone=zone)
    promise_services.make_promise(session, application=slate[0], what="News", due_on=today, act=act)
    with pytest.raises(RuleBroken):
        promise_services.make_promise(
            session, application=slate[0], what="News", due_on=today - dt.timedelta(days=1), act=act
        )


@pytest.mark.parametrize(("zone", "now", "today"), COMPANIES)
@pytest.mark.parametrize(("days", "begins"), [(0, True), (-1, False)])
def test_the_draft_of_a_promotion_begins_no_earlier_than_today(session, people, slate, zone, now, today, days, begins):
    act, free = act_by(people.ruth, now=now, zone=zone), today + dt.timedelta(days=days)
    answers = readiness_services.ReadinessAnswers(available_from=free)
    readiness_services.record_readiness(session, application=slate[1], answers=answers, act=act)
    done = promote.promote(
        session, requisition=slate[0].requisition, phase=Phase.BEFORE_OFFER, reason="timing", act=act
    )
    assert done.offer.start_on == (free if begins else None)

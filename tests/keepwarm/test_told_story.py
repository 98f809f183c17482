"""The told company has promises of every kind, calls, consents, concerns and chains, so that each report has something to say."""

import datetime as dt
import random

from faker import Faker
from sqlalchemy import select

from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.demo import bench_history, past_searches, people
from recruiter.demo.scenario import Scenario
from recruiter.foundation.database.scope import listed
from recruiter.keepwarm.models.records import BenchRelease, Concern, ConcernState
from recruiter.keepwarm.overview import promise_ledger
from recruiter.keepwarm.overview.promise_ledger import Outcome
from recruiter.offers.approval import chain_queries
from recruiter.offers.models import Offer
from recruiter.requisitions.models import Requisition
from tests.acts import day_of, moment


def test_what_closed_searches_leave_behind(session, now):
    fake, chance = Faker("en_GB"), random.Random(3)
    fake.seed_instance(3)
    staff = people.hire(
        session, fake=fake, chance=chance, now=now - dt.timedelta(days=400), sign_ins={}, seed=3, organisation="Us"
    )
    teller = Scenario(session, staff, chance, fake.name)
    bench_history.save_approval_chains(teller, at=now - dt.timedelta(days=399))
    for number, left in ((4, 20), (2, 3)):
        past_searches.build(teller, number=number, at=now - dt.timedelta(days=200), left=left, now=now)
    session.commit()
    entries = promise_ledger.entries(
        session, searches=listed(select(Requisition.id)), moment=moment(now), since=day_of(now) - dt.timedelta(days=400)
    )
    assert {entry.outcome for entry in entries} == {Outcome.KEPT, Outcome.RENEWED, Outcome.TOLD_AFTER}
    assert len(session.scalars(select(BenchRelease)).all()) == 3
    assert {concern.state for concern in session.scalars(select(Concern))} == {ConcernState.RESOLVED}
    assert len(chain_queries.chains_for(session)) == 2
    assert not session.scalars(select(BudgetCase)).all()
    for number in (3, 6):
        past_searches.build(teller, number=number, at=now - dt.timedelta(days=190), left=20, now=now)
    budget_cases = session.scalars(select(BudgetCase).order_by(BudgetCase.id)).all()
    assert [budget_case.status for budget_case in budget_cases] == [CaseStatus.APPROVED, CaseStatus.REFUSED]
    assert [
        budget_case.offer.base > budget_case.offer.application.requisition.band.max for budget_case in budget_cases
    ] == [True, False]
    assert {offer.plan["name"] for offer in session.scalars(select(Offer))} == {"Within the band, and up to 5% above"}

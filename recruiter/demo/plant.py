"""Plants the company of the story through the real services."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from sqlalchemy.orm import Session

from recruiter.budget.register import register_queries
from recruiter.demo import bench_history, candidate_records, identities, open_searches, past_searches, people
from recruiter.demo.acts import act_by, moment
from recruiter.demo.scenario import Scenario
from recruiter.ranking import services as ranking
from recruiter.ranking.bias_audit import services as bias_audit
from recruiter.ranking.models import ModelRun
from recruiter.settings import USUAL_ADDRESS

COMPANY = "Arden Works"
CLOSED = {"small": 62, "medium": 150, "large": 400}
MONTHS_BACK = dt.timedelta(days=548)
LAST_CLOSED = dt.timedelta(days=66)


def plant(
    session: Session,
    *,
    seed: int,
    now: dt.datetime,
    progress: Callable[[str], None],
    size: str = "small",
    base_url: str = USUAL_ADDRESS,
    organisation: str = COMPANY,
) -> tuple[people.SignIns, ModelRun]:
    """Tell the story into an empty database and fit the model; answers the sign-ins as role -> (email, password), and the fit.

    `base_url` is where the links in the company's mails lead. The same seed and day tell the same story; passwords are random all the same.
    """
    from faker import Faker  # loads slowly, and only here

    fake = Faker(["de_DE", "en_GB", "pl_PL", "es_ES"], use_weighting=False)
    fake.seed_instance(seed)
    chance = random.Random(seed)
    sign_ins: people.SignIns = {}
    begin, names = now - MONTHS_BACK - dt.timedelta(days=5), Faker("en_GB")
    staff = people.hire(
        session, fake=names, chance=chance, now=begin, sign_ins=sign_ins, seed=seed, organisation=organisation
    )
    story = Scenario(session, staff, chance, lambda: f"{fake.first_name()} {fake.last_name()}")
    bench_history.save_approval_chains(story, at=now - MONTHS_BACK)
    count = CLOSED[size]
    step = (MONTHS_BACK - LAST_CLOSED) / count
    for number in range(count):
        at = now - MONTHS_BACK + number * step
        past_searches.build(story, number=number, at=at, left=count - 1 - number, now=now)
        session.flush()
        progress(f"closed searches: {number + 1} of {count}")
    open_searches.search_in_interviews(story, now=now)
    debrief_search = open_searches.search_in_debrief(story, now=now)
    open_searches.search_with_slate(story, number=2, now=now, days=19)
    offer_search = open_searches.search_with_offer(story, now=now)
    case = open_searches.search_with_case(story, now=now, base_url=base_url, organisation=organisation)
    lost_search = open_searches.search_with_withdrawal(story, now=now)
    bench_history.create_clash(offer_search, now=now)
    bench_history.hold_final_interview(debrief_search, now=now)
    waiting = [offer_search.requisition, case.offer.application.requisition, lost_search.requisition]
    bench_history.recent_promises(story, waiting, now=now)
    bench_history.appoint_deputy(story, now=now)
    candidate_records.write_records(session, recruiter=staff.recruiters[0], now=now, seed=seed)
    progress("6 searches that go on")
    run = ranking.fit(session, act=moment(now), seed=seed, progress=progress)
    identities.record_answers(session, seed=seed, actor=staff.admin, now=now)
    approvals, act = register_queries.approvals_for_audit(session), act_by(staff.admin, now=now)
    bias_audit.run(session, act=act, seed=seed, further=approvals, progress=progress)
    return sign_ins, run

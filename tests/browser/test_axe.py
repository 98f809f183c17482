"""Every screen, wide and on a phone, light and dark: no axe violation, nothing wider than the window."""

from __future__ import annotations

import random
import zlib

import pytest

from recruiter.demo import identities, open_searches
from recruiter.demo import people as company
from recruiter.demo.scenario import Scenario
from recruiter.interviews.models import Interview
from recruiter.keepwarm.models.records import FallThrough
from recruiter.offers.models import Offer, OfferStatus
from recruiter.ranking.bias_audit import services as bias_audit
from recruiter.scorecards import queries as scorecards
from tests import snapshot
from tests.acts import act_by

pytestmark = pytest.mark.browser
WINDOWS = [  # the last says of how many screens one is looked at: the same in every run
    (1440, 900, 1),
    (390, 844, 3),
    pytest.param(390, 844, 1, marks=pytest.mark.long),
]
TOLD = {}  # by engine: the company as rows, told once


@pytest.fixture
def entrances(session, now):
    """Six searches of the demo's company, one in each phase; sign-ins by role, and the addresses of what there is to see."""
    engine = session.get_bind()
    if engine in TOLD:
        *answer, rows = TOLD[engine]
        snapshot.put(engine, rows)
        return tuple(answer)
    sign_ins, keys = _tell(session, now)
    TOLD[engine] = sign_ins, keys, snapshot.take(engine)
    return sign_ins, keys


def _tell(session, now):
    from faker import Faker

    fake, chance, sign_ins = Faker("en_GB"), random.Random(3), {}
    fake.seed_instance(3)
    staff = company.hire(
        session,
        fake=fake,
        chance=chance,
        now=now - 60 * open_searches.DAY,
        sign_ins=sign_ins,
        seed=3,
        organisation="Us",
    )
    teller = Scenario(session, staff, chance, fake.name)
    interviewing = open_searches.search_in_interviews(teller, now=now)
    debriefing = open_searches.search_in_debrief(teller, now=now)
    slated, slate = open_searches.search_with_slate(teller, number=2, now=now, days=19)
    offered = open_searches.search_with_offer(teller, now=now)
    case = open_searches.search_with_case(teller, now=now)
    lost = open_searches.search_with_withdrawal(teller, now=now)
    identities.record_answers(session, seed=3, actor=staff.admin, now=now)
    bias_audit.run(session, act=act_by(staff.admin, now=now))
    session.commit()
    mine = session.query(Interview).join(Interview.panel).filter_by(user_id=staff.interviewers[0].id).all()
    owed = scorecards.owed_application_ids(
        session, viewer=staff.interviewers[0], application_ids=[interview.application_id for interview in mine]
    )
    to_write = next(interview for interview in mine if interview.application_id in owed and interview.starts_at <= now)
    offer = session.query(Offer).filter_by(status=OfferStatus.EXTENDED).first()
    assert session.query(FallThrough).count() == 1
    keys = {
        "interviewing": interviewing.requisition.key,
        "debriefing": debriefing.requisition.key,
        "slated": slated.requisition.key,
        "offered": offered.requisition.key,
        "lost": lost.requisition.key,
        "application": slate[1].application.id,
        "finalist": offered.applicants[0].application.id,
        "candidate": slate[1].application.candidate_id,
        "interview": to_write.id,
        "offer": offer.id,
        "offer_application": offer.application_id,
        "case": case.id,
    }
    session.commit()  # a reader that stays would hold the server's writes up
    return sign_ins, keys


SCREENS = {
    "recruiter": [
        "/",
        "/requisitions",
        "/requisitions/new",
        "/requisitions/{offered}",
        "/requisitions/{offered}?flag=offer",
        "/requisitions/{offered}?view=table",
        "/requisitions/{offered}?view=closed",
        "/requisitions/{offered}/setup/stages",
        "/settings/stages",
        "/requisitions/{offered}/setup",
        "/requisitions/{debriefing}/debrief",
        "/requisitions/{slated}/finalists",
        "/requisitions/{slated}/finalists/order",
        "/requisitions/{lost}/promote",
        "/requisitions/{offered}/offers",
        "/requisitions/{offered}/bench",
        "/requisitions/{slated}/earlier-finalists",
        "/requisitions/{offered}/case",
        "/keep-warm",
        "/keep-warm/calls",
        "/keep-warm/in-touch",
        "/keep-warm/promises",
        "/keep-warm/feedback",
        "/reports",
        "/reports/promises-kept",
        "/reports/time-to-backfill",
        "/reports/suggestions-followed",
        "/applications/{finalist}/release",
        "/candidates/{candidate}/consent",
        "/applications/{application}",
        "/applications/{application}/move",
        "/applications/{application}/rejection",
        "/applications/{application}/scorecards",
        "/applications/{application}/interviews",
        "/applications/{application}/itinerary",
        "/requisitions/{interviewing}/interviews",
        "/requisitions/{interviewing}/scorecard",
        "/interviews/{interview}",
        "/applications/{finalist}/bench",
        "/applications/{offer_application}/offers",
        "/offers/{offer}",
        "/candidates",
        "/candidates/new",
        "/candidates/{candidate}",
        "/candidates?q=zzzz",
        "/candidates/duplicates",
        "/candidates/{candidate}/merge",
        "/candidates/{candidate}/files",
        "/applications/{application}/files",
        "/applications/{application}/source",
        "/cases",
        "/model",
        "/model/log",
        "/model/switch",
        "/requisitions/{slated}/suggestion",
        "/applications/{application}/ranking",
        "/bias-audit",
        "/import",
        "/search?q=a",
        "/account",
        "/no-such-page",
    ],
    "interviewer": [
        "/",
        "/scorecards",
        "/scorecards/{interview}",
        "/interviews/{interview}",
        "/interviewing",
        "/requisitions",
    ],
    "hiring_manager": ["/", "/cases/{case}", "/cases/{case}/document"],
    "approver": ["/", "/cases/{case}", "/cases"],
    "admin": ["/settings/people", "/settings/approvals", "/settings/stand-ins", "/bias-audit", "/bias-audit/answers"],
    None: ["/sign-in"],
}


@pytest.mark.parametrize(("width", "height", "of"), WINDOWS)
def test_no_screen_has_a_violation(entrances, seat, check_axe, width, height, of):
    sign_ins, keys = entrances
    faults = []
    for role, paths in SCREENS.items():
        page = seat(sign_ins.get(role), width=width, height=height)
        for path in paths:
            if zlib.crc32(path.encode()) % of:
                continue
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            answer = page.goto(path.format(**keys))
            assert answer.status == (404 if path == "/no-such-page" else 200), path
            page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })")
            try:
                check_axe(page, where=f"{role} {path}")
                page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # nothing but colours changes
                check_axe(page, where=f"{role} {path}, dark", only=["color-contrast"])
            except AssertionError as fault:
                faults.append(str(fault))
    assert not faults, "\n\n".join(faults)

"""Approvals in a browser: no violation in either theme, nothing wider than a phone of 320 pixels, and done without scripts."""

import datetime as dt

import pytest

from recruiter.budget import services as cases
from recruiter.foundation.money import Money
from recruiter.offers import rules, services
from recruiter.offers.approval import approval_services
from recruiter.offers.models import ApprovalDecision, Offer, OfferStatus
from tests import factories
from tests.acts import act_by
from tests.offers import arranging, chaining

pytestmark = pytest.mark.browser


@pytest.fixture
def waiting(session, people, now, clock):
    now = dt.datetime.now(dt.UTC)
    clock.at = now
    requisition = factories.requisition(session, people, now)
    ada = factories.finalists(session, people, now, requisition, names=("Ada Ferreira", "Bela Novak"))[0]
    bea, cem = (chaining.approver(session, name, now) for name in ("beatrice", "cem"))
    chaining.chain(
        session, people, now, [("HR", 1, [people.arne, bea]), ("Finance", 1, [cem])], [("Management", 1, [])],
        name="Above 5 %, with management", from_percent=0,
    )  # fmt: skip
    offer = arranging.offer(
        session, people, ada, now, to="pending", sign_on=Money(300_000, "EUR"), equity="2,000 options over four years",
        expires_on=now.date() + factories.days(9),
    )  # fmt: skip
    for who, decision, comment in (
        (bea, "question", "Is the sign-on paid once?"),
        (people.arne, "refused", "Too high."),
    ):
        approval_services.approve(
            session, offer=offer, decision=ApprovalDecision(decision), comment=comment, act=act_by(who, now=now)
        )
    terms = rules.terms_of(offer)
    lower = {**terms.__dict__, "base": Money(7_300_000, "EUR"), "bonus": Money(400_000, "EUR")}
    services.change(session, offer=offer, terms=type(terms)(**lower), act=act_by(people.ruth, now=now))
    arranging.submit(session, people, offer, now)
    approval_services.approve(
        session, offer=offer, decision=ApprovalDecision.APPROVED, comment="Paid once.", act=act_by(cem, now=now)
    )
    case = cases.open_case(
        session, offer=offer, ask=Money(9_500_000, "EUR"), needed_by=now.date() + factories.days(2), act=act_by(people.ruth, now=now),
        )  # fmt: skip
    texts = {"candidate": "Designed the ledger.", "alternatives": "The second choice is out in May."}
    cases.write(
        session,
        case=case,
        change=cases.CaseChange(texts),
        act=act_by(people.ruth, now=now),
    )
    cases.submit(session, case=case, act=act_by(people.ruth, now=now))
    chaining.stands_in(session, people, now, away=people.arne, deputy=cem, days=0)
    bare = factories.requisition(session, people, now)
    factories.application(session, people, now, bare, "Femi Adeyemi", stage="interview")
    session.commit()
    return {"offer": offer.id, "case": case.id, "bare": bare.key, "chain": 1}


SCREENS = {
    "arne": ["/offers/{offer}/approval", "/offers/{offer}", "/cases/{case}", "/settings/stand-ins"],
    "ruth": ["/offers/{offer}", "/requisitions/{bare}/promote"],
    "anja": ["/settings/approvals", "/settings/approvals/new", "/settings/approvals/{chain}", "/settings/stand-ins"],
}


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1440, 900, "light"), (390, 844, "dark"), (320, 700, "light"), (1440, 900, "dark")]
)
def test_no_screen_of_approvals_has_a_violation(waiting, session, seat, check_axe, width, height, scheme):
    session.rollback()
    for name, paths in SCREENS.items():
        page = seat(name, width=width, height=height, scheme=scheme)
        for path in paths:
            assert page.goto(path.format(**waiting)).status == 200, path
            page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })")
            check_axe(page, where=f"{name} {path} at {width}")


def test_an_offer_is_approved_on_a_phone_without_scripts(waiting, session, seat):
    number = waiting["offer"]
    session.rollback()
    page = seat("arne", width=390, height=844, scripts=False)
    page.goto(f"/offers/{number}/approval")
    box = page.get_by_role("button", name="Approve").bounding_box()
    assert box["height"] >= 44
    page.get_by_role("button", name="Refuse").click()
    assert page.get_by_text("Say why you refuse").first.is_visible()
    page.get_by_label("Comment").fill("Agreed.")
    page.get_by_role("button", name="Approve").click()
    page.wait_for_url(f"**/offers/{number}/approval")
    offer = session.get(Offer, number, populate_existing=True)
    assert offer.status == OfferStatus.PENDING_APPROVAL
    assert [approval.comment for approval in offer.approvals][-1] == "Agreed."

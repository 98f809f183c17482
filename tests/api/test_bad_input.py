"""What does not fit is named, has a 4xx, and changes nothing, in every area of the API."""

import pytest

from recruiter.budget.models import BudgetCase
from recruiter.keepwarm.models.records import Promise
from recruiter.offers.models import Offer
from tests import factories

EUR = {"amount": 8_000_000, "currency": "EUR"}


@pytest.fixture
def ada(session, people, now):
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition)
    session.commit()
    return slate[0]


def _counts(session):
    session.rollback()
    return [session.query(kind).count() for kind in (Offer, BudgetCase, Promise)]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("offers", {}, "base"),
        ("offers", {"base": EUR, "shoe": 1}, "shoe"),
        ("offers", {"base": {"amount": 80000.5, "currency": "EUR"}}, "base.amount"),
        ("offers", {"base": {"amount": "8000000", "currency": "EUR"}}, "base.amount"),
        ("offers", {"base": {"amount": True, "currency": "EUR"}}, "base.amount"),
        ("offers", {"base": {"amount": -1, "currency": "EUR"}}, "base.amount"),
        ("offers", {"base": {"amount": 10**18, "currency": "EUR"}}, "base.amount"),
        ("offers", {"base": {"amount": 8_000_000, "currency": "XXY"}}, "base.currency"),
        ("offers", {"base": {"amount": 8_000_000, "currency": "USD"}}, "base"),
        ("offers", {"base": EUR, "expires_on": "2026-02-30"}, "expires_on"),
        ("offers", {"base": EUR, "expires_on": "2026-01-01"}, "expires_on"),
        ("promises", {"what": "News"}, "due_on"),
        ("promises", {"what": " ", "due_on": "2026-12-01"}, "what"),
        ("promises", {"what": "News", "due_on": "2026-11-17"}, "due_on"),
        ("touchpoints", {"direction": "up", "channel": "phone", "kind": "call", "said": "x"}, "direction"),
        ("touchpoints", {"direction": "to", "channel": "pigeon", "kind": "call", "said": "x"}, "channel"),
        ("touchpoints", {"direction": "to", "channel": "phone", "kind": "call", "said": "x", "at": "2026-11-18T09:00:00"}, "at"),
        ("touchpoints", {"direction": "to", "channel": "phone", "kind": "call", "said": "x", "at": "2026-12-18T09:00:00Z"}, "at"),
        ("concerns", {"kind": "astrology", "text": "x"}, "kind"),
        ("concerns", {"kind": "scope", "text": "x", "owner": "nobody@example.com"}, "owner"),
        ("competing-processes", {"stage": "offer", "class": "sure"}, "class"),
        ("competing-processes", {"stage": "offer", "class": "verified", "disclosed_on": "2027-01-01"}, "disclosed_on"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_and_changes_nothing(api, session, ada, path, body, field):
    before = _counts(session)
    answer = api.ruth.post(f"/applications/{ada.id}/{path}", body)
    assert answer.status_code == 422, answer.get_json()
    assert field in answer.get_json()["errors"]
    assert answer.mimetype == "application/problem+json"
    assert _counts(session) == before


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", "\u0661"])
@pytest.mark.parametrize("path", ["offers/{}", "budget-cases/{}", "applications/{}", "applications/{}/promises"])
def test_what_is_not_there_is_404(api, number, path):
    assert api.ruth.get("/" + path.format(number)).status_code == 404


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "due=never", "shoe=1", "cursor=zzz"])
def test_a_list_asked_wrongly_is_400(api, query):
    assert api.ruth.get(f"/keep-warm?{query}").status_code == 400


def test_an_address_without_keys_takes_none(api, ada):
    offer = api.ruth.post(f"/applications/{ada.id}/offers", {"base": EUR}).get_json()
    answer = api.ruth.post(f"/offers/{offer['id']}/submission", {"please": True})
    assert (answer.status_code, answer.get_json()["errors"]) == (422, {"please": ["Unknown field."]})
    assert api.ruth.post(f"/offers/{offer['id']}/submission").status_code == 200


def test_a_stale_offer_is_refused_and_nothing_is_lost(api, ada):
    offer = api.ruth.post(f"/applications/{ada.id}/offers", {"base": EUR}).get_json()
    stale = {"If-Match": f'"{offer["version"]}"'}
    assert api.ruth.patch(f"/offers/{offer['id']}", {"equity": "100 options"}, headers=stale).status_code == 200
    assert api.ruth.patch(f"/offers/{offer['id']}", {"equity": "none"}, headers=stale).status_code == 409
    assert api.ruth.get(f"/offers/{offer['id']}").get_json()["equity"] == "100 options"


def test_a_case_knows_its_sections(api, ada):
    offer = api.ruth.post(
        f"/applications/{ada.id}/offers", {"base": {"amount": 9_000_000, "currency": "EUR"}}
    ).get_json()
    case_body = {"ask": {"amount": 9_000_000, "currency": "EUR"}, "needed_by": "2026-11-30"}
    case = api.hana.post(f"/offers/{offer['id']}/budget-case", case_body).get_json()
    wrong = api.hana.patch(f"/budget-cases/{case['id']}", {"sections": {"poetry": "x"}})
    assert (wrong.status_code, "sections.poetry" in wrong.get_json()["errors"]) == (422, True)
    assert api.hana.post(f"/offers/{offer['id']}/budget-case", case_body).status_code == 409
    assert api.hana.get(f"/budget-cases/{case['id']}/export?format=exe").status_code == 400
    within = {"ask": {"amount": 8_500_000, "currency": "EUR"}, "needed_by": "2026-11-30"}
    assert api.hana.patch(f"/budget-cases/{case['id']}", within).status_code == 422

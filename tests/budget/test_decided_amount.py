"""The smallest approved amount holds, and is said in one way everywhere."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import docx as word
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter.budget import decided_amounts, decision_services
from recruiter.budget.models import BudgetCase, CaseStatus, CaseVerdict
from recruiter.foundation.errors import Conflict
from recruiter.foundation.money import Money
from recruiter.offers.approval import approval_services
from recruiter.offers.band import band_exceptions
from recruiter.offers.models import Offer
from tests.acts import act_by
from tests.budget import arranging
from tests.documents.test_xlsx import enumerate_rows
from tests.offers import chaining

ASK = 12_100_000
WORDS = st.lists(
    st.one_of(
        st.tuples(st.just("approved"), st.one_of(st.none(), st.integers(8_500_001, ASK))),
        st.tuples(st.sampled_from(["question", "answer"]), st.none()),
    ),
    max_size=6,
)


@given(WORDS, WORDS)
def test_it_is_the_smallest_of_the_last_round_and_who_names_none_approves_what_is_asked(before, now):
    sent_back = [("changes_requested", None)] if before else []
    decisions = [SimpleNamespace(decision=verdict, amount=amount) for verdict, amount in [*before, *sent_back, *now]]
    case = SimpleNamespace(ask=ASK, currency="EUR", decisions=decisions, status=CaseStatus.APPROVED)
    expected = min([ASK, *(amount for verdict, amount in now if verdict == "approved" and amount is not None)])
    assert decided_amounts.decided_amount(case) == Money(expected, "EUR")
    for status in set(CaseStatus) - {CaseStatus.APPROVED}:
        assert decided_amounts.decided_amount(case, status=status) is None


@pytest.fixture
def approved(session, people, now):
    """Finance approves up to 119,000 of 121,000; the board names no amount."""
    bea = chaining.approver(session, "bea", now)
    chaining.chain(session, people, now, [("Finance", 1, [people.arne])], [("Board", 1, [bea])], from_percent=100)
    offer = arranging.ground(session, people, now, base=ASK)
    case = arranging.submitted(session, people, now, offer, ask=Money(ASK, "EUR"))
    for approver, amount in ((people.arne, Money(11_900_000, "EUR")), (bea, None)):
        act = act_by(approver, now=now)
        decision_services.decide(
            session, case=case, verdict=CaseVerdict.APPROVED, amount=amount, comment="Fine", act=act
        )
    session.commit()
    return case


def test_the_case_is_approved_with_it_and_the_api_says_it_once(api, session, approved):
    case = api.ruth.get(f"/budget-cases/{approved.id}").get_json()
    least = {"amount": 11_900_000, "currency": "EUR"}
    assert (case["status"], case["decided_amount"], case["decision"]["amount"]) == ("approved", least, least)
    assert [decision["amount"] for decision in case["decisions"]] == [least, None]
    listed = api.ruth.get("/budget-cases").get_json()["items"][0]
    assert listed["decided_amount"] == least
    assert band_exceptions.allowed_up_to(session, approved.offer.application) == Money(11_900_000, "EUR")
    session.rollback()
    assert api.ruth.get("/budget-cases/register").get_json()["items"][0]["granted"] == least


def test_every_paper_says_it(api, approved):
    files = {
        form: api.ruth.get(f"/budget-cases/{approved.id}/export?format={form}").get_data()
        for form in ("pdf", "docx", "xlsx", "html", "json")
    }
    assert json.loads(files["json"])["decided_amount"] == {"amount": 11_900_000, "currency": "EUR"}
    assert "Approved up to EUR\u00a0119,000" in files["html"].decode()
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages)
    assert "ApproveduptoEUR119,000" in "".join(printed.split())
    cells = [cell.text for table in word.Document(io.BytesIO(files["docx"])).tables for row in table.rows for cell in row.cells]  # fmt: skip
    assert any("Approved up to EUR\u00a0119,000" in cell for cell in cells)
    assert not any("121,000" in row for row in cells if row.startswith("Approved"))
    rows = [cells for _, cells in enumerate_rows(files["xlsx"])]
    assert [float(row["B"]) for row in rows if row.get("A") == "Approved up to"] == [119_000]


def test_an_offer_above_it_is_lowered_or_asked_for_again(api, browse, session, people, now, approved):
    offer, ruth, number, case_number = approved.offer, browse("ruth"), approved.offer.id, approved.id
    with pytest.raises(Conflict, match="covers a base up to EUR 119,000"):
        approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))
    session.rollback()
    assert api.ruth.post(f"/offers/{number}/submission").status_code == 409
    assert "up to EUR 119,000" in ruth.get("/cases").text
    page = ruth.get(f"/cases/{case_number}").text
    assert 'up to <strong class="num">EUR 119,000</strong>' in page
    assert "Less was approved than the offer asks for" in page
    assert "Open another case" in page
    page = ruth.get(f"/offers/{number}").text
    assert "covers a base up to EUR 119,000 only" in page
    assert "Open another case" in page
    form = page.split("Lower the base to EUR 119,000", 1)[0].rsplit("<form", 1)[1]
    fields = dict(
        part.split('" value="') for part in form.replace('">', '"').split('name="')[1:] if '" value="' in part
    )
    sent = {name: value.split('"')[0] for name, value in fields.items()}
    assert ruth.post(f"/offers/{number}/terms", data=sent).status_code == 303
    session.expire_all()
    lowered = session.get(Offer, number)
    assert (lowered.base, lowered.sign_on) == (11_900_000, 500_000)
    session.rollback()
    assert ruth.post(f"/offers/{number}/submission", data={}).status_code == 303
    assert "Less was approved" not in ruth.get(f"/cases/{case_number}").text


def test_the_next_approver_reads_the_limit_of_the_one_before(browse, session, people, now):
    bea = chaining.approver(session, "bea", now)
    chaining.chain(session, people, now, [("Finance", 1, [bea])], [("Board", 1, [people.arne])], from_percent=100)
    offer = arranging.ground(session, people, now, base=ASK)
    case = arranging.submitted(session, people, now, offer, ask=Money(ASK, "EUR"))
    first = act_by(bea, now=now)
    decision_services.decide(
        session, case=case, verdict=CaseVerdict.APPROVED, amount=Money(11_900_000, "EUR"), comment="Fine", act=first
    )
    session.commit()
    arne = browse("arne")
    assert "Another approver allowed up to EUR 119,000" in arne.get(f"/cases/{case.id}").text
    given = {"decision": "approved", "sha256": case.sha256}
    answer = arne.post(f"/cases/{case.id}/decision", data=given, follow_redirects=True)
    assert f"{case.number}: approved up to EUR 119,000." in answer.text
    session.expire_all()
    assert session.get(BudgetCase, case.id).decisions[-1].amount is None

"""Approvals as pages: decided on a phone, chains set by an administrator, stand-ins; and what a list may show."""

import dataclasses
import datetime as dt
import re

import pytest
from sqlalchemy import select

from recruiter.budget import decision_services
from recruiter.budget import services as cases
from recruiter.budget.models import CaseVerdict
from recruiter.foundation.money import Money
from recruiter.offers import rules, services
from recruiter.offers.approval import approval_services, chain_queries
from recruiter.offers.models import ApprovalChain, ApprovalDecision, Offer, OfferStatus, StandIn
from tests import factories
from tests.acts import act_by
from tests.budget.arranging import ground as ground_of_case
from tests.budget.arranging import submitted as submitted_case
from tests.offers import arranging, chaining

PASSWORD = "five green bottles standing"


@pytest.fixture
def ada(session, people, now):
    return factories.finalists(session, people, now, factories.requisition(session, people, now))[0]


@pytest.fixture
def sent(session, people, now, ada):
    """An offer that waits for Arne and Bea, in that order."""
    bea = chaining.approver(session, "bea", now)
    chaining.chain(session, people, now, [("HR", 1, [people.arne])], [("Finance", 1, [bea])], name="Two steps")
    offer = arranging.offer(session, people, ada, now, to="pending")
    session.commit()
    return offer


def _fresh(session, kind, number):
    session.expire_all()
    return session.get(kind, number)


def test_an_approver_answers_on_one_page_and_the_chain_goes_on(session, browse, sent):
    arne = browse("arne")
    page = arne.get(f"/offers/{sent.id}/approval").get_data(as_text=True)
    assert "EUR 75,000" in page
    assert "Two steps" in page
    assert "Approve" in page
    answer = arne.post(
        f"/offers/{sent.id}/approval", data={"decision": "approved", "back": "phone", "terms_version": "1"}
    )
    assert answer.status_code == 303
    assert answer.location == f"/offers/{sent.id}/approval"
    assert "waits for Finance" in arne.get(answer.location).get_data(as_text=True) or "answered already" in arne.get(
        answer.location
    ).get_data(as_text=True)
    assert _fresh(session, Offer, sent.id).status == OfferStatus.PENDING_APPROVAL


@pytest.mark.parametrize("decision", ["refused", "question", "", "maybe"])
def test_an_answer_without_words_comes_back_with_the_page_it_came_from(session, browse, sent, decision):
    answer = browse("arne").post(f"/offers/{sent.id}/approval", data={"decision": decision, "back": "phone"})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "What is asked" in text
    assert "There is a problem" in text
    assert _fresh(session, Offer, sent.id).approvals == []


def test_a_question_leaves_the_offer_waiting(session, browse, sent):
    given = {"decision": "question", "comment": "Why now?", "back": "phone", "terms_version": "1"}
    assert browse("arne").post(f"/offers/{sent.id}/approval", data=given).status_code == 303
    offer = _fresh(session, Offer, sent.id)
    assert (offer.status, offer.approvals[0].decision) == (OfferStatus.PENDING_APPROVAL, ApprovalDecision.QUESTION)
    assert "Why now?" in browse("ruth").get(f"/offers/{sent.id}").get_data(as_text=True)


def test_whoever_asked_reads_the_answer_beside_the_decision(session, browse, sent):
    arne, ruth, number = browse("arne"), browse("ruth"), sent.id
    session.rollback()  # a read that stays open would hold the answers up
    arne.post(f"/offers/{number}/approval", data={"decision": "question", "comment": "Why now?", "terms_version": "1"})
    version = re.search(r'name="version" value="(\d+)"', ruth.get(f"/offers/{number}").text)[1]
    given = {"answer": "Because two others wait.", "version": version}
    assert ruth.post(f"/offers/{number}/answer", data=given).status_code == 303
    decision = arne.get(f"/offers/{number}").text.split('id="decide"', 1)[1].split("</section>", 1)[0]
    assert "You asked a question" in decision
    assert "Because two others wait." in decision
    assert "EUR 75,000 a year" in decision


def test_an_answer_on_terms_that_have_changed_is_refused(session, people, browse, sent, now):
    old = sent.version
    terms = rules.terms_of(sent).__class__(base=Money(7_700_000, "EUR"))
    services.change(session, offer=sent, terms=terms, act=act_by(people.ruth, now=now))
    arranging.submit(session, people, sent, now)
    session.commit()
    given = {"decision": "approved", "back": "phone", "version": str(old)}
    answer = browse("arne").post(f"/offers/{sent.id}/approval", data=given)
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "EUR 75,000" in text  # before, beside
    assert "EUR 77,000" in text  # what stands now
    assert _fresh(session, Offer, sent.id).approvals == []
    first = browse("arne").get(f"/offers/{sent.id}/approval").get_data(as_text=True)
    assert "What changed" not in first  # a first look has nothing to compare with


@pytest.mark.parametrize("back", [{"back": "phone"}, {}])
def test_a_stale_decision_tells_what_changed_and_keeps_the_comment(session, people, browse, sent, now, back):
    page = browse("arne").get(f"/offers/{sent.id}/approval" if back else f"/offers/{sent.id}").text
    seen = re.search(r'name="terms_version" value="([\d.]+)"', page)[1]
    terms = rules.terms_of(sent).__class__(base=Money(7_700_000, "EUR"))
    services.change(session, offer=sent, terms=terms, act=act_by(people.ruth, now=now))
    arranging.submit(session, people, sent, now)
    session.commit()
    given = {"decision": "approved", "comment": "Fine with me", "terms_version": seen, **back}
    answer = browse("arne").post(f"/offers/{sent.id}/approval", data=given)
    assert answer.status_code == 409
    assert "Ruth changed the terms at 09:30: Base EUR 75,000 became EUR 77,000" in answer.text
    assert "Fine with me" in answer.text
    assert 'name="terms_version" value="2"' in answer.text  # sent again, it is on what stands now
    assert _fresh(session, Offer, sent.id).approvals == []
    unnamed = browse("arne").post(f"/offers/{sent.id}/approval", data={"decision": "approved", **back})
    assert unnamed.status_code == 428
    assert _fresh(session, Offer, sent.id).approvals == []


def test_a_changed_date_is_told_before_the_approval(session, people, browse, sent, now):
    terms = dataclasses.replace(rules.terms_of(sent), start_on=dt.date(2027, 2, 1))
    services.change(session, offer=sent, terms=terms, act=act_by(people.ruth, now=now))
    session.commit()
    given = {"decision": "approved", "terms_version": "1"}
    answer = browse("arne").post(f"/offers/{sent.id}/approval", data=given)
    assert answer.status_code == 409
    assert "Start Not set became " in answer.text
    assert browse("arne").post(f"/offers/{sent.id}/approval", data={**given, "terms_version": "1.1"}).status_code == 303


def test_versions_stand_side_by_side_since_the_last_look(session, people, browse, ada, now):
    offer = arranging.offer(session, people, ada, now, to="approved")
    for base in (7_600_000, 7_900_000):
        terms = rules.terms_of(offer).__class__(base=Money(base, "EUR"))
        services.change(session, offer=offer, terms=terms, act=act_by(people.ruth, now=now))
    arranging.submit(session, people, offer, now)
    session.commit()
    text = browse("arne").get(f"/offers/{offer.id}/approval").get_data(as_text=True)
    assert "What changed since you decided" in text
    assert "version 1" in text
    assert "EUR 75,000" in text
    assert "EUR 76,000" not in text  # the approver never looked at the one between
    assert "EUR 79,000" in text


def test_whose_turn_it_is_not_sees_why_and_today_leaves_it_out(session, people, browse, sent, now):
    approval_services.approve(
        session, offer=sent, decision=ApprovalDecision.APPROVED, comment="", act=act_by(people.arne, now=now)
    )
    session.commit()
    arne = browse("arne")
    assert "Read and decide" not in arne.get("/").get_data(as_text=True)
    assert "answered already" not in arne.get(f"/offers/{sent.id}").get_data(as_text=True)
    answer = arne.post(f"/offers/{sent.id}/approval", data={"decision": "approved"})
    assert answer.status_code == 409


@pytest.mark.parametrize("first", ["arne", "bea"])
def test_a_case_is_on_today_for_whose_turn_it_is_and_on_the_list_for_all_of_the_chain(
    session, people, browse, now, first
):
    bea = chaining.approver(session, "bea", now)
    steps = (
        [("One", 1, [people.arne if first == "arne" else bea])],
        [("Two", 1, [bea if first == "arne" else people.arne])],
    )
    chaining.chain(session, people, now, *steps)
    case = submitted_case(session, people, now, ground_of_case(session, people, now))
    arne = browse("arne")
    assert (case.number in arne.get("/").get_data(as_text=True)) is (first == "arne")
    assert case.number in arne.get("/cases").get_data(as_text=True)
    if first == "bea":
        verdict = CaseVerdict.APPROVED
        decision_services.decide(
            session, case=case, verdict=verdict, amount=None, comment="Fine", act=act_by(bea, now=now)
        )
        session.commit()
        assert case.number in arne.get("/").get_data(as_text=True)


def test_an_approver_outside_the_chain_sees_nothing_of_it(session, people, browse, api, ada, now):
    bea = chaining.approver(session, "bea", now)
    chaining.chain(session, people, now, [("Finance", 1, [bea])])
    offer = arranging.offer(session, people, ada, now, to="draft")
    case = cases.open_case(
        session, offer=offer, ask=Money(9_500_000, "EUR"), needed_by=now.date(), act=act_by(people.ruth, now=now) )  # fmt: skip
    text = {"candidate": "Designed the ledger.", "alternatives": "The second choice is out in May."}
    cases.write(
        session,
        case=case,
        change=cases.CaseChange(text),
        act=act_by(people.ruth, now=now),
    )
    cases.submit(session, case=case, act=act_by(people.ruth, now=now))
    arranging.submit(session, people, offer, now)
    session.commit()
    arne = browse("arne")
    for path in (
        f"/offers/{offer.id}",
        f"/offers/{offer.id}/approval",
        f"/cases/{case.id}",
        f"/cases/{case.id}/document",
    ):
        assert arne.get(path).status_code == 404
    for path in ("/cases", "/"):
        assert case.number not in arne.get(path).get_data(as_text=True)
    assert api.arne.call("GET", "/api/v1/budget-cases").json["items"] == []
    assert api.arne.call("GET", f"/api/v1/offers/{offer.id}").status_code == 404
    assert [item["number"] for item in api.ruth.call("GET", "/api/v1/budget-cases").json["items"]] == [case.number]


CHAIN = {
    "name": "Above five", "for_offers": "y", "for_cases": "y", "from_percent": "5", "answer_days": "3",
    "groups-0-step": "1", "groups-0-name": "HR", "groups-0-needed": "1",
    "groups-1-step": "2", "groups-1-name": "Finance", "groups-1-needed": "1", "groups-2-name": "",
}  # fmt: skip


def test_an_administrator_makes_changes_and_retires_a_chain(session, people, browse):
    anja = browse("anja")
    assert "one approver decides" in anja.get("/settings/approvals").get_data(as_text=True)
    assert anja.get("/settings/approvals/new").status_code == 200
    given = {**CHAIN, "groups-1-members": [str(people.arne.id)]}
    assert anja.post("/settings/approvals/new", data=given).status_code == 303
    made = session.scalars(select(ApprovalChain)).one()
    assert (made.from_percent, made.answer_days) == (500, 3)
    assert [(g.step, g.name, g.needed, [s.user_id for s in g.seats]) for g in made.groups] == [
        (1, "HR", 1, []),
        (2, "Finance", 1, [people.arne.id]),
    ]
    number, version = made.id, made.version
    session.rollback()  # lets go of what was read, so that the pages can write
    text = anja.get("/settings/approvals").get_data(as_text=True)
    assert "from 5% above the band" in text
    assert "Finance: 1 of 1 (Arne)" in text
    page = anja.get(f"/settings/approvals/{number}").get_data(as_text=True)
    assert 'value="Finance"' in page
    changed = {**given, "name": "Above seven", "from_percent": "7.5", "version": str(version)}
    assert anja.post(f"/settings/approvals/{number}", data=changed).status_code == 303
    assert _fresh(session, ApprovalChain, number).from_percent == 750
    session.rollback()
    assert anja.post(f"/settings/approvals/{number}", data=changed).status_code == 409  # that version is gone
    assert anja.post(f"/settings/approvals/{number}/retirement").status_code == 303
    assert _fresh(session, ApprovalChain, number).retired_at is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"from_percent": "much"},
        {"from_percent": "NaN"},
        {"from_percent": "1e9"},
        {"from_percent": "5.123"},
        {"from_amount": "10,000", "currency": "EURO"},
        {"from_amount": "ten", "currency": "EUR"},
        {"answer_days": "soon"},
        {"answer_days": "0"},
        {"groups-0-step": "one"},
        {"groups-0-needed": "9"},
        {"groups-0-name": "", "groups-1-name": ""},
        {"for_offers": "", "for_cases": ""},
        {"groups-1-members": ["1"]},
        {"groups-1-members": ["99999"]},
    ],
)
def test_a_chain_that_makes_no_sense_comes_back_with_what_was_typed(session, browse, wrong):
    answer = browse("anja").post("/settings/approvals/new", data={**CHAIN, **wrong})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "There is a problem" in text
    assert "groups-1-name" in text
    assert session.scalars(select(ApprovalChain)).all() == []


def test_an_approver_names_who_stands_in_and_ends_it(session, people, browse, now):
    bea = chaining.approver(session, "bea", now)
    session.commit()
    arne, today = browse("arne"), now.date().isoformat()
    given = {"user": str(people.arne.id), "deputy": str(bea.id), "from_on": today, "until_on": today}
    session.rollback()
    assert arne.get("/settings/stand-ins").status_code == 200
    assert arne.post("/settings/stand-ins", data=given).status_code == 303
    number = session.scalars(select(StandIn.id)).one()
    session.rollback()
    assert "answers for" in arne.get("/settings/stand-ins").get_data(as_text=True)
    turned = {**given, "user": given["deputy"], "deputy": given["user"]}
    assert arne.post("/settings/stand-ins", data=turned).status_code == 422  # nobody names themselves for another
    assert arne.post("/settings/stand-ins", data={**given, "until_on": "2026-11-01"}).status_code == 422
    assert arne.post(f"/settings/stand-ins/{number}/end").status_code == 303
    assert _fresh(session, StandIn, number).ended_at is not None


def test_the_offer_in_json_tells_how_far_its_chain_has_come(api, sent):
    page = api.arne.call("GET", f"/api/v1/offers/{sent.id}").json["chain"]
    assert (page["name"], page["present_step"], page["answer_by"]) == ("Two steps", 1, "2026-11-21T00:00:00Z")
    assert page["steps"][0]["groups"] == [{"name": "HR", "needed": 1, "of": 1, "approved": 0}]
    answer = api.arne.call(
        "POST", f"/api/v1/offers/{sent.id}/approval", {"decision": "approved", "terms_version": 1}
    ).json
    assert (answer["status"], answer["chain"]["present_step"]) == ("pending_approval", 2)
    assert answer["approvals"][0]["group"] == "HR"
    again = api.arne.call("POST", f"/api/v1/offers/{sent.id}/approval", {"terms_version": 1})
    assert again.status_code == 409


def test_a_promotion_is_taken_back_by_its_answer_and_by_the_page(api, browse, session, people, now, ada):
    arranging.offer(session, people, ada, now, to="accepted")
    session.commit()
    given = {"reason": "accepted_counter_offer", "phase": "accepted"}
    key = ada.requisition.key
    done = api.ruth.call("POST", f"/api/v1/requisitions/{key}/promotion", given).json
    assert api.rolf.call("POST", f"/api/v1/undo/{done['undo']}").status_code == 404
    assert api.ruth.call("POST", f"/api/v1/undo/{done['undo']}").status_code == 200
    assert api.ruth.call("GET", f"/api/v1/applications/{ada.id}").json["status"] == "active"
    assert api.ruth.call("POST", f"/api/v1/undo/{done['undo']}").status_code == 409
    ruth = browse("ruth")
    assert "Take the promotion back" not in ruth.get(f"/requisitions/{key}/promote").get_data(as_text=True)
    again = api.ruth.call("POST", f"/api/v1/requisitions/{key}/promotion", given).json
    page = ruth.get(f"/offers/{again['offer']['id']}").get_data(as_text=True)
    assert "Take the promotion back" in page
    assert ruth.post(f"/requisitions/{key}/promotion/undo").status_code == 303
    assert api.ruth.call("GET", f"/api/v1/applications/{ada.id}").json["status"] == "active"
    assert ruth.post(f"/requisitions/{key}/promotion/undo").status_code == 409


def test_who_only_asked_or_answered_is_not_said_to_have_decided(session, people, browse, sent, now):
    approval_services.approve(
        session, offer=sent, decision=ApprovalDecision.QUESTION, comment="Why?", act=act_by(people.arne, now=now)
    )
    approval_services.answer_question(session, offer=sent, answer="A rare skill", act=act_by(people.ruth, now=now))
    terms = rules.terms_of(sent).__class__(base=Money(7_700_000, "EUR"))
    services.change(session, offer=sent, terms=terms, act=act_by(people.ruth, now=now))
    arranging.submit(session, people, sent, now)
    session.commit()
    question = browse("arne").get(f"/offers/{sent.id}/approval").get_data(as_text=True)
    assert "What changed since you asked" in question
    assert "You asked about" in question
    assert "no longer counts" not in question  # a question never counted
    answered = browse("ruth").get(f"/offers/{sent.id}").get_data(as_text=True)
    assert "Side by side" in answered
    assert "You decided on" not in answered


def test_an_approval_that_a_change_voided_says_so_on_the_phone_too(session, people, browse, ada, now):
    offer = arranging.offer(session, people, ada, now, to="approved")
    terms = rules.terms_of(offer).__class__(base=Money(7_600_000, "EUR"))
    services.change(session, offer=offer, terms=terms, act=act_by(people.ruth, now=now))
    arranging.submit(session, people, offer, now)
    session.commit()
    text = browse("arne").get(f"/offers/{offer.id}/approval").get_data(as_text=True)
    assert "no longer counts, the pay has changed" in text


def test_an_approver_is_told_where_there_is_no_band_to_measure_by(session, people, browse, now):
    bare = factories.requisition(session, people, now, band=None)
    offer = arranging.offer(session, people, factories.finalists(session, people, now, bare)[0], now, to="pending")
    session.commit()
    text = browse("arne").get(f"/offers/{offer.id}/approval").get_data(as_text=True)
    assert "no approved band to measure the offer by" in text
    assert "Within the approved band" not in text


def test_a_second_tab_says_what_its_reader_decided(browse, session, people, now, sent):
    """While it waits for the next step, and once all have approved."""
    arranging.approve(session, people, sent, now)
    session.commit()
    page = browse("arne").get(f"/offers/{sent.id}/approval").get_data(as_text=True)
    assert "You have approved this already. It waits for" in page
    bea = chain_queries.awaited_approvers(session, sent, on=now.date())[0]
    arranging.approve(session, people, sent, now, by=bea)
    session.commit()
    page = browse("arne").get(f"/offers/{sent.id}/approval").get_data(as_text=True)
    assert "You approved it at 09:30. This offer is approved." in page

"""The typed facts on the page of a case, and the register of exceptions: kept, checked, shown to who may see pay."""

import datetime as dt
import re

import pytest

from recruiter.budget.models import CaseVerdict
from recruiter.offers.models import OfferStatus
from tests.budget import arranging
from tests.web.test_case_pages import form_of, sound, stored, text


@pytest.fixture
def case(session, people, now):
    return arranging.opened(session, people, now, arranging.ground(session, people, now))


def approved(session, people, now, status=OfferStatus.ACCEPTED):
    offer = arranging.ground(session, people, now, names=("Ada <i> Ferreira", "Bela Novak"))
    made = arranging.submitted(session, people, now, offer)
    arranging.decided(session, people, now, made)
    offer.status, offer.accepted_at = status, now
    session.commit()
    return made


def test_facts_are_kept_as_they_were_typed_and_stand_in_the_case(browse, session, case):
    client = browse("ruth")
    page = text(client.get(f"/cases/{case.id}"))
    sound(page)
    sent = form_of(page) | {
        "fact_kind": "market_moved", "fact_budget_line": "=Cost <4100>", "fact_on_cost": "23", "fact_milestone1": "Ledger",
        "fact_milestone1_owner": "Hana", "fact_milestone1_due": "2026-12-01", "fact_milestone1_week": "1,250.50", "fact_why_wait": "The date is Friday",
    }  # fmt: skip
    assert client.post(f"/cases/{case.id}", data=sent).status_code == 303
    facts = {key: value for key, value in stored(session, case).texts.items() if key.startswith("fact:")}
    assert facts["fact:milestone1_week"] == "125050"
    assert facts["fact:kind"] == "market_moved"
    page = text(client.get(f"/cases/{case.id}"))
    sound(page)
    assert 'value="1,250.50"' in page
    assert '<option selected value="market_moved">' in page
    assert "Budget line: =Cost &lt;4100&gt;." in page
    assert "as Hana puts it" in page
    assert client.post(f"/cases/{case.id}", data=form_of(page) | {"fact_kind": "", "fact_budget_line": ""}).status_code == 303  # fmt: skip
    assert "fact:kind" not in stored(session, case).texts


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [("fact_on_cost", "many", "whole number between 0 and 200"), ("fact_milestone1_due", "soon", "Enter a date"), ("fact_milestone1_week", "a lot", "Enter the amount as a number"),
     ("fact_kind", "whim", "Choose one of"), ("fact_equity_year", "-1", "Give a whole number"), ("fact_why_wait", "x" * 2001, "Use at most 2,000 characters"), ("fact_budget_line", "x" * 201, "Use at most 200 characters")],
)  # fmt: skip
def test_a_mistake_in_a_fact_stands_at_its_field_and_loses_nothing(browse, session, case, field, value, message):
    client = browse("ruth")
    sent = form_of(text(client.get(f"/cases/{case.id}"))) | {"fact_why_level": "Typed & kept", field: value}
    answer = client.post(f"/cases/{case.id}", data=sent)
    page = text(answer)
    assert answer.status_code == 422
    assert message in page
    assert f'href="#{field}"' in page
    assert "Typed &amp; kept" in page
    assert stored(session, case).texts == {}


def test_quotes_are_ticked_and_unticked_and_dissent_is_answered(browse, session, people, now, case):
    talk = arranging.panel(session, people, now, case.offer.application, "xenia", hours=40)
    arranging.card(session, talk, people.xenia, now, rating=2, overall=1)
    session.commit()
    client = browse("ruth")
    page = text(client.get(f"/cases/{case.id}"))
    sound(page)
    boxes = re.findall(r'name="quote" value="(\d+)"', page)
    answer_name = re.search(r'name="(fact_dissent_\d+)"', page)[1]
    assert "Xenia, who recommends “strong no”" in page
    sent = form_of(page) | {"quote": boxes[:2], answer_name: "Seen again on 3 Nov."}
    assert client.post(f"/cases/{case.id}", data=sent).status_code == 303
    assert stored(session, case).texts["fact:quotes"] == ",".join(boxes[:2])
    page = text(client.get(f"/cases/{case.id}"))
    assert page.count('name="quote"') - page.count(" checked>") == len(boxes) - 2
    assert "who recommends against: Seen again on 3 Nov." in page
    sent = {key: value for key, value in form_of(page).items() if key != "quote"}
    assert client.post(f"/cases/{case.id}", data=sent).status_code == 303
    assert "fact:quotes" not in stored(session, case).texts


def test_words_that_have_no_place_are_found_in_facts_too(browse, session, case):
    client = browse("ruth")
    sent = form_of(text(client.get(f"/cases/{case.id}"))) | {"fact_why_wait": "She takes the train for two hours"}
    assert client.post(f"/cases/{case.id}", data={**sent, "act": "submit"}).status_code == 422
    assert stored(session, case).status == "draft"
    page = text(client.get(f"/cases/{case.id}"))
    assert "Words to take out" in page
    assert "takes the train" in page


def test_who_owes_a_card_is_offered_no_words_of_others(browse, session, people, now, case):
    arranging.panel(session, people, now, case.offer.application, "hana")
    session.commit()
    page = text(browse("hana").get(f"/cases/{case.id}"))
    assert 'name="quote"' not in page
    assert "fact_why_runner_up" not in page
    assert "fact_on_cost" in page


def test_the_register_and_its_csv(browse, session, people, now):
    client = browse("ruth")
    assert "No case has been decided yet" in text(client.get("/cases/register"))
    for days in (300, 20, 1):
        approved(session, people, now - dt.timedelta(days=days))
    page = text(client.get("/cases/register"))
    sound(page)
    assert "Third exception in 12 months: review the band." in page
    assert "L5, Engineering" in page
    assert "EUR 92,000" in page
    assert "Ada" not in page.replace("move Ada to Interview", "")  # the hint of the palette names nobody real
    answer = client.get("/cases/register.csv")
    lines = text(answer).lstrip("\ufeff").strip().splitlines()
    assert len(lines) == 4
    assert lines[1].startswith(
        'BC-2026-003,"L5, Engineering",Senior Backend Engineer,Hana,EUR,85000.00,92000.00,92000.00,'
    )
    assert 'href="/cases/register"' in text(client.get("/cases"))


def test_without_sight_of_pay_the_register_holds_nothing(browse, session, people, now):
    approved(session, people, now)
    assert "EUR" not in text(browse("rolf").get("/cases/register"))
    assert "92000" not in text(browse("rolf").get("/cases/register.csv"))
    assert browse("ines").get("/cases/register").status_code == 404
    assert "EUR 92,000" in text(browse("arne").get("/cases/register"))
    assert "Has left?" not in text(browse("arne").get("/cases/register"))


def test_a_departure_is_recorded_once(browse, session, people, now):
    case = approved(session, people, now)
    client, path = browse("ruth"), f"/cases/{case.id}/departure"
    for wrong in ("", "soon", "2026-11-17", "2027-01-01"):
        answer = client.post(path, data={"left_on": wrong})
        assert answer.status_code == 422
        assert f'href="#left-{case.id}"' in text(answer)
        sound(text(answer))
    assert browse("arne").post(path, data={"left_on": "2026-11-18"}).status_code == 403
    assert browse("henk").post(path, data={"left_on": "2026-11-18"}).status_code == 404
    assert client.post(path, data={"left_on": "2026-11-18"}).status_code == 303
    assert "Left within a year" in text(client.get("/cases/register"))
    assert client.post(path, data={"left_on": "2026-11-18"}).status_code == 409


def test_the_api_tells_the_register_and_takes_facts(session, people, now, api, case):
    answer = api.ruth.patch(f"/budget-cases/{case.id}", {"facts": {"on_cost": "25", "budget_line": "4100"}})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    ask = next(section for section in answer.get_json()["sections"] if section["name"] == "ask")
    assert "25 % of pay (set by the writer)" in str(ask["evidence"])
    bad = api.ruth.patch(f"/budget-cases/{case.id}", {"facts": {"on_cost": "x"}})
    assert bad.status_code == 422
    assert "facts.on_cost" in bad.get_json()["errors"]
    made = approved(session, people, now)
    register = api.ruth.get("/budget-cases/register").get_json()
    assert register["items"][0]["number"] == made.number
    assert register["by_band"][0] == {"name": "L5, Engineering", "granted": 1, "granted_in_12_months": 1, "refused": 0, "accepted": 1, "review": False}  # fmt: skip
    assert api.rolf.get("/budget-cases/register").get_json()["items"] == []
    departure = api.ruth.post(f"/budget-cases/{made.id}/departure", {"left_on": "2026-11-18"})
    assert departure.status_code == 201
    assert api.ruth.get("/budget-cases/register").get_json()["became"] == {"Left within a year": 1}
    assert made.decisions[0].decision == CaseVerdict.APPROVED

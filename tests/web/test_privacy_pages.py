"""Pages about a person's data: requests with dates, the copy, the hold, the erasure, keeping times."""

import io
import json
import zipfile

import pytest

from recruiter.accounts.models import Role
from recruiter.candidates.models import Candidate
from recruiter.pipeline.models import Application
from recruiter.privacy.models import DataRequest, Dispute, LegalHold, RequestOutcome, RetentionPeriod
from recruiter.requisitions.models import Requisition
from tests import factories
from tests.sound_page import sound

NAME = "Wilhelmine Grosskopf"


@pytest.fixture
def candidate(session, people, now):
    requisition = factories.requisition(session, people, now)
    made = factories.application(session, people, now, requisition, NAME).candidate
    session.commit()
    return made


def test_a_request_is_recorded_and_ended(browse, session, candidate):
    path, ruth = f"/candidates/{candidate.id}/data", browse("ruth")
    assert "No requests" in sound(ruth.get(path))
    refused = ruth.post(f"{path}-requests", data={"kind": "access", "received_on": "2026-11-19", "details": "By mail"})
    assert refused.status_code == 422
    assert "today or before" in refused.text
    assert "By mail" in refused.text
    done = ruth.post(f"{path}-requests", data={"kind": "access", "received_on": "2026-11-02", "details": "By mail"})
    assert done.status_code == 303
    page = sound(ruth.get(path))
    assert "Access: a copy of their data" in page
    assert "due Wed 2 Dec" in page
    number = session.query(DataRequest.id).scalar()
    session.rollback()
    end = {"request": number, "outcome": "refused", "answer": ""}
    assert ruth.post(f"{path}-requests/end", data=end).status_code == 422
    assert ruth.post(f"{path}-requests/end", data={**end, "answer": "Asked twice"}).status_code == 303
    assert session.query(DataRequest).one().outcome == RequestOutcome.REFUSED
    session.rollback()
    assert ruth.post(f"{path}-requests/end", data={**end, "request": number + 1}).status_code == 404


def test_what_is_disputed_is_marked_settled_and_on_record(browse, session, people, candidate):
    path, ruth = f"/candidates/{candidate.id}/data", browse("ruth")
    request = {"kind": "correction", "received_on": "2026-11-02"}
    assert "Choose what they dispute" in ruth.post(f"{path}-requests", data=request).text
    refused = ruth.post(f"{path}-requests", data={**request, "kind": "access", "disputed": "location"})
    assert "Only a request for correction" in refused.text
    assert ruth.post(f"{path}-requests", data={**request, "disputed": ["location", "other"]}).status_code == 303
    for page in (path, f"/candidates/{candidate.id}"):
        assert "Place" in sound(ruth.get(page))
    assert "disputes: Place and Something else" in ruth.get(f"/candidates/{candidate.id}").text
    application = session.query(Application).one().id
    session.rollback()
    assert "disputes: Place" in sound(ruth.get(f"/applications/{application}"))
    place, other = [row[0] for row in session.query(Dispute.id).order_by(Dispute.id)]
    session.rollback()
    settle, agency = {"dispute": place, "act": "correct", "value": ""}, "Agency Miller"
    answer = ruth.post(f"{path}-requests/settle", data={**settle, "informed_parties": agency})
    assert answer.status_code == 422
    assert agency in answer.text
    assert ruth.post(f"{path}-requests/settle", data={**settle, "value": "Porto"}).status_code == 303
    kept_field = {"dispute": other, "act": "keep", "value": "It is their own letter"}
    assert ruth.post(f"{path}-requests/settle", data=kept_field).status_code == 303
    assert ruth.post(f"{path}-requests/settle", data=kept_field).status_code == 409
    assert ruth.post(f"{path}-requests/settle", data={**kept_field, "dispute": 99}).status_code == 404
    page = sound(ruth.get(path))
    assert "Corrected to" in page
    assert "Why it stays" in page
    assert session.get(Candidate, candidate.id, populate_existing=True).location == "Porto"
    session.rollback()
    assert "disputes:" not in ruth.get(f"/candidates/{candidate.id}").text


def test_only_an_administrator_takes_out_erases_and_holds(browse, candidate):
    base = f"/candidates/{candidate.id}"
    for name in ("ruth", "hana", "ines", "arne"):
        client = browse(name)
        for path in ("data.zip", "erasure", "legal-holds"):
            assert client.post(f"{base}/{path}", data={"sure": "y"}).status_code in {403, 404}
        assert client.get("/settings/retention").status_code in {403, 404}
    assert "Erase their data" not in browse("ruth").get(f"{base}/data").text
    assert browse("hana").get(f"{base}/data").status_code == 404


def test_the_copy_is_a_zip_without_names_of_others(browse, candidate):
    answer = browse("anja").post(f"/candidates/{candidate.id}/data.zip")
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        content = json.loads(archive.read("person.json"))
        paper = archive.read("person.html").decode()
    assert NAME in paper
    assert "Who they are" in paper
    assert "Ruth" not in paper
    assert content["records"]["candidate"]["rows"][0]["name"] == NAME
    assert "Ruth" not in json.dumps(content)


def test_an_erasure_says_what_stays_and_needs_a_tick(browse, session, candidate):
    path, anja = f"/candidates/{candidate.id}/erasure", browse("anja")
    asked_for = {"kind": "access", "received_on": "2026-11-02"}
    anja.post(f"/candidates/{candidate.id}/data-requests", data=asked_for)
    page = sound(anja.get(path))
    assert "Access: a copy of their data (Art. 15): due" in page
    assert "What stays, and why" in page
    assert anja.post(path).status_code == 422
    assert anja.post(path, data={"sure": "y"}).status_code == 303
    assert session.get(Candidate, candidate.id, populate_existing=True).name == f"Erased person {candidate.id}"
    session.rollback()
    assert anja.get(path).status_code == 404
    assert session.query(DataRequest.outcome).scalar() == RequestOutcome.OVERTAKEN
    session.rollback()
    assert NAME not in anja.get("/candidates").text


def test_a_hold_stops_an_erasure_until_it_is_lifted(browse, session, candidate):
    base, anja = f"/candidates/{candidate.id}", browse("anja")
    assert anja.post(f"{base}/legal-holds", data={"reason": "", "until": "2027-11-18"}).status_code == 422
    assert anja.post(f"{base}/legal-holds", data={"reason": "Claim 5", "until": "2027-11-18"}).status_code == 303
    assert "On legal hold until" in sound(anja.get(f"{base}/data"))
    assert "Claim 5" not in browse("ruth").get(f"{base}/data").text
    refused = anja.post(f"{base}/erasure", data={"sure": "y"})
    assert refused.status_code == 409
    assert "On legal hold" in refused.text
    number = session.query(LegalHold.id).scalar()
    session.rollback()
    lift = {"reason": "Settled in court", "sure": "y"}
    assert anja.post(f"{base}/legal-holds/{number + 1}/lift", data=lift).status_code == 404
    assert "1 person" in sound(anja.get(f"{base}/legal-holds/{number}/lift"))
    refused = anja.post(f"{base}/legal-holds/{number}/lift", data={**lift, "sure": ""})
    assert refused.status_code == 422
    assert "Settled in court" in refused.text
    assert anja.post(f"{base}/legal-holds/{number}/lift", data={**lift, "reason": "\u200b"}).status_code == 422
    assert session.query(LegalHold.lifted_at).scalar() is None
    session.rollback()
    assert anja.post(f"{base}/legal-holds/{number}/lift", data=lift).status_code == 303
    assert anja.post(f"{base}/erasure", data={"sure": "y"}).status_code == 303


def test_keeping_times_are_proposed_by_one_and_confirmed_by_another(browse, session, people, candidate):
    session.query(Requisition).update({"location": "Berlin"})
    session.commit()
    anja, path = browse("anja"), "/settings/retention"
    assert "6 months" in sound(anja.get(path))
    asked_for = {"purpose": "unsuccessful", "place": "Berlin", "length": "3"}
    assert anja.post(f"{path}/periods", data={**asked_for, "length": "0"}).status_code == 422
    assert anja.post(f"{path}/periods", data={**asked_for, "length": "x"}).status_code == 422
    unknown = anja.post(f"{path}/periods", data={**asked_for, "place": "Atlantis"})
    assert unknown.status_code == 422
    assert "No requisition is in Atlantis" in unknown.text
    assert anja.post(f"{path}/periods", data=asked_for).status_code == 303
    assert "only administrator" in sound(anja.get(path))
    people.rolf.role = Role.ADMIN
    session.merge(people.rolf)
    session.commit()
    assert "Needs another administrator" in sound(anja.get(path))
    assert "Keeping times to confirm" not in anja.get("/").text
    assert "Candidates who were not hired, Berlin: 3 months" in sound(browse("rolf").get("/"))
    number = session.query(RetentionPeriod.id).scalar()
    session.rollback()
    anja.post(f"{path}/periods/{number}/confirmation")
    assert session.query(RetentionPeriod).one().confirmed_at is None
    session.rollback()
    assert "1 month" not in sound(browse("rolf").get(f"{path}/periods/{number}/confirmation"))
    browse("rolf").post(f"{path}/periods/{number}/confirmation")
    assert session.query(RetentionPeriod).populate_existing().one().confirmed_by_id == people.rolf.id


def test_a_requisition_is_held_by_its_key(browse, session, candidate, count_statements):
    anja, path = browse("anja"), "/settings/retention"
    hold = {"requisition": "nothing", "reason": "Claim", "until": "2027-01-01"}
    assert anja.post(f"{path}/legal-holds", data=hold).status_code == 422
    key = session.query(Requisition.key).scalar()
    session.rollback()
    assert anja.post(f"{path}/legal-holds", data={**hold, "requisition": key.lower()}).status_code == 303
    with count_statements() as seen:
        page = sound(anja.get(path))
    assert key in page
    assert len(seen) <= 22
    assert anja.post(f"/candidates/{candidate.id}/erasure", data={"sure": "y"}).status_code == 409
    number = session.query(LegalHold.id).scalar()
    session.rollback()
    assert anja.post(f"{path}/legal-holds/{number}/lift").status_code == 422
    assert key in sound(anja.get(f"{path}/legal-holds/{number}/lift"))
    lift = {"reason": "Settled", "sure": "y"}
    assert anja.post(f"{path}/legal-holds/{number}/lift", data=lift).status_code == 303


def test_taking_out_and_erasing_ask_who_it_is():
    from recruiter.policy.permissions import Permission

    assert Permission.PERSON_ERASE.step_up
    assert Permission.PERSON_EXPORT.step_up

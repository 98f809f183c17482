"""How somebody came to a requisition, and who brought them."""

import pytest
from sqlalchemy.orm import Session

from recruiter.pipeline.models import Application
from tests import factories
from tests.candidates.test_merging import person


@pytest.fixture
def application(session, people, now):
    made = factories.application(session, people, now, factories.requisition(session, people, now), "Ada Ferreira")
    session.commit()
    return made


def _fresh(session, number):
    with Session(session.get_bind()) as own:
        current = own.get(Application, number)
        return current.source, current.credited_to_id, current.version


def test_source_and_credit_are_recorded_and_shown(browse, session, people, application):
    ruth, path = browse("ruth"), f"/applications/{application.id}/source"
    data = {"source": "  referral <b> ", "credited_to": str(people.igor.id), "version": str(application.version)}
    assert ruth.post(path, data=data).status_code == 303
    page = ruth.get(f"/applications/{application.id}").get_data(as_text=True)
    assert "referral &lt;b&gt;" in page
    assert "brought by" in page
    form = ruth.get(path).get_data(as_text=True)
    assert f'<option value="{people.igor.id}" selected>' in form
    stale = ruth.post(path, data={**data, "source": "Typed meanwhile"})
    assert stale.status_code == 409
    assert "Typed meanwhile" in stale.get_data(as_text=True)
    assert _fresh(session, application.id)[:2] == ("referral <b>", people.igor.id)


@pytest.mark.parametrize("wrong", [{"source": "x" * 121}, {"credited_to": "987654"}, {"credited_to": "x"}])
def test_what_is_wrong_changes_nothing(browse, session, application, wrong):
    before = _fresh(session, application.id)
    data = {"source": "Kept", "version": str(application.version), **wrong}
    answer = browse("ruth").post(f"/applications/{application.id}/source", data=data)
    assert answer.status_code == 422
    assert data["source"] in answer.get_data(as_text=True)
    assert _fresh(session, application.id) == before


@pytest.mark.parametrize(
    ("name", "status"), [("rolf", 200), ("hana", 200), ("henk", 404), ("ines", 404), ("arne", 404)]
)
def test_who_may_change_it(browse, application, name, status):
    assert browse(name).get(f"/applications/{application.id}/source").status_code == status


def test_both_are_entered_with_the_application(browse, session, people, now):
    made = person(session, people, now, "Zoë")
    requisition = factories.requisition(session, people, now)
    session.commit()
    data = {"requisition": str(requisition.id), "source": "event", "credited_to": str(people.xenia.id)}
    answer = browse("ruth").post(f"/candidates/{made.id}/applications", data=data)
    assert answer.status_code == 303
    assert _fresh(session, int(answer.location.rsplit("/", 1)[1]))[:2] == ("event", people.xenia.id)


def test_the_api_takes_and_tells_them_to_those_who_run_the_search(api, session, people, now):
    made = person(session, people, now, "Zoë")
    requisition = factories.requisition(session, people, now)
    session.commit()
    body = {"candidate_id": made.id, "requisition_id": requisition.id, "source": "referral"}
    wrong = api.ruth.post("/applications", {**body, "credited_to": "nobody@example.com"})
    assert wrong.status_code == 422
    assert "credited_to" in wrong.get_json()["errors"]
    right = api.ruth.post("/applications", {**body, "credited_to": "igor@example.com"})
    assert right.status_code == 201
    assert right.get_json()["source"] == "referral"
    assert right.get_json()["credited_to"]["name"] == "Igor"

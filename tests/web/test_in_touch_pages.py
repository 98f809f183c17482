"""Calls after the start, people kept in touch with and their consent, as pages."""

import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.candidates.models import Consent
from recruiter.candidates.records import consent_services
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.records import BenchRelease, Touchpoint
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import StageKind
from tests import factories
from tests.acts import act_by
from tests.offers import arranging

YEAR = dt.timedelta(days=365)


@pytest.fixture
def started(session, people, now):
    """A search whose first choice has started; two finalists wait for their call."""
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition)
    arranging.offer(session, people, slate[0], now, to="accepted")
    hired = next(stage for stage in requisition.stages if stage.kind == StageKind.HIRED)
    services.move(session, application=slate[0], to=hired, act=act_by(people.ruth, now=now))
    session.commit()
    return slate


def _text(answer):
    return answer.get_data(as_text=True)


def test_today_the_list_and_the_bench_lead_to_the_call(browse, started):
    client = browse("ruth")
    for path in ("/", "/keep-warm/calls", f"/applications/{started[1].id}/bench"):
        assert f'href="/applications/{started[1].id}/release"' in _text(client.get(path)), path
    assert "Nobody waits for a call" in _text(browse("henk").get("/keep-warm/calls"))


def test_a_call_is_recorded_once_with_its_consent(browse, session, started, now):
    client, path = browse("ruth"), f"/applications/{started[1].id}/release"
    assert "until 18 November 2027" in _text(client.get(path))
    sent = {"channel": "phone", "feedback": "Strong on design", "answer": "yes", "ends_on": "2027-11-18"}
    answer = client.post(path, data=sent, follow_redirects=True)
    assert "We keep in touch." in _text(answer)
    session.expire_all()
    assert session.get(Application, started[1].id).status == ApplicationStatus.REJECTED
    assert session.query(Consent).count() == session.query(BenchRelease).count() == 1
    session.commit()
    assert client.post(path, data=sent).status_code == 409
    assert "Bela Novak" in _text(client.get("/keep-warm/in-touch"))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"feedback": ""}, "Write which feedback they were given."),
        ({"answer": ""}, "Ask whether we may keep in touch"),
        ({"ends_on": "2026-11-18"}, "Enter the day until which they agree, after today."),
        ({"ends_on": "2030-01-01"}, "At most 24 months."),
        ({"feedback": "   "}, "feedback"),
    ],
)
def test_a_call_that_lacks_something_comes_back_with_what_was_typed(browse, session, started, wrong, message):
    sent = {"channel": "video", "feedback": "Keep <this>", "answer": "yes", "ends_on": "2027-11-18", **wrong}
    answer = browse("ruth").post(f"/applications/{started[1].id}/release", data=sent)
    assert answer.status_code == 422
    assert message in _text(answer)
    if "feedback" not in wrong:
        assert "Keep &lt;this&gt;" in _text(answer)
    assert session.query(BenchRelease).count() == 0


def test_consent_is_asked_kept_and_taken_back_on_the_page_of_a_person(browse, session, started):
    client, home = browse("ruth"), f"/candidates/{started[2].candidate_id}"
    assert f'href="{home}/consent"' in _text(client.get(home))
    sent = {"channel": "phone", "ends_on": "2027-05-01"}
    assert client.post(f"{home}/consent", data=sent).status_code == 422
    assert session.query(Consent).count() == 0  # nothing is agreed to by silence
    session.commit()  # a reader that stays would hold the writer up
    answer = client.post(f"{home}/consent", data={**sent, "said_yes": "y"}, follow_redirects=True)
    assert "Agreed until" in _text(answer)
    consent = session.query(Consent).one()
    assert (consent.application_id, consent.ends_on) == (started[2].id, dt.date(2027, 5, 1))
    session.commit()
    listed = _text(client.get("/keep-warm/in-touch"))
    assert "Chidi Okoro" in listed
    assert "Agreed until Sat 1 May 2027" in listed
    client.post(f"{home}/consent/withdrawal", follow_redirects=True)
    assert "Chidi Okoro" not in _text(client.get("/keep-warm/in-touch"))
    assert client.post(f"{home}/consent/withdrawal").status_code == 409


def test_known_people_are_a_page_of_the_search(browse, session, people, started, now):
    consent_services.record(
        session, subject=started[1].candidate, ends_on=now.date() + YEAR, channel="phone", act=act_by(people.ruth, now=now),
        )  # fmt: skip
    new = factories.requisition(session, people, now)
    session.commit()
    assert "System design, Communication" in _text(browse("ruth").get(f"/requisitions/{new.key}/earlier-finalists"))


@pytest.mark.parametrize("where", ["call", "contact", "message"])
def test_feedback_holds_nothing_protected_wherever_it_is_typed(browse, session, started, where):
    application = started[1]
    feedback = "She was too old and pregnant"
    path, sent = {
        "call": ("release", {"channel": "phone", "answer": "no", "feedback": feedback}),
        "contact": ("touchpoints", {"direction": "to", "channel": "phone", "kind": "feedback", "said": feedback}),
        "message": ("messages", {"subject": "Feedback", "kind": "feedback", "body": feedback}),
    }[where]
    response = browse("ruth").post(f"/applications/{application.id}/{path}", data=sent)
    assert response.status_code == 422
    page = response.get_data(as_text=True)
    assert "never about the person" in page
    assert feedback in page
    session.expire_all()
    assert session.scalars(select(Touchpoint).where(Touchpoint.application_id == application.id)).all() == []


def test_who_thinks_about_it_is_named_with_the_day_of_the_next_call(browse, started):
    sent = {"channel": "phone", "answer": "later", "feedback": "Strong on design"}
    ruth = browse("ruth")
    done = ruth.post(f"/applications/{started[1].id}/release", data=sent, follow_redirects=True)
    assert "They stay under Calls, to be asked again by" in done.get_data(as_text=True)
    assert f'href="/applications/{started[1].id}/release"' in ruth.get("/keep-warm/calls").get_data(as_text=True)

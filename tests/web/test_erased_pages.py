"""Pages on which an erased person was: they open, and name nobody; nothing more is recorded about them."""

import re

import pytest
from sqlalchemy import select

from recruiter.pipeline.models import Application
from recruiter.privacy.erasure import erasure_services
from recruiter.privacy.places import Places
from tests.acts import moment
from tests.budget import arranging
from tests.sound_page import sound

NAME = "Wilhelmine Grosskopf"


@pytest.fixture
def case(app, session, people, now):
    """A submitted case of somebody erased since."""
    offer = arranging.ground(session, people, now, names=(NAME, "Bela Novak", "Chidi Okoro"))
    case = arranging.submitted(session, people, now, offer)
    chosen = app.extensions["recruiter_settings"]
    places = Places(files=chosen.files, outbox=chosen.outbox, instance=chosen.instance, key=chosen.secret_key)
    erasure_services.erase(session, candidate=offer.application.candidate, places=places, act=moment(now))
    session.commit()
    return case


def test_pages_open_and_name_nobody(browse, session, case):
    offer, application = case.offer, case.offer.application
    key = application.requisition.key
    session.rollback()
    ruth = browse("ruth")
    forms = re.compile(r'<form[^>]*?method="post"[^>]*?action="([^"]*)"', re.DOTALL)
    of_them = (f"/applications/{application.id}/", f"/offers/{offer.id}/", f"/candidates/{application.candidate_id}/")
    for path in [
        "/", f"/requisitions/{key}", f"/requisitions/{key}?view=table", f"/requisitions/{key}/finalists", f"/requisitions/{key}/debrief",
        f"/requisitions/{key}/offers", f"/requisitions/{key}/report", f"/applications/{application.id}", f"/applications/{application.id}/offers",
        f"/applications/{application.id}/scorecards", "/candidates", "/keep-warm", "/cases", f"/cases/{case.id}", f"/offers/{offer.id}",
    ]:  # fmt: skip
        answer = ruth.get(path)
        assert answer.status_code in {200, 404}, (path, answer.status_code)
        assert "Wilhelmine" not in answer.text, path
        assert [address for address in forms.findall(answer.text) if address.startswith(of_them)] == [], path
    answer = ruth.get(f"/candidates/{application.candidate_id}")
    assert answer.status_code == 404
    assert "It was erased on 18 November 2026" in sound(answer)
    assert "erased on" not in browse("xenia").get(f"/candidates/{application.candidate_id}").text


def test_nothing_more_is_recorded(api, session, case):
    application = session.scalars(select(Application).where(Application.id == case.offer.application_id)).one()
    number = application.id
    session.rollback()
    for path, body in {
        "touchpoints": {"direction": "to", "channel": "email", "kind": "update", "said": "Hello"},
        "reopening": {"reason": "Back"},
        "promises": {"what": "A call", "due_on": "2026-12-01"},
    }.items():
        answer = api.ruth.post(f"/applications/{number}/{path}", body)
        assert answer.status_code == 409, (path, answer.json)
        assert "erased" in answer.json["detail"]

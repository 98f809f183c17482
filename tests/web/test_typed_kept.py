"""A form that comes too late is shown back to whoever typed it, on the spot and only to a page of this site."""

import pytest

from recruiter.candidates.models import Note
from tests import factories

OWN = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
TEXT = "Called her <b>twice</b>,\nshe is keen"


@pytest.fixture
def path(session, people, now):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    session.commit()
    return f"/applications/{application.id}/notes"


def test_a_note_sent_after_signing_out_is_shown_back_and_not_saved(app, session, path):
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post(path, data={"text": TEXT, "version": "3"}, headers=OWN)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert "Called her &lt;b&gt;twice&lt;/b&gt;,\nshe is keen" in page
    assert "Nothing was saved." in page
    assert ">Version<" not in page
    assert session.query(Note).count() == 0


def test_a_note_whose_page_was_too_old_is_shown_back(app, path):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post(path, data={"text": TEXT, "csrf_token": "CANARY"}, headers=OWN)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "Called her &lt;b&gt;twice" in page
    assert "CANARY" not in page


@pytest.mark.parametrize(
    ("address", "headers", "fields"),
    [
        (None, {}, {"text": "CANARY"}),
        (None, {**OWN, "Sec-Fetch-Site": "cross-site"}, {"text": "CANARY"}),
        (None, {**OWN, "Sec-Fetch-Mode": "cors"}, {"text": "CANARY"}),
        (None, OWN, {"password": "CANARY"}),
        ("/sign-in", OWN, {"email": "CANARY", "password": "CANARY"}),
    ],
)
def test_nothing_is_shown_to_another_site_and_no_secret_at_all(app, path, address, headers, fields):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post(address or path, data=fields, headers=headers)
    assert answer.status_code == 400
    assert "CANARY" not in answer.get_data(as_text=True)


def test_only_what_was_typed_is_shown_back_under_words(app, path):
    app.config["WTF_CSRF_ENABLED"] = True
    sent = {"evidence_249": TEXT, "send": "yes", "back": "/requisitions"}
    page = app.test_client().post(path, data=sent, headers=OWN).get_data(as_text=True)
    assert ">Evidence<" in page
    assert "249" not in page
    assert ">Send<" not in page
    assert ">Back<" not in page

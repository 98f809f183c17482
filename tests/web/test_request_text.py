"""No text of a request reaches a query or a row with what no database takes, at any address, in any place, on either engine."""

import io
import re

import pytest
from flask import request
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from recruiter.accounts.models import FailedSignIn, IdempotentAnswer
from recruiter.candidates.models import Candidate
from recruiter.foundation.storable_text import is_storable
from tests import factories

ANY = st.text(st.characters(codec="utf-8"), max_size=20)
NAME = st.text(st.characters(codec="utf-8", exclude_characters='\r\n"\\'), min_size=1, max_size=20)
SURROGATE, NUL = "\ud800", "\0"


def _addresses(app, *, fill):
    """Every address of pages and API; what they take as text is filled in."""
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name in rule.arguments:
            converter = rule._converters[name]
            value = "1" if type(converter).__name__ == "IntegerConverter" else fill
            path = path.replace(f"<int:{name}>", value).replace(f"<path:{name}>", value).replace(f"<{name}>", value)
        yield rule, path.replace("<", "").replace(">", "")


@pytest.fixture(scope="module")
def session_app(_app):
    """The application, for examples that need no database."""
    return _app


def test_every_address_refuses_a_control_character_in_its_path_and_in_its_query(app, browse, api):
    page, places = browse("ruth"), 0
    for rule, path in _addresses(app, fill="a%00"):
        method = "GET" if "GET" in rule.methods else next(iter(rule.methods - {"OPTIONS", "HEAD"}))
        wrong_query = path.replace("%00", "") + "?stage=a%00&%00=1"
        for client in (page, api.ruth.client):
            assert client.open(wrong_query, method=method).status_code == 400, rule
            places += 1
            if "%00" in path:
                assert client.open(path, method=method).status_code == 404, rule
                places += 1
    assert places > 500


@pytest.mark.parametrize("path", ["/requisitions/%00", "/requisitions?stage=a%00", "/search?q=%00", "/nothing%7f"])
def test_the_refusal_is_a_page_with_a_sentence(browse, path):
    answer = browse("ruth").get(path)
    assert answer.status_code in {400, 404}
    assert "<h1" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "name", ["Idempotency-Key", "Authorization", "If-Match", "User-Agent", "X-Forwarded-For", "Referer"]
)
def test_a_header_with_a_control_character_is_refused(api, session, name):
    answer = api.ruth.post("/candidates", {"name": "Ada", "emails": ["a@example.com"]}, headers={name: "a\0b"})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert name in answer.get_json()["detail"]
    assert session.scalars(select(IdempotentAnswer)).all() == []


def test_a_header_in_utf_8_is_taken(api):
    assert (
        api.ruth.get(
            "/me", headers={"User-Agent": "Zo\u00eb\u2019s \u2013 \u674e".encode().decode("latin-1")}
        ).status_code
        == 200
    )


@settings(max_examples=40)
@given(st.dictionaries(NAME, ANY, max_size=4), NAME, st.booleans())
def test_a_form_is_clean_when_it_is_read(session_app, fields, file_name, multipart):
    data = dict(fields)
    if multipart:
        data["upload"] = (io.BytesIO(b"a\0b"), f"x{file_name}")
    with session_app.test_request_context("/", method="POST", data=data):
        texts = [text for pair in request.form.items(multi=True) for text in pair]
        texts += [text for name, file in request.files.items(multi=True) for text in (name, file.filename)]
        assert all(is_storable(text or "") for text in texts)
        assert [file.read() for file in request.files.values()] in ([b"a\0b"] * multipart, [])


def test_a_sign_in_with_nul_is_remembered_as_any_other(app, session):
    client = app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in").get_data(as_text=True))[1]
    answer = client.post("/sign-in", data={"csrf_token": token, "email": "a\0\x01@example.com", "password": "b\0"})
    assert answer.status_code == 422
    assert [row.email_key for row in session.scalars(select(FailedSignIn))] == ["a@example.com"]


@pytest.mark.parametrize("sign", [NUL, SURROGATE, "\x1b", "\x85", "\uffff"], ids=ascii)
def test_json_is_taken_without_what_no_database_takes(api, session, people, sign):
    body = {
        "name": f"Ada{sign}", "emails": [f"ad{sign}a@example.com"], "tags": [f"{sign}x"], "links": [f"https://a.example/{sign}"],
        "headline": sign,
    }  # fmt: skip
    answer = api.ruth.post("/candidates", body)
    assert answer.status_code == 201, answer.get_json()
    candidate = session.scalars(select(Candidate)).one()
    assert (candidate.name, candidate.tags, candidate.headline) == ("Ada", ["x"], "")
    opened = {
        "title": f"Engineer{sign}", "hiring_manager": f"ha{sign}na@example.com",
        "band": {"min": 1, "max": 2, "currency": f"EUR{sign}"}, "stages": [{"name": f"{sign}Final", "kind": f"final{sign}"}],
    }  # fmt: skip
    assert api.ruth.post("/requisitions", opened).status_code in {201, 422}


def test_a_key_that_is_given_twice_once_it_is_clean_is_refused(api):
    answer = api.ruth.post("/candidates", data='{"name": "A", "name\\u0000": "B"}', content_type="application/json")
    assert answer.status_code == 400


def test_a_note_typed_with_nul_is_kept_without_it(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.finalists(session, people, now, requisition)[0]
    session.commit()
    answer = browse("ruth").post(
        f"/applications/{application.id}/notes", data={"text": "Rang\0 twice\x07", "how": "note"}
    )
    assert answer.status_code < 500

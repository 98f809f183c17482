"""An Idempotency-Key stands for what a request says: its parsed fields and each file, whatever their bytes look like."""

from __future__ import annotations

import io

import pytest

from recruiter.candidates.models import Attachment
from recruiter.exchange.models import ImportBatch
from tests import factories
from tests.api.test_imports import FILES, zipped

KEY = {"Idempotency-Key": "k1"}
USED = "This Idempotency-Key was used for another request. Use a new key for a new request."
OTHER = {**FILES, "decisions.csv": FILES["decisions.csv"] + "later,x,2026-01-01,0\n"}


@pytest.fixture
def ada(session, people, now):
    made = factories.application(session, people, now, factories.requisition(session, people, now))
    session.commit()
    return made


FORMS = {
    "import": ("/imports", zipped(FILES), zipped(OTHER), {"dry_run": "true"}, {"dry_run": "false"}, ImportBatch),
    "file of a candidate": ("/candidates/{ada.candidate_id}/files", b"a plain text", b"another text", {"kind": "resume"}, {"kind": "other"}, Attachment),
    "file of an application": ("/applications/{ada.id}/files", b"a plain text", b"another text", {"kind": "resume"}, {"kind": "other"}, Attachment),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_known_again_by_its_fields_and_the_bytes_of_its_files(api, session, ada, form):
    path, content, other, fields, changed, kind = FORMS[form]

    def send(data, given, name):
        body = {"file": (io.BytesIO(data), name), **given}  # the boundary is another one each time
        return api.ruth.call("POST", path.format(ada=ada), data=body, content_type="multipart/form-data", headers=KEY)

    name = "h.zip" if form == "import" else "h.txt"
    session.rollback()
    first = send(content, fields, name)
    assert first.status_code == 201, first.get_json()
    again = send(content, dict(reversed(fields.items())), name)
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    for data, given, called in ((other, fields, name), (content, changed, name), (content, fields, "g" + name)):
        refused = send(data, given, called)
        assert (refused.status_code, refused.get_json()["detail"]) == (422, USED)
    assert session.query(kind).count() == 1


def test_a_json_body_is_known_again_in_any_order_of_its_keys(api):
    def send(text):
        return api.ruth.call("POST", "/candidates", data=text, content_type="application/json", headers=KEY)

    first = send('{"name": "Ada", "emails": ["ada@example.com"]}')
    again = send('{ "emails": ["ada@example.com"],\n "name": "Ada" }')
    assert first.status_code == 201
    assert again.get_json() == first.get_json()
    assert send('{"name": "Ada", "emails": ["ADA@example.com"]}').status_code == 422
    assert send('{"name": "Ada", "emails": ["ada@example.com"]').status_code in {400, 422}

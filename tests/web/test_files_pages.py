"""Files as pages: added, downloaded as attachments, hidden, removed."""

import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Attachment
from tests import factories
from tests.acts import act_by
from tests.candidates.test_files import PDF, docx, png
from tests.candidates.test_notes import meet

NAME = "סיכום <b>Zoë & 简历.pdf"


@pytest.fixture
def application(session, people, now):
    made = factories.application(
        session, people, now, factories.requisition(session, people, now), "Ada Ferreira", stage="interview"
    )
    session.commit()
    return made


def _files(session):
    with Session(session.get_bind()) as own:
        return list(own.scalars(select(Attachment).order_by(Attachment.id)))


def _add(client, home, content=PDF, name=NAME, **more):
    data = {"file": (io.BytesIO(content), name), "kind": "resume", **more}
    return client.post(f"{home}/files", data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("place", ["applications", "candidates"])
def test_a_file_is_added_and_goes_out_as_an_attachment(browse, session, application, place):
    ruth, home = browse("ruth"), f"/{place}/{application.id if place == 'applications' else application.candidate_id}"
    assert _add(ruth, home, for_panel="y").status_code == 303
    page = ruth.get(f"{home}/files").get_data(as_text=True)
    assert "סיכום &lt;b&gt;Zoë &amp; 简历.pdf" in page
    made = _files(session)[0]
    answer = ruth.get(f"/files/{made.id}")
    assert answer.get_data() == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    timeline = ruth.get(home).get_data(as_text=True)
    assert "added the file" in timeline
    assert f"/files/{made.id}" in timeline


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "cv.pdf", "This file is empty."),
        (PDF, "cv.svg", "PDF, DOCX, TXT, PNG and JPEG files are taken."),
        (b"<svg/>", "cv.pdf", "This is not a whole PDF file."),
        (docx(**{"word/vbaProject.bin": b"x"}), "cv.docx", "without macros"),
        (png(20_000, 10), "cv.png", "12,000 pixels"),
        (b"%PDF-1.7" + b" " * (10 * 1024 * 1024) + b"%%EOF", "cv.pdf", "larger than 10 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_said_and_nothing_is_kept(
    app, browse, session, application, content, name, message
):
    folder = app.extensions["recruiter_settings"].instance / "files"
    before = sorted(folder.rglob("*"))
    answer = _add(browse("ruth"), f"/applications/{application.id}", content, name)
    assert answer.status_code == 422
    assert message in answer.get_data(as_text=True)
    assert _files(session) == []
    assert sorted(folder.rglob("*")) == before


def test_no_file_is_said_and_too_much_is_refused_at_the_door(browse, application):
    ruth, home = browse("ruth"), f"/applications/{application.id}"
    none = ruth.post(f"{home}/files", data={"kind": "resume"}, content_type="multipart/form-data")
    assert none.status_code == 422
    assert "Choose a file." in none.get_data(as_text=True)
    assert _add(ruth, home, b"%PDF-1.7" + b" " * (13 * 1024 * 1024)).status_code == 413


def test_interviewers_open_what_is_for_the_panel_and_only_of_whom_they_meet(browse, session, people, now, application):
    meet(session, people, now, application, "ines")
    other = factories.application(session, people, now, application.requisition, "Somebody Else")
    session.commit()
    ruth = browse("ruth")
    _add(ruth, f"/applications/{application.id}", name="cv.pdf", for_panel="y")
    _add(ruth, f"/applications/{application.id}", name="reference.pdf")
    _add(ruth, f"/applications/{other.id}", name="other.pdf", for_panel="y")
    panel_file, hidden, elsewhere = _files(session)
    ines = browse("ines")
    page = ines.get(f"/applications/{application.id}/files").get_data(as_text=True)
    assert "cv.pdf" in page
    assert "reference.pdf" not in page
    assert "Remove" not in page
    assert ines.get(f"/files/{panel_file.id}").status_code == 200
    ghost = ines.get("/files/987654")
    for one_file in (hidden, elsewhere):
        answer = ines.get(f"/files/{one_file.id}")
        assert (answer.status_code, answer.get_data()) == (404, ghost.get_data())
    assert ines.post(f"/files/{panel_file.id}/removal").status_code == 403
    assert _add(ines, f"/applications/{application.id}").status_code == 403
    assert browse("henk").get(f"/files/{panel_file.id}").status_code == 404


def test_a_file_of_a_confidential_search_is_there_for_its_people_alone(browse, session, people, now, application):
    from recruiter.pipeline import services as pipeline

    secret = factories.requisition(session, people, now, confidential=True)
    hidden = pipeline.apply(
        session, candidate=application.candidate, requisition=secret, act=act_by(people.ruth, now=now)
    )
    session.commit()
    _add(browse("ruth"), f"/applications/{hidden.id}", name="CANARY.pdf")
    made = _files(session)[0]
    rolf = browse("rolf")
    assert rolf.get(f"/files/{made.id}").status_code == 404
    for path in (f"/candidates/{application.candidate_id}", f"/candidates/{application.candidate_id}/files", f"/applications/{application.id}/files"):  # fmt: skip
        page = rolf.get(path)
        assert page.status_code == 200
        assert "CANARY" not in page.get_data(as_text=True)
    assert "CANARY" in browse("hana").get(f"/candidates/{application.candidate_id}").get_data(as_text=True)


def test_a_file_is_removed_and_brought_back(browse, session, application):
    ruth, home = browse("ruth"), f"/applications/{application.id}"
    _add(ruth, home, name="cv.pdf")
    made = _files(session)[0]
    page = ruth.post(f"/files/{made.id}/removal", follow_redirects=True).get_data(as_text=True)
    assert "No files yet" in page
    assert ruth.get(f"/files/{made.id}").status_code == 404
    assert browse("hana").post(f"/files/{made.id}/removal").status_code == 404
    undo = page.split('action="/undo/')[1].split('"')[0]
    assert "is there again" in ruth.post(f"/undo/{undo}", follow_redirects=True).get_data(as_text=True)
    assert ruth.get(f"/files/{made.id}").get_data() == PDF


def test_bytes_that_are_gone_are_said_and_no_fault(app, browse, session, application):
    from recruiter.foundation.files.folder_store import FolderStore

    ruth = browse("ruth")
    _add(ruth, f"/applications/{application.id}", name="cv.pdf")
    made = _files(session)[0]
    FolderStore(app.extensions["recruiter_settings"].instance / "files").remove(made.storage_key)
    assert ruth.get(f"/files/{made.id}").status_code == 404

"""Notes, follow-ups, files and merges over JSON: the same acts, checks and undo as on the pages."""

import io

import pytest

from recruiter.candidates.models import Candidate
from tests import factories


@pytest.fixture
def application(session, people, now):
    application = factories.application(
        session, people, now, factories.requisition(session, people, now), "Ada Ferreira"
    )
    session.commit()
    return application


@pytest.fixture(params=["candidates", "applications"])
def home(request, application):
    number = application.id if request.param == "applications" else application.candidate_id
    return f"/{request.param}/{number}"


def _undo(api, answer):
    assert answer.status_code == 200, answer.get_json()
    assert api.post(f"/undo/{answer.get_json()['undo']}").status_code == 200


def test_a_note_is_written_changed_removed_and_brought_back(api, home):
    note = api.ruth.post(f"{home}/notes", {"text": "Plays the theremin"}).get_json()
    assert (note["text"], note["author"]["name"], note["private"]) == ("Plays the theremin", "Ruth", False)
    changed = api.ruth.patch(f"/notes/{note['id']}", {"text": "Plays the organ"}).get_json()
    assert (changed["text"], changed["version"]) == ("Plays the organ", note["version"] + 1)
    removed = api.ruth.post(f"/notes/{note['id']}/removal")
    assert api.ruth.get(f"{home}/notes").get_json()["items"] == []
    _undo(api.ruth, removed)
    assert [item["text"] for item in api.ruth.get(f"{home}/notes").get_json()["items"]] == ["Plays the organ"]


def test_a_private_note_is_for_its_author_and_readers(api, home):
    body = {"text": "Between us", "private": True, "readers": ["hana@example.com"]}
    assert api.ruth.post(f"{home}/notes", body).status_code == 201
    assert len(api.hana.get(f"{home}/notes").get_json()["items"]) == 1
    assert api.anja.get(f"{home}/notes").get_json()["items"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "Her current salary is 90k"}, "text"),
        ({"text": "Fine", "readers": ["hana@example.com"]}, "readers"),
        ({"text": "Fine", "private": True, "readers": ["who@example.com"]}, "readers"),
    ],
)
def test_what_a_note_may_not_hold_is_refused_as_on_the_page(api, home, body, field):
    answer = api.ruth.post(f"{home}/notes", body)
    assert answer.status_code == 422
    assert field in answer.get_json()["errors"]


def test_a_follow_up_is_planned_done_and_opened_again(api, home, now):
    body = {"what": "Call them", "due_on": now.date().isoformat(), "assignee": "hana@example.com"}
    task = api.ruth.post(f"{home}/tasks", body).get_json()
    assert (task["assignee"]["name"], task["done_at"]) == ("Hana", None)
    done = api.hana.post(f"/tasks/{task['id']}/done")
    assert done.get_json()["done_at"] is not None
    assert api.hana.post(f"/tasks/{task['id']}/done").status_code == 409
    _undo(api.hana, done)
    assert api.ruth.get(f"{home}/tasks").get_json()["items"][0]["done_at"] is None


def test_a_follow_up_is_not_given_to_somebody_who_does_not_see_the_person(api, home, now):
    body = {"what": "Call them", "due_on": now.date().isoformat(), "assignee": "xenia@example.com"}
    answer = api.ruth.post(f"{home}/tasks", body)
    assert answer.status_code == 422
    assert "assignee" in answer.get_json()["errors"]


def test_a_file_is_added_downloaded_removed_and_brought_back(api, home):
    sent = {
        "file": (io.BytesIO(b"Ten years of Erlang"), "r\u00e9sum\u00e9.txt"),
        "kind": "resume",
        "for_panel": "false",
    }
    added = api.ruth.call("POST", f"{home}/files", data=sent, content_type="multipart/form-data")
    assert added.status_code == 201, added.get_json()
    file = added.get_json()
    assert (file["name"], file["kind"], file["for_panel"], file["size"]) == (
        "r\u00e9sum\u00e9.txt",
        "resume",
        False,
        19,
    )
    content = api.ruth.get(f"/files/{file['id']}/content")
    assert content.data == b"Ten years of Erlang"
    assert content.headers["Content-Disposition"].startswith("attachment;")
    removed = api.ruth.post(f"/files/{file['id']}/removal")
    assert api.ruth.get(f"/files/{file['id']}/content").status_code == 404
    _undo(api.ruth, removed)
    assert len(api.ruth.get(f"{home}/files").get_json()["items"]) == 1


@pytest.mark.parametrize("sent", [{}, {"kind": "nonsense"}, {"file": b"<script>"}])
def test_what_is_no_file_that_is_taken_is_refused(api, home, sent):
    data = sent | {"file": (io.BytesIO(sent["file"]), "page.html")} if "file" in sent else sent
    answer = api.ruth.call("POST", f"{home}/files", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422


def test_two_records_are_merged_and_taken_apart(api, session, application):
    twin = api.ruth.post("/candidates", {"name": "Ada Ferreira", "emails": ["ada@example.com"]}).get_json()
    merged = api.ruth.post(f"/candidates/{application.candidate_id}/merge", {"other_id": twin["id"]})
    assert "ada@example.com" in merged.get_json()["emails"]
    assert api.ruth.get(f"/candidates/{twin['id']}").get_json()["id"] == application.candidate_id
    _undo(api.ruth, merged)
    session.expire_all()
    assert session.get(Candidate, twin["id"]).merged_into_id is None


def test_a_pair_is_found_set_apart_and_found_again(api):
    body = {"name": "Ada Ferreira", "emails": ["ada@example.com"]}
    first, second = (api.ruth.post("/candidates", body).get_json()["id"] for _ in range(2))
    assert api.ruth.get("/candidates/duplicates").get_json()["items"][0]["reasons"] == ["the same address"]
    apart = api.ruth.post(f"/candidates/{first}/apart", {"other_id": second})
    assert api.ruth.get("/candidates/duplicates").get_json()["count"] == 0
    _undo(api.ruth, apart)
    assert api.ruth.get("/candidates/duplicates").get_json()["count"] == 1


def test_an_application_that_was_reopened_is_ended_again_by_undo(api, application):
    home = f"/applications/{application.id}"
    assert api.ruth.post(f"{home}/rejection", {"reason": "skills"}).status_code == 200
    reopened = api.ruth.post(f"{home}/reopening", {"reason": "A mistake"})
    assert reopened.get_json()["status"] == "active"
    _undo(api.ruth, reopened)
    assert api.ruth.get(home).get_json()["status"] == "rejected"

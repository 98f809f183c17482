"""Imports over JSON: a zip in, told what becomes of it, and taken back."""

import io
import zipfile

import pytest
from sqlalchemy import func, select

from recruiter.candidates.models import Candidate

FILES = {
    "decisions.csv": "slate,item,decided_on,grade,outcome\nPlatform,ada,2024-03-05,1,hired\nPlatform,bela,2024-03-05,0,\n",
    "ratings.csv": "slate,item,rater,attribute,score\nPlatform,ada,kim,Depth,4\nPlatform,bela,kim,overall,2\n",
    "README.md": "About these files.",
}


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def send(client, content, name="history.zip", headers=None, **form):
    data = {"file": (io.BytesIO(content), name), **form} if content is not None else form
    return client.call("POST", "/imports", data=data, content_type="multipart/form-data", headers=headers or {})


@pytest.fixture
def candidates(session):
    def counted():
        count = session.scalar(select(func.count()).select_from(Candidate))
        session.rollback()  # whoever looks in between holds up the next writer
        return count

    return counted


def test_a_dry_run_tells_and_changes_nothing(api, candidates):
    answer = send(api.ruth, zipped(FILES), dry_run="true")
    assert answer.status_code == 201
    body = answer.get_json()
    assert (body["state"], body["format"]) == ("planned", "history")
    assert body["counts"]["candidates"] == {"created": 2, "matched": 0, "skipped": 0, "refused": 0}
    assert set(body["counts"]) == {
        "requisitions", "candidates", "applications", "stage_changes", "interviews", "scorecards", "offers", "decisions",
    }  # fmt: skip
    assert body["problems"] == body["dropped_columns"] == []
    assert candidates() == 0


def test_it_is_brought_in_once_and_taken_back(api, candidates):
    body = send(api.ruth, zipped(FILES), format="history").get_json()
    assert body["state"] == "applied"
    assert candidates() == 2
    again = send(api.ruth, zipped(FILES)).get_json()
    assert again["id"] == body["id"]
    assert again["counts"]["candidates"] == {"created": 0, "matched": 2, "skipped": 0, "refused": 0}
    assert candidates() == 2
    address = f"/imports/{body['id']}"
    assert api.ruth.get(address).get_json() == body
    assert [row["id"] for row in api.ruth.get("/imports").get_json()["items"]] == [body["id"]]
    assert api.ruth.post(f"{address}/undo", headers={"If-Match": '"7"'}).status_code == 409
    undone = api.ruth.post(f"{address}/undo", headers={"If-Match": f'"{body["version"]}"'})
    assert (undone.status_code, undone.get_json()["state"]) == (200, "undone")
    assert candidates() == 0
    assert api.ruth.post(f"{address}/undo").status_code == 409


def test_undo_is_refused_with_the_list(api, session):
    body = send(api.ruth, zipped(FILES)).get_json()
    number = session.scalars(select(Candidate.id).order_by(Candidate.id)).first()
    session.rollback()
    assert api.ruth.patch(f"/candidates/{number}", {"headline": "Found again"}).status_code == 200
    answer = api.ruth.post(f"/imports/{body['id']}/undo")
    assert answer.status_code == 409
    assert answer.get_json()["errors"]["rows"] == [f"candidate {number}"]


def test_the_same_key_answers_the_same(api, candidates):
    content = zipped(FILES)
    planned = {"headers": {"Idempotency-Key": "k1"}}
    body = {"data": None, "content_type": "multipart/form-data; boundary=xyz"}
    head = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="h.zip"\r\n\r\n'
    body["data"] = head + content + b"\r\n--xyz--\r\n"
    first = api.ruth.call("POST", "/imports", **body, **planned)
    second = api.ruth.call("POST", "/imports", **body, **planned)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.get_json() == first.get_json()
    assert second.get_json()["counts"]["candidates"]["created"] == 2


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"not a zip", "history.zip"),
        (FILES["decisions.csv"].encode(), "decisions.csv"),
        (zipped({"../decisions.csv": FILES["decisions.csv"]}), "history.zip"),
        (zipped({"folder/decisions.csv": FILES["decisions.csv"]}), "history.zip"),
        (zipped({"ratings.csv": FILES["ratings.csv"]}), "history.zip"),
        (zipped({"decisions.csv": "slate,item\n"}), "history.zip"),
        (zipped({"decisions.csv": ""}), "history.zip"),
        (zipped({f"{k}.csv": "x" for k in range(60)}), "history.zip"),
        (None, "nothing"),
    ],
    ids=["no zip", "single file", "path", "folder", "no decisions", "columns", "empty", "many", "no file"],
)
def test_what_cannot_be_taken_is_422_with_a_sentence(api, candidates, content, name):
    answer = send(api.ruth, content, name)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert "file" in answer.get_json()["errors"]
    assert candidates() == 0
    assert api.ruth.get("/imports").get_json()["items"] == []


def test_a_zip_that_swells_is_refused(api):
    answer = send(api.ruth, zipped({"decisions.csv": b"0" * (70 * 1024 * 1024)}))
    assert answer.status_code == 422
    assert "64 MB" in answer.get_json()["detail"]


@pytest.mark.parametrize("form", [{"format": "carrier-pigeon"}, {"dry_run": "perhaps"}, {"colour": "blue"}])
def test_a_form_that_is_not_right_is_422(api, candidates, form):
    answer = send(api.ruth, zipped(FILES), **form)
    assert answer.status_code == 422
    assert set(answer.get_json()["errors"]) == set(form)
    assert candidates() == 0


def test_it_is_for_recruiters_and_administrators(api):
    for client in (api.ines, api.hana, api.arne):
        assert send(client, zipped(FILES)).status_code == 403
        assert client.get("/imports").status_code == 403
    assert api.anja.get("/imports").status_code == 200


@pytest.mark.parametrize("number", ["0", "9", "99999999999999999999", "x"])
def test_what_is_not_there_is_404(api, number):
    assert api.ruth.get(f"/imports/{number}").status_code == 404
    assert api.ruth.post(f"/imports/{number}/undo").status_code == 404

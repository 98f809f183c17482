"""Imports as pages: looked at first, brought in once, taken back, and told row by row what is wrong."""

import io
import zipfile

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Candidate
from recruiter.exchange.models import ImportBatch, ImportState
from recruiter.exchange.rules import refused_counts
from recruiter.requisitions.models import Requisition

DECISIONS = "slate,item,decided_on,grade,outcome\n"
FILES = {
    "decisions.csv": DECISIONS + "Platform,ada,2024-03-05,1,hired\nPlatform,bela,2024-03-05,0,\n",
    "ratings.csv": "slate,item,rater,attribute,score\nPlatform,ada,kim,Depth,4\nPlatform,bela,kim,overall,2\n",
}
STRANGE = "Team <b>&'é</b> 🎻 שרה"


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def send(client, path, content, name="history.zip", **more):
    data = {"file": (io.BytesIO(content), name)} if content is not None else {}
    return client.post(path, data=data, content_type="multipart/form-data", **more)


def look(client, files):
    answer = send(client, "/import", zipped(files))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def count(session, model=Candidate):
    with Session(session.get_bind()) as own:
        return own.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize(("name", "status"), [("ruth", 200), ("rolf", 200), ("anja", 200), ("hana", 403), ("ines", 403), ("arne", 403)])  # fmt: skip
def test_who_imports(browse, name, status):
    client = browse(name)
    assert client.get("/import").status_code == status
    for method, path in [("GET", "/import/1"), ("GET", "/import/1/undo"), ("POST", "/import/1/run"), ("POST", "/import/1/undo")]:  # fmt: skip
        assert client.open(path, method=method).status_code == (404 if status == 200 else 403), path


def test_no_imports_yet_is_said(browse):
    page = browse("ruth").get("/import").get_data(as_text=True)
    assert "No imports yet" in page
    assert page.count("<h1>") == 1


def test_it_is_looked_at_brought_in_once_and_taken_back(browse, session):
    ruth = browse("ruth")
    where = look(ruth, FILES)
    page = ruth.get(where).get_data(as_text=True)
    assert "nothing has been changed" in page
    assert "Import this" in page
    assert "style=" not in page
    assert count(session) == 0
    made = send(ruth, f"{where}/run", zipped(FILES))
    assert made.status_code == 303
    assert count(session) == 2
    assert "Undo import" in ruth.get(made.location).get_data(as_text=True)
    assert "This file has been brought in" in ruth.get(where).get_data(as_text=True)
    again = send(ruth, f"{where}/run", zipped(FILES), follow_redirects=True)
    assert "nothing was changed" in again.get_data(as_text=True)
    assert f'href="{made.location}/undo"' in ruth.get("/import").get_data(as_text=True)
    confirmation = ruth.get(f"{made.location}/undo").get_data(as_text=True)
    assert "<strong>2</strong> candidates" in confirmation
    assert count(session) == 2
    message = ruth.post(f"{made.location}/undo", follow_redirects=True).get_data(as_text=True)
    assert "taken back" in message
    assert count(session) == 0
    assert ruth.post(f"{made.location}/undo").status_code == 409
    assert "Nothing to take back" in ruth.get(f"{made.location}/undo").get_data(as_text=True)


def test_what_was_changed_since_stands_in_the_way(browse, session):
    ruth = browse("ruth")
    made = send(ruth, f"{look(ruth, FILES)}/run", zipped(FILES)).location
    with Session(session.get_bind()) as own:
        requisition = own.scalars(select(Requisition)).first()
        requisition.title = "Another title"
        number = requisition.id
        own.commit()
    answer = ruth.post(f"{made}/undo")
    assert answer.status_code == 409
    assert f"requisition {number}" in answer.get_data(as_text=True)
    assert count(session) == 2


def test_bad_rows_and_left_out_columns_are_told(browse):
    rows = "".join(f"{STRANGE},item {k},2024-03-05,{k % 2},\n" for k in range(200))
    files = {
        "decisions.csv": DECISIONS + rows + f"{STRANGE},late,2024-03-05,high,\n",
        "ratings.csv": "slate,item,rater,attribute,score,postcode\n" + f"{STRANGE},item 1,kim,Depth,4,1011\n" * 150,
    }
    ruth = browse("ruth")
    page = ruth.get(look(ruth, files)).get_data(as_text=True)
    assert '<td class="r">202</td>' in page
    assert "postcode" in page
    assert "Left out" in page
    where = look(ruth, FILES | {"decisions.csv": FILES["decisions.csv"].replace("Platform", STRANGE), "ratings.csv": FILES["ratings.csv"].replace("Platform", STRANGE)})  # fmt: skip
    assert send(ruth, f"{where}/run", zipped(FILES)).status_code == 422


def test_another_slate_of_the_same_name_is_shown_as_text(browse):
    ruth = browse("ruth")
    files = {name: text.replace("Platform", STRANGE) for name, text in FILES.items()}
    send(ruth, f"{look(ruth, files)}/run", zipped(files))
    other = files | {"decisions.csv": files["decisions.csv"].replace(",0,", ",5,")}
    page = ruth.get(look(ruth, other)).get_data(as_text=True)
    assert "Team &lt;b&gt;&amp;&#39;é&lt;/b&gt; 🎻 שרה was imported before" in page
    assert "<b>&amp;" not in page


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (None, "", "Choose a zip file."),
        (b"no zip <at> all", "history.zip", "This is not a zip that can be read."),
        (b"slate,item", "decisions.csv", "This is a single file."),
        (zipped({"ratings.csv": "slate"}), "history.zip", "There is no decisions.csv in this zip."),
        (zipped({"decisions.csv": "who,what\n1,2\n", "ratings.csv": "x\n"}), "history.zip", "decisions.csv"),
        (zipped({"../decisions.csv": "x"}), "history.zip", "folders or paths"),
    ],
)
def test_what_cannot_be_read_is_told_at_the_field(browse, session, content, name, message):
    ruth = browse("ruth")
    where = look(ruth, FILES)
    for path in ("/import", f"{where}/run"):
        answer = send(ruth, path, content, name)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert message in page
        assert 'href="#file"' in page
        assert "<title>Error: " in page
    assert count(session, ImportBatch) == 1
    assert count(session) == 0


def test_another_file_than_the_one_looked_at_is_refused(browse, session):
    ruth = browse("ruth")
    where = look(ruth, FILES)
    other = FILES | {"ratings.csv": FILES["ratings.csv"].replace(",4", ",5")}
    answer = send(ruth, f"{where}/run", zipped(other))
    assert answer.status_code == 422
    assert "another file than the one that was looked at" in answer.get_data(as_text=True)
    assert count(session) == 0


def test_the_list_takes_as_many_statements_for_many_as_for_few(browse, session, now, count_statements):
    def add(number):
        for _ in range(number):
            batch = ImportBatch(format="history", state=ImportState.PLANNED, content_digest="0" * 64, counts=refused_counts([]), created_at=now)  # fmt: skip
            session.add(batch)
        session.commit()

    def ask():
        client = browse("ruth")
        with count_statements() as seen:
            assert client.get("/import").status_code == 200
        return len(seen)

    add(2)
    few = ask()
    add(60)
    assert ask() == few <= 12
    page = browse("ruth").get("/import").get_data(as_text=True)
    assert "Older imports" in page
    assert browse("ruth").get("/import?cursor=nonsense").status_code == 400

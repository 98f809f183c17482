"""What the check of words lets stand at the doors, what it tells there, and what an import leaves out."""

import io
import zipfile

import pytest

from recruiter.candidates.models import Note
from recruiter.privacy import people_concerned, personal_texts
from tests import factories

FILES = {
    "decisions.csv": "slate,item,decided_on,grade,outcome\nPlatform,ada,2024-03-05,1,She is pregnant\nPlatform,bela,2024-03-05,0,\n",
    "ratings.csv": "slate,item,rater,attribute,score\nPlatform,ada,kim,Depth,4\nPlatform,bela,kim,Depth,2\n",
}


@pytest.fixture
def application(session, people, now):
    requisition = factories.requisition(session, people, now)
    requisition.department, requisition.location = "Family Office", "Church Mews"
    people.ruth.team = "Mortgage Desk"
    application = factories.application(session, people, now, requisition, "Christian Black")
    session.commit()
    return application


def test_names_of_people_teams_places_and_the_house_are_spared(session, people, application):
    note = Note(candidate_id=application.candidate_id, application_id=application.id, author_id=people.ruth.id)
    session.add(note)
    assert {"Christian Black", "Family Office", "Church Mews"} <= set(people_concerned.names_around(note))
    for name in ("Christian Black", "Black", "Family Office", "Church Mews"):
        assert personal_texts.findings_in(note, f"I doubt {name} is ideal for us, so no.") == ()
    for common in ("black", "Family reasons", "church"):
        assert personal_texts.findings_in(note, f"I doubt him, {common} is why he is not ideal for us, so no.") != ()


def test_a_doubtful_word_is_stored_and_told(api, application):
    answer = api.ruth.post(f"/applications/{application.id}/notes", {"text": "He is energetic and hungry."})
    assert answer.status_code == 201
    warnings = [warning for warning in answer.get_json()["warnings"] if warning["kind"] == "words"]
    assert [warning["field"] for warning in warnings] == ["text"]
    assert "energetic" in warnings[0]["says"]
    plain = api.ruth.post(f"/applications/{application.id}/notes", {"text": "Explained the cache well."})
    assert "warnings" not in plain.get_json()


def test_an_import_notes_what_it_leaves_out(api):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    packed.seek(0)
    form = {"file": (packed, "history.zip"), "format": "history", "dry_run": "true"}
    answer = api.ruth.call("POST", "/imports", data=form, content_type="multipart/form-data", headers={})
    assert answer.status_code == 201
    assert "pregnant" in str(answer.get_json())
    assert "left out" in str(answer.get_json())

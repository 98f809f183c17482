"""The file of a person holds every row about them, and names nobody else."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from recruiter.candidates.models import Attachment, Note
from recruiter.foundation.database.db import Base
from recruiter.foundation.files.folder_store import FolderStore
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.privacy.access import person_file_queries, person_file_services, portable_data_services
from recruiter.privacy.access.mask_rules import Mask
from recruiter.privacy.access.person_file_queries import Scope
from recruiter.privacy.person import person_queries
from recruiter.privacy.person.identity_rules import Identity
from tests import factories, snapshot
from tests.acts import act_by, moment
from tests.privacy.planted import WORD, plant

NAME = "Wilhelmine Großkopf"


@pytest.fixture
def candidate(session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, NAME)
    other = factories.application(session, people, now, requisition, "Tomas Otherwise")
    known = {
        "candidate": application.candidate_id,
        "application": application.id,
        "user": people.ruth.id,
        "requisition": requisition.id,
        "stage": application.stage_id,
        "opening": requisition.openings[0].id,
    }
    plant(session, known=known, other_candidate_id=other.candidate_id, now=now)
    sentence = f"{NAME} is quicker than Tomas Otherwise, said Ruth (ruth@example.com). Otherwise fine; Tomas agreed."
    session.add(
        Note(
            candidate_id=application.candidate_id,
            text=sentence,
            text_key=sentence,
            author_id=people.ines.id,
            created_at=now,
        )
    )
    session.commit()
    return application.candidate


def _everything(session, candidate, now, **left_out):
    scope = Scope(**{"with_self_identification": True, **left_out})
    return person_file_queries.everything_about(session, records=[candidate], moment=moment(now), scope=scope)


def test_every_row_that_a_walk_of_the_keys_finds_is_in_it(session, candidate, now):
    """The walk is by foreign keys from the person down, and knows nothing of what rooms declare."""
    reached = {"candidate": {candidate.id}}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                parent = key.column.table.name
                if table.name in {"opening", "user"} or parent not in reached or parent == table.name:
                    continue
                rows = session.scalars(select(table.c.id).where(column.in_(reached[parent])))
                reached.setdefault(table.name, set()).update(rows)
    records = _everything(session, candidate, now)["records"]
    missing = {
        name: ids - {row["id"] for row in records.get(name, {"rows": []})["rows"]}
        for name, ids in reached.items()
        if name not in person_file_queries.OF_OTHERS
    }
    assert {name: ids for name, ids in missing.items() if ids} == {}


def test_nobody_else_is_named(session, candidate, people, now):
    text = person_file_services.as_json(_everything(session, candidate, now))
    assert WORD in text
    for name in ("Tomas", "Otherwise,", "Ruth", "Ines", "ruth@example.com"):
        assert name not in text.replace("Otherwise fine", "")
    notes = [row["text"] for row in json.loads(text)["records"]["note"]["rows"]]
    assert f"{NAME} is quicker than [another candidate], said [a colleague] ([a colleague])." in notes[-1]


def test_it_says_what_it_leaves_out(session, candidate, now):
    application_id = _everything(session, candidate, now)["records"]["application"]["rows"][0]["id"]
    content = _everything(
        session, candidate, now, with_self_identification=False, hidden_cards=frozenset({application_id})
    )
    assert "protected_answer" not in content["records"]
    assert content["records"]["scorecard"]["rows"] == []
    assert len(content["left_out"]) == 3


def test_files_are_in_the_zip(app, session, candidate, now):
    store = app.extensions["recruiter_settings"].files
    attachment = session.scalars(select(Attachment)).one()
    attachment.storage_key, attachment.name = store.put(b"all of it"), "../../cv.pdf"
    session.commit()
    content = _everything(session, candidate, now)
    packed = person_file_services.as_zip(session, records=[candidate], content=content, store=store)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["person.html", "person.json", f"files/{attachment.id}-.._.._cv.pdf"]
        assert archive.read(archive.namelist()[2]) == b"all of it"


@pytest.mark.parametrize(
    ("sentence", "masked"),
    [
        ("Ada Lovelace\u2019s cards, and ADA LOVELACE.", "[another candidate]\u2019s cards, and [another candidate]."),
        ("Wilhelmine beat Ada.", "Wilhelmine beat [another candidate]."),
        ("Grace Hopper said no", "[another candidate] said no"),
        ("Grace under pressure", "Grace under pressure"),
        ("", ""),
    ],
)
def test_names_of_others_are_masked(sentence, masked):
    mask = Mask(
        person=(NAME,),
        colleagues=Identity(names=(), exact=()),
        candidates=frozenset({"ada lovelace", "grace hopper", "wilhelmine grosskopf"}),
        beside=("Ada Lovelace",),
    )
    assert mask.masked({"text": [sentence]}) == {"text": [masked]}
    assert person_queries.declarations()


def test_what_they_gave_us_goes_into_a_blank_installation_and_out_again(api, session, people, now):
    """L3: JSON and CSV of what the person provided; a scorecard or a note is not in it."""
    blank = snapshot.take(session.get_bind())
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, NAME)
    about = {"application": application, "act": act_by(people.ruth, now=now)}
    for direction, kind, words_of_it in (
        ("from", "update", "Ruth, I am keen"),
        ("to", "update", "Soon"),
        ("from", "call", "Talked"),
    ):
        contact = contact_services.Contact(Direction(direction), Channel.EMAIL, TouchKind(kind), words_of_it)
        contact_services.record(session, contact=contact, **about)
    candidate = application.candidate
    candidate.headline, candidate.location, candidate.links = "=Organist", "Bamberg", ["https://example.com/me"]
    session.commit()
    address = f"/candidates/{candidate.id}/portable-data"
    content = api.anja.post(address).get_json()
    assert [each["text"] for each in content["messages"]] == ["[a colleague], I am keen"]
    assert [each["title"] for each in content["applications"]] == [requisition.title]
    store = FolderStore(Path("/nowhere"))
    packed = portable_data_services.as_zip(session, records=[candidate], content=content, store=store)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["portable.json", "person.csv", "applications.csv", "messages.csv"]
        assert "'=Organist" in archive.read("person.csv").decode()
    engine = session.get_bind()
    session.rollback()
    snapshot.clear(engine)
    snapshot.put(engine, blank)
    made = api.ruth.post("/candidates", content["person"])
    assert made.status_code == 201, made.get_json()
    again = api.anja.post(f"/candidates/{made.get_json()['id']}/portable-data").get_json()
    assert again["person"] == content["person"]

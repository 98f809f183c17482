"""How much one request may hold: told by the description, checked before anybody waits for it, and told back in few words."""

import contextlib
import importlib
import json
import pkgutil
import threading
import time

import marshmallow as ma
import pytest
from sqlalchemy import text

from recruiter import api as api_door
from recruiter.api import guard
from recruiter.candidates.records import file_rules
from recruiter.exchange import export_services
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from tests import factories
from tests.acts import moment

PERSON = {"name": "Ada Ferreira", "emails": ["ada@example.com"]}
OPENED = {"title": "Engineer", "hiring_manager": "hana@example.com"}
STAGES = ["applied", "screen", "interview", "final", "offer", "hired"]


def _below(kind):
    for made in kind.__subclasses__():
        yield made
        yield from _below(made)


def _bounds(field):
    return [check.max for check in field.validators if isinstance(check, ma.validate.Length) and check.max]


def _parts(name, field):
    yield name, field
    for inner in (
        getattr(field, "inner", None),
        getattr(field, "key_field", None),
        getattr(field, "value_field", None),
    ):
        if inner is not None:
            yield from _parts(f"{name}[]", inner)


def test_every_list_and_text_of_a_body_has_a_bound():
    for module in pkgutil.walk_packages(api_door.__path__, f"{api_door.__name__}."):
        importlib.import_module(module.name)
    bounded = 0
    for schema in _below(ma.Schema):
        if not schema.__module__.startswith("recruiter.") or schema.__module__.endswith("described_answers"):
            continue
        for name, declared in schema._declared_fields.items():
            for part, field in _parts(f"{schema.__name__}.{name}", declared):
                if isinstance(field, ma.fields.List | ma.fields.Dict | ma.fields.String):
                    assert _bounds(field), part
                    bounded += 1
    assert bounded > 100


def test_the_description_tells_the_limits(app):
    schemas = app.test_client().get("/api/v1/openapi.json").json["components"]["schemas"]
    person, opened = schemas["CandidateBody"]["properties"], schemas["RequisitionBody"]["properties"]
    assert [person[name]["maxItems"] for name in ("emails", "phones", "tags")] == [20, 20, 60]
    assert [opened[name]["maxItems"] for name in ("attributes", "stages")] == [40, 20]
    assert opened["openings"]["maximum"] == 100
    assert person["name"]["maxLength"] == 200


def _stages(count):
    between = [{"name": f"Talk {n}", "kind": "interview"} for n in range(count - len(STAGES))]
    first, *rest = ({"name": kind.title(), "kind": kind} for kind in STAGES)
    return [first, *between, *rest]


@pytest.mark.parametrize(
    ("path", "body", "name", "most", "made"),
    [
        ("/candidates", PERSON, "emails", 20, lambda n: [f"a{k}@example.com" for k in range(n)]),
        ("/candidates", PERSON, "phones", 20, lambda n: [f"+49 30 {1000000 + k}" for k in range(n)]),
        ("/candidates", PERSON, "tags", 60, lambda n: [f"tag {k}" for k in range(n)]),
        ("/candidates", PERSON, "links", 20, lambda n: [f"https://example.com/{k}" for k in range(n)]),
        ("/requisitions", OPENED, "attributes", 40, lambda n: [{"name": f"Skill {k}"} for k in range(n)]),
        ("/requisitions", OPENED, "stages", 20, _stages),
        ("/requisitions", OPENED, "openings", 100, lambda n: n),
    ],
)
def test_the_limits_are_those_of_the_contract(api, session, path, body, name, most, made):
    assert api.ruth.post(path, {**body, name: made(most)}).status_code == 201
    for count in (most + 1, most * 50):
        answer = api.ruth.post(path, {**body, name: made(count)})
        assert answer.status_code == 422
        assert list(answer.json["errors"]) == [name]


def test_a_body_over_one_megabyte_is_refused_before_it_is_read(api):
    body = json.dumps({**PERSON, "headline": "x" * 1024 * 1024})
    answer = api.ruth.call("POST", "/candidates", data=body, content_type="application/json")
    assert answer.status_code == 413
    assert "at most 1 MB" in answer.json["detail"]
    assert api.nobody.call("POST", "/candidates", data=body, content_type="application/json").status_code == 401


def test_at_most_twenty_errors_are_told(api):
    unknown = {f"key{n}": 1 for n in range(60_000)}
    began = time.process_time()
    answer = api.ruth.post("/candidates", {**PERSON, **unknown})
    assert answer.status_code == 422
    assert time.process_time() - began < 5
    assert (len(answer.json["errors"]), answer.json["errors_left_out"]) == (20, 59_980)
    assert len(answer.data) < 10_000
    assert "59,980 more" in answer.json["detail"]


def test_a_long_name_of_a_wrong_key_is_cut(api):
    assert len(api.ruth.post("/candidates", {**PERSON, "k" * 500_000: 1}).data) < 1000


@pytest.mark.parametrize("refused", [{"name": 1}, {"x": 1}])
def test_a_body_is_read_before_the_turn_to_write_is_waited_for(api, people, monkeypatch, refused):
    waited = []
    monkeypatch.setattr(guard, "begin_writing", waited.append)
    assert api.ruth.post("/candidates", refused).status_code == 422
    assert api.ines.post("/requisitions", OPENED).status_code == 403
    assert api.nobody.post("/candidates", PERSON).status_code == 401
    assert not waited


def test_what_was_allowed_is_asked_again_when_the_turn_has_come(api, app, session, people, monkeypatch):
    """Somebody loses their account while their request waits for its turn."""

    def meanwhile(own_session):
        session.rollback()
        begin(session)
        people.ruth.active = False
        session.merge(people.ruth)
        session.commit()
        begin(own_session)

    begin = guard.begin_writing
    monkeypatch.setattr(guard, "begin_writing", meanwhile)
    assert api.ruth.post("/candidates", PERSON).status_code == 401


def _jpeg(width, height, *, fill=0):
    frame = b"\xff\xc0\x00\x11\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x03" + b"\x01\x11\x00" * 3
    return b"\xff\xd8\xff" + b"\xff" * fill + frame + b"\x00" * 20 + b"\xff\xd9"


@pytest.mark.parametrize(("width", "height", "taken"), [(8000, 5000, True), (8001, 5000, False), (12_001, 1, False)])
def test_a_picture_has_at_most_forty_megapixels(width, height, taken):
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\0" * 20 + b"IEND\0\0\0\0"
    for name, content in (("a.jpg", _jpeg(width, height)), ("a.png", png)):
        if taken:
            assert file_rules.media_type(name, content).startswith("image/")
        else:
            with pytest.raises(RuleBroken, match=r"megapixels|pixels on a side"):
                file_rules.media_type(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fill.jpg", _jpeg(10, 10, fill=9_900_000)),
        ("restarts.jpg", b"\xff\xd8\xff\xd0" + b"\xff\xd0" * 4_900_000 + b"\xff\xd9"),
        ("segments.jpg", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 2_400_000 + b"\xff\xd9"),
        ("long.txt", "naïve text\n".encode() * 850_000),
    ],
)
def test_a_large_file_is_looked_at_in_a_moment(name, content):
    began = time.process_time()
    with contextlib.suppress(RuleBroken):
        file_rules.media_type(name, content)
    assert time.process_time() - began < 0.5


def test_writers_do_not_wait_for_a_file_that_is_looked_at(api, browse, session, people, now, monkeypatch):
    person = factories.candidate(session, people, now)
    session.commit()
    looking, go_on, answers = threading.Event(), threading.Event(), []
    real = file_rules.media_type

    def slowly(name, content):
        looking.set()
        go_on.wait(10)
        return real(name, content)

    monkeypatch.setattr(file_rules, "media_type", slowly)
    client = browse("ruth")

    def send(door):
        import io

        form = {"file": (io.BytesIO(_jpeg(10, 10)), "a.jpg"), "kind": "resume"}
        if door == "page":
            answers.append(client.post(f"/candidates/{person.id}/files", data=form).status_code)
        else:
            sent = api.ruth.call(
                "POST", f"/candidates/{person.id}/files", data=form, content_type="multipart/form-data"
            )
            answers.append(sent.status_code)

    for door in ("page", "api"):
        looking.clear()
        go_on.clear()
        sender = threading.Thread(target=send, args=(door,))
        sender.start()
        assert looking.wait(10)
        began = time.monotonic()
        assert api.rolf.post("/candidates", {**PERSON, "emails": [f"{door}@example.com"]}).status_code == 201
        waited = time.monotonic() - began
        go_on.set()
        sender.join()
        assert waited < 2
    assert answers == [303, 201]


def test_one_damaged_record_never_breaks_an_export(app, session, people, now, tmp_path):
    sound, damaged = (factories.requisition(session, people, now, title=title) for title in ("Sound", "Damaged"))
    person, odd = (factories.candidate(session, people, now, name) for name in ("Ada Ferreira", "Bela Novak"))
    large = factories.candidate(session, people, now, "Chidi Okoro")
    large.tags = [f"tag {n}" for n in range(30_000)]
    session.commit()
    session.execute(text("UPDATE candidate SET tags = '[null, 7]' WHERE id = :id"), {"id": odd.id})
    session.execute(text("UPDATE requisition SET status = 'melted' WHERE id = :id"), {"id": damaged.id})
    session.commit()
    with app.app_context():
        exported = export_services.export(db.session(), path=tmp_path / "out", kind="all", moment=moment(now))
    assert "manifest.json" in exported.files
    assert {(row.table, row.number) for row in exported.left_out} == {
        ("requisition", damaged.id),
        ("candidate", odd.id),
    }
    manifest = {
        entry["name"]: entry["rows"] for entry in json.loads((tmp_path / "out/manifest.json").read_text())["files"]
    }
    assert (manifest["requisitions.csv"], manifest["candidates.csv"]) == (1, 2)
    assert sound.key in (tmp_path / "out/requisitions.csv").read_text("utf-8-sig")
    assert person.name in (tmp_path / "out/candidates.csv").read_text("utf-8-sig")

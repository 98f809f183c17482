"""The guard of the API on a bare application: If-Match, keys of repeated requests, bodies nobody asked for, one commit per change."""

import contextlib
import functools
import json
from types import SimpleNamespace

import pytest
from flask import Response, g, request
from sqlalchemy import select
from werkzeug.exceptions import BadRequest

from recruiter.accounts.models import ApiToken, IdempotentAnswer, User
from recruiter.api import errors, guard, idempotency
from recruiter.foundation import tokens
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, Forbidden, NotFound, RuleBroken
from recruiter.foundation.seal import Seal
from recruiter.policy.permissions import Permission
from tests.bare import application, clear
from tests.rows import AT, Rows

SPENT = "This Idempotency-Key was used for another request. Use a new key for a new request."


@pytest.fixture(scope="module")
def _bare():
    with application() as bare:
        guard.attach(bare)
        for path in ("/api/v1/x", "/api/v1/openapi.json", "/api/v2/x", "/x"):
            bare.add_url_rule(
                path, path, lambda: {"who": g.actor.name if "actor" in g else None}, methods=["GET", "POST"]
            )
        yield bare


@pytest.fixture
def bare(_bare):
    yield _bare
    clear(_bare)


@pytest.fixture
def sent(bare):
    """`with sent("POST", …) as rows`: one request of Anja's."""

    @contextlib.contextmanager
    def asking(method="GET", path="/api/v1/x", who="anja", **more):
        with bare.test_request_context(path, method=method, **more):
            rows = Rows(db.session()) if not db.session.scalars(select(User)).first() else None
            db.session.commit()
            g.actor = db.session.scalars(select(User).where(User.name == who.title())).one()
            yield rows
            db.session.remove()

    return asking


@pytest.fixture
def begun(bare, monkeypatch):
    """How often writing was begun, and Ruth's token “s”."""
    times = []
    with bare.app_context():
        rows = Rows(db.session())
        rows.add(ApiToken, user_id=rows.ruth.id, digest=tokens.digest("s"))
        db.session.commit()
    monkeypatch.setattr(guard, "begin_writing", times.append)
    return times


@pytest.mark.parametrize("header", ["Bearer s", "bearer s", "BEARER  s "])
def test_a_token_says_who_asks(bare, begun, header):
    answer = bare.test_client().get("/api/v1/x", headers={"Authorization": header})
    assert (answer.status_code, answer.json) == (200, {"who": "Ruth"})
    assert begun == []


@pytest.mark.parametrize("header", [None, "", "s", "Basic s", "Bearer", "Bearer ", "Bearer t", "XBearer s"])
def test_without_a_token_nothing_is_answered_but_how_to_send_it(bare, begun, header):
    answer = bare.test_client().get("/api/v1/x", headers={"Authorization": header} if header is not None else {})
    assert (answer.status_code, answer.json["detail"]) == (401, "Send an API token: Authorization: Bearer TOKEN.")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/api/v2/x", "/x"])
def test_what_is_no_part_of_the_api_asks_for_no_token(bare, begun, path):
    answer = bare.test_client().post(path)
    assert (answer.status_code, answer.json, begun) == (200, {"who": None}, [])


def test_a_stranger_keeps_nobody_from_writing(bare, begun):
    assert bare.test_client().post("/api/v1/x").status_code == 401
    assert begun == []


@pytest.mark.parametrize("header", [None, "*", " * ", '"3"', "3", ' "3" ', 'W/"3"', ' W/"3"'])
def test_a_change_of_what_was_read_goes_on(bare, header):
    with bare.test_request_context(headers={"If-Match": header} if header else {}):
        guard.check_version(SimpleNamespace(version=3))


@pytest.mark.parametrize("header", ['"2"', "33", "", "**", 'W/"4"', "W/", '"*"', "X3X"])
def test_a_change_of_an_older_version_is_in_conflict(bare, header):
    with bare.test_request_context(headers={"If-Match": header}), pytest.raises(Conflict) as caught:
        guard.check_version(SimpleNamespace(version=3))
    assert caught.value.message == errors.STALE


def test_a_request_is_known_by_its_method_its_address_and_its_body(bare):
    with bare.test_request_context("/api/v1/x?a=1", method="POST", data=b"{}"):
        digest = idempotency.request_digest()
        assert len(digest) == 64
        assert idempotency.request_digest() == digest
        assert request.get_data() == b"{}"  # still there for the view


def earlier(key):
    return idempotency.earlier_answer(key, digest=idempotency.request_digest())


def answer(rows, **given):
    made = {
        "user_id": rows.anja.id,
        "key": "k1",
        "request_digest": idempotency.request_digest(),
        "status": 201,
        "body": '{"id": 4}',
    }
    rows.add(IdempotentAnswer, **{**made, **given})


def test_the_same_request_with_the_same_key_gets_the_same_answer(sent):
    with sent("POST") as rows:
        answer(rows)
        again = earlier("k1")
        assert (again.status_code, again.get_data(as_text=True)) == (201, '{"id": 4}')
        assert again.mimetype == "application/json"
        assert earlier("k2") is None


def test_the_key_of_somebody_else_answers_nothing(sent):
    with sent("POST") as rows:
        answer(rows, user_id=rows.ruth.id)
        assert earlier("k1") is None


def test_a_key_is_for_one_request_and_has_a_longest_length(sent):
    with sent("POST") as rows:
        answer(rows, request_digest="of something else")
        assert earlier("k" * 200) is None
        for key, sentence in [("k1", SPENT), ("k" * 201, "An Idempotency-Key has at most 200 characters.")]:
            with pytest.raises(RuleBroken) as caught:
                earlier(key)
            assert caught.value.message == sentence


@pytest.mark.parametrize(
    ("body", "read"), [(b"", {}), (b" \n", {}), (b'{"a": "\xc3\xa9"}', {"a": "é"}), (b"[1]", [1]), (b"null", None)]
)
def test_a_body_is_read_as_json_and_none_is_an_empty_object(bare, body, read):
    with bare.test_request_context(method="POST", data=body):
        assert guard.json_body() == read
        assert guard.json_body() == read  # and may be read again


@pytest.mark.parametrize("body", [b"{", b"\xff", b"a=1"])
def test_a_body_that_is_no_json_is_not_understood(bare, body):
    with bare.test_request_context(method="POST", data=body), pytest.raises(BadRequest) as caught:
        guard.json_body()
    assert caught.value.description.startswith("The body is not JSON that can be read: ")


@pytest.mark.parametrize(
    ("sends", "names"), [({"a": 1, "b": None}, ["a", "b"]), ([1], ["body"]), ("words", ["body"]), (7, ["body"])]
)
def test_an_address_without_keys_names_those_that_were_sent(bare, sends, names):
    with bare.test_request_context(method="POST", json=sends), pytest.raises(RuleBroken) as caught:
        guard._check_no_body()
    assert caught.value.message == "This address takes no keys."
    assert caught.value.errors == {name: ["Unknown field."] for name in names}


@pytest.mark.parametrize("more", [{}, {"json": {}}, {"json": None}, {"data": {"a": "1"}}, {"data": b"a"}])
def test_an_address_without_keys_takes_no_body(bare, more):
    with bare.test_request_context(method="POST", **more):
        guard._check_no_body()


def guarded(permission=Permission.SIGNED_IN, *, takes_a_body=False, answers=None, **options):
    """A guarded view that renames the person of its address, or answers something else."""

    def view(**loaded):
        if answers is not None:
            return answers
        if "user" in loaded:
            loaded["user"].name = "Renamed"
        return Response(json.dumps({"named": sorted(loaded)}), status=201, mimetype="application/json")

    if takes_a_body:
        view._apidoc = {"arguments": {}}
    change = guard.changes(permission, **options)(view)

    @functools.wraps(view)
    def by_method(**loaded):
        return (change if request.method != "GET" else view)(**loaded)

    return guard.needs(permission, own_version=options.get("own_version", False))(by_method)


def saved_names(rows):
    db.session.rollback()
    db.session.expire_all()
    return {user.name for user in db.session.scalars(select(User))}


def test_a_view_keeps_its_name_and_says_what_it_needs():
    view = guarded(Permission.PEOPLE_EDIT)
    assert (view.__name__, view.permission) == ("view", Permission.PEOPLE_EDIT)


def test_a_change_is_saved_once_it_is_answered_and_a_look_saves_nothing(sent):
    with sent("POST") as rows:
        assert guarded()(user_id=rows.igor.id).json == {"named": ["user"]}
        assert "Renamed" in saved_names(rows)
    with sent("GET"):
        assert (
            guarded()(user_id=db.session.scalars(select(User.id).where(User.name == "Ines")).one()).status_code == 201
        )
        assert "Ines" in saved_names(None)


def test_what_is_not_allowed_is_not_done(sent):
    with sent("POST", who="ruth") as rows:
        with pytest.raises(NotFound):
            guarded(Permission.PEOPLE_EDIT)(user_id=rows.igor.id)
        with pytest.raises(Forbidden):
            guarded(Permission.PEOPLE_EDIT)()
        assert "Renamed" not in saved_names(rows)


def test_a_change_takes_keys_only_where_the_view_does(sent):
    with sent("POST", json={"name": "x"}) as rows:
        with pytest.raises(RuleBroken):
            guarded()(user_id=rows.igor.id)
        assert guarded(takes_a_body=True)(user_id=rows.igor.id).status_code == 201
    with sent("GET", json={"name": "x"}):
        assert guarded()().status_code == 201


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_an_edit_of_an_older_version_is_refused_unless_the_view_looks_itself(sent, method):
    with sent(method, headers={"If-Match": '"9"'}) as rows:
        with pytest.raises(Conflict):
            guarded()(user_id=rows.igor.id)
        with pytest.raises(Conflict, match="has no version to compare"):
            guarded()()
        assert guarded(own_version=True)(user_id=rows.igor.id).status_code == 201
    with sent("POST", headers={"If-Match": '"9"'}), pytest.raises(Conflict):
        guarded()(user_id=db.session.scalars(select(User.id)).first())


def test_the_last_thing_of_an_address_is_the_one_that_is_edited(sent, monkeypatch):
    loaded = {"first": User(version=1), "last": User(version=2), "page": 3}
    monkeypatch.setattr(guard.permits, "admit", lambda session, **question: loaded)
    with sent("PATCH", headers={"If-Match": '"2"'}):
        assert guarded()().status_code == 201
    with sent("PATCH", headers={"If-Match": '"1"'}), pytest.raises(Conflict):
        guarded()()


def opened(body):
    """An answer as it was: it is kept sealed."""
    assert not body.startswith("{")
    return Seal("k", purpose="answers to repeated requests").opened(body)


def kept_answers():
    return [
        (saved.key, saved.status, json.loads(opened(saved.body)), saved.created_at)
        for saved in db.session.scalars(select(IdempotentAnswer))
    ]


def test_an_answer_is_kept_under_its_key_and_given_again(sent):
    with sent("POST", headers={"Idempotency-Key": "k1"}) as rows:
        first = guarded()(user_id=rows.igor.id)
        assert kept_answers() == [("k1", 201, {"named": ["user"]}, AT)]
        saved = db.session.scalars(select(IdempotentAnswer)).one()
        assert (saved.user_id, saved.request_digest) == (rows.anja.id, idempotency.request_digest())
        again = guarded(answers=Response("[]", mimetype="application/json"))(user_id=rows.igor.id)
        assert (again.status_code, again.json) == (first.status_code, first.json)
        assert len(kept_answers()) == 1


@pytest.mark.parametrize(
    ("method", "answers", "count"),
    [
        ("POST", Response("{}", status=299, mimetype="application/json"), 1),
        ("POST", Response("{}", status=300, mimetype="application/json"), 0),
        ("POST", Response("text", mimetype="text/csv"), 0),
        ("POST", {"a": 1}, 1),
        ("PUT", {"a": 1}, 0),
        ("DELETE", {"a": 1}, 0),
        ("GET", {"a": 1}, 0),
    ],
)
def test_only_json_that_tells_of_a_done_post_is_kept(sent, method, answers, count):
    with sent(method, headers={"Idempotency-Key": "k1"}):
        guarded(answers=answers)()
        assert len(kept_answers()) == count

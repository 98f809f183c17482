"""The guard of pages on a bare application: what a view has changed is saved where its answer says that it was done."""

import datetime as dt

import pytest
from flask import Flask, Response, g, redirect, request

from recruiter.accounts.models import User, UserSession
from recruiter.foundation import tokens
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Forbidden
from recruiter.policy.permissions import Permission
from recruiter.web.request import errors, guard, session_recovery, turn
from recruiter.web.request.submitted_text import OWN_PAGE
from tests.bare import application, clear
from tests.rows import AT, Rows


class Session:
    """What was done to a session, in order."""

    def __init__(self):
        self.done, self.info = [], {}

    def __call__(self):
        return self

    def commit(self):
        self.done.append("commit")

    def rollback(self):
        self.done.append("rollback")


@pytest.fixture
def done(monkeypatch):
    session = Session()
    monkeypatch.setattr(db, "session", session)
    monkeypatch.setattr(session_recovery, "forget_submission", lambda: session.done.append("forget"))
    return session.done


@pytest.fixture
def bare():
    return Flask("bare")


SAVED, TAKEN_BACK, LOOKED = ["forget", "commit"], ["rollback"], []


@pytest.mark.parametrize(
    ("method", "status", "expected"),
    [
        ("POST", 200, SAVED),
        ("POST", 303, SAVED),
        ("POST", 399, SAVED),
        ("POST", 400, TAKEN_BACK),
        ("POST", 422, TAKEN_BACK),
        ("PUT", 500, TAKEN_BACK),
        ("GET", 200, LOOKED),
        ("GET", 404, LOOKED),
    ],
)
def test_a_change_is_saved_where_the_answer_says_that_it_was_done(bare, done, method, status, expected):
    with bare.test_request_context(method=method):
        answer = guard.public(lambda: Response(status=status))()
    assert answer.status_code == status
    assert done == expected


def test_a_draft_is_saved_although_sending_it_was_refused(bare, done):
    def view():
        guard.commit_although_refused()
        return Response(status=422)

    with bare.test_request_context(method="POST"):
        assert guard.public(view)().status_code == 422
        assert done == SAVED
        assert g.commits_although_refused is True


def test_a_view_keeps_its_name_and_says_what_it_needs():
    def view():
        """Of a page."""

    guarded = guard.needs(Permission.PEOPLE_EDIT)(view)
    assert (guarded.__name__, guarded.permission) == ("view", Permission.PEOPLE_EDIT)


def who():
    """A page that says who looks at it, in its turn."""
    turn.wait()
    return looks()


def looks():
    """A page that says who looks at it."""
    return {"who": g.actor.name if g.actor else None}


@pytest.fixture(scope="module")
def _site():
    with application() as site:
        site.config["PROPAGATE_EXCEPTIONS"] = True
        guard.attach(site)
        methods = ["GET", "POST"]
        site.add_url_rule("/sign-in", "accounts.sign_in", guard.public(who), methods=methods)
        site.add_url_rule("/open", "open", guard.public(who), methods=methods)
        site.add_url_rule("/looks", "looks", guard.needs(Permission.SIGNED_IN)(looks), methods=methods)
        site.add_url_rule("/page", "page", guard.needs(Permission.SIGNED_IN)(who), methods=methods)
        site.add_url_rule("/people", "people", guard.needs(Permission.PEOPLE_EDIT)(who), methods=methods)
        site.add_url_rule("/people/<int:user_id>", "person", guard.needs(Permission.SIGNED_IN)(rename), methods=methods)
        site.add_url_rule("/api/x", "api", who, methods=methods)
        site.add_url_rule("/static/x", "static", who, methods=methods)
        yield site


def rename(user):
    """A page that changes whom its address names."""
    if request.form.get("name") == "":
        return Response("Not this time", status=422)
    user.name = "Renamed"
    db.session.flush()
    return Response("Not this time", status=422) if request.form.get("name") == "late" else looks()


@pytest.fixture
def begun(_site, monkeypatch):
    """For each begin of writing, who was known by then."""
    times = []
    monkeypatch.setattr(turn, "begin_writing", lambda session: times.append(g.actor.name if g.actor else None))
    yield times
    clear(_site)


@pytest.fixture
def site(_site, begun):
    return _site


@pytest.fixture
def browser(site):
    """`browser(minutes)`: Ruth's, seen last so long ago."""

    def signed_in(**since):
        with site.app_context():
            rows = Rows(db.session())
            seen_at = AT - dt.timedelta(**since)
            digest = tokens.digest("s")
            rows.add(UserSession, user_id=rows.ruth.id, digest=digest, created_at=seen_at, seen_at=seen_at)
            db.session.commit()
        client = site.test_client()
        with client.session_transaction() as cookie:
            cookie[guard.SECRET] = "s"
        return client

    return signed_in


def seen_at(site):
    with site.app_context():
        return db.session.query(UserSession.seen_at).scalar()


@pytest.mark.parametrize("path", ["/open", "/page"])
def test_a_session_says_who_looks(browser, path):
    assert browser(minutes=5).get(path).json == {"who": "Ruth"}


@pytest.mark.parametrize("path", ["/api/x", "/static/x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_is_looked_for_where_no_page_is(browser, begun, path, method):
    assert browser(minutes=5).open(path, method=method).json == {"who": None}
    assert begun == []


def test_only_what_changes_something_begins_to_write(site, browser, begun):
    client = browser(minutes=5)
    with site.app_context():
        igor = db.session.query(User.id).filter_by(name="Igor").scalar()
    refused = f"/people/{igor}"
    for method, path, status in [
        ("GET", "/page", 200),
        ("POST", "/nowhere", 404),
        ("POST", "/looks", 200),
        ("POST", refused, 422),
        ("POST", "/page", 200),
    ]:
        assert begun == [], path
        assert client.open(path, method=method, data={"name": ""}).status_code == status
    assert begun == ["Ruth"]


def test_a_view_is_begun_anew_at_its_first_write(site, browser, begun):
    client = browser(minutes=5)
    with site.app_context():
        igor = db.session.query(User.id).filter_by(name="Igor").scalar()
    assert client.post(f"/people/{igor}", data={"name": "x"}).json == {"who": "Ruth"}
    assert begun == ["Ruth"]


def test_who_was_signed_out_while_they_waited_changes_nothing(site, browser, monkeypatch):
    client = browser(minutes=5)
    begin = turn.begin_writing

    def signed_out(session):
        begin(session)
        session.query(UserSession).delete()

    monkeypatch.setattr(turn, "begin_writing", signed_out)
    with site.app_context():
        ids = {user.name: user.id for user in db.session.query(User)}
    answer = client.post(f"/people/{ids['Igor']}", data={"name": "x"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    with site.app_context():
        assert db.session.get(User, ids["Igor"]).name == "Igor"


@pytest.mark.parametrize(
    ("seconds", "method", "seen"),
    [
        (61, "POST", AT),
        (60, "POST", AT - dt.timedelta(seconds=60)),
        (61, "GET", AT),
        (60, "GET", AT - dt.timedelta(seconds=60)),
        (1_799, "POST", AT),
    ],
)
def test_it_is_noted_once_a_minute_that_a_session_is_in_use(site, browser, seconds, method, seen):
    browser(seconds=seconds).open("/page", method=method)
    assert seen_at(site) == seen


def test_what_a_page_fetches_by_itself_is_no_use(site, browser):
    client = browser(seconds=600)
    for mode in ("cors", "same-origin", "no-cors"):
        assert client.get("/page", headers={"Sec-Fetch-Mode": mode}).status_code == 200
    assert seen_at(site) == AT - dt.timedelta(seconds=600)
    client.get("/page", headers={"Sec-Fetch-Mode": "navigate"})
    assert seen_at(site) == AT


def test_who_is_not_signed_in_comes_back_to_the_page_after_signing_in(site):
    client = site.test_client()
    for path, location in [("/page", "/sign-in?next=/page"), ("/page?q=a&x=", "/sign-in?next=/page?q%3Da%26x%3D")]:
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, location)
    answer = client.post("/page", data={"text": "Call her"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_a_session_that_has_run_out_is_none_and_what_it_sent_is_kept(browser, monkeypatch):
    moments = []
    monkeypatch.setattr(session_recovery, "after_the_session", lambda *, now: moments.append(now) or redirect("/kept"))
    assert browser(hours=3).get("/page").location == "/kept"
    assert moments == [AT]


def test_what_was_typed_without_a_session_is_shown_again(site, monkeypatch):
    monkeypatch.setattr(
        errors, "page", lambda status, message, *, typed: ({"message": message, "typed": typed}, status)
    )
    answer = site.test_client().post("/page", data={"next_step": "Call her"}, headers=OWN_PAGE)
    sentence = "Nothing was saved. Copy what you typed, sign in, and send it again."
    assert (answer.status_code, answer.json) == (401, {"message": sentence, "typed": [["Next step", "Call her"]]})


def test_the_policy_is_asked_with_what_the_address_names(site, browser):
    client = browser(minutes=5)
    with pytest.raises(Forbidden):
        client.get("/people")
    with site.app_context():
        ids = {user.name: user.id for user in db.session.query(User)}
    for form, name in [({"name": ""}, "Igor"), ({"name": "late"}, "Igor"), ({"name": "x"}, "Renamed")]:
        client.post(f"/people/{ids['Igor']}", data=form)
        with site.app_context():
            assert db.session.get(User, ids["Igor"]).name == name

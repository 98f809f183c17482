"""The guard of pages on a bare application: what a view has changed is saved where its answer says that it was done."""

import pytest
from flask import Flask, Response, g

from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.web.request import guard, session_recovery


class Session:
    """What was done to a session, in order."""

    def __init__(self):
        self.done = []

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


@pytest.fixture(scope="module")
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

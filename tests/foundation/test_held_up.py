"""Nobody waits for somebody else's long work, and who has to wait is told so and loses nothing."""

import sqlite3

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from recruiter.accounts.models import ApiToken, User
from recruiter.foundation import jobs
from recruiter.foundation.database.db import db
from recruiter.foundation.database.engine import passes
from recruiter.jobs import worker
from recruiter.ranking.bias_audit import services as bias_audit
from tests.transactions import ConnectionsGivenBack


def others_can_write():
    """Another connection takes a change of its own through, without waiting."""
    with db.engine.connect().execution_options(write=True) as other:
        other.detach()  # what is set on it stays with it
        if db.engine.dialect.name == "sqlite":
            other.exec_driver_sql("PRAGMA busy_timeout = 0")
        other.execute(text("UPDATE candidate SET headline = headline"))
        other.commit()


def test_a_slow_mail_server_keeps_nobody_from_writing(app, session, people, now, monkeypatch):
    payload = {"to": "ines@example.com", "name": "Ines", "subject": "Thursday", "body": "You will hear on Thursday."}
    number = jobs.enqueue(session, "mail", payload=payload, now=now).id
    session.commit()
    wrote = []

    class Slow:
        def send(self, email, *, key):
            others_can_write()
            wrote.append((email.to, key))

    monkeypatch.setitem(app.extensions, "recruiter_mailer", Slow())
    while worker.step(app):
        pass
    assert wrote == [("ines@example.com", f"job-{number}")]
    done = session.get(jobs.Job, number)
    assert (done.status, done.payload, done.result) == (jobs.JobStatus.DONE, {}, {"sent": True})


def test_a_long_audit_keeps_nobody_from_writing(app, session, people, now, monkeypatch):
    number = jobs.enqueue(session, bias_audit.KIND, payload={}, now=now, asked_by_id=people.anja.id).id
    session.commit()
    judge, wrote = bias_audit.judge, []

    def slow(given, **more):
        others_can_write()
        wrote.append(True)
        return judge(given, **more)

    monkeypatch.setattr(bias_audit, "judge", slow)
    while worker.step(app):
        pass
    done = session.get(jobs.Job, number)
    assert (wrote, done.status, done.problem) == ([True], jobs.JobStatus.DONE, None)


class LockedError(Exception):
    """As the driver tells it."""

    sqlite_errorcode = 5


@pytest.mark.parametrize(
    ("attributes", "it_passes"),
    [
        ({"sqlite_errorcode": sqlite3.SQLITE_BUSY}, True),
        ({"sqlite_errorcode": sqlite3.SQLITE_ERROR}, False),  # no such table
        ({"sqlite_errorcode": sqlite3.SQLITE_FULL}, False),
        ({"sqlstate": "40P01"}, True),  # deadlock
        ({"sqlstate": "55P03"}, True),  # lock not available
        ({"sqlstate": "53100"}, False),  # disk full
        ({"sqlstate": None}, True),  # no connection
    ],
)
def test_what_passes_by_itself_is_told_from_a_fault(attributes, it_passes):
    error = Exception()
    for name, value in attributes.items():
        setattr(error, name, value)
    assert passes(OperationalError("", {}, error)) is it_passes


@pytest.fixture
def locked(monkeypatch):
    """From now on the database is busy with somebody else's change."""

    def begin(*given, **more):
        raise OperationalError("BEGIN IMMEDIATE", {}, LockedError("database is locked"))

    def lock():
        monkeypatch.setattr(db.session.session_factory.class_, "connection", begin)

    return lock


def test_who_has_to_wait_is_told_and_keeps_what_he_typed(browse, locked):
    page = browse("ruth")
    locked()
    sent = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    answer = page.post("/candidates/new", data={"name": "Zoë Ångström"}, headers=sent)
    assert answer.status_code == 503
    assert "send it again in a moment" in answer.text
    assert "Zoë Ångström" in answer.text


def test_a_client_is_told_when_to_come_again(api, locked):
    caller = api.ruth
    locked()
    answer = caller.post("/candidates", {"name": "Zoë", "emails": ["zoe@example.com"]})
    assert (answer.status_code, answer.headers["Retry-After"], answer.json["title"]) == (503, "5", "Busy")


def test_a_note_of_a_read_waits_for_nobody(app, api, people, session):
    """The last use of a token is written where that costs no wait: a look is answered at once, whoever writes."""
    session.connection(execution_options={"write": True})  # somebody is at work
    assert api.ruth.get("/me").status_code == 200
    session.rollback()
    assert api.ruth.get("/me").status_code == 200
    used = dict(session.execute(select(User.email, ApiToken.last_used_at).join(ApiToken)).all())
    assert used["ruth@example.com"] is not None
    assert used["ines@example.com"] is None


def test_an_answer_that_is_sent_piece_by_piece_keeps_no_connection(app):
    """The check that every request under test goes through finds one that does."""

    def slow():
        with app.app_context():
            db.session.execute(text("SELECT 1"))
            yield b"first"
            yield b"last"

    def answer(environ, start_response):
        pieces = slow()
        return [next(pieces), *pieces] if environ["PATH_INFO"] == "/whole" else iter([next(pieces), pieces])

    with app.app_context():
        watched = ConnectionsGivenBack(answer, db.engine)
    assert watched({"PATH_INFO": "/whole"}, None) == [b"first", b"last"]
    with pytest.raises(pytest.fail.Exception, match="keeps a connection"):
        watched({"PATH_INFO": "/slow"}, None)

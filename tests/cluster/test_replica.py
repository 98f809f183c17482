"""A copy of the database answers lists and reports, and whoever has just changed something finds it there. By hand: -m long."""

import pytest
from sqlalchemy import create_engine, event

from recruiter import cli
from recruiter.accounts import services as accounts
from recruiter.accounts import token_services
from recruiter.accounts.models import Role
from recruiter.app import create_app
from recruiter.foundation.clock import Clock
from recruiter.foundation.database.db import begin_writing, db
from tests.acts import moment
from tests.conftest import Api

pytestmark = pytest.mark.long


@pytest.fixture
def house(primary, replica, tmp_path, monkeypatch):
    """The application with a copy to read from, and a client of a recruiter."""
    monkeypatch.setenv("RECRUITER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("RECRUITER_DATABASE_URL", primary.url("recruiter"))
    monkeypatch.setenv("RECRUITER_REPLICA_URL", replica.url("recruiter"))
    cli.commands.main(["db", "upgrade"], standalone_mode=False)
    app = create_app()
    with app.app_context():
        begin_writing(db.session())
        now = Clock().now()
        ruth = accounts.add(
            db.session(), email=f"ruth{now.timestamp()}@example.com", name="Ruth", role=Role.RECRUITER, pay_view=True,
            act=moment(now), password="five green bottles standing", memory_kib=8,
        )  # fmt: skip
        token = token_services.new_token(db.session(), user=ruth, act=moment(now))
        db.session.commit()
    yield app, Api(app, token)
    with app.app_context():
        db.engine.dispose()
    app.extensions["recruiter_replica"].engine.dispose()


def names(answer):
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json["items"]]


@pytest.fixture
def copied(house):
    """The statements that the copy answered, but those that ask whether it is current."""
    seen = []

    def remember(connection, cursor, statement, *rest):
        if "candidate" in statement:
            seen.append(statement)

    event.listen(house[0].extensions["recruiter_replica"].engine, "before_cursor_execute", remember)
    return seen


def paused(replica, *, is_paused):
    replica.run("SELECT pg_wal_replay_pause()" if is_paused else "SELECT pg_wal_replay_resume()")


def test_who_has_just_written_finds_it_and_the_copy_answers_the_rest(house, copied, primary, replica):
    _, ruth = house
    for number in range(20):
        made = ruth.post("/candidates", {"name": f"Ada {number}", "emails": [f"ada{number}@example.com"]})
        assert made.status_code == 201, made.text
        assert f"Ada {number}" in names(ruth.get(f"/candidates?q=Ada {number}"))
    replica.run("SELECT 1")
    wait_until_current(primary, replica)
    copied.clear()
    assert "Ada 3" in names(ruth.get("/candidates?q=Ada 3"))
    assert copied  # the copy has it, and answers


def wait_until_current(primary, replica):
    [[position]] = primary.run("SELECT pg_current_wal_lsn()")
    for _ in range(1000):
        [[is_there]] = replica.run(f"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn")
        if is_there:
            return
    raise AssertionError("the copy does not follow")


def test_a_copy_that_stands_still_answers_nobody_who_has_written(house, copied, primary, replica):
    _, ruth = house
    ruth.post("/candidates", {"name": "Before", "emails": ["before@example.com"]})
    wait_until_current(primary, replica)
    paused(replica, is_paused=True)
    try:
        copied.clear()
        assert ruth.post("/candidates", {"name": "Boris", "emails": ["boris@example.com"]}).status_code == 201
        assert names(ruth.get("/candidates?q=Boris")) == ["Boris"]
        assert copied == []
    finally:
        paused(replica, is_paused=False)
    wait_until_current(primary, replica)
    assert names(ruth.get("/candidates?q=Boris")) == ["Boris"]
    assert copied


def test_without_its_copy_the_primary_answers(house, copied, primary, replica):
    _, ruth = house
    wait_until_current(primary, replica)
    assert names(ruth.get("/candidates?q=nobody")) == []
    assert copied
    copied.clear()
    replica.server.kill()
    try:
        assert names(ruth.get("/candidates?q=nobody")) == []
    finally:
        (replica.folder / "postmaster.pid").unlink(missing_ok=True)
        replica.server.start()
        replica.wait()
    house[0].extensions["recruiter_replica"].asked_again_at = 0
    wait_until_current(primary, replica)
    copied.clear()
    assert names(ruth.get("/candidates?q=nobody")) == []
    assert copied


def test_a_primary_is_no_copy(house, copied, primary):
    app, ruth = house
    app.extensions["recruiter_replica"].engine = create_engine(primary.url("recruiter"))
    assert names(ruth.get("/candidates?q=nobody")) == []
    assert copied == []

"""What load balancers and Prometheus are told, and how a request is found in the log."""

import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from recruiter.cli import schema
from recruiter.foundation import jobs, log_lines
from recruiter.foundation.database import revision
from recruiter.foundation.database.db import db
from recruiter.monitoring import health
from recruiter.monitoring.database_metrics import DatabaseMetrics
from recruiter.monitoring.request_ids import RequestIds
from tests.doubles import FixedClock

OWN_ID = re.compile(r"[0-9a-f]{16}")


@pytest.fixture
def at_revision(app, session):
    """`at_revision("0020")`: the database says that it is at that revision."""
    connection = session.connection()
    connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
    session.commit()

    def say(number):
        session.execute(text("DELETE FROM alembic_version"))
        session.execute(text("INSERT INTO alembic_version VALUES (:number)"), {"number": number})
        session.commit()

    yield say
    session.execute(text("DROP TABLE alembic_version"))
    session.commit()


def test_a_balancer_is_told_whether_this_server_can_answer(app, at_revision, count_statements):
    client, needed = app.test_client(), revision.needed()
    assert needed == schema.newest()
    at_revision(needed)
    with count_statements() as seen:
        answer = client.get("/health", headers={"Host": "10.1.2.3"})
    assert (answer.status_code, answer.text, len([statement for statement in seen if "SELECT" in statement])) == (
        200,
        "ok\n",
        1,
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert client.head("/health").text == ""
    at_revision(f"{int(needed) + 1:04}")  # a newer server has begun to take over
    assert client.get("/health").status_code == 200
    at_revision("0017")
    answer = client.get("/health")
    assert (answer.status_code, answer.text) == (503, f"schema 0017, needs {needed}\n")


def test_a_database_that_does_not_answer_is_told_in_a_word(tmp_path):
    assert health.state(create_engine(f"sqlite:///{tmp_path}/none/recruiter.db")) == "no database"
    assert health.state(create_engine(f"sqlite:///{tmp_path}/empty.db")) == "no schema"


@pytest.mark.parametrize(
    ("trusted", "brought", "taken"),
    [
        (True, "edge-01.7f3a", True),
        (False, "edge-01.7f3a", False),
        (True, "short", False),
        (True, "x" * 65, False),
        (True, "two\nlines of a log", False),
        (True, "", False),
    ],
)
def test_an_id_is_taken_over_from_our_own_proxy_alone(trusted, brought, taken):
    def app(environ, start_response):
        start_response("200 OK", [])
        return [log_lines.current_work().encode()]

    headers = {}
    answer = RequestIds(app, trusted=trusted)(
        {"HTTP_X_REQUEST_ID": brought}, lambda status, pairs, error: headers.update(pairs)
    )
    assert headers["X-Request-Id"].encode() == b"".join(answer)
    assert (headers["X-Request-Id"] == brought) == taken
    assert taken or OWN_ID.fullmatch(headers["X-Request-Id"])


def test_every_line_of_the_log_names_its_request_or_job(capsys):
    handler = logging.StreamHandler(sys.stderr)
    log_lines.form(handler)
    log = logging.getLogger("recruiter.test")
    log.addHandler(handler)
    log_lines.begin_work(log_lines.NOTHING)
    try:
        with log_lines.work("job-7"):
            log.warning("in the job")
        log.warning("after it")
    finally:
        log.removeHandler(handler)
    assert [line[24:] for line in capsys.readouterr().err.splitlines()] == [
        "WARNING [job-7] recruiter.test: in the job",
        "WARNING [-] recruiter.test: after it",
    ]


def test_metrics_of_the_database(app, session, now):
    for kind, minutes in [("mail", 5), ("mail", 2), ("model.fit", -5)]:
        jobs.enqueue(session, kind, payload={}, now=now, due_at=now.replace(minute=now.minute - minutes))
    session.commit()
    with app.app_context():
        families = {family.name: family for family in DatabaseMetrics(db.engine, FixedClock(now)).collect()}
    assert families["recruiter_database_answers"].samples[0].value == 1
    counts = {tuple(sample.labels.values()): sample.value for sample in families["recruiter_jobs"].samples}
    assert counts == {("mail", "queued"): 2, ("model.fit", "queued"): 1}
    assert families["recruiter_oldest_due_job_seconds"].samples[0].value == 300
    assert ("recruiter_sqlite_log_bytes" in families) == (session.get_bind().dialect.name == "sqlite")


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _read(address):
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310  # our own server
        return answer.read().decode()


def test_the_processes_of_a_server_count_together(tmp_path):
    port, metrics = _free_port(), _free_port()
    environment = {**os.environ, "RECRUITER_INSTANCE": str(tmp_path), "RECRUITER_METRICS_PORT": str(metrics)}
    command = [sys.executable, "-c", "from recruiter.cli import main; main()"]
    root = Path(__file__).parents[2]
    with subprocess.Popen([*command, "serve", "--port", str(port)], env=environment, cwd=root) as server:
        try:
            for _ in range(200):
                try:
                    _read(f"http://127.0.0.1:{port}/static/favicon.svg")
                    break
                except OSError:
                    time.sleep(0.1)
            for _ in range(19):
                _read(f"http://127.0.0.1:{port}/static/favicon.svg?of=71913")
            answer = _read(f"http://127.0.0.1:{metrics}/metrics")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
    assert 'recruiter_requests_total{method="GET",route="/static/<path:filename>",status="2xx"} 20.0' in answer
    assert 'recruiter_request_seconds_count{method="GET",route="/static/<path:filename>"} 20.0' in answer
    assert "recruiter_database_answers 0.0" in answer  # it has no tables yet
    assert "recruiter_sqlite_log_bytes" in answer
    assert "71913" not in answer

"""Through PgBouncer in transaction mode, which lends a server connection for one transaction alone. By hand: -m long."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from recruiter.foundation.database import condition, engine
from tests.cluster.postgres import PgBouncer, owned

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[2]
STORIES = ("tests/journey", "tests/foundation/test_jobs.py")


@pytest.fixture(scope="module")
def any_database(place, primary):
    pooler = PgBouncer(owned(place / "any"), primary, "*")
    yield pooler.url
    pooler.stop()


def test_the_story_goes_through_a_pooler(any_database):
    environment = {**os.environ, "RECRUITER_TEST_DATABASE_URL": any_database.replace("+psycopg", "")}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *STORIES]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


def test_nothing_is_prepared_on_a_connection_that_is_lent(any_database):
    pooled = create_engine(any_database)
    engine.prepare(pooled)
    with pooled.connect() as connection:
        assert condition.of(connection).lines["connections"] == "through a pooler, without prepared statements"
        for _ in range(20):  # psycopg prepares what it is asked a fifth time
            connection.execute(text("SELECT 1"))
            connection.commit()
        assert connection.scalar(text("SELECT count(*) FROM pg_prepared_statements")) == 0
    pooled.dispose()

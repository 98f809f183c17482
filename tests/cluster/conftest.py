"""What the tests of several servers stand on: a primary and a copy of Debian's PostgreSQL, a pooler, a company."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.cluster.postgres import PgBouncer, Postgres, are_installed, owned


@pytest.fixture(scope="session")
def place():
    """A folder that Debian's user of databases may look into."""
    if not are_installed():
        pytest.skip("needs Debian's packages postgresql, pgbouncer and haproxy")
    folder = Path(tempfile.mkdtemp(prefix="recruiter-cluster-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def primary(place):
    server = Postgres(owned(place / "primary"))
    server.run("CREATE DATABASE recruiter")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def replica(place, primary):
    server = Postgres(owned(place / "replica"), follows=primary)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def pooler(place, primary):
    server = PgBouncer(owned(place / "pooler"), primary, "recruiter")
    yield server
    server.stop()

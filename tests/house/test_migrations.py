"""The migrations lead from nothing to exactly the tables of the models, on the engine under test."""

import ast
import re
import uuid
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from recruiter.app import create_app
from recruiter.cli import schema
from recruiter.foundation.database.db import db
from recruiter.foundation.templates import PACKAGE
from recruiter.settings import Settings
from tests.house import schema_text

MIGRATIONS = Path(PACKAGE / "migrations")
VERSIONS = sorted((MIGRATIONS / "versions").glob("*.py"))
BASELINE = Path(__file__).parents[1] / "data" / "revision-0017"
ALLOWED = ("recruiter.migrations", "recruiter.foundation.database.db")  # the second for its column types


@pytest.fixture
def empty(tmp_path, server_url, database_url):
    """The application on a database of its own without a table."""
    url = f"sqlite:///{tmp_path}/empty.db"
    if server_url:
        admin = create_engine(database_url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            name = f"migrated_{uuid.uuid4().hex[:10]}"
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        url = str(admin.url.set(database=name).render_as_string(hide_password=False))
        admin.dispose()
    app = create_app(Settings(instance=tmp_path, database_url=url, secret_key="t" * 64, testing=True))
    with app.app_context():
        yield db.engine
        db.engine.dispose()


def test_their_numbers_are_unbroken():
    numbers = [int(re.match(r"(\d{4})_", path.name).group(1)) for path in VERSIONS]
    assert numbers == list(range(17, 17 + len(numbers)))


def test_upgrade_from_empty_equals_the_models(empty):
    command.upgrade(schema.config(), "head")
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
    command.downgrade(schema.config(), "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]
    command.upgrade(schema.config(), "head")


def test_the_baseline_is_what_databases_of_its_revision_have(empty):
    """Whoever changes the baseline changes nothing in databases that are past it: write a migration instead."""
    command.upgrade(schema.config(), "0017")
    known = (BASELINE / f"{empty.dialect.name}.txt").read_text(encoding="utf-8")
    assert schema_text.lines(empty) == known.splitlines()


def test_no_migration_reads_the_models():
    """History stays as it was, while the models go on."""
    for path in [*VERSIONS, *(MIGRATIONS / "baseline").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            own = [module for module in modules if module.partition(".")[0] == "recruiter"]
            assert all(module.startswith(ALLOWED) for module in own), (path.name, own)

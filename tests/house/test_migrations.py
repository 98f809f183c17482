"""The migrations lead from nothing to exactly the tables of the models, on the engine under test."""

import re
import uuid
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from recruiter.app import create_app
from recruiter.foundation.database.db import db
from recruiter.settings import PACKAGE, Settings

VERSIONS = sorted(Path(PACKAGE / "migrations" / "versions").glob("*.py"))


def test_their_numbers_are_unbroken():
    numbers = [int(re.match(r"(\d{4})_", path.name).group(1)) for path in VERSIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_upgrade_from_empty_equals_the_models(tmp_path, server_url, database_url):
    url = f"sqlite:///{tmp_path}/empty.db"
    if server_url:
        from sqlalchemy import create_engine, text

        admin = create_engine(database_url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            name = f"migrated_{uuid.uuid4().hex[:10]}"
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        url = str(admin.url.set(database=name).render_as_string(hide_password=False))
        admin.dispose()
    app = create_app(Settings(instance=tmp_path, database_url=url, secret_key="t" * 64, testing=True))
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        downgrade(revision="base")
        upgrade()
        db.engine.dispose()

"""What the tests of backups stand on: installations beside the one under test."""

import uuid

import pytest
from sqlalchemy import create_engine, text

from recruiter import cli
from recruiter.app import create_app
from recruiter.foundation.database.db import db
from recruiter.foundation.files.folder_store import FolderStore
from tests import backups, factories


@pytest.fixture
def elsewhere(tmp_path, monkeypatch, server_url, capsys):
    """`elsewhere(*words)`: a command in an installation of its own; on SQLite, or with `postgres` on the server under test."""
    made = []

    class Place:
        def __init__(self, name, *, postgres=False):
            self.folder = tmp_path / name
            self.folder.mkdir()
            self.url = f"sqlite:///{self.folder / 'recruiter.db'}"
            if postgres:
                base = create_engine(
                    server_url.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT"
                )
                database = f"recruiter_{uuid.uuid4().hex[:10]}"
                with base.connect() as connection:
                    connection.execute(text(f'CREATE DATABASE "{database}"'))
                self.url = base.url.set(database=database).render_as_string(hide_password=False)
                made.append((base, database))

        def __call__(self, *arguments):
            monkeypatch.setenv("RECRUITER_INSTANCE", str(self.folder))
            monkeypatch.setenv("RECRUITER_DATABASE_URL", self.url)
            code = 0
            try:
                cli.main([str(argument) for argument in arguments])
            except SystemExit as end:
                code = end.code
            output = capsys.readouterr()
            return code, output.out + output.err

        def app(self):
            monkeypatch.setenv("RECRUITER_INSTANCE", str(self.folder))
            monkeypatch.setenv("RECRUITER_DATABASE_URL", self.url)
            return create_app()

    yield Place
    for base, database in made:
        with base.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{database}" WITH (FORCE)'))
        base.dispose()


@pytest.fixture
def filled_company(app, session, people, now, tmp_path):
    """A search with finalists in the database under test, and two uploaded files."""
    requisition = factories.requisition(session, people, now)
    factories.finalists(session, people, now, requisition, names=("Zoë Ñandú", "李小龙", "O'Hara; DROP TABLE"))
    requisition.stages[0].exit_list = ["cards"]
    session.commit()
    store = FolderStore(tmp_path / "files")
    store.put(b"%PDF"), store.put(b"\x00\xff" * 500)
    return requisition


@pytest.fixture
def archive(app, filled_company, tmp_path, now):
    """The backup of that company."""
    with app.app_context():
        return backups.written(db.engine, tmp_path, tmp_path / "filled_company.zip", now)

"""What was made before the history began anew at revision 0017: of that revision it goes on as it is, of an older one it is refused."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from recruiter.foundation.database import backup_reader
from recruiter.foundation.database.db import Base
from recruiter.foundation.database.transient import is_transient

BACKUP = Path(__file__).parents[1] / "data" / "revision-0017" / "backup.zip"
OLDER = ["0001", "0016"]


def _rows(path):
    """The rows of every table of an archive, by the names of their columns."""
    with backup_reader.opened(path) as (archive, manifest):
        parts = {name: archive.read(f"tables/{name}.jsonl").splitlines() for name in manifest.tables}
    return {
        name: [dict(zip(json.loads(lines[0]), json.loads(line), strict=True)) for line in lines[1:]]
        for name, lines in parts.items()
    }


def test_a_backup_of_before_comes_back_row_by_row(elsewhere, tmp_path, server_url):
    there, again = elsewhere("there", postgres=bool(server_url)), tmp_path / "again.zip"
    code, answer = there("restore", BACKUP)
    assert (code, "audit chain is whole" in answer) == (0, True)
    assert there("doctor")[0] == 0
    assert there("backup", again)[0] == 0
    before, after = _rows(BACKUP), _rows(again)
    assert len(before) == 90
    for name, rows in before.items():
        assert rows, f"the backup has no row of {name}"
        if is_transient(Base.metadata.tables[name]):
            assert after[name] == [], f"{name} came back"
            continue
        restored = after[name][: len(rows)] if name == "audit_entry" else after[name]  # the restore itself is on record
        if name == "audit_head":
            continue
        columns = set(rows[0]) - ({"status"} if name == "job" else set())  # mails wait to be released after a restore
        assert [{column: row[column] for column in columns} for row in restored] == [
            {column: row[column] for column in columns} for row in rows
        ], name


def test_the_files_of_a_backup_of_before_come_back(elsewhere):
    there = elsewhere("there")
    assert there("restore", BACKUP)[0] == 0
    with backup_reader.opened(BACKUP) as (_, manifest):
        parts = {key: part.sha256 for key, part in manifest.files.items()}
    stored = there.folder / "files"
    assert parts
    assert parts == {key: hashlib.sha256((stored / key[:2] / key).read_bytes()).hexdigest() for key in parts}


@pytest.mark.parametrize("revision", OLDER)
def test_a_database_of_an_older_revision_is_refused_and_left_alone(elsewhere, tmp_path, server_url, revision):
    there = elsewhere("there", postgres=bool(server_url))
    engine = create_engine(there.url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text(f"INSERT INTO alembic_version VALUES ('{revision}')"))
        connection.execute(text("CREATE TABLE audit_head (id INTEGER PRIMARY KEY)"))
        connection.execute(text("INSERT INTO audit_head VALUES (1)"))
    for command in [
        ("db", "upgrade"),
        ("doctor",),
        ("backup", tmp_path / "older.zip"),
        ("restore", BACKUP, "--replace"),
        ("demo", "--no-serve"),
    ]:
        code, answer = there(*command)
        sentence = (
            f"This database is at revision {revision}, and this version of Recruiter goes on from revision 0017. Upgrade it "
            "with the version of that day first, which brings it to 0017, then with this one."
        )
        assert (code, answer.splitlines()[-1]) == (1, sentence), command
    assert sorted(inspect(engine).get_table_names()) == ["alembic_version", "audit_head"]
    engine.dispose()


@pytest.mark.parametrize("revision", OLDER)
def test_a_backup_of_an_older_revision_is_refused_before_anything_is_done(elsewhere, tmp_path, server_url, revision):
    older = tmp_path / "older.zip"
    with zipfile.ZipFile(BACKUP) as known, zipfile.ZipFile(older, "w") as new:
        for name in known.namelist():
            content = known.read(name)
            if name == "manifest.json":
                content = json.dumps({**json.loads(content), "revision": revision}).encode()
            new.writestr(name, content)
    there = elsewhere("there", postgres=bool(server_url))
    code, answer = there("restore", older)
    assert code == 1
    assert answer.strip() == (
        f"This backup is at revision {revision}, and this version of Recruiter goes on from revision 0017. Restore it with the "
        "version of that day first, which brings it to 0017, and make a new backup there."
    )
    engine = create_engine(there.url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()

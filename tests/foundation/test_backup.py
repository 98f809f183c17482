"""Everything out into one file and back: the same rows, on either engine, or nothing at all."""

import json
import zipfile

import pytest
from sqlalchemy import JSON, create_engine, select, text

from recruiter.accounts.models import User
from recruiter.foundation.database import backup_reader, restoration, table_lines
from recruiter.foundation.database.db import Base, db
from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.models.records import Touchpoint
from tests import backups, factories
from tests.acts import act_by


@pytest.mark.parametrize("store", ["folder", "bucket"])
def test_the_backup_of_a_restored_backup_is_the_same(archive, elsewhere, tmp_path, store, request, monkeypatch):
    there = elsewhere("there")
    if store == "bucket":
        bucket = request.getfixturevalue("bucket")
        monkeypatch.setenv("RECRUITER_FILES_URL", f"s3://{bucket.name}/of/hiring")
        monkeypatch.setenv("RECRUITER_FILES_ENDPOINT", bucket.endpoint)
    code, output = there("restore", archive)
    assert (code, "audit chain is whole" in output) == (0, True)
    assert there("backup", tmp_path / "again.zip")[0] == 0
    assert backups.content(tmp_path / "again.zip") == backups.content(archive)
    assert (tmp_path / "again.zip").stat().st_mode & 0o077 == 0
    assert (there.folder / "files").exists() == (store == "folder")


def test_what_sqlite_wrote_goes_on_under_postgresql(archive, elsewhere, tmp_path, server_url):
    if not server_url:
        pytest.skip("moves a backup from SQLite to a PostgreSQL server: run with --postgres")
    light, grown = elsewhere("light"), elsewhere("grown", postgres=True)
    assert light("restore", archive)[0] == 0
    assert light("backup", tmp_path / "light.zip")[0] == 0
    assert grown("restore", tmp_path / "light.zip")[0] == 0
    assert grown("backup", tmp_path / "grown.zip")[0] == 0
    assert backups.content(tmp_path / "grown.zip") == backups.content(archive)
    app = grown.app()
    with app.app_context():  # the numbers go on after the last
        last = max(db.session.scalars(select(User.id)))
        user = User(
            email="new@example.com", email_key="new@example.com", name="New", role="recruiter",
            created_at=db.session.scalars(select(User.created_at)).first(),
        )  # fmt: skip
        db.session.add(user)
        db.session.flush()
        assert user.id > last
        db.session.rollback()
        db.engine.dispose()


def test_null_inside_a_json_column_is_not_none(app, filled_company, session, tmp_path, now, elsewhere):
    table, column = next(
        (table, column)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if table.name == "stage" and isinstance(column.type, JSON)
    )
    session.execute(
        table.update().where(table.c.id == filled_company.stages[1].id).values({column.name: text("'null'")})
    )
    session.commit()
    with app.app_context():
        first = backups.written(db.engine, tmp_path, tmp_path / "first.zip", now)
    place = elsewhere("place")
    assert place("restore", first)[0] == 0
    with place.app().app_context():
        row = db.session.execute(
            text(f"SELECT CAST({column.name} AS TEXT) FROM stage ORDER BY id")
        ).scalars().all()  # fmt: skip
        db.engine.dispose()
    assert row[:3] == ['["cards"]', "null", None]


def test_any_damaged_byte_is_found_or_stood_where_nothing_is_kept(archive, tmp_path):
    whole, parts = archive.read_bytes(), backups.content(archive)
    damaged, refusals = tmp_path / "damaged.zip", 0
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            assert backups.content(damaged) == parts
        except RuleBroken:
            refusals += 1
    assert refusals > 75


def test_a_backup_that_was_cut_off_is_refused_and_leaves_no_database(archive, elsewhere, tmp_path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:-1])
    there = elsewhere("there")
    code, output = there("restore", cut)
    assert (code, "cut off or damaged" in output) == (1, True)
    assert restoration.empty(create_engine(there.url))


def test_rows_that_were_put_in_by_hand_are_refused(archive, tmp_path):
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(altered, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, content + content.splitlines(keepends=True)[-1] if name == "tables/user.jsonl" else content
            )
    with pytest.raises(RuleBroken, match="not what the list of contents says"), backup_reader.opened(altered):
        pass


def test_a_manifest_that_names_a_path_is_refused(archive, tmp_path):
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(altered, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["files"]["../../evil"] = {"count": 0, "sha256": ""}
        new.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(RuleBroken, match="missing or broken"), backup_reader.opened(altered):
        pass


def test_an_installation_that_holds_data_is_replaced_only_when_told_to_and_kept(archive, elsewhere):
    there = elsewhere("there")
    there("db", "upgrade")
    assert there("user", "add", "admin@example.com", "--name", "Ada", "--role", "admin")[0] == 0
    code, output = there("restore", archive)
    assert (code, "add --replace" in output) == (1, True)
    code, output = there("restore", archive, "--replace")
    assert (code, "What was here is kept" in output) == (0, True)
    (replaced,) = there.folder.glob("replaced-*.zip")
    assert backups.content(replaced)[0]["user"].count == 1


def test_a_backup_of_a_newer_version_is_refused(archive, elsewhere, tmp_path):
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps({**json.loads(content), "revision": "9999"}).encode()
            new.writestr(name, content)
    code, output = elsewhere("there")("restore", newer)
    assert (code, "newer version" in output) == (1, True)


def test_no_backup_is_overwritten(app, archive, tmp_path, now):
    before = archive.read_bytes()
    with app.app_context(), pytest.raises(FileExistsError):
        backups.written(db.engine, tmp_path, archive, now)
    assert archive.read_bytes() == before


def test_what_is_written_meanwhile_is_in_whole_or_not_at_all(
    app, filled_company, session, people, tmp_path, now, monkeypatch
):
    """Somebody records a contact after the first table was read: its audit row and its row are both in, or neither."""
    from recruiter.keepwarm.contacts import contact_services
    from recruiter.keepwarm.models.records import Channel, Direction, TouchKind

    plain, done = table_lines.lines, []

    def slow(connection, table):
        if not done and table.name == "audit_entry":
            done.append(True)
            rows = list(plain(connection, table))
            record = filled_company.id and session.get_one(type(filled_company), filled_company.id)
            application = session.scalars(select(factories.pipeline.Application)).first()
            contact = contact_services.Contact(Direction.FROM, Channel.EMAIL, TouchKind.UPDATE, f"Hello {record.key}")
            contact_services.record(session, application=application, contact=contact, act=act_by(people.ruth, now=now))
            session.commit()
            return iter(rows)
        return plain(connection, table)

    monkeypatch.setattr(table_lines, "lines", slow)
    with app.app_context():
        written = backups.written(db.engine, tmp_path, tmp_path / "meanwhile.zip", now)
    assert done
    assert session.scalars(select(Touchpoint)).first() is not None
    assert backups.content(written)[0]["touchpoint"].count == 0


def test_what_goes_wrong_while_restoring_is_not_told_as_a_damaged_file(archive):
    with pytest.raises(RuntimeError, match="the disk is full"), backup_reader.opened(archive):
        raise RuntimeError("the disk is full")

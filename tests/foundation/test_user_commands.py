"""People by command: changed, invited, given tokens; what is written is private, and on record."""

import contextlib
import sqlite3
import stat

import pytest


@pytest.fixture
def there(elsewhere, server_url):
    """An installation of its own, with an administrator."""
    run = elsewhere("there", postgres=bool(server_url))
    assert run("db", "upgrade")[0] == 0
    assert run("user", "add", "ana@example.com", "--name", "Ana", "--role", "admin")[0] == 0
    return run


def test_people_are_changed_by_command(there):
    assert (
        "with pay.view" in there("user", "set", "ana@example.com", "--name", "Ana Diaz")[1]
    )  # the first administrator
    assert "pay.view" not in there("user", "add", "bo@example.com", "--name", "Bo", "--role", "admin", "--no-pay")[1]
    code, answer = there("user", "set", "bo@example.com", "--role", "recruiter", "--team", "Data", "--pay")
    assert (code, answer.strip()) == (0, "bo@example.com is Bo, recruiter with pay.view.")
    assert there("user", "set", "ana@example.com", "--role", "recruiter")[0] == 1  # the last administrator
    assert there("user", "set", "nobody@example.com", "--pay")[0] == 1
    assert there("user", "set", "bo@example.com")[0] == 2
    assert "/invitation/" in there("user", "invite", "bo@example.com")[1]
    assert there("user", "token", "bo@example.com", "--days", "0")[0] == 2
    assert len(there("user", "token", "bo@example.com", "--days", "7", "--name", "CI")[1].split()) == 1
    assert there("user", "disable", "bo@example.com")[0] == 0
    assert there("user", "invite", "bo@example.com")[0] == 1
    assert there("user", "enable", "bo@example.com")[0] == 0
    assert there("user", "enable", "bo@example.com")[0] == 1
    assert there("audit", "verify")[0] == 0


def others_may_read(folder):
    paths = [folder, *folder.rglob("*")]
    return [path for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077 and path != folder]


def doctor_beside_a_reader(there):
    """What the doctor tells while somebody reads, and which files are there then."""
    with contextlib.closing(sqlite3.connect(there.folder / "recruiter.db")) as other:
        other.execute("SELECT count(*) FROM candidate").fetchone()
        code, answer = there("doctor")
        assert (code, others_may_read(there.folder)) == (0, [])
        return answer, {path.name for path in there.folder.glob("*.db-*")}


def test_what_is_written_is_read_by_its_owner_alone(there, tmp_path, server_url):
    out = tmp_path / "out"
    assert there("export", out / "people.csv", "--kind", "candidates")[0] == 0
    assert there("export", out / "all", "--kind", "all")[0] == 0
    assert there("backup", out / "backup.zip")[0] == 0
    assert others_may_read(out) == []
    assert others_may_read(there.folder) == []
    if server_url:
        answer = there("doctor")[1]
        assert "\nplanner           1.1 for a page" in answer
        assert "\nconnections       straight to the server\n" in answer
        assert "\nseveral servers   not yet:\n                  RECRUITER_SECRET_KEY is not set: each server " in answer
        return
    answer, files = doctor_beside_a_reader(there)
    assert {"recruiter.db-wal", "recruiter.db-shm"} <= files
    assert f"sqlite {sqlite3.sqlite_version}\njournal           write-ahead log\ncheckpoints       by " in answer
    assert "\nlog               0.0 MB\n" in answer
    left = {path.name for path in there.folder.glob("*.db-*")}  # the log goes with the last connection
    assert left <= {"recruiter.db-checkpointer"}


def test_what_an_earlier_version_left_open_is_closed(there):
    outbox = there.folder / "outbox"
    outbox.mkdir(mode=0o755, exist_ok=True)
    mail = outbox / "job-1.eml"
    mail.write_text("Between us")
    opened = [outbox, mail, *there.folder.glob("*.db")]
    for path in opened:
        path.chmod(0o755)
    assert there("doctor")[0] == 0
    assert [path for path in opened if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_an_export_is_on_record(there, tmp_path):
    before = int(there("audit", "verify")[1].split()[-2])
    assert there("export", tmp_path / "people.csv", "--kind", "candidates")[0] == 0
    assert int(there("audit", "verify")[1].split()[-2]) == before + 1

"""SQLite's log: who reads stops nobody who writes, one process copies it safely, and nothing that was erased stays in it."""

import sqlite3
import subprocess
import sys
import threading

import pytest
from sqlalchemy import create_engine, text

from recruiter.foundation.database import checkpointer, compaction, write_ahead_log
from recruiter.foundation.database import engine as engines
from recruiter.foundation.database.checkpointer import Checkpointer


@pytest.fixture
def path(tmp_path):
    return tmp_path / "recruiter.db"


@pytest.fixture
def engine(path):
    made = create_engine(f"sqlite:///{path}")
    engines.prepare(made)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE line (label TEXT)"))
    yield made
    made.dispose()


@pytest.fixture
def wal(engine):
    return write_ahead_log.of(engine)


def write(engine, label):
    """Commit a line. Whoever would have to wait fails."""
    with engine.connect().execution_options(write=True, at_once=True) as connection:
        connection.execute(text("INSERT INTO line VALUES (:label)"), {"label": label})
        connection.commit()


def pragma(engine, name):
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(
    ("version", "repaired"),
    [
        ((3, 7, 0), False), ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 9), False),
        ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), False),
        ((3, 53, 0), True), ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_the_versions_that_are_repaired_are_known(version, repaired, engine, monkeypatch):
    assert write_ahead_log.is_free_of_the_defect(version) is repaired
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    engine.dispose()
    assert (pragma(engine, "journal_mode"), pragma(engine, "wal_autocheckpoint")) == ("wal", 1000 if repaired else 0)


def test_a_database_of_before_gets_a_log_as_soon_as_nobody_works_in_it(path):
    old = sqlite3.connect(path, isolation_level=None)
    old.execute("CREATE TABLE line (label TEXT)")
    old.execute("BEGIN IMMEDIATE")
    engine = create_engine(f"sqlite:///{path}")
    engines.prepare(engine)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "PRAGMAS", ("busy_timeout=0",))
        assert pragma(engine, "journal_mode") == "delete"
    old.execute("COMMIT")
    engine.dispose()
    assert pragma(engine, "journal_mode") == "wal"
    write(engine, "new")
    assert old.execute("SELECT label FROM line").fetchall() == [("new",)]
    engine.dispose()
    old.close()


def test_who_reads_for_long_keeps_nobody_from_writing_and_the_log_from_nothing_but_shrinking(engine, wal):
    write(engine, "first")
    with engine.connect() as reader:
        assert reader.execute(text("SELECT count(*) FROM line")).scalar() == 1
        write(engine, "second")  # it would fail, had it to wait
        assert wal.copy(patience=0) is False  # the reader's state stays there for it
        write(engine, "third")
        assert wal.empty(patience=0) is False
        assert reader.execute(text("SELECT count(*) FROM line")).scalar() == 1
    assert wal.empty(patience=0) is True
    with engine.connect() as reader:
        assert reader.execute(text("SELECT count(*) FROM line")).scalar() == 3


def test_nobody_commits_while_the_log_is_copied(engine, wal, monkeypatch):
    """The turn to write is held by a connection of its own: this is what keeps a commit from beginning the log anew."""
    write(engine, "first")
    connect, tried = sqlite3.connect, []

    class Copier(sqlite3.Connection):
        def execute(self, statement, *given):
            if "wal_checkpoint" in statement:
                assert statement == "PRAGMA wal_checkpoint(PASSIVE)"
                other = connect(wal.database, timeout=0)
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.execute("BEGIN IMMEDIATE")
                other.close()
                tried.append(statement)
            return super().execute(statement, *given)

    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: connect(*given, **more, factory=Copier))
    assert wal.copy() is True
    assert len(tried) == 1


def test_what_was_erased_is_in_no_file(engine, wal, path):
    write(engine, "Wilhelmine")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM line"))
    assert b"Wilhelmine" in wal.path.read_bytes()
    with engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM line")).scalar()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(checkpointer.empty_log, "__kwdefaults__", {"patience": 0})
            assert compaction.compact(engine) is False
        assert b"Wilhelmine" in wal.path.read_bytes()
    assert compaction.compact(engine) is True
    assert [file.name for file in path.parent.iterdir() if b"Wilhelmine" in file.read_bytes()] == []


def test_the_log_is_copied_when_it_is_new_and_emptied_when_it_is_quiet(engine, wal):
    write(engine, "x" * 100_000)
    copier = Checkpointer(wal)
    copier.look(at=0)
    assert b"x" * 3_000 in wal.database.read_bytes()
    copier.look(at=checkpointer.QUIET - 1)
    assert wal.size > 100_000
    copier.look(at=checkpointer.QUIET)
    assert wal.is_empty
    written, other = wal.written_at, Checkpointer(wal)
    for at in range(3):  # of two processes neither goes on because of the other
        copier.look(at=(at + 2) * checkpointer.QUIET)
        other.look(at=(at + 2) * checkpointer.QUIET)
    assert wal.written_at == written
    write(engine, "y" * 100_000)
    copier.look(at=9 * checkpointer.QUIET)
    assert b"y" * 3_000 in wal.database.read_bytes()


def test_one_process_copies_at_a_time_and_a_worker_in_place_of_the_others(engine, wal, monkeypatch):
    monkeypatch.setattr(checkpointer, "PAUSE", 0.005)
    stop, looked = threading.Event(), threading.Event()
    monkeypatch.setattr(Checkpointer, "look", lambda *_, **__: looked.set())
    assert checkpointer.is_at_work(engine) is False
    worker = threading.Thread(target=checkpointer.run, args=(engine, stop), kwargs={"for_life": True})
    worker.start()
    assert looked.wait(5)
    assert checkpointer.is_at_work(engine) is True
    write(engine, "x")
    monkeypatch.setattr(write_ahead_log.WriteAheadLog, "copy", lambda *_, **__: pytest.fail("two copied"))
    checkpointer.copy_once(engine)  # a command beside the worker leaves it to it
    monkeypatch.undo()
    stop.set()
    worker.join()
    assert checkpointer.is_at_work(engine) is False
    assert wal.size < 10_000


def under_kills(folder, rounds, seed):
    script = [sys.executable, "-m", "tests.foundation.log_under_kills", str(folder), str(rounds), str(seed)]
    done = subprocess.run(script, check=False, capture_output=True, text=True, timeout=600)
    return done.returncode, done.stdout + done.stderr


def test_what_was_acknowledged_outlives_kills_in_the_middle_of_copies(tmp_path):
    code, answer = under_kills(tmp_path, 3, 14)
    assert code == 0, answer


@pytest.mark.long
def test_what_was_acknowledged_outlives_fifty_kills(tmp_path):
    code, answer = under_kills(tmp_path, 50, 51)
    assert code == 0, answer

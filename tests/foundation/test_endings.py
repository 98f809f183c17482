"""What ended for good is on the disk before the database says so, tells no name, and survives whatever cuts it off."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.orm import Session

from recruiter.accounts import services as accounts
from recruiter.accounts import token_services
from recruiter.accounts.models import ApiToken, User
from recruiter.foundation.endings import recorder
from recruiter.foundation.endings.ledger import KEYS, LINES, Ended, Ending, Ledger, subject
from recruiter.foundation.endings.line_store import BucketLines, FolderLines
from recruiter.foundation.files.s3_bucket import S3Bucket
from tests.acts import moment

AT = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(hours=1)


class Row:
    __tablename__ = "user"

    def __init__(self, number):
        self.id = number


def _ended(number=1, *, kind=Ending.ACCOUNT, at=LATER, lifted=False):
    return Ended(kind, subject(kind, Row(number), AT), at, lifted)


def _when(ledger, number=1, kind=Ending.ACCOUNT, made_at=AT):
    return ledger.endings().when(kind, Row(number), made_at=made_at)


@pytest.fixture
def ledger(tmp_path):
    return Ledger(FolderLines(tmp_path))


@pytest.fixture(params=["folder", "bucket"])
def two_ledgers(request, ledger, tmp_path):
    """Those of two installations, in whatever keeps their lines."""
    if request.param == "folder":
        (tmp_path / "other").mkdir()
        return ledger, Ledger(FolderLines(tmp_path / "other"))
    bucket = request.getfixturevalue("bucket")
    other = S3Bucket(f"s3://{bucket.name}/other", endpoint=bucket.endpoint)
    return Ledger(BucketLines(bucket)), Ledger(BucketLines(other))


@pytest.fixture
def bound(tmp_path, ledger):
    """An engine with a table of one column, whose transactions keep the ledger."""
    engine = create_engine(f"sqlite:///{tmp_path / 'own.db'}")
    recorder.attach(engine, ledger)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE row (id INTEGER PRIMARY KEY CHECK (id < 100))"))
    yield engine
    engine.dispose()


def test_an_ending_is_of_one_kind_and_of_the_row_that_was_made_then(ledger):
    ledger.write([_ended()])
    assert _when(ledger) == LATER
    assert _when(ledger, 2) is None
    assert _when(ledger, kind=Ending.ERASURE) is None
    assert _when(ledger, made_at=AT + dt.timedelta(microseconds=1)) is None
    assert _when(ledger, made_at=AT.astimezone(dt.timezone(dt.timedelta(hours=13)))) == LATER


def test_what_was_lifted_since_goes_on(ledger):
    ledger.write([_ended(), _ended(at=LATER + dt.timedelta(1), lifted=True)])
    assert _when(ledger) is None
    ledger.write([_ended(at=LATER + dt.timedelta(2))])
    assert _when(ledger) == LATER + dt.timedelta(2)


def test_the_ledger_tells_nobody_who_it_speaks_of_and_is_for_this_installation_alone(ledger, tmp_path):
    ledger.write([_ended()])
    assert b"user" not in ledger.lines
    (tmp_path / "other").mkdir()
    other = Ledger(FolderLines(tmp_path / "other"))
    other.add({LINES: ledger.lines})
    assert _when(other) is None  # without the key nothing is found
    for file in (tmp_path / LINES, tmp_path / KEYS):
        assert file.stat().st_mode & 0o077 == 0


def test_the_union_of_two_ledgers_knows_what_either_knows(two_ledgers):
    ledger, other = two_ledgers
    ledger.write([_ended(1)])
    other.write([_ended(2)])
    for _ in range(2):
        other.add(ledger.parts())
    assert (_when(other, 1), _when(other, 2), _when(other, 3)) == (LATER, LATER, None)
    assert len(other.lines.split(b"\n")) == 3


@given(st.integers(min_value=0), st.booleans())
def test_a_ledger_that_was_cut_off_anywhere_keeps_its_whole_lines_and_takes_new_ones(tmp_path_factory, length, again):
    folder = tmp_path_factory.mktemp("ledger")
    ledger = Ledger(FolderLines(folder))
    ledger.write([_ended(1), _ended(2)])
    content = ledger.lines
    cut = length % (len(content) + 1)
    (folder / LINES).write_bytes(content[:cut])
    ledger.write([_ended(3)])
    assert _when(ledger, 3) == LATER
    assert _when(ledger, 2) == (LATER if cut == len(content) else None)
    assert _when(ledger, 1) == (LATER if cut >= content.index(b"\n", 1) else None)


def test_the_line_is_there_before_the_commit(bound, ledger):
    seen = []
    event.listen(bound, "commit", lambda _: seen.append(_when(ledger)))
    with Session(bound) as session:
        recorder.record_ending(session, Ending.ACCOUNT, Row(1), made_at=AT, act=moment(LATER))
        assert ledger.lines == b""
        session.commit()
    assert seen == [LATER]


@pytest.mark.parametrize("end", ["rollback", "close", "savepoint"])
def test_what_was_taken_back_has_not_ended(bound, ledger, end):
    with Session(bound) as session:
        with session.begin_nested():
            recorder.record_ending(session, Ending.ACCOUNT, Row(3), made_at=AT, act=moment(LATER))
        point = session.begin_nested()
        recorder.record_ending(session, Ending.ACCOUNT, Row(1), made_at=AT, act=moment(LATER))
        if end == "savepoint":
            point.rollback()
            session.commit()
        elif end == "rollback":
            session.rollback()
    with Session(bound) as session:
        recorder.record_ending(session, Ending.ACCOUNT, Row(2), made_at=AT, act=moment(LATER))
        session.commit()
    assert (_when(ledger, 1), _when(ledger, 2)) == (None, LATER)
    assert _when(ledger, 3) == (LATER if end == "savepoint" else None)


def test_where_the_database_refuses_the_commit_the_line_is_void(bound, ledger):
    with bound.begin() as connection:
        connection.execute(text("CREATE TABLE child (id INTEGER REFERENCES row (id) DEFERRABLE INITIALLY DEFERRED)"))
    with Session(bound) as session:
        session.execute(text("PRAGMA foreign_keys=ON"))
        session.commit()
        session.execute(text("INSERT INTO child VALUES (7)"))  # no such row: found out by the commit
        recorder.record_ending(session, Ending.ACCOUNT, Row(1), made_at=AT, act=moment(LATER))
        with pytest.raises(Exception, match="FOREIGN KEY"):
            session.commit()
    assert b"void" in ledger.lines
    assert _when(ledger) is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_where_the_ledger_takes_no_line_nothing_ends(bound, ledger, tmp_path):
    (tmp_path / LINES).symlink_to("/dev/full")
    with Session(bound) as session:
        session.execute(text("INSERT INTO row VALUES (7)"))
        recorder.record_ending(session, Ending.ACCOUNT, Row(1), made_at=AT, act=moment(LATER))
        with pytest.raises(OSError, match="No space left"):
            session.commit()
    with bound.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM row")).scalar() == 0


def test_a_disabled_account_and_its_tokens_stand_in_the_ledger(app, session, people, now):
    token_services.new_token(session, user=people.ines, act=moment(now))
    accounts.disable(session, user=people.ines, act=moment(now))
    session.commit()
    endings = app.extensions["recruiter_settings"].ledger.endings()
    ines = session.get_one(User, people.ines.id)
    assert endings.when(Ending.ACCOUNT, ines, made_at=ines.created_at) == now
    assert endings.when(Ending.ACCOUNT, people.igor, made_at=people.igor.created_at) is None
    token = session.scalars(select(ApiToken).filter_by(user_id=ines.id)).one()
    assert endings.when(Ending.TOKEN, token, made_at=token.created_at) == now

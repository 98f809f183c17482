"""One row that cannot be read keeps nothing else inside: every export ends, and names the row."""

import io
import itertools
import json
import re
import zipfile

import pytest
from sqlalchemy import JSON, Boolean, Date, Enum, Integer, select, text, update
from sqlalchemy.exc import DBAPIError

from recruiter.candidates.models import Attachment, FileKind
from recruiter.candidates.records import record_queries
from recruiter.cli import exchange, person
from recruiter.foundation.database import backup_reader, damage
from recruiter.foundation.database.db import Base, Instant, db
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.privacy.access import person_file_services
from recruiter.privacy.access.person_file_queries import Scope
from recruiter.reports import catalogue
from tests import backups, command_line, factories
from tests.acts import moment
from tests.budget import arranging
from tests.privacy.planted import Planter

AS_FILES = re.compile(r"\.(csv|xlsx|zip|ics)$|export")
KINDS = {  # what stands in a column of a type, on each engine
    "no JSON": (JSON, "{", None),
    "JSON of another shape": (JSON, "7", "7"),
    "a word of another version": (Enum, "melted", "melted"),
    "no moment": (Instant, "2026-02-31 25:00:00", "infinity"),
    "no day": (Date, "soon", "infinity"),
    "a number beyond all bounds": (Integer, "1" + "0" * 30, None),
}


class World:
    """A person with a case, and beside them a row of every table, which is damaged."""

    def __init__(self, app, session, people, now):
        self.app, self.session, self.now = app, session, now
        offer = arranging.ground(session, people, now)
        self.case = arranging.opened(session, people, now, offer)
        application = offer.application
        self.candidate, self.requisition = application.candidate, application.requisition
        other = factories.application(session, people, now, self.requisition, "Dora Odd")
        session.commit()
        self.ids = {"candidate_id": self.candidate.id, "case_id": self.case.id, "requisition_ref": self.requisition.key}
        known = {
            "candidate": self.candidate.id,
            "application": application.id,
            "user": people.ruth.id,
            "requisition": self.requisition.id,
            "stage": application.stage_id,
            "opening": self.requisition.openings[0].id,
            "offer": offer.id,
            "budget_case": self.case.id,
        }
        self.rows = {"candidate": other.candidate_id, "application": other.id}
        planter = Planter(session, dict(known), now)
        today = now.date()
        given = {  # what the tables check
            "set_apart": {"first_id": self.candidate.id, "second_id": other.candidate_id},
            "interviewer_profile": {"day_starts": 9, "day_ends": 17},
            "stand_in": {"deputy_id": people.igor.id, "from_on": today, "until_on": today},
            "legal_hold": {"requisition_id": None},
            "audit_run": {"result": {"questions": [], "cells": []}},
            "model_run": {"active": False},
            "cadence_rule": {"situation": Situation.BENCH.value},
            "member": {"user_id": people.igor.id},
            "finalist": {"application_id": other.id, "position": 9},
        }
        for table in Base.metadata.sorted_tables:
            if table.name in known:
                continue
            if table.name == "band":
                planter.known["band"] = factories.requisition(session, people, now).band.id
            elif table.name not in planter.known:
                planter.row(table, **given.get(table.name, {}))
            self.rows[table.name] = planter.known[table.name]
            empty = {
                column.name: damage.empty_json(column)
                for column in table.columns
                if isinstance(column.type, JSON) and not column.nullable and column.name != "result"
            }
            if empty:
                session.execute(update(table).where(table.c.id == self.rows[table.name]).values(empty))
        session.commit()

    def columns(self, kind):
        """Where damage of a kind can be planted: table and column."""
        wanted = KINDS[kind][0]
        for name in self.rows:
            for column in Base.metadata.tables[name].columns:
                is_number = isinstance(column.type, Boolean) or column.foreign_keys or column.primary_key
                if isinstance(column.type, wanted) and not is_number and column.name != "version":
                    yield column

    def spoil(self, kind, columns):
        """Plant damage behind the back of everything; answers where it could be, and what stood there."""
        session, spoiled = self.session, []
        value = KINDS[kind][2 if session.get_bind().dialect.name == "postgresql" else 1]
        if value is None:
            return spoiled
        for column in columns:
            name, number = column.table.name, self.rows[column.table.name]
            before = session.scalar(select(column).where(column.table.c.id == number))
            statement = text(f'UPDATE "{name}" SET "{column.name}" = \'{value}\' WHERE id = {number}')
            try:
                with session.begin_nested():
                    session.execute(statement)
            except DBAPIError:  # the table itself refuses it
                continue
            spoiled.append((column, number, before))
        session.commit()
        return spoiled

    def mend(self, spoiled):
        """Put back what stood there."""
        for column, number, before in spoiled:
            self.session.execute(update(column.table).where(column.table.c.id == number).values({column.name: before}))
        self.session.commit()


@pytest.fixture
def world(app, session, people, now):
    return World(app, session, people, now)


class Exports:
    """Everything that goes out as a file, by the door it goes out of."""

    def __init__(self, app, world, clients, run, folder):
        self.app, self.world, self.clients, self.run, self.folder = app, world, clients, run, folder
        self.turn = itertools.count()

    def texts(self):
        """Each export as text."""
        self.world.session.commit()
        return dict(itertools.chain(self._commands(), self._backup(), self._doors()))

    def _commands(self):
        place = self.folder / f"files{next(self.turn)}"
        place.mkdir()
        for kind in exchange.KINDS:
            code, _, complained = self.run("export", place / kind, "--kind", kind)
            assert code == 0 or "no past decisions" in complained, (kind, complained)
            yield f"export --kind {kind}", complained
        for option in ([], ["--provided"]):
            code, output, complained = self.run("person", "export", self.world.candidate.emails[0], *option)
            assert code == 0, complained
            yield " ".join(["person export", *option]), output

    def _backup(self):
        place = self.folder / f"backup{next(self.turn)}"
        place.mkdir()
        with self.app.app_context():
            written = backups.written(db.engine, place, place / "all.zip", self.world.now)
        with backup_reader.opened(written) as (archive, manifest):
            for name in manifest.tables:
                list(backup_reader.rows(archive, Base.metadata.tables[name], naive=True))
            damaged = json.loads(archive.read("manifest.json"))["damaged"]
            yield "backup", "; ".join("{table} {number} ({column})".format(**each) for each in damaged)

    def _doors(self):
        for rule in self.app.url_map.iter_rules():
            if AS_FILES.search(rule.rule) and not rule.rule.startswith("/static"):
                every = rule.rule == "/reports/<report>/table.csv"
                for report in catalogue.REPORTS if every else ["funnel"]:
                    values = {**self.world.ids, "report": report, "form": "json"}
                    if rule.arguments <= values.keys():
                        yield self._answer(rule, {name: values[name] for name in rule.arguments})

    def _answer(self, rule, values):
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), rule.rule)
        method = "POST" if "POST" in rule.methods else "GET"
        client = self.clients["api" if path.startswith("/api") else "bias" if "bias" in path else "page"]
        answer = client(path, method)
        assert answer.status_code < 500, (method, path)
        data = answer.get_data()
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = b"\n".join(archive.read(part) for part in archive.namelist())
        return path, f"{answer.status_code} {data.decode(errors='replace')}"


@pytest.fixture
def exports(app, world, browse, api, tmp_path, clock, monkeypatch, capsys):
    pages, bias = browse("ruth"), browse("anja")
    clients = {
        "page": lambda path, method: pages.open(path, method=method),
        "bias": lambda path, method: bias.open(path, method=method),
        "api": lambda path, method: api.ruth.call(method, path),
    }
    run = command_line.runner(app, clock, monkeypatch, capsys, exchange, person)
    return Exports(app, world, clients, run, tmp_path)


def test_what_is_sound_is_not_called_damaged(app, world, session):
    assert damage.damaged_rows(session.connection()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_export_ends_and_names_what_it_could_not_read(world, exports, kind):
    spoiled = world.spoil(kind, world.columns(kind))
    if not spoiled:
        pytest.skip(f"this database refuses to store {kind}, so no row can hold it")
    texts = exports.texts()
    assert len(texts) > 25
    if kind in {"no JSON", "a word of another version", "no moment", "no day"}:
        everything = texts["export --kind all"] + texts["backup"]
        assert re.search(r"[a-z_]+ \d+ \([a-z_, ]+\)", everything), everything
    if kind in {"no JSON", "no moment", "no day"}:
        tables_told = set(re.findall(r"([a-z_]+) \d+ \(", texts["backup"]))
        assert {column.table.name for column, *_ in spoiled} - tables_told <= {"kept_card"} | _transient()
    if kind == "a word of another version":
        application = f"application {world.rows['application']} ("
        assert application in texts["export --kind all"], texts["export --kind all"]
    sound = "Left out" not in texts["person export"]
    assert sound or re.search(r"[a-z_]+ \d+", texts["person export"])


def test_a_file_that_is_gone_or_none_of_ours_keeps_nothing_else_inside(app, session, people, now, tmp_path):
    candidate = factories.candidate(session, people, now)
    store = app.extensions["recruiter_settings"].files
    keys = [store.put(b"here"), store.put(b"gone")]
    rows = [
        Attachment(candidate_id=candidate.id, kind=FileKind.RESUME, name=f"{key}.pdf", media_type="application/pdf", size=4,
                   sha256="0" * 64, storage_key=key, uploaded_by_id=people.ruth.id, created_at=now)
        for key in keys
    ]  # fmt: skip
    session.add_all(rows)
    session.commit()
    store.remove(keys[1])
    stranger = store.folder / keys[0][:2] / ".DS_Store"
    stranger.write_bytes(b"none of ours")
    assert record_queries.without_bytes(session, store) == [rows[1].id]
    with app.app_context():
        written = backups.written(db.engine, store.folder.parent, tmp_path / "all.zip", now)
    stranger.unlink()
    with backup_reader.opened(written) as (_, manifest):
        assert set(manifest.files) >= {keys[0]}
        assert keys[1] not in manifest.files
    act = moment(now)
    content = person_file_services.take_out(session, records=[candidate], act=act, scope=Scope())
    packed = person_file_services.as_zip(session, records=[candidate], content=content, store=store)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert sum(name.startswith("files/") for name in archive.namelist()) == 1
        left_out = json.loads(archive.read("person.json"))["left_out"]
    assert left_out[-1] == (f"Left out, because it can\u2019t be read: attachment {rows[1].id} (file).")


def _transient():
    from recruiter.foundation.database.transient import is_transient

    return {table.name for table in Base.metadata.sorted_tables if is_transient(table)}


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_each_damaged_column_alone(world, exports, kind):
    for column in list(world.columns(kind)):
        spoiled = world.spoil(kind, [column])
        if spoiled:
            try:
                exports.texts()
            except Exception as error:
                raise AssertionError(f"{kind} in {column}") from error
            world.mend(spoiled)

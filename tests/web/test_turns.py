"""Nobody waits for a form that is wrong: it is checked before the turn to write is waited for, whoever holds that."""

import contextlib
import io
import time

import pytest
from flask import request
from flask_wtf import FlaskForm
from sqlalchemy import Engine, event, select, text
from werkzeug.exceptions import ServiceUnavailable

from recruiter.candidates.models import Task
from recruiter.exchange import services
from recruiter.foundation.database.db import begin_writing, db
from recruiter.foundation.files.folder_store import FolderStore
from recruiter.ranking.bias_audit import answer_services
from recruiter.scorecards import readings
from recruiter.web.request import turn
from tests.house.test_house import PUBLIC
from tests.policy.test_every_route import NAMES, World, is_api
from tests.web.test_import_pages import FILES, zipped

FORMS = 90  # addresses that take a form of fields; today there are more
WAIT = 5  # seconds; who waits for the turn waits 15


@pytest.fixture
def world(app, session, people, now):
    made = World(session, people, now)
    made.file.storage_key = FolderStore(app.extensions["recruiter_settings"].instance / "files").put(b"terms")
    session.commit()
    return made


@contextlib.contextmanager
def begun_to_write():
    """The addresses that began a transaction that writes."""
    seen = []

    def on_begin(connection):
        if connection.get_execution_options().get("write"):
            seen.append(request.path)

    event.listen(Engine, "begin", on_begin)
    try:
        yield seen
    finally:
        event.remove(Engine, "begin", on_begin)


def acts(app, world):
    """Every page that takes a form, with somebody who may send it: the rule, and a name."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "POST" not in rule.methods or is_api(rule):
            continue
        if rule.endpoint in PUBLIC:
            yield rule, "ruth"
            continue
        view = app.view_functions[rule.endpoint]
        allowed = [name for name in NAMES if world.expected(rule, view, name) == "allowed"]
        if allowed:
            yield rule, allowed[0]


@contextlib.contextmanager
def somebody_writes(session):
    """Meanwhile somebody else is in the middle of a change."""
    session.rollback()
    session.connection(execution_options={"write": True}).execute(text("UPDATE candidate SET headline = headline"))
    try:
        yield
    finally:
        session.rollback()


def test_a_form_that_is_wrong_waits_for_nobody_on_any_page(app, session, world, browse, monkeypatch):
    checked, waited = set(), {}

    def refuse(form, extra_validators=None):
        checked.add(request.url_rule.rule)
        form.form_errors = ["Not this."]
        return False

    def stop():
        raise ServiceUnavailable  # in place of waiting until the other has written

    monkeypatch.setattr(FlaskForm, "validate", refuse)
    monkeypatch.setattr(turn, "take", stop)
    monkeypatch.setattr(
        readings, "unrecorded", lambda _: []
    )  # the first look at others' cards is put on record, and waits
    browsers = {name: browse(name) for name in NAMES}
    sent = [(rule.rule, world.path(rule), name) for rule, name in acts(app, world)]
    with somebody_writes(session), begun_to_write() as wrote:
        for rule, path, name in sent:
            wrote.clear()
            answer = browsers[name].post(path, data={"reason": "x"})
            if wrote or (rule in checked and answer.status_code >= 500):
                waited[rule] = (answer.status_code, wrote[:])
    assert waited == {}
    assert len(checked) >= FORMS


def test_what_a_page_refuses_by_itself_is_told_while_others_write(session, people, browse):
    browser = browse("ruth")
    with somebody_writes(session), begun_to_write() as wrote:
        began = time.monotonic()
        answer = browser.post("/candidates/new", data={"name": "\u200b"})
        assert time.monotonic() - began < WAIT
    assert (answer.status_code, wrote) == (422, [])


def test_what_a_form_was_checked_against_is_read_again_in_its_turn(app, session, world, browse, monkeypatch):
    """While somebody waits for the turn another takes away what they chose: nothing is saved, and the form comes back."""
    browser, take = browse("ruth"), turn.take
    path = f"/applications/{world.application.id}/tasks"
    chosen = world.people.hana

    def after_the_other():
        db.session.rollback()
        session.rollback()
        begin_writing(session)  # a change says so when it begins
        session.merge(chosen).active = False
        session.commit()
        take()

    monkeypatch.setattr(turn, "take", after_the_other)
    data = {"what": "Call them", "due_on": "2031-05-05", "assignee": str(chosen.id)}
    answer = browser.post(path, data=data)
    assert answer.status_code == 422
    session.expire_all()
    assert session.scalars(select(Task).where(Task.what == "Call them")).all() == [world.task]


@pytest.mark.parametrize(
    ("path", "module", "name", "content"),
    [
        ("/import", services, "plan_upload", zipped(FILES)),
        ("/bias-audit/answers", answer_services, "read", b"email,gender\nzoe@example.com,f\n"),
    ],
)
def test_a_file_is_read_once_and_before_the_turn(session, people, browse, monkeypatch, path, module, name, content):
    in_turn, done = [], getattr(module, name)

    def read(*given, **more):
        in_turn.append(db.session().connection().get_execution_options().get("write", False))
        return done(*given, **more)

    monkeypatch.setattr(module, name, read)
    answer = browse("anja").post(path, data={"file": (io.BytesIO(content), "f.zip"), "consent_version": "2026-03"})
    assert answer.status_code in {303, 422}
    assert in_turn == [False]

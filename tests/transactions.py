"""What every request under test is held to: a change says so at its start, no template asks the database, and no answer is sent while a transaction is open."""

from __future__ import annotations

import threading
from collections import defaultdict

import pytest
from flask import before_render_template, g, has_app_context, has_request_context, request, template_rendered
from sqlalchemy import event


def _refuse_unannounced_change(connection, cursor, statement, *_):
    """On SQLite a change could not wait for its turn in a transaction that was begun to read."""
    changes = statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}
    if changes and has_request_context() and not connection.get_execution_options().get("write"):
        pytest.fail(f"a change in a transaction that was begun to read: {statement[:80]}")


def _refuse_statement_in_template(connection, cursor, statement, *_):
    """A template shows what its page has gathered: a lazy load in a loop is a statement a row.

    A form that was refused has taken everything back, and what it shows again may be read again.
    """
    if has_request_context() and request.method == "GET" and g.get("renders"):
        pytest.fail(f"{g.renders[-1]} asks the database while it renders: {statement[:200]}")


def _begin_template(_, template, **__):
    if has_request_context():
        g.setdefault("renders", []).append(template.name)


def _end_template(_, **__):
    if has_request_context():
        g.renders.pop()


class ConnectionsGivenBack:
    """A WSGI application that gives back every connection before its answer goes out, however slowly somebody takes it."""

    def __init__(self, application, engine):
        self.application = application
        self.taken = defaultdict(set)  # by thread
        event.listen(engine, "checkout", lambda _, record, __: self.taken[threading.get_ident()].add(id(record)))
        event.listen(engine, "checkin", self._given_back)

    def _given_back(self, _, record):
        for records in list(self.taken.values()):
            records.discard(id(record))

    def __call__(self, environ, start_response):
        before = set(self.taken[threading.get_ident()])
        if has_app_context() or "werkzeug.debug.preserve_context" in environ:  # the test itself keeps the session
            return self.application(environ, start_response)
        answer = self.application(environ, start_response)
        if self.taken[threading.get_ident()] - before:
            pytest.fail(f"{environ['PATH_INFO']} keeps a connection while its answer is sent")
        return answer


def watch(app, engine):
    """Hold every request of an application to all three."""
    event.listen(engine, "before_cursor_execute", _refuse_unannounced_change)
    event.listen(engine, "before_cursor_execute", _refuse_statement_in_template)
    before_render_template.connect(_begin_template, app)
    template_rendered.connect(_end_template, app)
    app.wsgi_app = ConnectionsGivenBack(app.wsgi_app, engine)

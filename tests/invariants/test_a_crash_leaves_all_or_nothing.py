"""The program dies at its k-th statement, for every k of a promotion, a rejection and an acceptance: all of it is there, or nothing."""

from __future__ import annotations

import contextlib
import itertools

import pytest
from sqlalchemy import event

from recruiter.foundation.database.db import db
from tests import factories
from tests.invariants import checks
from tests.invariants.acts import Doer
from tests.offers import arranging

MOST = 300  # statements of one act: more would be a fault of its own
OUT = ("draft", "submit", "approve", "extend")


class DiedError(BaseException):
    """The end of the program; no handler of errors may take it for one of its own."""


@contextlib.contextmanager
def _dying(app, at):
    """Die before the statement of that number, the commit counting as one; answers how many there were."""
    with app.app_context():
        engine = db.engine
    seen = []

    def statement(connection, *_):
        seen.append(1)
        if len(seen) == at:
            connection.invalidate()  # the engine sees its client gone, as after a crash
            raise DiedError

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", statement)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "commit", statement)


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    return requisition, factories.finalists(session, people, now, requisition)


def _promotion(doer, requisition, slate):
    for act in (*OUT, "accept"):
        getattr(doer, act)(slate[0].id)
    doer.promise(slate[2].id)
    body = {"reason": "accepted_counter_offer", "phase": "accepted"}
    return f"/requisitions/{requisition.key}/promotion", body


def _rejection(doer, _, slate):
    doer.draft(slate[0].id)
    return f"/applications/{slate[0].id}/rejection", {"reason": "skills", "release_bench": True}


def _acceptance(doer, _, slate):
    for act in OUT:
        getattr(doer, act)(slate[0].id)
    return f"/offers/{doer._offer(slate[0].id).id}/acceptance", {}


@pytest.mark.parametrize(
    "arrange", [_promotion, _rejection, _acceptance], ids=lambda application: application.__name__[1:]
)
def test_a_crash_before_any_statement_leaves_nothing_of_it(app, api, session, people, now, slate, arrange):
    requisition, order = slate
    path, body = arrange(Doer(session, people, now), requisition, order)
    session.commit()
    before, partial = arranging.everything(session), []
    for at in itertools.count(1):
        assert at < MOST
        with _dying(app, at) as seen, contextlib.suppress(DiedError):
            answer = api.ruth.post(path, body)
        if len(seen) < at:
            break  # it ran to its end
        with app.app_context():
            db.session.remove()
        after = arranging.everything(session)
        partial += [(at, name) for name in before if before[name] != after[name]]
    assert partial == []
    assert answer.status_code in {200, 201}, answer.get_data()
    assert at > 10, "hardly anything was tried"
    assert arranging.everything(session) != before
    assert checks.broken(session) == []

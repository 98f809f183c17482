"""A log holds no personal text: whatever kind of statement fails, on either engine, its values are in no line of it."""

import logging

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from recruiter.candidates.models import Contact, Note
from recruiter.foundation.database.db import begin_writing, db
from recruiter.offers.models import OfferTerms
from recruiter.policy import permits

CANARY = "canary.71913@example.com"
COLUMNS = {"address": (Contact, "value"), "note": (Note, "text"), "pay": (OfferTerms, "currency")}


STATEMENTS = {
    "insert": lambda model, key: insert(model).values({key: CANARY}),
    "insert of many": lambda model, key: insert(model.__table__),
    "update": lambda model, key: update(model).values({key: CANARY}).where(text("missing_column = 1")),
    "delete": lambda model, key: delete(model).where(getattr(model, key) == CANARY, text("missing_column = 1")),
    "select": lambda model, key: select(model.id).where(getattr(model, key) == CANARY, text("missing_column = 1")),
    "text": lambda model, key: text("SELECT missing_column FROM candidate WHERE name = :typed").bindparams(
        typed=CANARY
    ),
}


@pytest.fixture
def in_life(app):
    """As in life, an error is answered and not raised."""
    app.config["TESTING"] = False
    yield app
    app.config["TESTING"] = True


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("kind", STATEMENTS)
def test_a_failing_statement_tells_no_value(in_life, session, people, browse, caplog, monkeypatch, kind, column):
    model, key = COLUMNS[column]
    failed = []

    def fail(*given, **more):
        statement = STATEMENTS[kind](model, key)
        many = [{key: CANARY}, {key: CANARY}] if kind == "insert of many" else None
        db.session.rollback()
        begin_writing(db.session())  # a change says so when it begins
        try:
            db.session.execute(statement, many)
        except DBAPIError as error:
            failed.append(str(error))
            raise type(error)(error.statement, error.params, Exception(f"driver: {CANARY}")) from error
        raise AssertionError("the statement went through")

    monkeypatch.setattr(permits, "admit", fail)
    with caplog.at_level(logging.DEBUG):
        browse("ruth").get("/candidates")
    assert failed
    assert "[parameters:" not in failed[0]  # the log has none of this text at all
    assert any(record.name == "recruiter" for record in caplog.records)
    for record in caplog.records:
        assert CANARY not in record.getMessage()
        assert record.exc_info is None

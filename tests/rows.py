"""Rows put straight into a database in memory: what a rule of sight is asked about, without the application around it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Date, Enum, Float, Integer, String, create_engine, inspect
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.foundation.database import tables
from recruiter.foundation.database.db import Instant, db
from recruiter.foundation.database.scope import Scope
from recruiter.pipeline.models import Application
from tests.sight import seen_ids

AT = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
ROLES = {
    "anja": Role.ADMIN,
    "ruth": Role.RECRUITER,
    "rolf": Role.RECRUITER,
    "hana": Role.HIRING_MANAGER,
    "henk": Role.HIRING_MANAGER,
    "ines": Role.INTERVIEWER,
    "igor": Role.INTERVIEWER,
    "arne": Role.APPROVER,
    "bert": Role.APPROVER,
}


def memory():
    """An empty database of all tables."""
    tables.load()
    engine = create_engine("sqlite://")
    db.metadata.create_all(engine)
    return engine


def _sample(column, number):
    later = AT + dt.timedelta(minutes=number)  # what ends, ends after it has begun
    samples = {
        Boolean: False,
        Integer: 1,
        Float: 1.0,
        Date: AT.date(),
        Instant: later,
        String: f"{column.name} {number}",
    }
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    return next((value for kind, value in samples.items() if isinstance(column.type, kind)), {})


class Rows:
    """A session, and things by the names that a test gives them; what a test does not say of a row is filled with anything."""

    def __init__(self, session: Session):
        self.session, self.by_name, self.count = session, {}, 0
        for name, role in ROLES.items():
            self.by_name[name] = self.add(User, name=name.title(), role=role, active=True)

    def __getattr__(self, name):
        return self.by_name[name]

    def add(self, model, **given):
        """A row of a table; `name=` only where the table has such a column."""
        for attribute in inspect(model).column_attrs:
            column = attribute.columns[0]
            needed = not (column.nullable or column.primary_key or column.default)
            self.count += 1
            if needed and attribute.key not in given:
                given[attribute.key] = _sample(column, self.count)
        made = model(**given)
        self.session.add(made)
        self.session.flush()
        return made

    def keep(self, name, model, **given):
        """A row that the test finds again by a name of its own."""
        assert name not in self.by_name
        self.by_name[name] = self.add(model, **given)
        return self.by_name[name]

    def names(self, sight, kind):
        """How the test calls the things of a kind that a select of numbers lists, or that are in a scope, in no order."""
        names = {thing.id: name for name, thing in self.by_name.items() if isinstance(thing, kind)}
        numbers = seen_ids(self.session, sight, kind) if isinstance(sight, Scope) else self.session.scalars(sight)
        return {names[number] for number in numbers}

    def application(self, name, requisition, candidate):
        """Somebody on a requisition."""
        return self.keep(name, Application, requisition_id=requisition.id, candidate_id=candidate.id)

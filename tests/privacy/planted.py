"""A person with a row in every table that says it holds something about them, and a word of their own in every column with words."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

from sqlalchemy import JSON, Boolean, Date, DateTime, Enum, String, insert, select, update
from sqlalchemy.orm import Session

from recruiter.foundation.database.db import Base, Instant
from recruiter.foundation.personal_data import Kept
from recruiter.privacy.person import person_queries

WORD = "zqcanary"
NAMES = {"zone": "UTC", "currency": "EUR"}
SHAPES = {  # JSON of a form that somebody relies on
    ("scorecard_version", "ratings"): lambda word: [{"attribute": "System design", "rating": 4, "evidence": word}],
    ("kept_card", "fields"): lambda word: [["summary", word]],
}


MADE = {  # by the kind of a column: the first that fits
    JSON: lambda column, now, word: SHAPES.get(
        (column.table.name, column.name), lambda value_text: {"said": value_text}
    )(word),
    Boolean: lambda _, now, word: True,
    Instant: lambda _, now, word: now,  # later than the one before
    DateTime: lambda _, now, word: now,
    Date: lambda _, now, word: now.date(),
    Enum: lambda column, now, word: column.type.enum_class(column.type.enums[0]),
    String: lambda column, now, word: NAMES.get(column.name, word),
}


def _value(column, now, number, *, stays=False):
    word = f"{'kept' if stays else WORD}-{column.table.name}-{column.name}-{number}"[
        : getattr(column.type, "length", None) or 500
    ]
    made = next((make for kind, make in MADE.items() if isinstance(column.type, kind)), lambda *_: 1)
    return made(column, now + dt.timedelta(hours=number), word)


@dataclass
class Planter:
    """Makes rows; `known` are the numbers of those that are there, by table."""

    session: Session
    known: dict[str, int]
    now: dt.datetime
    numbers: itertools.count = field(default_factory=itertools.count)

    def reference(self, column):
        """The number of the row that a column points at, made where there is none; nothing where it need not point."""
        name = next(iter(column.foreign_keys)).column.table.name
        if name not in self.known and not column.nullable:
            self.row(Base.metadata.tables[name])
        return self.known.get(name)

    def row(self, table, **given):
        """Give a table a row, or the row that is there a word in each column that erasure treats."""
        columns = (
            person_queries.declarations()[table.name].columns if table.name in person_queries.declarations() else {}
        )
        values = dict(given)
        for column in table.columns:
            if column.name in {"id", *given}:
                continue
            if column.foreign_keys:
                values[column.name] = self.reference(column)
            else:
                stays = table.name not in person_queries.declarations() or isinstance(columns.get(column.name), Kept)
                values[column.name] = _value(column, self.now, next(self.numbers), stays=stays)
        self.known[table.name] = self.session.execute(insert(table).values(values)).inserted_primary_key[0]

    def fill(self, table):
        """Put a word into each column of the row that is there which erasure treats, but for the name by which they go."""
        treated = {
            name: _value(table.c[name], self.now, next(self.numbers))
            for name, treatment in person_queries.declarations()[table.name].columns.items()
            if not isinstance(treatment, Kept) and not name.startswith("name")
        }
        if treated:
            self.session.execute(update(table).where(table.c.id == self.known[table.name]).values(treated))


def plant(session, *, known, other_candidate_id, now):
    """Give the person a row in every held table, with a word of its own in each column that holds words."""
    planter = Planter(session, dict(known), now)
    for table in Base.metadata.sorted_tables:
        declaration = person_queries.declarations().get(table.name)
        if declaration is None or not declaration.via:
            continue
        if table.name in known:
            planter.fill(table)
        elif table.name == "set_apart":
            planter.row(table, first_id=known["candidate"], second_id=other_candidate_id)
        elif table.name == "legal_hold":  # ended: else nothing could be erased
            planter.row(table, requisition_id=None, until=now.date() - dt.timedelta(days=1))
        else:
            planter.row(table)
    session.commit()
    return planter.known


def speaks(name):
    """Whether a held table has a column with words that erasure treats, or rows with words that it removes."""
    declaration = person_queries.declarations()[name]
    return any(
        declaration.removed or not isinstance(declaration.columns[word], Kept)
        for word in person_queries.words_of(Base.metadata.tables[name])
    )


def found_in(session, *needles):
    """Every place of the database in which one of some words stands: table, column and what is there."""
    places = []
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            for column, value in row.items():
                if isinstance(value, dt.datetime | dt.date | int | float | None.__class__):
                    continue
                value_text = str(value).casefold()
                places += [f"{table.name}.{column}: {value}" for needle in needles if needle.casefold() in value_text]
    return places

"""Who a person is, and which rows of which tables are about them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from sqlalchemy import JSON, ColumnElement, Enum, Select, String, Table, false, or_, select
from sqlalchemy.orm import Session

from recruiter.candidates import rules
from recruiter.candidates.models import Candidate, Contact, ContactKind
from recruiter.foundation.database.db import Base
from recruiter.foundation.personal_data import Held
from recruiter.privacy.person.identity_rules import Identity

ROOMS = (
    "candidates", "requisitions", "pipeline", "interviews", "scorecards", "debriefs", "offers", "keepwarm", "ranking",
    "budget", "privacy",
)  # fmt: skip
ROOT = "candidate"
Roots = Mapping[str, Sequence[int]]  # a table, and the numbers of its rows from which others are reached


@cache
def declarations() -> dict[str, Held]:
    """What every room says that it holds about a person, by table."""
    declared = (importlib.import_module(f"recruiter.{room}.personal_data").HELD for room in ROOMS)
    return {table.table: table for room in declared for table in room}


def words_of(table: Table) -> list[str]:
    """The columns of a table in which somebody's words may stand: text and JSON, not the words of an enumeration."""
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
    ]


def rows_about(name: str, roots: Roots) -> Select[int]:
    """The numbers of the rows of a held table that lead to one of the roots."""
    table = Base.metadata.tables[name]
    if name in roots:
        return select(table.c.id).where(table.c.id.in_(roots[name]))
    conditions: list[ColumnElement[bool]] = [
        table.c[column].in_(rows_about(key.column.table.name, roots))
        for column in declarations()[name].via
        for key in table.c[column].foreign_keys
    ]
    return select(table.c.id).where(or_(false(), *conditions))


def held_rows(session: Session, roots: Roots) -> Iterator[tuple[Held, Table, list[int]]]:
    """Every table that holds something about the roots, what hangs on others first, with the numbers of the rows."""
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in declarations() and (declarations()[table.name].via or table.name in roots):
            ids = list(session.scalars(rows_about(table.name, roots)))
            if ids:
                yield declarations()[table.name], table, ids


def records_of(session: Session, candidate: Candidate) -> list[Candidate]:
    """All records of one person: the one that stands, and those that were merged into it."""
    known = {candidate.id: candidate}
    wanted = {candidate.id, candidate.merged_into_id}
    while True:
        joined = Candidate.id.in_(wanted - {None}) | Candidate.merged_into_id.in_(wanted - {None})
        known |= {row.id: row for row in session.scalars(select(Candidate).where(joined))}
        further = {number for row in known.values() for number in (row.id, row.merged_into_id)} - wanted
        if not further:
            return [known[number] for number in sorted(known)]
        wanted |= further


def identity_of(records: Sequence[Candidate]) -> Identity:
    """By which words texts name somebody."""
    exact = [contact.value for record in records for contact in record.contacts]
    exact += [contact.key for record in records for contact in record.contacts]
    exact += [link for record in records for link in record.links]
    return Identity(names=tuple(dict.fromkeys(record.name for record in records)), exact=tuple(dict.fromkeys(exact)))


def records_with(session: Session, email: str) -> list[Candidate]:
    """All records of whoever has an address: the same address is the same person. Raises RuleBroken where it is none."""
    key = rules.email_key(email)
    query = select(Candidate).join(Contact).where(Contact.kind == ContactKind.EMAIL, Contact.key == key)
    records: dict[int, Candidate] = {}
    for candidate in session.scalars(query.order_by(Candidate.id)):
        if candidate.id not in records:
            records |= {record.id: record for record in records_of(session, candidate)}
    return [records[number] for number in sorted(records)]
